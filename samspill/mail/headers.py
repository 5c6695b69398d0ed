"""Blocks of header lines, "From: … Sent: … To: … Subject: …", that programs put above what they quote or forward."""

import re
from collections.abc import Sequence

from samspill.mail.attribution import ADDRESS, DATE
from samspill.mail.lines import Line
from samspill.mail.words import FROM, SENT, SUBJECT, TO, words

LONGEST = 24  # lines such a block may have
NAME = re.compile(r"[>|*_\s]*([^:：|<>@\d]{1,28}?)\s*[*_]*\s*[:：|]\s*[*_]*\s*(.*)", re.DOTALL)
OPEN = (",", ";", "、", "；")


def header(text: str) -> tuple[str, str] | None:
    """Kind and value of a header line; None for any other line."""
    match = NAME.match(text[:400]) if text else None
    kind = (
        words().headers.get(match[1].casefold().strip("*_ \u3000").replace("\u3000", "")) if match else None
    )
    return (kind, match[2]) if kind and match else None


def header_block(lines: Sequence[Line], at: int, after_rule: bool = False) -> int | None:
    """The first line after the header block that starts here; None if none does.

    Three different headers are needed, the sender or an address among them, or two and an address; after a rule such
    as "-----Original Message-----" two will do. A traveller's "From: Oslo, To: Bergen, Date: 3 May" is none.
    """
    found: dict[str, str] = {}
    end = at
    waited = 0
    for number in range(at, min(at + LONGEST, len(lines))):
        entry = header(lines[number].text)
        if entry and entry[0] not in found:
            found[entry[0]] = entry[1]
            end, waited = number + 1, 0
        elif entry is None and not found:
            return None
        elif lines[number].text and not (entry and entry[0] == "more"):
            waited += 1
            if waited > _patience(found):
                break
        elif not lines[number].text and _enough(found, after_rule) and not _header_next(lines, number + 1):
            break
    return end if _enough(found, after_rule) else None


def _patience(found: dict[str, str]) -> int:
    """How many lines may stand between: values that wrap, or that stand below their name."""
    value = list(found.values())[-1].rstrip()
    kind = list(found)[-1]
    return 4 if value.endswith(OPEN) or kind in (TO, "cc") else 1


def _header_next(lines: Sequence[Line], at: int) -> bool:
    return at < len(lines) and header(lines[at].text) is not None


def _enough(found: dict[str, str], after_rule: bool) -> bool:
    kinds = {kind for kind in found if kind != "more"}
    address = any(ADDRESS.search(value) for value in found.values())
    if after_rule:
        return len(kinds) >= 2 or bool(kinds and address)
    if len(kinds) >= 3:
        return address or (FROM in kinds and SUBJECT in kinds)
    dated = bool(DATE.search(found.get(SENT, "")))
    return (
        FROM in kinds
        and len(kinds) == 2
        and bool(ADDRESS.search(found[FROM]))
        and (dated or SUBJECT in kinds)
    )
