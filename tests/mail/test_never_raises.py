"""Whatever bytes come, a mail comes out, and what is in it can be stored and written."""

import json
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.mail.account import as_json, as_words
from samspill.mail.addresses import addresses_of
from samspill.mail.dates import moment_of
from samspill.mail.encoded_words import text_of
from samspill.mail.html import safe, to_text
from samspill.mail.invitations import invitations_of
from samspill.mail.kind import kind_of
from samspill.mail.mail import Mail
from samspill.mail.parameters import parameters_of
from samspill.mail.read import read
from samspill.mail.tnef import SIGNATURE, unpack
from tests.mail.made import HEAD, file, mail, multipart, part, with_parts

WHOLE = with_parts(
    [
        multipart(
            [
                part("Hei på deg\n-- \nKari\n", "text/plain; charset=utf-8; format=flowed"),
                multipart(
                    [
                        part("<p>Hei <img src=cid:a></p>", "text/html"),
                        file(b"GIF89a", "a.gif", "image/gif", "inline"),
                    ],
                    "related",
                    "c",
                ),
                part(
                    "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Europe/Oslo:20260105T100000\nEND:VEVENT\n",
                    "text/calendar",
                ),
            ],
            "alternative",
            "b",
        ),
        file(b"%PDF-1.4", "f.pdf"),
        part(mail("inside"), "message/rfc822"),
        part(
            "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n", "message/delivery-status"
        ),
        file(SIGNATURE + bytes(40), "winmail.dat", "application/ms-tnef"),
    ],
    parameters="; name*0*=utf-8''a; name*1=\"b\"",
    head=HEAD
    + "Subject: =?utf-8?B?w6U=?= =?iso-8859-1?Q?=E5?=\nReferences: <a@b> <c@d>\nAuto-Submitted: auto-replied\n",
)


def _can_be_kept(found: Mail) -> None:
    written = json.dumps(as_json(found, "f"), ensure_ascii=False)
    written.encode()
    as_words(found, "f").encode()
    assert "\\u0000" not in written
    assert "failed" not in " ".join(found.problems)
    assert not any("could not be read" in problem for problem in found.problems), found.problems


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=3_000))
def test_any_bytes_are_read(raw: bytes) -> None:
    _can_be_kept(read(raw))
    _can_be_kept(read(HEAD.encode() + raw))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=6)), max_size=12),
    st.integers(0, len(WHOLE)),
)
def test_a_mail_damaged_anywhere_is_read(changes: list[tuple[int, bytes]], end: int) -> None:
    raw = bytearray(WHOLE)
    for at, what in changes:
        raw[at : at + len(what)] = what
    _can_be_kept(read(bytes(raw)))
    _can_be_kept(read(bytes(raw[:end])))


@settings(max_examples=150, deadline=None)
@given(st.permutations(WHOLE.split(b"\n")))
def test_a_mail_with_its_lines_in_disorder_is_read(lines: list[bytes]) -> None:
    _can_be_kept(read(b"\n".join(lines)))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.binary(max_size=400))
def test_no_reader_of_pieces_raises(text: str, data: bytes) -> None:
    addresses_of(text)
    addresses_of(f'a <{text}>, "{text}, b@c')
    moment_of(text)
    text_of(data)
    parameters_of(b"text/plain; " + data)
    invitations_of(f"BEGIN:VEVENT\nDTSTART{text}\n{text}\nEND:VEVENT")
    unpack(SIGNATURE + data)
    to_text(text)
    safe(f"<p {text}>{text}", {})
    kind_of(read(mail(data)), ("a@b",), "b")


@pytest.mark.parametrize(
    "codec",
    [
        "utf-7",
        "utf-16",
        "iso-2022-jp",
        "hz",
        "gb2312",
        "big5",
        "idna",
        "base64",
        "rot13",
        "nonsense",
        "x" * 900,
        "\u0130",
    ],
)
def test_any_declared_charset_is_survived(codec: str) -> None:
    body = bytes(range(256)) * 3
    _can_be_kept(read(mail(body, more=f"Content-Type: text/plain; charset={codec}\n")))


def _deep(depth: int) -> bytes:
    head = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    return f"{HEAD}{head}Content-Type: text/plain\n\nAt the bottom\n".encode()


HARD = {
    "nothing": b"",
    "a blank": b"\n\n\n",
    "1,000 deep": _deep(1_000),
    "10,000 deep": _deep(10_000),
    "200,000 fields": HEAD.encode() + b"X-A: b\n" * 200_000 + b"\nHei",
    "a long field": HEAD.encode() + b"X-A: " + b"a, <" * 500_000 + b"\n\nHei",
    "many words": b"Subject: " + b"=?a?q?" * 100_000 + b"\n\nHei",
    "many quotes": b"From: " + b'"\\' * 100_000 + b"\n\nHei",
    "many angles": b"From: " + b"<" * 200_000 + b"\n\nHei",
    "many brackets": b"From: " + b"(" * 200_000 + b"\n\nHei",
    "50,000 parts": with_parts([part("x")] * 50_000),
    "edges everywhere": with_parts([b"\n--edg" * 100_000]),
    "many parameters": HEAD.encode() + b"Content-Type: text/plain" + b'; a="b' * 50_000 + b"\n\nHei",
    "8 MB of base64": with_parts([part("Hei"), file(bytes(8_000_000), "big.bin")]),
    "a long line": mail(b"x" * 5_000_000),
    "tags left open": mail(b"<div>" * 200_000, more="Content-Type: text/html\n"),
    "begins": mail(b"begin 644 a\n" * 50_000),
    "armour": mail(b"-----BEGIN PGP " * 50_000),
    "ends in padding": mail(b"=\n" * 300_000, more="Content-Transfer-Encoding: base64\n"),
    "addresses": mail(b"a@" * 200_000, more="Return-Path: <>\n"),
    "reports": with_parts([part(b"Action: failed\n\n" * 100_000, "message/delivery-status")], "report"),
    "meetings": with_parts([part(b"BEGIN:VEVENT\n" * 50_000, "text/calendar")]),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HARD)
def test_hostile_mails_take_no_time(name: str) -> None:
    begun = time.process_time()
    _can_be_kept(read(HARD[name]))
    assert time.process_time() - begun < 6


def test_the_text_at_the_bottom_of_1000_multiparts_is_found() -> None:
    found = read(_deep(1_000))
    assert (found.subject, found.sender.address) == ("Hvor er pakken?", "kari@nordmann.example")
    assert "At the bottom" in found.text


def test_fifty_megabytes_of_rubbish_are_a_file() -> None:
    raw = random.Random(1).randbytes(1_000_000) * 50
    found = read(raw)
    assert not found.text
    assert [one.size for one in found.files] == [len(raw)]


def test_pythons_own_collection_of_broken_mails_is_read() -> None:
    folder = pytest.importorskip("test.test_email", reason="Python came without its tests").__path__[0]
    mails = sorted((Path(folder) / "data").glob("msg_*"))
    assert mails
    for one in mails:
        _can_be_kept(read(one.read_bytes()))
