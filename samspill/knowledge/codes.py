"""Codes in a question, such as E12 on a display: to meaning they all look alike, to people they do not."""

import re
import unicodedata

from samspill.knowledge.index import Library, Text

_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,4}[- ]?\d{1,6}(?![A-Za-z0-9])")


def codes(text: str) -> frozenset[str]:
    """Every code in a text, in one spelling."""
    plain = unicodedata.normalize("NFKC", text)
    return frozenset(re.sub(r"[- ]", "", found).upper() for found in _CODE.findall(plain))


def known(shelves: Library, text: str) -> frozenset[str]:
    """The codes of a question that any article knows; others are numbers of orders and the like."""
    asked = codes(text)
    if not asked:
        return asked
    return asked & frozenset().union(*(_of(one) for one in shelves.texts.values()))


def titled(shelves: Library, asked: frozenset[str]) -> Text | None:
    """The one article whose title names these codes."""
    named = [one for one in shelves.texts.values() if asked and asked <= codes(one.title)]
    return named[0] if len({one.article for one in named}) == 1 else None


def told(text: Text, asked: frozenset[str]) -> bool:
    """Whether a text says something about every one of these codes."""
    return asked <= _of(text)


def _of(text: Text) -> frozenset[str]:
    return frozenset().union(*(codes(passage.text) for passage in text.passages))
