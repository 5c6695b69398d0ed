"""Chooses between the two ways to tell a mail's parts, and says them of the text that is kept.

A program's own marks in the HTML (a `gmail_quote`, Outlook's `divRplyFwdMsg`) hold in every language and where the
rules know none, so they come first. But the plain text is what is kept, searched and shown, so the parts are always
parts of *it*: each of its lines is looked up in what the HTML says, letter by letter and in order. Lines not found
there, and mails without such marks, follow the rules for plain text. A line drawn right above a quote goes with it.
"""

import re
from collections.abc import Sequence

from samspill.mail.html_quotes import read_html
from samspill.mail.lines import Line, lines_of
from samspill.mail.parts import Part, Parts, together
from samspill.mail.quotes import parts_of

LINKS = re.compile(
    r"[<(\[]?https?://[^\s<>()\[\]]{1,3000}[>)\]]?|\[(?:image|cid|bild|bilde|inline):[^\]]{0,300}\]"
)
RULE = re.compile(r"[-–—_=*]{3,200}")
SILENT = re.compile(r"[\W_]+")
AHEAD = 4000  # letters one looks ahead for a line


def parts(text: str, html: str = "", subject: str = "") -> Parts:
    """New text, quotes and signature of a mail; parts of `text`, or of what the HTML shows where there is none."""
    read = read_html(html, subject) if html else None
    if read and not text.strip():
        return together([line.raw for line in read[0]], read[1])
    lines = lines_of(text)
    own = parts_of(lines, subject)
    if read and Part.NEW in _filled(*read):
        own = _settled(lines, own, *read)
    return together([line.raw for line in lines], own)


def _filled(lines: Sequence[Line], said: Sequence[Part]) -> set[Part]:
    return {part for line, part in zip(lines, said, strict=True) if line.text}


def _settled(
    lines: Sequence[Line], own: list[Part], shown: Sequence[Line], said: Sequence[Part]
) -> list[Part]:
    """What the HTML says of each line that it has too; else what the rules said."""
    letters, ends = _letters(shown)
    at, place = 0, 0
    settled = list(own)
    for number, line in enumerate(lines):
        wanted = _bare(line.text)
        found = letters.find(wanted, at, at + AHEAD + len(wanted)) if wanted else -1
        if found < 0:
            continue
        at = found + len(wanted)
        while place < len(ends) - 1 and ends[place] <= found:
            place += 1
        settled[number] = said[place]
    _rules_with_quotes(lines, settled)
    return settled


def _rules_with_quotes(lines: Sequence[Line], settled: list[Part]) -> None:
    below = Part.NEW
    for number in range(len(lines) - 1, -1, -1):
        if lines[number].text and below is Part.QUOTED and RULE.fullmatch(lines[number].text):
            settled[number] = below
        below = settled[number] if lines[number].text else below


def _letters(shown: Sequence[Line]) -> tuple[str, list[int]]:
    """All letters of the lines one after another, and where each line ends among them."""
    bare = [_bare(line.text) for line in shown]
    ends: list[int] = []
    total = 0
    for text in bare:
        total += len(text)
        ends.append(total)
    return "".join(bare), ends


def _bare(text: str) -> str:
    return SILENT.sub("", LINKS.sub("", text)).casefold()
