"""The lines of an HTML mail as a reader sees them, with what its structure says about each.

One pass over the tags with counters and never a tree, so that 100,000 nested tags cost as much as any others. The
standard library's parser needs quadratic time for some malformed input in Python 3.11; the libraries that do not
would be one more thing to install for a few tag names.
"""

import html
import re
from dataclasses import dataclass, field

from samspill.mail.lines import MARK, Line
from samspill.mail.markers import Mark, mark

TOKEN = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>|<(/?)([a-zA-Z][a-zA-Z0-9:-]*)([^<>]*)>", re.DOTALL)
BLOCKS = frozenset(
    "p div section article header footer main aside nav address form fieldset center dl dt dd ul ol li blockquote pre"
    " table tbody thead tfoot tr caption h1 h2 h3 h4 h5 h6 hr body html figure".split()
)
APART = frozenset("p ul ol blockquote pre table h1 h2 h3 h4 h5 h6 dl".split())
VOID = frozenset("br img hr input meta link wbr col area base embed source track param".split())
SPACES = re.compile(r"[ \t\r\n\f]+")


def html_lines(markup: str) -> tuple[list[Line], bool]:
    """The lines, and whether the structure said anything about quotes or signatures."""
    reader = _Reader()
    at = 0
    for token in TOKEN.finditer(markup):
        reader.say(markup[at : token.start()])
        at = token.end()
        if token[2]:
            reader.tag(token[2].lower(), token[3], closing=bool(token[1]))
    reader.say(markup[at:])
    reader.end_line()
    return reader.lines, reader.marked


@dataclass
class _Reader:
    lines: list[Line] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    stack: list[tuple[str, Mark, int]] = field(
        default_factory=list
    )  # name, mark, number of lines when opened
    names: dict[str, int] = field(default_factory=dict)  # how often each name is open
    depth: dict[Mark, int] = field(default_factory=lambda: dict.fromkeys(Mark, 0))
    rest: bool = False
    marked: bool = False

    def say(self, text: str) -> None:
        """Text between two tags."""
        if not text or self.depth[Mark.SILENT]:
            return
        text = html.unescape(text) if "&" in text else text
        if self.depth[Mark.PRE] or (self.depth[Mark.SIGNATURE] and self.names.get("pre")):
            self._say_as_is(text)
        else:
            self.words.append(SPACES.sub(" ", text))

    def _say_as_is(self, text: str) -> None:
        first, *others = text.replace("\r\n", "\n").split("\n")
        self.words.append(first)
        for other in others:
            self.end_line(even_empty=True)
            self.words.append(other)

    def tag(self, name: str, attributes: str, *, closing: bool) -> None:
        """One tag."""
        if name == "br" and not self.depth[Mark.SILENT]:
            self.end_line(even_empty=True)
        elif name in BLOCKS:
            self._block(name)
        elif name in {"td", "th"} and not closing:
            self.words.append(" ")
        if closing:
            self._close(name)
        elif name in VOID:
            self.rest = self._rests(mark(name, attributes))
        elif not attributes.endswith("/"):
            self._open(name, mark(name, attributes))

    def _rests(self, found: Mark) -> bool:
        self.marked = self.marked or found is Mark.REST
        return self.rest or found is Mark.REST

    def _open(self, name: str, found: Mark) -> None:
        self.rest = self._rests(found)
        self.marked = self.marked or found in (Mark.QUOTE, Mark.HEAD, Mark.SIGNATURE)
        self.stack.append((name, found, len(self.lines)))
        self.names[name] = self.names.get(name, 0) + 1
        self.depth[found] += 1

    def _close(self, name: str) -> None:
        """Close this element and all that were left open in it; a stray closing tag closes nothing."""
        while self.names.get(name):
            closed, found, first = self.stack.pop()
            self.names[closed] -= 1
            self.depth[found] -= 1
            if found is Mark.HEAD and not self.depth[Mark.HEAD]:
                self._unmark_passed_on(first)
            if closed == name:
                return

    def _unmark_passed_on(self, first: int) -> None:
        """The head of a mail passed on is for the rules of plain text, which know what to do with it."""
        self.end_line()
        head = self.lines[first:]
        if next((line.text for line in head if line.text), "").startswith("---"):
            self.lines[first:] = [Line(line.raw, line.text) for line in head]

    def _block(self, name: str) -> None:
        self.end_line()
        if name in APART and self.lines and self.lines[-1].text:
            self.lines.append(self._line(""))

    def end_line(self, *, even_empty: bool = False) -> None:
        """What was said so far is a line."""
        text = "".join(self.words)
        text = text.rstrip() if self.names.get("pre") else SPACES.sub(" ", text).strip(" ")
        self.words = []
        if self.depth[Mark.SILENT]:
            return
        if text.strip() or even_empty:
            self.lines.append(self._line("-- " if text == "--" else text))

    def _line(self, text: str) -> Line:
        quoted = (
            bool(MARK.match(text)) or self.rest or self.depth[Mark.QUOTE] > 0 or self.depth[Mark.HEAD] > 0
        )
        return Line.of(text, quoted, signed=not quoted and self.depth[Mark.SIGNATURE] > 0)
