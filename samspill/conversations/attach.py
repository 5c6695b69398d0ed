"""Files that people send: checked by content and size, stored once by their hash."""

import hashlib
from pathlib import Path

import filetype
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from samspill.contacts.models import Contact
from samspill.conversations.models import Attachment, Message
from samspill.kit import crypto
from samspill.workspace.models import Agent

MOST_BYTES = 10 * 1024 * 1024
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
OTHERS = {
    "application/pdf", "application/zip", "video/mp4", "audio/mpeg", "audio/ogg", "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip


class NotAccepted(Exception):
    """The file is empty, too large or of a kind we do not take; the text says which, for the person."""


def attach(upload: UploadedFile, *, contact: Contact | None = None, agent: Agent | None = None) -> Attachment:
    """Store an uploaded file, to be sent with a message later. Raises NotAccepted."""
    if not upload.size:
        raise NotAccepted(_("The file is empty."))
    if upload.size > MOST_BYTES:
        raise NotAccepted(_("The file is larger than 10 MB."))
    content = upload.read()
    kind = _kind(content)
    sha256 = hashlib.sha256(content).hexdigest()
    _store(content, sha256)
    return Attachment.objects.create(
        contact=contact, agent=agent, name=_name(upload), kind=kind, size=len(content), sha256=sha256
    )


def keep_file(message: Message, content: bytes, name: str, *, content_id: str = "") -> Attachment:
    """Keep a file that came with a message, whatever it is; what is no picture is only ever downloaded."""
    sha256 = hashlib.sha256(content).hexdigest()
    _store(content, sha256)
    return Attachment.objects.create(
        message=message,
        name=_harmless(name),
        kind=filetype.guess_mime(content) or _text(content) or "application/octet-stream",
        size=len(content),
        sha256=sha256,
        content_id=content_id[:200],
    )


def path(sha256: str) -> Path:
    """Where a stored file lies."""
    return settings.UPLOADS_FOLDER / sha256[:2] / sha256


def _kind(content: bytes) -> str:
    kind = filetype.guess_mime(content) or _text(content)
    if kind not in PICTURES | OTHERS:
        raise NotAccepted(_("We can take pictures, PDF, Office documents, text, audio and video."))
    return str(kind)


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    # what a browser could take for a page is no plain text
    return "" if "\x00" in text or text.lstrip()[:1] == "<" else "text/plain"


def _name(upload: UploadedFile) -> str:
    return _harmless(upload.name or "")


def _harmless(name: str) -> str:
    name = Path(name.replace("\\", "/")).name
    harmless = "".join(c for c in name if c.isprintable() and c not in '<>:"|?*')
    return harmless.lstrip(". ")[:120] or "file"


def _store(content: bytes, sha256: str) -> None:
    target = path(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{crypto.token(6)}.part")
    part.write_bytes(content)
    part.replace(target)
