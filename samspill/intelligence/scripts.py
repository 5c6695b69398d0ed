"""Which writing a text is in, from the Unicode blocks of its letters."""

from bisect import bisect
from collections import Counter

# Where a block starts, and what is written in it: an ISO 15924 script with several languages, or a language.
_BLOCKS = (
    (0x0000, "Latn"), (0x0370, "el"), (0x0400, "Cyrl"), (0x0530, ""), (0x0590, "he"), (0x0600, "Arab"), (0x0700, ""),
    (0x0750, "Arab"), (0x0780, ""), (0x08A0, "Arab"), (0x0900, "hi"), (0x0980, ""), (0x0E00, "th"), (0x0E80, ""),
    (0x1100, "ko"), (0x1200, ""), (0x1C80, "Cyrl"), (0x1C90, ""), (0x1E00, "Latn"), (0x1F00, "el"), (0x2000, ""),
    (0x2C60, "Latn"), (0x2C80, ""), (0x2DE0, "Cyrl"), (0x2E00, ""), (0xA640, "Cyrl"), (0xA6A0, ""), (0xA720, "Latn"),
    (0xA800, ""), (0xFB00, "Latn"), (0xFB10, ""), (0xFB1D, "he"), (0xFB50, "Arab"), (0xFE00, ""), (0xFE70, "Arab"),
    (0xFF00, ""), (0xFF21, "Latn"), (0xFF5B, ""),
)  # fmt: skip
_STARTS = [start for start, _ in _BLOCKS]
ENOUGH = 200  # letters looked at
OTHERS = 3  # times a letter of another script counts
_LAST_LATIN = "\u024f"


def writing(text: str) -> str:
    """The script of the sentence: "Latn", "Cyrl", "Arab", a language that has its own, or "" for others.

    Latin letters count for less: brands and titles keep them everywhere.
    """
    if text <= _LAST_LATIN and max(text, default="") <= _LAST_LATIN:
        return "Latn"
    found: Counter[str] = Counter()
    for letter in text[:ENOUGH]:
        if letter.isalpha():
            found[_BLOCKS[bisect(_STARTS, ord(letter)) - 1][1]] += OTHERS
    found["Latn"] //= OTHERS
    return found.most_common(1)[0][0] if found.total() else ""
