"""winmail.dat, made here attribute by attribute as Outlook writes it."""

import struct

from samspill.mail.read import read
from samspill.mail.tnef import ATTACHMENT, BODY, DATA, MESSAGE, RENDER, SIGNATURE, TITLE, unpack
from tests.mail.made import file, part, with_parts


def _attribute(level: int, name: int, value: bytes) -> bytes:
    return struct.pack("<BHHI", level, name, 6, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)


def _property(kind: int, name: int, value: bytes) -> bytes:
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HH", kind, name) + struct.pack("<II", 1, len(value)) + padded


def _properties(*properties: bytes) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(properties)


NAMED = struct.pack("<HH", 0x0003, 0x8001) + bytes(16) + struct.pack("<II", 0, 7) + struct.pack("<I", 9)
ENVELOPE = b"".join(
    [
        SIGNATURE + b"\1\0",
        _attribute(1, BODY, b"Hei fra Outlook\0"),
        _attribute(
            1, MESSAGE, _properties(NAMED, _property(0x0102, 0x1013, b"<p>Hei fra <b>Outlook</b></p>"))
        ),
        _attribute(2, RENDER, b"\0" * 14),
        _attribute(2, TITLE, b"SHORT~1.PDF\0"),
        _attribute(2, DATA, b"%PDF-1.4 first"),
        _attribute(
            2,
            ATTACHMENT,
            _properties(
                _property(0x001F, 0x3707, "Fører kort.pdf\0".encode("utf-16-le")),
                _property(0x001E, 0x370E, b"application/pdf\0"),
            ),
        ),
        _attribute(2, RENDER, b"\0" * 14),
        _attribute(2, TITLE, b"second.txt\0"),
        _attribute(2, DATA, b"second"),
    ]
)


def test_files_and_text_come_out_of_the_envelope() -> None:
    found = read(with_parts([file(ENVELOPE, "winmail.dat", "application/ms-tnef")]))
    assert [(one.name, one.kind, one.content) for one in found.files] == [
        ("Fører kort.pdf", "application/pdf", b"%PDF-1.4 first"),
        ("second.txt", "text/plain", b"second"),
    ]
    assert found.text == "Hei fra Outlook"
    assert "<b>Outlook</b>" in found.html


def test_what_was_written_beside_the_envelope_counts() -> None:
    assert (
        read(
            with_parts([part("Beside"), file(ENVELOPE, "winmail.dat", "application/octet-stream")])
        ).text.strip()
        == "Beside"
    )


def test_an_envelope_cut_anywhere_gives_what_is_whole() -> None:
    for end in range(len(ENVELOPE)):
        unpack(ENVELOPE[:end])
    files, text, _ = unpack(ENVELOPE[:-12])
    assert (text, files[0].content) == ("Hei fra Outlook", b"%PDF-1.4 first")


def test_what_is_no_envelope_stays_a_file() -> None:
    found = read(with_parts([part("Hei"), file(b"something else", "winmail.dat", "application/ms-tnef")]))
    assert [one.name for one in found.files] == ["winmail.dat"]
