"""Subject, people, dates and ids, from heads as the world writes them."""

from datetime import UTC, datetime

import pytest

from samspill.mail.addresses import addresses_of
from samspill.mail.charsets import decode
from samspill.mail.dates import moment_of
from samspill.mail.encoded_words import text_of
from samspill.mail.mail import Address
from samspill.mail.parameters import parameters_of
from samspill.mail.read import read
from tests.mail.made import HEAD, headed, mail

WORDS = [
    (b"Hei", "Hei"),
    (b"=?utf-8?B?w4XDmA==?= =?utf-8?Q?_hei?= der", "ÅØ hei der"),
    (b"=?UTF-8?Q?=F0=9F=98?= =?UTF-8?Q?=80?=!", "😀!"),
    (b"=?utf-8?B?5oKo5aW977yM5Lu?= =?utf-8?B?K?=", "您好，今"),
    (b"=?iso-8859-1?Q?Gr=FC=DFe?=", "Grüße"),
    (b"=?gb2312?B?xPq6ww==?=", "您好"),
    (b"=?big5?B?sXqmbg==?=", "您好"),
    (b"=?ISO-2022-JP?B?GyRCQ21KOBsoQg==?=", "注文"),
    (b"=?koi8-r?B?+sHLwdo=?=", "Заказ"),
    (b"=?ks_c_5601-1987?B?ua7Axw==?=", "문의"),
    (b"=?utf-8*nb?Q?bl=C3=A5?=", "blå"),
    (b"=?x-unknown?Q?=E9t=E9?=", "été"),
    (b"=?utf-8?Q?with blanks in it?=", "with blanks in it"),
    (b"=?utf-8?Q?never ends", "never ends"),
    (b"Re: =?utf-8?Q?=C3=A5?=\n =?iso-8859-1?Q?=E6?=", "Re: åæ"),
    (b"a=?utf-8?Q?b?=c", "abc"),
    (b"folded\n\tby a tab", "folded by a tab"),
    (b"=?utf-8?B?w6U=?= =?utf-8?B?w6Y?=", "åæ"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), WORDS)
def test_encoded_words(raw: bytes, text: str) -> None:
    assert text_of(raw) == text


RAW = [
    ("utf-8", "Spørsmål om 訂單"), ("latin-1", "Rückgabe für Müller"), ("latin-1", "Hvor er pakken på Sørøya?"),
    ("gb18030", "关于退货的问题"), ("gb18030", "您好，我想查询一下我的订单"), ("big5", "退貨問題"), ("big5", "您好，我想詢問訂單何時到貨"),
    ("cp932", "お問い合わせの件"), ("euc_jp", "ご注文の商品について"), ("iso2022_jp", "ご注文の件"), ("koi8_r", "Где мой заказ?"),
    ("cp1251", "Здравствуйте, где мой заказ?"), ("cp949", "안녕하세요 주문 문의드립니다"), ("cp1250", "Zażółć gęślą jaźń"),
    ("iso8859-2", "Zamówienie źródło"), ("cp1252", "¿Dónde está mi pedido, señor Núñez?"), ("cp1252", "Où est ma commande passée à Noël ?"),
]  # fmt: skip


@pytest.mark.parametrize(("codec", "text"), RAW)
def test_raw_bytes_in_a_head_are_guessed(codec: str, text: str) -> None:
    assert (
        read(headed(From="a@b.example").encode() + b"Subject: " + text.encode(codec) + b"\n\nHei").subject
        == text
    )


@pytest.mark.parametrize(
    ("declared", "codec", "text"),
    [
        ("iso-8859-1", "cp1252", "“10 €” – done"), ("us-ascii", "utf-8", "blåbær"), ("iso-8859-1", "utf-8", "blåbær 訂單"),
        ("gb2312", "gb18030", "镕基"), ("shift_jis", "cp932", "①髙島"), ("ks_c_5601-1987", "cp949", "똠방각하"), ("", "utf-8", "hyvää"),
        ("nonsense", "cp1252", "hyvää päivää"), ("utf-8", "cp1252", "Kjære kunde på Sørøya"), ("unicode-1-1-utf-7", "utf-7", "Grüße"),
        ("utf-16", "utf-16", "hei på deg"), ("x-sjis", "cp932", "配送について"), ("big5", "big5hkscs", "您好，訂單"), ("windows-1251", "cp1251", "Добрый день"),
        ("koi8-u", "koi8_u", "Дякую"), ("iso-8859-15", "iso8859-15", "10 €"), ("gbk", "utf-8", "您好，订单"), ("hz-gb-2312", "hz", "您好"),
    ],
)  # fmt: skip
def test_what_is_declared_is_believed_unless_the_bytes_say_otherwise(
    declared: str, codec: str, text: str
) -> None:
    assert decode(text.encode(codec), declared) == text


PEOPLE = [
    ("Kari Nordmann <kari@x.example>", [("Kari Nordmann", "kari@x.example")]),
    ("Doe, John <john@x.example>, Roe, Jane <j@x.example>", [("Doe, John", "john@x.example"), ("Roe, Jane", "j@x.example")]),
    ('"Doe, John" <john@x.example>, b@c.example', [("Doe, John", "john@x.example"), ("", "b@c.example")]),
    ("a@b.example (The Name)", [("The Name", "a@b.example")]),
    ("Name <a@b.example> (comment (nested))", [("Name", "a@b.example")]),
    ("Team: a@b.example, B <c@d.example>;", [("", "a@b.example"), ("B", "c@d.example")]),
    ("undisclosed-recipients:;", []),
    ("=?utf-8?Q?Doe,_J=C3=B8?= <a@b.example>", [("Doe, Jø", "a@b.example")]),
    ("Name <a@b.example", [("Name", "a@b.example")]),
    ("Name a@b.example", [("Name", "a@b.example")]),
    ("'a@b.example' <a@b.example>", [("a@b.example", "a@b.example")]),
    ("Foo [mailto:a@b.example]", [("Foo", "a@b.example")]),
    ("<mailto:a@b.example>", [("", "a@b.example")]),
    ("Foo <<a@b.example>>", [("Foo", "a@b.example")]),
    ("Foo <@relay.example:a@b.example>", [("Foo", "a@b.example")]),
    ("a@b.example; c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
    ('"Foo \\"Bar\\" B" <a@b.example>', [('Foo "Bar" B', "a@b.example")]),
    ("Foo\\, Bar <a@b.example>", [("Foo, Bar", "a@b.example")]),
    ("陳小明 <a@b.example>", [("陳小明", "a@b.example")]),
    ("root", [("", "root")]),
    ("Foo Bar", [("Foo Bar", "")]),
    ("<>", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("value", "people"), PEOPLE)
def test_addresses(value: str, people: list[tuple[str, str]]) -> None:
    assert addresses_of(value) == tuple(Address(address, name) for name, address in people)


DATES = [
    ("Mon, 5 Jan 2026 10:00:00 +0100", "2026-01-05T10:00:00+01:00"),
    ("5 Jan 26 10:00 GMT", "2026-01-05T10:00:00+00:00"),
    ("Mon Jan  5 10:00:00 2026", "2026-01-05T10:00:00+00:00"),
    ("2026-01-05T10:00:00Z", "2026-01-05T10:00:00+00:00"),
    ("Mon, 5 Jan 2026 10:00:00 GMT+2", "2026-01-05T10:00:00+02:00"),
    ("Mon, 5 Jan 2026 10:00:00 +01:00 (CET)", "2026-01-05T10:00:00+01:00"),
    ("Mon, 5 Jan 2026 10:00:00 +99999", "2026-01-05T10:00:00+00:00"),
]


@pytest.mark.parametrize(("value", "iso"), DATES)
def test_dates(value: str, iso: str) -> None:
    assert moment_of(value) == datetime.fromisoformat(iso)


@pytest.mark.parametrize("value", ["", "soon", "99 Foo 2026", "Thu, 32 Jan 2020 00:00:00 +0000"])
def test_what_is_no_date_is_none(value: str) -> None:
    assert moment_of(value) is None


PARAMETERS = [
    (b'text/plain; charset="utf-8"', {"charset": "utf-8"}),
    (b"text/plain charset=utf-8", {"charset": "utf-8"}),
    (b'x/y; name="a;b \\"c\\".pdf"; x=y', {"name": 'a;b "c".pdf', "x": "y"}),
    (b"x/y; name*0*=utf-8''a%C3%A5; name*1=b.pdf", {"name": "aåb.pdf"}),
    (b'x/y; name*1="me.pdf"; name*0="long na"', {"name": "long name.pdf"}),
    (b"x/y; name=x.txt; name*=UTF-8''%E6%B8%AC.txt", {"name": "測.txt"}),
    (b"x/y; name*=\"utf-8''q%20w.pdf\"", {"name": "q w.pdf"}),
    (b"x/y; name=utf-8''a%20b.pdf", {"name": "a b.pdf"}),
    (b"x/y; name=foo bar.pdf", {"name": "foo bar.pdf"}),
    (b'x/y; name="=?utf-8?B?w6UucGRm?="', {"name": "å.pdf"}),
    (b"x/y; name==?utf-8?Q?a=3Bb?= =?utf-8?Q?c.pdf?=", {"name": "a;bc.pdf"}),
    ('x/y; name="blåbær.pdf"'.encode("latin-1"), {"name": "blåbær.pdf"}),
    (b'x/y; name="never closed.pdf', {"name": "never closed.pdf"}),
    (b"x/y; name*0*=gb18030''%B6%A9; name*1*=%B5%A5.txt", {"name": "订单.txt"}),
    (b";;;=;", {}),
]


@pytest.mark.parametrize(("value", "parameters"), PARAMETERS)
def test_parameters(value: bytes, parameters: dict[str, str]) -> None:
    assert parameters_of(value)[1] == parameters


def test_a_whole_head() -> None:
    found = read(
        mail(
            more="Cc: a@b.example\nReply-To: Ola <o@p.example>\nIn-Reply-To: <x@y>\nReferences: <u@v>\n <w@x>\n"
        )
    )
    assert (found.subject, found.sender) == (
        "Hvor er pakken?",
        Address("kari@nordmann.example", "Kari Nordmann"),
    )
    assert (found.to[0].address, found.cc[0].address, found.reply_to) == (
        "hei@nordlys.example",
        "a@b.example",
        Address("o@p.example", "Ola"),
    )
    assert (found.message_id, found.in_reply_to, found.references) == (
        "1@nordmann.example",
        ("x@y",),
        ("u@v", "w@x"),
    )
    assert found.date == datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert found.problems == ()


def test_what_is_missing_is_empty_and_said() -> None:
    found = read(b"X-Nothing: 1\n\nHei")
    assert (found.subject, found.sender, found.date, found.message_id, found.text) == (
        "",
        Address(),
        None,
        "",
        "Hei",
    )
    assert len(found.problems) == 3


@pytest.mark.parametrize(
    ("head", "sender"),
    [
        (headed(Sender="s@x.example"), "s@x.example"),
        (headed(From="", Return_Path="<r@x.example>"), "r@x.example"),
        (headed(From="Kari", Reply_To="k@x.example"), "k@x.example"),
        ("From: a@x.example\nFrom: b@x.example\n", "a@x.example"),
        ("From: Kari\nFrom: b@x.example\n", "b@x.example"),
        ("From o@x.example Mon Jan  5 10:00:00 2026\nX-A: b\n", "o@x.example"),
        ("FROM : a@x.example\n", "a@x.example"),
        ("From:\n a@x.example\n", "a@x.example"),
    ],
)
def test_the_sender_is_found_somewhere(head: str, sender: str) -> None:
    assert read(mail(head=head)).sender.address == sender


@pytest.mark.parametrize(
    "raw",
    [
        HEAD.encode().replace(b"\n", b"\r\n") + b"\r\nHei",
        HEAD.encode().replace(b"\n", b"\r") + b"\rHei",
        HEAD.encode().replace(b"\n", b"\r\r\n") + b"\r\r\nHei",
        b"\n\n" + mail("Hei"),
        b"\xef\xbb\xbf" + mail("Hei"),
        mail("Hei").decode().encode("utf-16"),
        mail("Hei").decode().encode("utf-16-le"),
        b"From kari@nordmann.example Mon Jan  5 10:00:00 2026\n" + mail("Hei"),
        b">From kari@nordmann.example Mon Jan  5 10:00:00 2026\n" + mail("Hei"),
        HEAD.encode().replace(b"Subject: Hvor er pakken?", b"Subject: Hvor\ner pakken?") + b"\nHei",
        HEAD.encode() + b" \nHei",
        HEAD.encode() + b"Hei",
        HEAD.encode().replace(b"pakken", b"pak\0ken") + b"\nH\0ei",
    ],
)
def test_lines_and_beginnings_of_every_kind(raw: bytes) -> None:
    found = read(raw)
    assert (found.subject, found.sender.address, found.text.strip()) == (
        "Hvor er pakken?",
        "kari@nordmann.example",
        "Hei",
    )
