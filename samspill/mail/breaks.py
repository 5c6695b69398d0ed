"""Where a text goes over into an earlier mail that carries no quote marks: rules, header blocks, "reply above"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from samspill.mail.headers import header, header_block
from samspill.mail.lines import Line
from samspill.mail.words import words

DASHES = "-–—‐‑−_=*~#─━＿<> \t\u3000"
LONGEST = 160
RULE = re.compile(r"[-–—‐‑_=*~─━＿]{5,}")
GROUPWISE = re.compile(r">>>.{3,200}\d.{0,200}(?:>>>|:)$")


class Opens(Enum):
    """What an unmarked quote opens with."""

    ATTRIBUTION = "attribution"
    ORIGINAL = "original"
    FORWARDED = "forwarded"
    HEADERS = "headers"
    ABOVE = "above"


@dataclass(frozen=True)
class Opening:
    """Lines `start` to before `end` say that something earlier follows."""

    start: int
    end: int
    how: Opens


def opening(lines: Sequence[Line], at: int) -> Opening | None:
    """The opening that starts with this line, attributions aside; None if there is none."""
    text = lines[at].text
    if not text or len(text) > LONGEST * 2:
        return None
    if GROUPWISE.match(text):
        return Opening(at, at + 1, Opens.ATTRIBUTION)
    ruled = _rule(lines, at, text)
    if ruled or lines[at].quoted:
        return ruled
    end = header_block(lines, at) if header(text) else None
    return Opening(at, end, Opens.HEADERS) if end else None


def _rule(lines: Sequence[Line], at: int, text: str) -> Opening | None:
    if lines[at].quoted or len(text) > LONGEST:
        return None
    bare = text.strip(DASHES)
    low = bare.casefold().rstrip(":： ").replace("\u3000", " ")
    dashed = len(text) - len(text.lstrip(DASHES)) >= 2
    how = _named(low, dashed, text.startswith("##-") and text.endswith("-##"))
    after = _next(lines, at + 1)
    end = header_block(lines, after, after_rule=True) if after is not None else None
    if how is Opens.ABOVE or (how and dashed):
        return Opening(at, end or at + 1, how)
    if end and how:
        return Opening(at, end, how)
    if dashed and (RULE.match(text) or text.endswith(("--", "__", "==", "──"))):
        strict = header_block(lines, after) if after is not None else None
        return Opening(at, strict, Opens.HEADERS) if strict else None
    return None


def _named(low: str, dashed: bool, hashed: bool) -> Opens | None:
    table = words()
    if (low and hashed) or any(marker in low for marker in table.above):
        return Opens.ABOVE
    if low.startswith(table.forwarded) and (dashed or low in table.forwarded):
        return Opens.FORWARDED
    if low.startswith(table.original) and (dashed or low in table.original):
        return Opens.ORIGINAL
    return Opens.ORIGINAL if dashed and low == "original" else None


def _next(lines: Sequence[Line], at: int) -> int | None:
    """The next line that is not blank, if it is near."""
    return next((number for number in range(at, min(at + 4, len(lines))) if lines[number].text), None)
