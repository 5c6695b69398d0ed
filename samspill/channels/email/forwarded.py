"""Mail that somebody passed on: who wrote it first."""

import re

from samspill.mail.mail import Address, Mail

_ANSWERED = "re|aw|sv|vs|antw|odp|回覆|回复|答复"
_PASSED = "fwd?|wg|vs|vb|vl|tr|rv|enc|i|doorst|pd|轉寄|转发|轉發|転送|전달"
_SUBJECT = re.compile(rf"\s*(?:(?:{_ANSWERED})\s*[:：]\s*)*(?:{_PASSED})\s*[:：]", re.I)
# the word before the first sender in the block that mail programs put above what they pass on
_WORDS = "from|von|fra|från|lähettäjä|van|de|da|od|寄件者|寄件人|发件人|發件人|差出人|보낸 ?사람"
_FROM = re.compile(
    rf"^[>\s*]*(?:{_WORDS})\s*[*]?\s*[:：]\s*[*]?"
    r"\s*(?P<name>[^<\n\[]{0,120}?)\s*[<\[(]?(?:mailto:)?(?P<address>[^\s<>()\[\]:;,]+@[\w.-]+\w)",
    re.I | re.M,
)


def is_forwarded(mail: Mail) -> bool:
    """Whether the subject says that this was passed on."""
    return bool(_SUBJECT.match(mail.subject))


def first_sender(mail: Mail) -> Address | None:
    """Who wrote what is passed on here, where the mail tells."""
    found = _FROM.search(mail.text)
    if found is None:
        return None
    return Address(found["address"].strip("."), found["name"].strip(" \"'*"))
