"""Files that lie inside an export."""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import filetype

from samspill.conversations.attach import path
from samspill.conversations.models import Attachment, Message
from samspill.imports.tally import Tally
from samspill.kit import crypto


class Inside(Protocol):
    """A name, the kind it is said to be, and the bytes."""

    name: str
    kind: str
    content: bytes


def keep(message: Message, files: Sequence[Inside], tally: Tally) -> list[Attachment]:
    """Store the files on disk, each content once; the rows that show them in a message, not yet written."""
    tally.count("files", len(files))
    return [_one(message, file) for file in files]


def _one(message: Message, file: Inside) -> Attachment:
    sha256 = hashlib.sha256(file.content).hexdigest()
    _store(file.content, sha256)
    return Attachment(
        message=message,
        name=(file.name.replace("\\", "/").rpartition("/")[2] or "file")[:200],
        kind=(filetype.guess_mime(file.content) or _harmless(file.kind))[:100],
        size=len(file.content),
        sha256=sha256,
        content_id=getattr(file, "content_id", "")[:200],
    )


def _harmless(kind: str) -> str:
    """What a browser could run is kept as mere bytes."""
    return "text/plain" if kind == "text/plain" else "application/octet-stream"


def _store(content: bytes, sha256: str) -> None:
    target = path(sha256)
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{crypto.token(6)}.part")
        part.write_bytes(content)
        part.replace(target)
