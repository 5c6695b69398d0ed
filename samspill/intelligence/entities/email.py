"""E-mail addresses."""

import re
from collections.abc import Iterator

from samspill.intelligence.entities.entity import Entity

_ASCII = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9][A-Za-z0-9_.+'%-]{0,63}@(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9_@])"
)
_ANY = re.compile(
    r"(?<![\w.+-])[^\W_\u3000-\u9fff][\w.+'%-]{0,63}@(?:[^\W_][\w-]{0,62}\.){1,4}[^\W\d_\u3000-\u9fff]{2,24}(?![\w@])"
)


def find_emails(text: str) -> Iterator[Entity]:
    """Addresses in lower case; Chinese, Japanese and Korean text may touch them."""
    if "@" not in text:
        return
    for hit in _ASCII.finditer(text):
        yield Entity("email", *hit.span(), hit[0].lower())
    for hit in _ANY.finditer(text):
        if not hit[0].isascii():
            yield Entity("email", *hit.span(), hit[0].lower())
