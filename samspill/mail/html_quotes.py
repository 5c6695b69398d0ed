"""The three parts of an HTML mail, by the structure that the sender's program gave it."""

from collections.abc import Sequence

from samspill.mail.html_lines import html_lines
from samspill.mail.lines import Line
from samspill.mail.parts import Part, Parts, together
from samspill.mail.quotes import parts_of
from samspill.mail.subjects import is_reply

LONGEST = 2_000_000  # letters; whoever writes more is read as plain text


def parts_of_html(markup: str, subject: str = "") -> Parts | None:
    """The parts of an HTML mail; None where nothing in it marks a quote or a signature. Never raises.

    What the structure leaves open (an attribution above a quote, "Sent from my …") the rules for plain text decide.
    """
    read = read_html(markup, subject)
    if read is None:
        return None
    lines, parts = read
    return together([line.raw for line in lines], parts)


def read_html(markup: str, subject: str = "") -> tuple[list[Line], list[Part]] | None:
    """Lines and their parts; None where the structure says nothing."""
    if len(markup) > LONGEST:
        return None
    lines, marked = html_lines(markup)
    if not marked:
        return None
    parts = parts_of(lines, subject)
    if is_reply(subject) or _something_new(lines, parts):
        return lines, parts
    return _passed_on(lines, subject)


def _passed_on(lines: Sequence[Line], subject: str) -> tuple[list[Line], list[Part]]:
    """All of it marked, and no reply: what is passed on is what the person sends."""
    bare = [Line(line.raw, line.text) for line in lines]
    return bare, parts_of(bare, subject)


def _something_new(lines: Sequence[Line], parts: Sequence[Part]) -> bool:
    return any(part is Part.NEW and line.text for line, part in zip(lines, parts, strict=True))
