"""What was written, what came along, and how it is protected, in every nesting."""

import base64
import binascii
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from samspill.mail.mail import Mail
from samspill.mail.read import read
from tests.mail.made import HEAD, file, mail, multipart, part, with_parts

OSLO = ZoneInfo("Europe/Oslo")
MEETING = (
    "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VTIMEZONE\nTZID:W. Europe Standard Time\nBEGIN:STANDARD\nDTSTART:16010101T030000\nEND:STANDARD\nEND:VTIMEZONE\n"
    "BEGIN:VEVENT\nSUMMARY:Befaring\\, tak\nDTSTART;TZID=W. Europe Standard Time:20260105T100000\nDTEND;TZID=W. Europe Standard Time:20260105T110000\n"
    "LOCATION:Storgata 1\\nOslo\nORGANIZER;CN=Kari:mailto:kari@nordmann.example\nBEGIN:VALARM\nDESCRIPTION:Ring\nTRIGGER:-PT15M\nEND:VALARM\nEND:VEVENT\nEND:VCALENDAR\n"
)


def _files(found: Mail) -> list[tuple[str, str, int]]:
    return [(one.name, one.kind, one.size) for one in found.files]


def test_plain_beside_html_is_one_text() -> None:
    found = read(with_parts([part("Hei!"), part("<p>Hei!</p>", "text/html")], "alternative"))
    assert (found.text.strip(), found.html.strip(), found.files) == ("Hei!", "<p>Hei!</p>", ())


def test_only_html_gives_a_text_too() -> None:
    assert read(mail("<p>Hei <b>du</b></p>", more="Content-Type: text/html\n")).text == "Hei du"


def test_an_empty_plain_text_gives_way_to_the_html() -> None:
    assert read(with_parts([part("\n \n"), part("<p>Hei</p>", "text/html")], "alternative")).text == "Hei"


def test_several_texts_stand_in_order_with_files_between() -> None:
    found = read(
        with_parts(
            [part("First"), file(b"%PDF-1.4 x", "a.pdf"), part("<p>Second</p>", "text/html"), part("Third")]
        )
    )
    assert found.text == "First\n\nSecond\n\nThird"
    assert "First" in found.html
    assert _files(found) == [("a.pdf", "application/pdf", 10)]


def test_a_deep_nesting_as_outlook_and_apple_make_it() -> None:
    related = multipart(
        [part("<img src=cid:p1>", "text/html"), file(b"\x89PNG", "p.png", "image/png", "inline; x=y")],
        "related",
        "c",
    )
    related = related.replace(b"Content-Type: image/png\n", b"Content-Type: image/png\nContent-ID: <p1>\n")
    found = read(
        with_parts([multipart([part("Hei"), related], "alternative", "b"), file(b"x", "b.txt", "text/plain")])
    )
    assert found.text.strip() == "Hei"
    assert [(one.name, one.content_id, one.inline) for one in found.files] == [
        ("p.png", "p1", True),
        ("b.txt", "", False),
    ]


def test_a_forwarded_mail_is_a_file_named_by_its_subject() -> None:
    found = read(with_parts([part("FYI"), part(mail("Inner text"), "message/rfc822")]))
    assert found.text.strip() == "FYI"
    assert found.files[0].name == "Hvor er pakken?.eml"
    assert b"Inner text" in found.files[0].content


def test_a_digest_is_a_bundle_of_mails() -> None:
    found = read(
        with_parts(
            [part("Today's topics"), multipart([b"\n" + mail("One"), b"\n" + mail("Two")], "digest", "d")]
        )
    )
    assert [one.kind for one in found.files] == ["message/rfc822"] * 2


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="a/b.pdf"', "a_b.pdf"), (r'attachment; filename="C:\\Users\\k\\b.pdf"', "b.pdf"), ('attachment; filename="../../etc/passwd"', "passwd"),
        ("attachment; filename*=utf-8''bl%C3%A5.pdf", "blå.pdf"), ('attachment; filename="a\u202egpj.exe"', "agpj.exe"), ("attachment", "file.pdf"), ('attachment; filename=""', "file.pdf"),
        ('attachment; filename="' + "x" * 400 + '.pdf"', "x" * 160 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_safe_and_never_empty(disposition: str, name: str) -> None:
    found = read(
        with_parts(
            [part("Hei"), part(b"%PDF-1.4", "application/pdf", f"Content-Disposition: {disposition}\n")]
        )
    )
    assert found.files[0].name == name


def test_a_file_that_does_not_say_what_it_is_is_looked_at() -> None:
    found = read(
        with_parts(
            [
                file(b"%PDF-1.7 x", "a", "application/octet-stream"),
                file(b"x", "b.csv", "application/octet-stream"),
            ]
        )
    )
    assert [one.kind for one in found.files] == ["application/pdf", "text/csv"]


def test_nothing_but_a_file_is_a_file() -> None:
    found = read(
        mail(
            base64.encodebytes(b"%PDF-1.4"),
            more='Content-Type: application/pdf; name="a.pdf"\nContent-Transfer-Encoding: base64\n',
        )
    )
    assert (_files(found), found.text) == ([("a.pdf", "application/pdf", 8)], "")


TRANSFERS = [
    ("base64", b"SGVpIHA\n=C3", None),
    ("base64", b"SGVpIHDDpSBkZWc=", "Hei på deg"),
    ("base64", b"SGVp*!\n IHDDpSBkZWc", "Hei på deg"),
    ("base64", b"SGVp\nIHDDpQ==\nIGRlZw==\n", "Hei på deg"),
    ("base64", b"SGVpIHDDpSBkZWc=\n____\nThe list: https://l.example/\n", "Hei på deg"),
    ("base64", b"This was never base64 at all, was it? No.", "This was never base64 at all, was it? No."),
    ("quoted-printable", b"Hei p=C3=A5 d=\neg", "Hei på deg"),
    ("quoted-printable", b"Hei p=c3=a5 d=  \neg", "Hei på deg"),
    ("quoted-printable", b"100 = 100 =XY", "100 = 100 =XY"),
    ("Quoted-Printable ", b"Hei p=C3=A5", "Hei på"),
    ("8bit", "Hei på deg".encode(), "Hei på deg"),
    ("nonsense", b"Hei", "Hei"),
]


@pytest.mark.parametrize(("encoding", "body", "text"), TRANSFERS)
def test_transfer_encodings_with_their_faults(encoding: str, body: bytes, text: str | None) -> None:
    found = read(
        mail(body, more=f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n")
    )
    assert found.text.startswith("Hei p") if text is None else found.text.strip() == text


def test_files_written_into_the_text_are_files() -> None:
    lines = b"".join(binascii.b2a_uu(b"x" * 45) for _ in range(3))
    found = read(mail(b"Hei\nbegin 644 a b.txt\n" + lines + b"`\nend\nHa det\n"))
    assert (found.text, _files(found)) == ("Hei\nHa det\n", [("a b.txt", "text/plain", 135)])


def test_a_sentence_that_begins_is_no_file() -> None:
    text = "begin 644 steps\nto the left\nend\n"
    assert read(mail(text)).text == text


@pytest.mark.parametrize(
    ("parameters", "body", "text"),
    [
        ("format=flowed", "One \ntwo\n\nnext\n", "One two\n\nnext\n"),
        ("format=flowed; delsp=yes", "ab \ncd\n", "abcd\n"),
        ("format=flowed", "> a \n> b\n>> c\n", "> a b\n>> c\n"),
        ("format=flowed", "Hei\n-- \nKari\n", "Hei\n-- \nKari\n"),
        ("format=flowed", " From here\n", "From here\n"),
    ],
)
def test_flowed_text(parameters: str, body: str, text: str) -> None:
    assert read(mail(body, more=f"Content-Type: text/plain; charset=utf-8; {parameters}\n")).text == text


BROKEN = [
    (HEAD + 'Content-Type: multipart/mixed; boundary="other"\n\n--edge\nContent-Type: text/plain\n\nHei\n--edge--\n', "Hei"),
    (HEAD + "Content-Type: multipart/mixed\n\n--edge\nContent-Type: text/plain\n\nHei\n--edge--\n", "Hei"),
    (HEAD + 'Content-Type: multipart/mixed; boundary="edge"\n\nHei\n', "Hei"),
    (HEAD + 'Content-Type: multipart/mixed; boundary="edge"\n\n--edge\n\nHei', "Hei"),
    (HEAD + 'Content-Type: multipart/mixed; boundary="edge"\n\n--edge\nContent-Type: text/plain\n\nHei\n--edge--\n--edge\n\nMore\n', "Hei\n\nMore"),
    (HEAD + 'Content-Type: multipart/mixed; boundary="a"\n\n--a\nContent-Type: multipart/alternative; boundary="b"\n\n--b\n\nHei\n--a--\n', "Hei"),
    (HEAD + "Content-Type: text\n\nHei", "Hei"),
    (HEAD + "Content-Type: garbage; charset\n\nHei", "Hei"),
    (HEAD + "Content-Type: multipart/alternative; boundary=edge\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(b"--edge\n\nHei\n--edge--\n").decode(), "Hei"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), BROKEN)
def test_broken_multiparts_still_say_what_was_written(raw: str, text: str) -> None:
    assert read(raw.encode()).text.strip() == text


def test_a_boundary_that_begins_like_another_is_another() -> None:
    inner = multipart([part("Inner")], "alternative", "edge-1")
    found = read(with_parts([inner, file(b"x", "a.bin", "application/x-y")]))
    assert (found.text, len(found.files)) == ("Inner", 1)


@pytest.mark.parametrize("as_file", [True, False])
def test_a_meeting_is_read_wherever_it_stands(as_file: bool) -> None:
    raw = (
        file(MEETING.encode(), "invite.ics", "application/ics")
        if as_file
        else part(MEETING, "text/calendar; method=REQUEST; charset=utf-8")
    )
    found = read(with_parts([part("Hei"), raw], "mixed" if as_file else "alternative"))
    (meeting,) = found.invitations
    assert (meeting.summary, meeting.place, meeting.organiser, meeting.method) == (
        "Befaring, tak",
        "Storgata 1\nOslo",
        "kari@nordmann.example",
        "request",
    )
    assert (meeting.starts, meeting.ends) == (
        datetime(2026, 1, 5, 10, tzinfo=OSLO),
        datetime(2026, 1, 5, 11, tzinfo=OSLO),
    )
    assert [one.name for one in found.files] == ["invite.ics"]


@pytest.mark.parametrize(
    ("line", "starts"),
    [
        ("DTSTART:20260105T090000Z", "2026-01-05T09:00:00+00:00"), ("DTSTART;TZID=Europe/Oslo:20260705T090000", "2026-07-05T09:00:00+02:00"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/Oslo:20260105T090000", "2026-01-05T09:00:00+01:00"), ("DTSTART;VALUE=DATE:20260105", "2026-01-05T00:00:00+00:00"),
        ('DTSTART;TZID="(UTC+08:00) Taipei":20260105T090000', "2026-01-05T09:00:00+08:00"), ("DTSTART;TZID=Taipei Standard Time:20260105T090000", "2026-01-05T09:00:00+08:00"),
        ("DTSTART;TZID=Nowhere:20260105T090000", "2026-01-05T09:00:00+00:00"),
    ],
)  # fmt: skip
def test_time_zones_of_meetings(line: str, starts: str) -> None:
    found = read(with_parts([part(f"BEGIN:VEVENT\n{line}\nDURATION:PT1H30M\nEND:VEVENT\n", "text/calendar")]))
    (meeting,) = found.invitations
    assert meeting.starts == datetime.fromisoformat(starts)
    assert meeting.ends
    assert (meeting.ends - meeting.starts).total_seconds() == 5_400


def test_pgp_and_smime_are_named_and_kept() -> None:
    signature = part("-----BEGIN PGP SIGNATURE-----\n", "application/pgp-signature; name=signature.asc")
    signed = read(
        with_parts([part("Hei"), signature], "signed", parameters='; protocol="application/pgp-signature"')
    )
    assert (signed.protection, signed.text.strip(), signed.files[0].name) == (
        "pgp signed",
        "Hei",
        "signature.asc",
    )
    encrypted = read(
        with_parts(
            [
                part("Version: 1", "application/pgp-encrypted"),
                part("-----BEGIN PGP MESSAGE-----", "application/octet-stream"),
            ],
            "encrypted",
            parameters='; protocol="application/pgp-encrypted"',
        )
    )
    assert (encrypted.protection, len(encrypted.files)) == ("pgp encrypted", 2)
    assert (
        read(mail("-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n")).protection
        == "pgp encrypted"
    )
    assert (
        read(
            with_parts([part("Hei"), file(b"0", "smime.p7s", "application/pkcs7-signature")], "signed")
        ).protection
        == "smime signed"
    )
    assert (
        read(
            mail(
                b"MAo=",
                more='Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"\nContent-Transfer-Encoding: base64\n',
            )
        ).protection
        == "smime encrypted"
    )


def test_what_an_opaque_signature_wraps_is_read() -> None:
    def der(tag: int, value: bytes) -> bytes:
        length = bytes([len(value)]) if len(value) < 128 else b"\x82" + len(value).to_bytes(2, "big")
        return bytes([tag]) + length + value

    content = der(
        0x30,
        bytes.fromhex("06092a864886f70d010701")
        + der(0xA0, der(0x04, b"Content-Type: text/plain\r\n\r\nSigned words\r\n")),
    )
    whole = der(
        0x30,
        bytes.fromhex("06092a864886f70d010702") + der(0xA0, der(0x30, b"\x02\x01\x01\x31\x00" + content)),
    )
    found = read(
        mail(
            base64.encodebytes(whole),
            more="Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n",
        )
    )
    assert (found.protection, found.text.strip(), found.files[0].name) == (
        "smime signed",
        "Signed words",
        "smime.p7m",
    )


def test_enriched_text_and_apples_two_forks() -> None:
    assert (
        read(mail("<bold>Hei</bold>\n\ndu <<3\n", more="Content-Type: text/enriched\n")).text == "Hei\ndu <3 "
    )
    forks = multipart([part(b"\0\5", "application/applefile"), file(b"x", "a.pdf")], "appledouble", "f")
    assert [one.name for one in read(with_parts([part("Hei"), forks])).files] == ["a.pdf"]
