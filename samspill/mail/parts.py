"""The three parts of a mail's text, and how they are put together from its lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """What a line is."""

    NEW = "new"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Parts:
    """What this person wrote now, what is quoted of earlier mails, how they sign. Together: all but blank lines."""

    new_text: str = ""
    quoted: str = ""
    signature: str = ""


def together(lines: Sequence[str], parts: Sequence[Part]) -> Parts:
    """Put lines of one part below each other as they stood, a gap where others stood between."""
    return Parts(*(_only(part, lines, parts) for part in Part))


def _only(wanted: Part, lines: Sequence[str], parts: Sequence[Part]) -> str:
    kept: list[str] = []
    gap = False
    for line, part in zip(lines, parts, strict=True):
        if part is not wanted or not line.strip():
            gap = gap or part is not wanted or not line.strip()
            continue
        if gap and kept:
            kept.append("")
        kept.append(line)
        gap = False
    return "\n".join(kept)
