"""Exports of all kinds, whole and broken: what customers wrote first, or why not."""

import json
from collections import Counter

import pytest

from samspill.training.errors import Unreadable
from samspill.training.formats.read import kind, openings


def read(content: str | bytes, column: str = "") -> list[str]:
    data = content.encode() if isinstance(content, str) else content
    return [one.text or f"!{one.why_not}" for one in openings(data, kind(data), column)]


def test_a_table_with_a_header_and_any_separator():
    for sign in ",;\t|":
        rows = [["id", "Message", "date"], ["1", "Hvor finner jeg fakturaen?", "2026"]]
        assert read("\n".join(sign.join(row) for row in rows)) == ["Hvor finner jeg fakturaen?"]


def test_a_table_without_a_header_is_read_where_the_words_are():
    assert read("17,Where do I find the invoice?\n18,My address is new now") == [
        "Where do I find the invoice?",
        "My address is new now",
    ]


def test_the_column_can_be_chosen():
    table = "message,answer\nFirst question here,Second text here\n"
    assert read(table, "Answer") == read(table, "2") == ["Second text here"]
    with pytest.raises(Unreadable) as problem:
        read(table, "Betreff")
    assert (problem.value.code, problem.value.about) == ("no_column", "Betreff")


def test_a_table_of_turns_gives_one_opening_a_conversation():
    table = (
        "conversation_id,role,text\n7,agent,Welcome to us\n7,customer,Hei!\n7,customer,Jeg vil bytte adresse\n"
        "7,agent,Det ordner vi\n7,customer,Og en ting til takk\n8,bot,Hello there friend\n"
    )
    assert read(table) == ["Jeg vil bytte adresse", "!no_customer"]


def test_a_broken_row_costs_only_itself():
    found = read('id,text\n1,A good question here\n2,"never closed ' + "x" * 200_000 + "\n")
    assert found[0] == "A good question here"
    assert found[1] == "!broken"
    assert read("id,text\n1\n2,A good question here") == ["!broken", "A good question here"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("Wo ändere ich meine Adresse für Köln?", "cp1252"), ("請問如何更改我的送貨地址？", "cp950"), ("Hvor er æøå?", "utf-16")],
)  # fmt: skip
def test_what_table_programs_save_is_read(text: str, code: str):
    assert read(f"text\n{text}\n".encode(code)) == [text]


def test_chats_as_turns_as_chatwoot_and_as_zammad():
    turns = [{"id": 1, "turns": [{"role": "assistant", "text": "Hi!"}, {"role": "user", "text": "Where is my invoice?"}]}]  # fmt: skip
    chatwoot = {"data": {"payload": [{"id": 3, "messages": [
        {"content": "Assigned to Kari", "message_type": 2}, {"content": "Hidden", "message_type": 0, "private": True},
        {"content": "Where is my invoice?", "message_type": 0}, {"content": "Here", "message_type": 1},
    ]}]}}  # fmt: skip
    zammad = {"tickets": [{"articles": [
        {"body": "<p>Where is my <b>invoice</b>?</p>", "sender": "Customer", "internal": False},
        {"body": "Note", "sender": "Agent", "internal": True},
    ]}]}  # fmt: skip
    for export in (turns, chatwoot):
        assert read(json.dumps(export)) == ["Where is my invoice?"]
    assert "invoice" in read(json.dumps(zammad))[0]


def test_one_object_a_line_with_bad_lines_among_them():
    lines = ['{"text": "Where is my invoice?"}', "{broken", "[]", '{"text": "My address is new"}', '{"n": 1}']
    assert read("\n".join(lines)) == [
        "Where is my invoice?", "!broken", "!broken", "My address is new", "!broken",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"), (b" \n\n ", "empty"), (b"PK\x03\x04 a table program's own file", "not_text"),
        (b"\x89PNG\0\0\0", "not_text"), (b'[{"turns": [{"text": "cut of', "not_json"),
        (b"[" * 200_000, "not_json"), (b'{"colour": "blue"}', "no_talks"), (b"\n\r,,,\n,,,\n", None),
    ],
)  # fmt: skip
def test_what_is_no_export_is_refused_with_its_reason(content: bytes, code: str | None):
    if code is None:
        assert set(read(content)) <= {"!empty", "!broken", "!too_short"}
        return
    with pytest.raises(Unreadable) as problem:
        read(content)
    assert problem.value.code == code


MAILS = """From kari Mon Jan  5 10:00:00 2026
Subject: Adresse
Content-Type: text/plain; charset=utf-8

Hei,

Jeg vil bytte adresse på bestillingen min.

-- 
Kari

From bot Mon Jan  5 10:01:00 2026
Subject: Away
Auto-Submitted: auto-replied

I am away until Monday.

From kari Mon Jan  5 10:02:00 2026
Subject: Re: Adresse
In-Reply-To: <1@example>

Takk for hjelpen!

From lukas Mon Jan  5 10:03:00 2026
Subject: Rechnung
Content-Type: text/html

<html><body><p>Wo finde ich meine Rechnung?</p><script>alert(1)</script></body></html>

From nobody
Content-Type: multipart/mixed; boundary="never"

"""


def test_a_mailbox_gives_the_first_mail_of_each_thread():
    found = read(MAILS)
    assert found[:4] == [
        "Jeg vil bytte adresse på bestillingen min.", "!automatic", "!reply", "Wo finde ich meine Rechnung?",
    ]  # fmt: skip
    assert found[4].startswith("!")


def test_a_greeting_before_the_need_is_left_out():
    assert read("text\nGood morning! How do I clean the panels? Thanks\n") == [
        "How do I clean the panels? Thanks"
    ]
    assert read("text\n您好。請問太陽能板要怎麼清潔？\n") == ["請問太陽能板要怎麼清潔？"]
    assert read("text\nHello\n👍👍\nok\n") == ["Hello", "!too_short", "!too_short"]


def test_twenty_thousand_rows_are_nothing_special():
    table = "text\n" + "\n".join(f"Question number {n} about my order" for n in range(20_000))
    counted = Counter(one.why_not for one in openings(table.encode(), "csv"))
    assert counted == {"": 20_000}
