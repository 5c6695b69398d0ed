"""What a server says of a failure in its own words: who, why, and its reply."""

import re
from collections.abc import Iterator

from samspill.mail import bounce_words as words
from samspill.mail.bounce_original import Original
from samspill.mail.mail import Mail

LONGEST = 20_000
_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,80}@[A-Za-z0-9\[][A-Za-z0-9.\]:-]{0,200}[A-Za-z0-9\]]"
)
_CODED = re.compile(r"(?:\b[245]\d\d[ -]+)?#?\b([45]\.\d{1,3}\.\d{1,3})\b(?!\.\d)")
_REPLY = re.compile(r"\b([45])[0-5]\d(?=[ -]|$|\))")
_SAYS = re.compile(r"^.*?\b([45][0-5]\d[ -].*|.*\b[45]\.\d\.\d{1,3}\b.*)$", re.M)
_LABEL = re.compile(
    r"^(?:smtp;|remote host said:|diagnostic-code:|said:|the response was:|\(reason:)\s*", re.I
)
_NO_RECIPIENT = re.compile(r"^(?:mailer-daemon|postmaster|abuse|support|helpdesk|noreply|no-reply)@", re.I)


def above_copy(text: str) -> str:
    """The report without the mail it reports on."""
    text = text[:LONGEST]
    begins = words.COPY.search(text)
    return text[: begins.start()] if begins and text[: begins.start()].strip() else text


def address_in(text: str, mail: Mail, original: Original) -> str:
    """Who could not be reached: named in the report and written to by us, else the first one named."""
    ours = {one.casefold() for one in (mail.sender.address, *(to.address for to in mail.to))}
    named = [one for one in dict.fromkeys(_named(text)) if one.casefold() not in ours]
    written_to = {one.casefold() for one in original.to}
    both = [one for one in named if one.casefold() in written_to]
    others = [one for one in named if not _NO_RECIPIENT.match(one)]
    return next(iter([*both, *others[:1], *original.to[:1], *named[:1]]), "")


def _named(text: str) -> Iterator[str]:
    """In the order of belief: alone on a line or in angles, then anywhere."""
    for line in text.splitlines():
        found = _ADDRESS.search(line)
        if found and len(line.strip(" \t<>:*()-•'\"")) <= len(found[0]) + 12:
            yield found[0]
    for found in re.finditer(r"<(?:mailto:|smtp:)?([^<>\s]+@[^<>\s]+)>", text):
        yield found[1]
    yield from (found.rstrip(".") for found in _ADDRESS.findall(text))


def saying_of(text: str) -> str:
    """The line with the server's reply."""
    found = _SAYS.search(text)
    return _LABEL.sub("", " ".join(found[1].split()))[:300] if found else ""


def status_of(said: str, text: str, *, permanent: bool) -> str:
    """The status a server gave, else the one its words amount to."""
    for source in (said, text):
        if found := next((one for one in _CODED.findall(source) if not one.endswith(".0.0")), ""):
            return str(found)
    reply = _REPLY.search(said)
    group = reply[1] if reply and not permanent else "5" if permanent else "4"
    for source in (said, text):
        for detail, pattern in words.STATUS:
            if source and pattern.search(source):
                return f"{group}.{detail}"
    return f"{group}.0.0"
