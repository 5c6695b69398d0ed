"""Mails made for the tests: as mail programs write them, by nobody in particular."""

import base64
from collections.abc import Sequence

HEAD = (
    "From: Kari Nordmann <kari@nordmann.example>\n"
    "To: Nordlys Solar <hei@nordlys.example>\n"
    "Subject: Hvor er pakken?\n"
    "Date: Mon, 5 Jan 2026 10:00:00 +0100\n"
    "Message-ID: <1@nordmann.example>\n"
    "MIME-Version: 1.0\n"
)


def mail(body: str | bytes = "Hei!\n", *, more: str | bytes = "", head: str | bytes = HEAD) -> bytes:
    """A mail with further header lines and a body."""
    return b"".join((_bytes(head), _bytes(more), b"\n", _bytes(body)))


def part(content: str | bytes, kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    """One part of a multipart."""
    return b"".join((f"Content-Type: {kind}\n{more}\n".encode(), _bytes(content)))


def multipart(
    parts: Sequence[bytes], kind: str = "mixed", boundary: str = "edge", parameters: str = ""
) -> bytes:
    """A multipart as a part, ready to be one of another."""
    inside = b"".join(b"--" + boundary.encode() + b"\n" + one.rstrip(b"\n") + b"\n" for one in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"{parameters}\n\n'.encode()
        + inside
        + f"--{boundary}--\n".encode()
    )


def with_parts(
    parts: Sequence[bytes],
    kind: str = "mixed",
    boundary: str = "edge",
    parameters: str = "",
    head: str = HEAD,
) -> bytes:
    """A whole mail of several parts."""
    return head.encode() + multipart(parts, kind, boundary, parameters)


def file(content: bytes, name: str, kind: str = "application/pdf", disposition: str = "attachment") -> bytes:
    """A file in base64."""
    more = f'Content-Disposition: {disposition}; filename="{name}"\nContent-Transfer-Encoding: base64\n'
    return part(base64.encodebytes(content), kind, more)


def headed(**fields: str) -> str:
    """A head of its own: `headed(From="…", Auto_Submitted="…")`."""
    return "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
