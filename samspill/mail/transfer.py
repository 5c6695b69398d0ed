"""Bodies out of their transfer encodings, with whatever faults they have."""

import binascii
import re
from itertools import islice

MOST_IN_TEXT = 100
_NOT_BASE64 = bytes(
    sign for sign in range(256) if not (chr(sign).isalnum() and sign < 128) and sign not in b"+/="
)
_PADDING = re.compile(rb"=+")
_BEGIN = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ?([^\r\n]*)\r?\n", re.M)
_SOFT_END = re.compile(rb"=[ \t]+(\r?\n)")
_TEXT_SIGNS = re.compile(rb"[^A-Za-z0-9+/=\s]|[^\s=] +[^\s]")


def decoded(body: bytes, encoding: str) -> bytes:
    """The content of a body; what cannot be its declared encoding is left as it is."""
    name = encoding.strip().strip("\"';").lower()
    if name == "base64":
        return body if _is_plain(body) else unquoted(body)
    if name in {"quoted-printable", "quotedprintable", "qp"}:
        return binascii.a2b_qp(_SOFT_END.sub(rb"=\1", body) if b"= " in body or b"=\t" in body else body)
    if name in {"x-uuencode", "uuencode", "x-uue", "uue"}:
        files, _ = take_uuencoded(body)
        return files[0][1] if files else body
    return body


def unquoted(body: bytes) -> bytes:
    """Base64 with rubbish between, padding in the middle, or none at the end."""
    signs = body.translate(None, _NOT_BASE64)
    bare = signs.rstrip(b"=")
    if b"=" not in bare:
        return _of_base64(bare)
    return b"".join(
        _of_base64(piece) for piece in _PADDING.split(_without_footer(body).translate(None, _NOT_BASE64))
    )


def take_uuencoded(body: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Files written into a text as `begin 644 name … end`: name and content of each, and the text without them."""
    files, rest, at = [], [], 0
    for begin in islice(_BEGIN.finditer(body), MOST_IN_TEXT) if b"begin" in body else ():
        if begin.start() < at:
            continue
        end = _end_of(body, begin.end())
        if end < 0:
            break
        content = _of_uu(body[begin.end() : end])
        if content:
            files.append((begin[1].strip(), content))
            rest.append(body[at : begin.start()])
            at = min(len(body), body.find(b"\n", end + 1) + 1 or len(body))
    return files, b"".join([*rest, body[at:]])


def _of_base64(signs: bytes) -> bytes:
    signs = signs[: len(signs) - 1] if len(signs) % 4 == 1 else signs
    return binascii.a2b_base64(signs + b"=" * (-len(signs) % 4)) if signs else b""


def _is_plain(body: bytes) -> bool:
    """Whether somebody wrote base64 above an ordinary text."""
    first = body[:2_000].lstrip().partition(b"\n")[0]
    return len(_TEXT_SIGNS.findall(first)) > max(3, len(first) // 20)


def _without_footer(body: bytes) -> bytes:
    """A mailing list adds its words under the base64 without a thought."""
    lines = body.split(b"\n")
    ended = [number for number, line in enumerate(lines[:-1]) if line.rstrip().endswith(b"=")]
    if ended and _TEXT_SIGNS.search(b"\n".join(lines[ended[0] + 1 :])):
        return b"\n".join(lines[: ended[0] + 1])
    return body


def _end_of(body: bytes, at: int) -> int:
    """Where the line `end` begins; -1 where there is none."""
    found = body.find(b"\nend", at - 1)
    return found if found >= 0 and body[found + 4 : found + 5] in (b"", b"\r", b"\n", b" ") else -1


def _of_uu(body: bytes) -> bytes:
    content = []
    for line in body.split(b"\n"):
        line = line.rstrip(b"\r")
        if not line or line in {b"`", b" "}:
            continue
        length = (line[0] - 32) & 63
        if not length or len(line) < length * 4 // 3:
            return b""
        try:
            content.append(binascii.a2b_uu(line[: 1 + (length + 2) // 3 * 4]))
        except binascii.Error:
            return b""
    return b"".join(content)
