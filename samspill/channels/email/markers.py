"""Marks of ours that a reply carries back, signed so that nobody can make them up."""

import re

from samspill.kit import crypto

_ID = re.compile(r"t\.(\d{1,18})\.(\d{1,18})\.([0-9a-f]{20})@")
_PLUS = re.compile(r"\+t(\d{1,18})-([0-9a-f]{12})@", re.I)
_TAG = re.compile(r"\[#(\d{1,18})-([0-9a-f]{10})\]", re.I)


def message_id(conversation: int, message: int, domain: str) -> str:
    """The Message-ID of a message of ours, without angle brackets; always the same for the same message."""
    return f"t.{conversation}.{message}.{_sign('id', f'{conversation}.{message}', 20)}@{domain}"


def plus_address(address: str, conversation: int) -> str:
    """The address with the mark of the conversation, for servers that deliver name+anything@ to name@."""
    local, _, domain = address.rpartition("@")
    return f"{local}+t{conversation}-{_sign('plus', str(conversation), 12)}@{domain}"


def tag(conversation: int) -> str:
    """The mark that stands in the text."""
    return f"[#{conversation}-{_sign('tag', str(conversation), 10)}]"


def ours(message_id: str) -> tuple[int, int] | None:
    """Conversation and message of a Message-ID that is truly ours; None for every other."""
    found = _ID.match(message_id)
    if found and crypto.same(found[3], _sign("id", f"{found[1]}.{found[2]}", 20)):
        return int(found[1]), int(found[2])
    return None


def conversations(text: str) -> list[int]:
    """The conversations whose marks a text truly carries: the last one first, as replies stand above."""
    found = [int(m[1]) for m in _TAG.finditer(text) if crypto.same(m[2].lower(), _sign("tag", m[1], 10))]
    return list(dict.fromkeys(found))


def of_address(address: str) -> int | None:
    """The conversation whose mark an address truly carries."""
    found = _PLUS.search(address)
    if found and crypto.same(found[2].lower(), _sign("plus", found[1], 12)):
        return int(found[1])
    return None


def bare(address: str) -> str:
    """The address without a mark of ours."""
    return _PLUS.sub("@", address)


def _sign(kind: str, value: str, length: int) -> str:
    return crypto.digest("mail-marker", f"{kind}:{value}")[:length]
