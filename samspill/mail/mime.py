"""The parts of a mail, found in one pass over its bytes.

Written for this instead of the standard library's parser because that one recurses per nesting (1,000 multiparts in
each other end it) and takes time squared in their number. Here every delimiter line is looked at once, nothing is
copied until a part is wanted, and what is malformed is read as its author must have meant it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from samspill.mail.fields import Fields, read_fields
from samspill.mail.parameters import parameters_of
from samspill.mail.transfer import decoded

MOST_PARTS = 2_000
DEEPEST = 60  # deeper ones are hung up at this depth: the text at the bottom is still found
_DELIMITER = re.compile(rb"\n--([^\r\n]{1,250})\r*(?=\n|\Z)")
_LOOSE = re.compile(rb"\n--([^\r\n]{1,200})\r*\n(?:[Cc]ontent-[A-Za-z-]+|MIME-Version):")
_KIND = re.compile(r"[a-z0-9!#$&^_.+*-]+/[a-z0-9!#$&^_.+*-]+")
_SHORT = {"text": "text/plain", "html": "text/html", "plain": "text/plain", "pdf": "application/pdf"}


@dataclass
class Part:
    """One part: its fields, where its body lies, and the parts inside it."""

    raw: bytes = field(repr=False)
    fields: Fields
    start: int
    end: int
    usual: str = "text/plain"  # what it is where it does not say
    children: "list[Part]" = field(default_factory=list)

    def first(self, name: str) -> bytes:
        """The first value of a field that says anything; b"" where there is none."""
        return next((value for known, value in self.fields if known == name and value), b"")

    @cached_property
    def _type(self) -> tuple[str, dict[str, str]]:
        kind, parameters = parameters_of(self.first("content-type"))
        kind = _SHORT.get(kind, kind).replace(" ", "")
        return (kind if _KIND.fullmatch(kind) else self.usual), parameters

    @cached_property
    def _disposition(self) -> tuple[str, dict[str, str]]:
        return parameters_of(self.first("content-disposition"), self.charset)

    @property
    def kind(self) -> str:
        """The content type, `text/plain` and the like."""
        return self._type[0]

    @property
    def charset(self) -> str:
        """As declared."""
        return self._type[1].get("charset", "")

    @property
    def disposition(self) -> str:
        """inline, attachment, or ""."""
        return self._disposition[0]

    def parameter(self, name: str) -> str:
        """A parameter of the content type."""
        return self._type[1].get(name, "")

    @property
    def file_name(self) -> str:
        """As declared, by either of the two fields that may."""
        named = self._disposition[1]
        return (
            named.get("filename") or named.get("name") or self.parameter("name") or self.parameter("filename")
        )

    @property
    def is_multipart(self) -> bool:
        """Whether it holds parts rather than content."""
        return self.kind.startswith("multipart/")

    @property
    def body(self) -> bytes:
        """As it was transferred."""
        return self.raw[self.start : self.end]

    @cached_property
    def content(self) -> bytes:
        """As it was meant."""
        return decoded(self.body, self.first("content-transfer-encoding").decode("latin-1"))

    def walk(self) -> "Iterator[Part]":
        """This part and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(raw: bytes, start: int = 0) -> Part:
    """The mail that begins at `start`, as a tree."""
    fields, body = read_fields(raw, start, len(raw))
    root = Part(raw, fields, body, len(raw))
    if root.is_multipart:
        root = _freed(root)
        _Reader(root).read()
    return root


def _freed(root: Part) -> Part:
    """A multipart in base64 is forbidden, and seen."""
    encoding = root.first("content-transfer-encoding").strip().lower()
    boundary = root.parameter("boundary").encode("utf-8", "replace")
    if encoding not in {b"base64", b"quoted-printable"} or (boundary and b"--" + boundary in root.body):
        return root
    content = b"\n" + root.content
    return Part(content, root.fields, 1, len(content))


class _Reader:
    """Walks from delimiter to delimiter with the multiparts that are open."""

    def __init__(self, root: Part) -> None:
        self.root = root
        self.open: list[tuple[bytes, Part]] = []
        self.current: Part | None = root
        self.count = 0

    def read(self) -> None:
        """Fills the children of the root."""
        raw, root = self.root.raw, self.root
        self._enter(root)
        if not self.open or raw.find(b"--" + self.open[0][0], root.start) < 0:
            self._sniff()
        for line in _DELIMITER.finditer(raw, max(0, root.start - 1)):
            if self.current is not None and line.start() < self.current.start - 1:
                continue
            text = line[1].rstrip()
            level = self._level(text)
            if level >= 0:
                self._close(level, line.start())
                self._begin(level, line.end() + 1, last=text != self.open[level][0])
            if self.count >= MOST_PARTS:
                return

    def _sniff(self) -> None:
        """No boundary is declared, or one that never comes: the first line that looks like one."""
        found = _LOOSE.search(self.root.raw, max(0, self.root.start - 1))
        if found:
            self.open = [(found[1].rstrip(), self.root)]

    def _enter(self, part: Part) -> None:
        boundary = part.parameter("boundary").encode("utf-8", "replace").strip()
        if boundary and len(self.open) < DEEPEST:
            self.open.append((boundary, part))
        elif boundary:
            self.open[-1] = (boundary, self.open[-1][1])

    def _level(self, text: bytes) -> int:
        for level in range(len(self.open) - 1, -1, -1):
            boundary = self.open[level][0]
            if text == boundary or (text.startswith(boundary) and text[len(boundary) :].strip() == b"--"):
                return level
        return -1

    def _close(self, level: int, at: int) -> None:
        """Whatever is open below this level ends before the delimiter."""
        end = at
        while end and self.root.raw[end - 1 : end] == b"\r":
            end -= 1
        for _, part in self.open[level + 1 :]:
            part.end = max(part.start, end)
        del self.open[level + 1 :]
        if self.current is not None and self.current is not self.root:
            self.current.end = max(self.current.start, end)

    def _begin(self, level: int, at: int, *, last: bool) -> None:
        parent = self.open[level][1]
        if last:
            parent.end = at if parent is not self.root else parent.end
            self.open = self.open[: max(level, 1)]
            self.current = None
            return
        fields, start = read_fields(self.root.raw, at, len(self.root.raw))
        usual = "message/rfc822" if parent.kind == "multipart/digest" else "text/plain"
        part = Part(self.root.raw, fields, start, len(self.root.raw), usual)
        parent.children.append(part)
        self.current = part
        self.count += 1
        if part.is_multipart:
            self._enter(part)
