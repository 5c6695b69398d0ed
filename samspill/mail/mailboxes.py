"""Mails out of files: one mail in a file, a folder (Maildir), or one file with many (mbox). One at a time in memory."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

LONGEST = 200_000_000  # of one mail; what is longer is cut there
_BORDER = re.compile(rb"^From \S+ .*\d{4}|^From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) |^From \S+@\S+\s*$")
_HEAD = re.compile(rb"(?:[A-Z][A-Za-z]*-[A-Za-z-]+|From|To|Subject|Date|Received|Sender|Cc): ")
_ESCAPED = re.compile(rb"^>(>*From )", re.M)


def mails_in(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each mail with where it was found."""
    if path.is_dir():
        yield from _in_folder(path)
    elif _is_mbox(path):
        yield from ((f"{path}#{number}", raw) for number, raw in enumerate(_in_mbox(path), 1))
    else:
        with path.open("rb") as file:
            yield str(path), file.read(LONGEST)


def _in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    """A Maildir keeps mails in new and cur; any other folder is read with all below it."""
    for folder, below, names in os.walk(path):
        below[:] = sorted(name for name in below if name != "tmp")
        for name in sorted(names):
            file = Path(folder) / name
            if not name.startswith(".") and file.is_file():
                yield from _readable(file)


def _readable(file: Path) -> Iterator[tuple[str, bytes]]:
    """One that cannot be opened is told like an empty one, and does not stop the others."""
    try:
        yield from mails_in(file)
    except OSError:
        yield str(file), b""


def _is_mbox(path: Path) -> bool:
    """More than one mail begins here; a single mail with such a line in front is one mail."""
    with path.open("rb") as file:
        if not _BORDER.match(file.readline(1_000)):
            return False
        before = b""
        for line in file:
            if before.strip() == b"" and _BORDER.match(line[:1_000]):
                return True
            before = line[:4]
    return path.suffix in {".mbox", ".mbx"}


def _in_mbox(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from split_mbox(file)


def split_mbox(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The mails of an mbox, their `>From ` lines as they were written."""
    mail: list[bytes] = []
    size, blank = 0, True
    for line, following in _with_next(lines):
        if blank and _is_border(line, following) and mail:
            yield _whole(mail)
            mail, size = [], 0
        if size < LONGEST:
            mail.append(line)
            size += len(line)
        blank = not line.strip()
    if any(line.strip() for line in mail):
        yield _whole(mail)


def _with_next(lines: Iterator[bytes]) -> Iterator[tuple[bytes, bytes]]:
    before = next(lines, b"")
    for line in lines:
        yield before, line
        before = line
    yield before, b""


def _is_border(line: bytes, following: bytes) -> bool:
    """`From somebody` and a date, or at least a head below it: people begin sentences with the same word."""
    if line[:5] != b"From ":
        return False
    return bool(_BORDER.match(line[:1_000]) or _HEAD.match(following))


def _whole(mail: list[bytes]) -> bytes:
    raw = b"".join(mail)
    return _ESCAPED.sub(rb"\1", raw) if b">From " in raw else raw
