"""What did this person write now? Splits a plain text into new text, quotes and signature.

Rules, not models: programs announce what they quote, each in its own form and language (`languages`). Four things
begin a quote: lines marked with ">", an attribution ("On 1 May 2026 Anna wrote:"), a header block ("From: Sent: To:
Subject:") and a rule ("-----Original Message-----"). Marked lines end where the marks end, so answers below or
between them are new text; after the others everything is quoted.

A mail that passes something on with a word of its own ("FYI") has that word as new text. One that passes something
on without a word would have none: what it passes on *is* what the person sends, so it is new text, header lines
included, and only what that mail quotes in turn is folded. A reply without a word stays empty.

Nothing is lost: every line that is not blank is in exactly one part. Time grows with the length of the text and
nothing else: no pattern here may look back over more than a few lines.
"""

from collections.abc import Sequence

from samspill.mail.attribution import attributions
from samspill.mail.breaks import Opening, Opens, opening
from samspill.mail.lines import Line, lines_of
from samspill.mail.parts import Part, Parts, together
from samspill.mail.signatures import sign
from samspill.mail.subjects import is_forward, is_reply

DEEPEST = 4  # mails passed on within mails passed on


def split(text: str, subject: str = "") -> Parts:
    """The three parts of a text; the subject tells a reply from a mail passed on. Never raises."""
    lines = lines_of(text)
    return together([line.raw for line in lines], parts_of(lines, subject))


def parts_of(lines: Sequence[Line], subject: str = "", depth: int = 0) -> list[Part]:
    """One part per line."""
    parts = [_said(line) for line in lines]
    first = _mark(lines, parts)
    if first is None and subject and not is_reply(subject) and not is_forward(subject):
        _keep_asides(lines, parts)
    sign(lines, parts)
    if first and depth < DEEPEST and _nothing_new(lines, parts) and _passed_on(first, subject):
        return _opened(lines, parts, first, depth)
    return parts


def _keep_asides(lines: Sequence[Line], parts: list[Part]) -> None:
    """A ">" in the middle of a first mail, which answers nobody, is the writer's own way to set off a line."""
    filled = [at for at, line in enumerate(lines) if line.text]
    if filled and not lines[filled[0]].quoted and not lines[filled[-1]].quoted:
        parts[:] = [Part.NEW if line.quoted else part for line, part in zip(lines, parts, strict=True)]


def _said(line: Line) -> Part:
    if line.quoted:
        return Part.QUOTED
    return Part.SIGNATURE if line.signed else Part.NEW


def _mark(lines: Sequence[Line], parts: list[Part]) -> Opening | None:
    """Mark quotes; the opening of the first one that carries no quote marks is returned."""
    begins = attributions(lines)
    first: Opening | None = None
    at = 0
    while at < len(lines):
        found = _opening(lines, begins, at)
        if found is None:
            at += 1
            continue
        first = first or found
        marked = _marked_next(lines, found.end)
        parts[at : found.end] = [Part.QUOTED] * (found.end - at)
        if not marked or found.how is Opens.ABOVE:
            parts[at:] = [Part.QUOTED] * (len(lines) - at)
            return first
        at = found.end
    return first


def _opening(lines: Sequence[Line], begins: dict[int, int], at: int) -> Opening | None:
    if at in begins:
        return Opening(at, begins[at], Opens.ATTRIBUTION)
    return opening(lines, at)


def _marked_next(lines: Sequence[Line], at: int) -> bool:
    """Whether the next line that is not blank carries a quote mark."""
    following = next((line for line in lines[at : at + 8] if line.text), None)
    return following is not None and following.quoted


def _nothing_new(lines: Sequence[Line], parts: Sequence[Part]) -> bool:
    return not any(part is Part.NEW and line.text for line, part in zip(lines, parts, strict=True))


def _passed_on(found: Opening, subject: str) -> bool:
    """Whether this is a mail passed on rather than answered."""
    if found.how is Opens.FORWARDED or is_forward(subject):
        return True
    return found.how in (Opens.HEADERS, Opens.ORIGINAL) and not is_reply(subject)


def _opened(lines: Sequence[Line], parts: Sequence[Part], found: Opening, depth: int) -> list[Part]:
    """The parts when what is passed on counts as the person's own text."""
    inner = lines[found.end :]
    filled = [line for line in inner if line.text]
    if filled and filled[0].quoted:
        inner = [Line(line.raw, line.text) for line in inner]
    head = [Part.NEW] * (found.end - found.start)
    return [*parts[: found.start], *head, *parts_of(inner, "", depth + 1)]
