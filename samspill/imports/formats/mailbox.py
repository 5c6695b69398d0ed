"""Mails from an mbox, a Maildir, single .eml files, or a zip of any of these; one at a time."""

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from samspill.channels.email.arriving import content_of
from samspill.channels.email.references import names
from samspill.imports.items import BadRow, Letter, Row
from samspill.mail.read import read

MOST_BYTES = 64 * 1024 * 1024
MAIL_FOLDERS = {"cur", "new"}


def rows(path: Path) -> Iterator[Row]:
    """Every mail below `path`, in an order that stays the same."""
    if path.is_dir():
        for file in sorted(_files(path)):
            yield from _file(file.name, file.open, str(file.relative_to(path)))
    elif zipfile.is_zipfile(path):
        yield from _zipped(path)
    else:
        yield from _file(path.name, path.open, "")


def _files(folder: Path) -> Iterator[Path]:
    return (file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))


def _zipped(path: Path) -> Iterator[Row]:
    with zipfile.ZipFile(path) as box:
        for name in sorted(info.filename for info in box.infolist() if not info.is_dir()):
            if not Path(name).name.startswith((".", "__MACOSX")):
                yield from _file(name, lambda mode="rb", name=name: box.open(name), name)


def _file(name: str, opened: Callable[..., IO[bytes]], place: str) -> Iterator[Row]:
    with opened("rb") as stream:
        first = stream.read(5)
    if first == b"From ":
        with opened("rb") as stream:
            for number, raw in enumerate(split(stream), 1):
                yield _row(f"{place} {number}".strip(), raw)
    elif first and (name.casefold().endswith(".eml") or _is_maildir(place) or not place):
        with opened("rb") as stream:
            yield _row(place or name, stream.read(MOST_BYTES + 1))


def _is_maildir(place: str) -> bool:
    return bool(MAIL_FOLDERS & set(Path(place).parts[:-1]))


def split(stream: IO[bytes]) -> Iterator[bytes]:
    """The mails of an mbox, one after the other; never more than one is held."""
    held: list[bytes] = []
    size, blank = 0, True
    for line in iter(lambda: stream.readline(1024 * 1024), b""):
        if blank and line.startswith(b"From "):
            if held:
                yield _joined(held)
            held, size, blank = [], 0, False
            continue
        blank = line in (b"\n", b"\r\n")
        if size <= MOST_BYTES:
            held.append(line[1:] if line.lstrip(b">").startswith(b"From ") and line[:1] == b">" else line)
            size += len(line)
    if held:
        yield _joined(held)


def _joined(lines: list[bytes]) -> bytes:
    """Without the blank line that only parts it from the next one."""
    return b"".join(lines[:-1] if lines[-1] in (b"\n", b"\r\n") else lines)


def _row(place: str, raw: bytes) -> Row:
    def make() -> Letter:
        if len(raw) > MOST_BYTES:
            raise BadRow("too_big")
        if not raw.strip():
            raise BadRow("empty")
        return _letter(raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))

    return Row(place[-60:], make, len(raw))


def _letter(raw: bytes) -> Letter:
    mail, key = read(raw), hashlib.sha256(raw).hexdigest()
    return Letter(mail, raw, key, names(mail, content_of(mail, key)))
