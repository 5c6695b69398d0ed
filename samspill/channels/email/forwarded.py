"""Mail that somebody passed on: who wrote it first."""

import re

from samspill.mail.mail import Address, Mail

_SUBJECT = re.compile(
    r"\s*(?:(?:re|aw|sv|vs|antw|odp|回覆|回复|答复)\s*[:：]\s*)*(?:fwd?|wg|vs|vb|vl|tr|rv|enc|i|doorst|pd|轉寄|转发|轉發|転送|전달)\s*[:：]", re.I
)  # fmt: skip
# the word before the first sender in the block that mail programs put above what they pass on
_FROM = re.compile(
    r"^[>\s*]*(?:from|von|fra|från|lähettäjä|van|de|da|od|寄件者|寄件人|发件人|發件人|差出人|보낸 사람|보낸사람)\s*[*]?\s*[:：]"
    r"\s*[*]?\s*(?P<name>[^<\n\[]{0,120}?)\s*[<\[(]?(?:mailto:)?(?P<address>[^\s<>()\[\]:;,]+@[\w.-]+\w)",
    re.I | re.M,
)  # fmt: skip


def is_forwarded(mail: Mail) -> bool:
    """Whether the subject says that this was passed on."""
    return bool(_SUBJECT.match(mail.subject))


def first_sender(mail: Mail) -> Address | None:
    """Who wrote what is passed on here, where the mail tells."""
    found = _FROM.search(mail.text)
    if found is None:
        return None
    return Address(found["address"].strip("."), found["name"].strip(" \"'*"))
