"""The head of a mail: its fields decoded, and who, when and which out of them."""

import re
from datetime import datetime

from samspill.mail.addresses import addresses_of
from samspill.mail.dates import moment_of
from samspill.mail.encoded_words import clean, raw_text_of, text_of, without_words
from samspill.mail.mail import Address
from samspill.mail.mime import Part

_ID = re.compile(r"<([^<>]{1,990})>")


class Head:
    """The fields of the mail, decoded when asked for."""

    def __init__(self, root: Part) -> None:
        self.root, self.charset = root, _charset_of(root)

    def values(self, name: str) -> list[bytes]:
        """Every value of a field, as bytes."""
        return [value for known, value in self.root.fields if known == name and value]

    def first(self, name: str) -> bytes:
        """The first value that says anything."""
        return self.root.first(name)

    def text(self, name: str) -> str:
        """The same as text."""
        return text_of(self.first(name), self.charset)

    def texts(self, name: str) -> list[str]:
        """Every value as text."""
        return [text_of(value, self.charset) for value in self.values(name)]

    def addresses(self, name: str) -> tuple[Address, ...]:
        """Every mailbox that any of the field's values names."""
        return tuple(
            one for value in self.values(name) for one in addresses_of(raw_text_of(value, self.charset))
        )

    def all(self) -> dict[str, tuple[str, ...]]:
        """All fields, names in small letters."""
        found: dict[str, list[str]] = {}
        for name, value in self.root.fields:
            found.setdefault(name, []).append(text_of(value, self.charset))
        return {name: tuple(values) for name, values in found.items()}


def _charset_of(root: Part) -> str:
    """What raw bytes in the head are probably in: what the mail declares for its first text."""
    return next((part.charset for part in root.walk() if part.charset and part.kind.startswith("text/")), "")


def sender_of(head: Head, envelope: bytes, problems: list[str]) -> Address:
    """Who wrote it: From, else whoever stands where a sender may stand."""
    written = [*head.addresses("from")]
    if sender := next((one for one in written if "@" in one.address), None):
        return sender
    problems.append("There is no sender with an address." if written else "There is no From.")
    for name in ("sender", "reply-to", "return-path", "x-sender", "x-envelope-from", "x-original-from"):
        if found := next((one for one in head.addresses(name) if "@" in one.address), None):
            return Address(found.address, written[0].name or found.name) if written else found
    if written:
        return written[0]
    line = clean(envelope.decode("ascii", "replace"))
    return Address(line) if "@" in line else Address()


def date_of(head: Head, problems: list[str]) -> datetime | None:
    """When it was written; None where no date can be read."""
    for value in head.texts("date"):
        if moment := moment_of(value):
            return moment
    problems.append("The date cannot be read." if head.first("date") else "There is no date.")
    return None


def ids_of(value: str) -> tuple[str, ...]:
    """Message ids without their brackets, each once."""
    found = [re.sub(r"\s+", "", one) for one in _ID.findall(value)]
    if not found:
        found = [
            word.strip("<>,;\"'")
            for word in without_words(value).split()
            if "@" in word or len(value.split()) == 1
        ]
    return tuple(dict.fromkeys(one for one in found if one))
