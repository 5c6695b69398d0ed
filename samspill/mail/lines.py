"""The lines of a text and which of them carry quote marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

BREAK = re.compile(r"\r\n|\r|\n")
# signs one does not see: soft hyphen, zero width, direction marks, byte order mark
UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, *range(0x200E, 0x2010), *range(0x202A, 0x202F), 0x2060])
UNSEEN |= dict.fromkeys([*range(0x2066, 0x206A), 0xFEFF])
SPACES = dict.fromkeys([0x09, 0xA0, 0x2007, 0x2009, 0x202F, 0x3000], " ")
CLEAN: dict[int, str | None] = {**UNSEEN, **SPACES}
MOST = 20_000  # lines read one by one; what comes after them is one more
MARK = re.compile(r"\s{0,4}[>＞](?!From )")
MATHS = re.compile(r"\s*>\s*(?:=|[$€£¥]?\s?\d|[-=]>)")
BAR = re.compile(r"\s{0,2}\|\s?[^|]*$")
INITIALS = re.compile(r"\s{0,2}[A-Za-z]{1,4}>\s?")
FULL = 60  # a quoted line this long may have been broken by a program
REST = 25  # and left at most so much on the next line


@dataclass(frozen=True, slots=True)
class Line:
    """One line: as it stood, as one reads it, and whether it is marked as quoted or as signature."""

    raw: str
    text: str
    quoted: bool = False
    signed: bool = False  # its structure says so

    @classmethod
    def of(cls, raw: str, quoted: bool = False, *, signed: bool = False) -> "Line":
        """Read a line: without signs that cannot be seen, without space around."""
        return cls(raw, raw.translate(CLEAN).strip(), quoted, signed)


def lines_of(text: str) -> list[Line]:
    """The lines of a plain text, quote marks read."""
    raws = BREAK.split(text, maxsplit=MOST)
    marked = [bool(MARK.match(raw)) for raw in raws]
    _drop_maths(raws, marked)
    _add_runs(raws, marked, BAR)
    _add_runs(raws, marked, INITIALS)
    _add_rests(raws, marked)
    return [Line.of(raw, quoted) for raw, quoted in zip(raws, marked, strict=True)]


def _drop_maths(raws: Sequence[str], marked: list[bool]) -> None:
    """ "> 5 kg" alone is no quote."""
    for at, raw in enumerate(raws):
        alone = not any(marked[max(at - 1, 0) : at]) and not any(marked[at + 1 : at + 2])
        if marked[at] and alone and MATHS.match(raw):
            marked[at] = False


def _add_runs(raws: Sequence[str], marked: list[bool], mark: re.Pattern[str]) -> None:
    """Rarer marks count from two lines in a row on."""
    before = False
    for at, raw in enumerate(raws):
        here = len(raw) < 1000 and bool(mark.match(raw)) and not marked[at]
        if here and before:
            marked[at - 1] = marked[at] = True
        before = here or (before and marked[at])


def _add_rests(raws: Sequence[str], marked: list[bool]) -> None:
    """The end of a long quoted line, broken off without a mark, stands between two marked lines."""
    for at in range(1, len(raws) - 1):
        if marked[at] or not marked[at - 1] or not marked[at + 1] or len(raws[at - 1]) < FULL:
            continue
        rest = raws[at].strip()
        marked[at] = 0 < len(rest) <= REST and rest[:1].islower()
