"""Where one sentence ends and the next begins, in languages with and without spaces."""

import re
from importlib.resources import files

_ABBREVIATIONS = frozenset(
    files("samspill.intelligence").joinpath("data/abbreviations.txt").read_text("utf8").split()
)
_END = re.compile(r"(?<=[。！？])[」』”）)]*\s*|(?<=[.!?…])[\"'»”’)\]]*\s+|\n+")
_LAST_WORD = re.compile(r"(\S+)\.[\"'»”’)\]]*\s*$")
_SHORT = re.compile(r"\(?([^\W\d]|\d{1,2})")


def sentences(text: str) -> list[str]:
    """The sentences of a text in order, without empty ones; list items and lines end a sentence too."""
    found, start = [], 0
    for end in _END.finditer(text):
        if end.end() > start and not _goes_on(text[start : end.end()], text[end.end() : end.end() + 1]):
            found.append(text[start : end.end()])
            start = end.end()
    return [one for one in (part.strip() for part in [*found, text[start:]]) if one]


def _goes_on(part: str, following: str) -> bool:
    if "\n" in part[-1:]:
        return False
    word = _LAST_WORD.search(part)
    if not word:
        return False
    last = word.group(1)
    return bool(_SHORT.fullmatch(last)) or last.lower().lstrip("(") in _ABBREVIATIONS or following.islower()
