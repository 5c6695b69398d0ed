"""Files and text out of winmail.dat, the envelope Outlook packs mails into (MS-OXTNEF, MS-OXCMSG)."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from samspill.mail.charsets import decode

SIGNATURE = b"\x78\x9f\x3e\x22"
TITLE, DATA, RENDER, ATTACHMENT, BODY, MESSAGE = 0x8010, 0x800F, 0x9002, 0x9005, 0x800C, 0x9003
LONG_NAME, SHORT_NAME, SHOWN_NAME, DATA_OBJECT, MIME_TAG = 0x3707, 0x3704, 0x3001, 0x3701, 0x370E
CONTENT_ID, PLAIN, HTML = 0x3712, 0x1000, 0x1013
SIZES = {
    0x0002: 4,
    0x0003: 4,
    0x0004: 4,
    0x0005: 8,
    0x0006: 8,
    0x0007: 8,
    0x000A: 4,
    0x000B: 4,
    0x0014: 8,
    0x0040: 8,
}
SIZES[0x0048] = 16
WITH_LENGTH = {0x001E, 0x001F, 0x0102, 0x000D}
MOST = 1_000

Properties = dict[int, bytes]


@dataclass
class Packed:
    """One file of the envelope."""

    name: str = ""
    kind: str = ""
    content: bytes = b""
    content_id: str = ""


def unpack(data: bytes) -> tuple[list[Packed], str, str]:
    """Files, plain text and HTML; what is cut off is left out."""
    files: list[Packed] = []
    text, html = "", ""
    for level, name, value in _attributes(data):
        if level == 1:
            if name == BODY:
                text = _text(value, "")
            elif name == MESSAGE:
                said = _properties(value)
                text = _said(said, PLAIN) or text
                html = decode(said.get(HTML, b"").rstrip(b"\0")) or html
        elif name == RENDER and len(files) < MOST:
            files.append(Packed())
        elif files:
            _fill(files[-1], name, value)
    return [file for file in files if file.content or file.name], text, html


def _attributes(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, name and value of each attribute: 1 byte, 4 bytes, length, value, checksum."""
    if data[:4] != SIGNATURE:
        return
    at = 6
    while at + 9 <= len(data):
        level, name, _, length = struct.unpack_from("<BHHI", data, at)
        value = data[at + 9 : at + 9 + length]
        if level not in (1, 2) or len(value) < length:
            return
        yield level, name, value
        at += 9 + length + 2


def _fill(file: Packed, name: int, value: bytes) -> None:
    if name == TITLE:
        file.name = file.name or _text(value, "")
    elif name == DATA:
        file.content = value
    elif name == ATTACHMENT:
        said = _properties(value)
        file.name = _said(said, LONG_NAME) or file.name or _said(said, SHOWN_NAME) or _said(said, SHORT_NAME)
        file.kind = _said(said, MIME_TAG).lower()
        file.content_id = _said(said, CONTENT_ID).strip("<>")
        file.content = file.content or said.get(DATA_OBJECT, b"")


def _said(said: Properties, name: int) -> str:
    value = said.get(name, b"")
    wide = said.get(name | 0x10000)
    return _text(value, "utf-16-le" if wide is not None else "")


def _text(value: bytes, charset: str) -> str:
    text = value.decode(charset, "replace") if charset else decode(value.rstrip(b"\0"))
    return text.partition("\0")[0] if charset else text


def _properties(data: bytes) -> Properties:
    """MAPI properties by number; those in UTF-16 stand a second time, empty, above 0x10000."""
    said: Properties = {}
    with suppress(struct.error, ValueError):  # cut off: what came before counts
        _read_properties(data, said)
    return said


def _read_properties(data: bytes, said: Properties) -> None:
    (count,), at = struct.unpack_from("<I", data, 0), 4
    for _ in range(min(count, MOST)):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= 0x8000:
            at = _after_name(data, at)
        many, kind = bool(kind & 0x1000), kind & 0x0FFF
        number = 1
        if many or kind in WITH_LENGTH:
            (number,), at = struct.unpack_from("<I", data, at), at + 4
        for _ in range(min(number, MOST)):
            value, at = _value(data, at, kind)
            said.setdefault(name, value)
        if kind == 0x001F:
            said.setdefault(name | 0x10000, b"")


def _after_name(data: bytes, at: int) -> int:
    """Named properties bring a GUID and a number or a name."""
    (is_text,) = struct.unpack_from("<I", data, at + 16)
    if not is_text:
        return at + 24
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + int(length) + -int(length) % 4


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    if kind in SIZES:
        return data[at : at + SIZES[kind]], at + SIZES[kind]
    if kind not in WITH_LENGTH:
        raise ValueError("a kind of property nobody knows")
    (length,) = struct.unpack_from("<I", data, at)
    value = data[at + 4 : at + 4 + length]
    if len(value) < length:
        raise ValueError("cut off")
    return (value[16:] if kind == 0x000D else value), at + 4 + length + -length % 4
