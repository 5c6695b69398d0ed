"""The golden set: what is agreed on, kept apart from what is learned."""

import json

import pytest
from django.db import IntegrityError, transaction

from samspill.kit import clock
from samspill.kit.models import Event
from samspill.training import golden
from samspill.training.errors import Measures
from samspill.training.examples import learn_from
from samspill.training.golden_files import Row, Unreadable, Wrong, read
from samspill.training.models import Example, Golden, Intent
from samspill.training.sentence import fingerprint

pytestmark = pytest.mark.django_db
KNOWN = {
    "intent": {"": "", "order_status": "order_status"},
    "language": {"nb": "nb", "en": "en"},
    "mood": {"neutral": "neutral"},
    "answer": {"": "", "delivery-time": "7", "7": "7"},
}


def example(text, intent=None):
    return Example.objects.create(
        intent=intent, text=text, text_hash=fingerprint(text), language="nb", origin="hand"
    )


def test_add_change_remove_and_take_it_back(world):
    added = golden.add("intent", "Hvor er pakken min?", "nb", "order_status", by=world.liv)
    assert (added.outcome, added.unlearned) == ("new", 0)
    assert golden.add("intent", "hvor er pakken min", "nb", "order_status", by=world.liv).outcome == "known"
    assert golden.add("intent", "Hvor er pakken min", "nb", "delivery", by=world.liv).outcome == "changed"
    row = golden.current().get()
    golden.change(row, language="da", expected="return_item", by=world.liv)
    row.refresh_from_db()
    assert (row.language, row.expected) == ("da", "return_item")
    golden.remove(row, by=world.liv)
    assert not golden.current().exists()
    golden.restore(row, by=world.liv)
    assert golden.current().get().expected == "return_item"


def test_a_removed_sentence_can_be_added_anew_and_is_forgotten_in_the_end(world):
    row = golden.add("mood", "Dette er bra", "nb", "satisfied", by=world.liv).golden
    golden.remove(row, by=world.liv)
    assert golden.add("mood", "Dette er bra", "nb", "neutral", by=world.liv).golden.pk == row.pk
    golden.remove(row, by=world.liv)
    golden.forget_removed()
    assert Golden.objects.exists()
    Golden.objects.update(removed_at=clock.ago(days=8))
    golden.forget_removed()
    assert not Golden.objects.exists()


def test_what_becomes_golden_is_learned_no_more(world):
    intent = Intent.objects.create(name="order_status", title="Order status", state="accepted")
    example("Hvor er pakken min?", intent)
    example("Når kommer pakken?", intent)
    added = golden.add("intent", "hvor er pakken min", "nb", "order_status", by=world.liv)
    assert added.unlearned == 1
    assert [one.text for one in Example.objects.all()] == ["Når kommer pakken?"]
    assert golden.is_golden("HVOR er pakken min?!")


@pytest.mark.parametrize("task", ["intent", "answer"])
def test_the_database_refuses_to_learn_from_a_golden_sentence(world, task):
    row = golden.add(task, "Hvor er pakken min?", "nb", "", by=world.liv).golden
    with pytest.raises(IntegrityError, match="golden"), transaction.atomic():
        example("Hvor er pakken min")
    other = example("Noe helt annet")
    with pytest.raises(IntegrityError), transaction.atomic():
        Example.objects.filter(pk=other.pk).update(text_hash=row.text_hash)
    golden.remove(row, by=world.liv)
    example("Hvor er pakken min")
    assert golden.restore(row, by=world.liv) == 1
    assert [one.text for one in Example.objects.all()] == ["Noe helt annet"]


def test_a_correction_of_a_golden_sentence_says_that_it_measures(world):
    golden.add("intent", "Hei, hvor er pakken min?", "nb", "order_status", by=world.liv)
    Intent.objects.create(name="delivery", title="Delivery", state="accepted")
    message = world.hears(world.ingrid, "Hei! Hvor er pakken min").messages.get()
    with pytest.raises(Measures):
        learn_from(message, "delivery", world.kari)
    assert not Example.objects.exists()


def test_personal_data_is_neither_kept_nor_told(world):
    golden.add("intent", "Jeg er kari@example.com, hvor er pakken?", "nb", "order_status", by=world.liv)
    assert golden.current().get().text == "Jeg er [email 1], hvor er pakken?"
    told = json.dumps(list(Event.objects.values_list("data", flat=True)))
    assert "pakken" not in told
    with pytest.raises(golden.NothingLeft):
        golden.add("intent", "  \u200b ", "nb", "order_status", by=world.liv)


def test_a_file_of_json_lines():
    lines = [
        '{"task": "intent", "text": "Where is it?", "lang": "en", "label": "order_status"}',
        "",
        '{"text": "Tell me a joke", "lang": "en", "label": "oos"}',
        '{"task": "answer", "text": "How long?", "lang": "en", "label": "delivery-time"}',
        '{"task": "intent", "text": "Hm?", "lang": "en", "label": "no_such"}',
        '{"task": "poem", "text": "Hm?", "lang": "en"}',
        '{"text": "Hm?", "lang": "xx", "label": "oos"}',
        '{"text": "", "lang": "en", "label": "oos"}',
        "[1]",
        "not json",
    ]
    rows = list(read("\n".join(lines).encode(), KNOWN))
    assert rows[:3] == [
        Row(1, "intent", "Where is it?", "en", "order_status"),
        Row(3, "intent", "Tell me a joke", "en", ""),
        Row(4, "answer", "How long?", "en", "7"),
    ]
    assert [row.line for row in rows[3:] if isinstance(row, Wrong)] == [5, 6, 7, 8, 9, 10]
    assert "no_such" in rows[3].why


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_table(mark):
    lines = [["text", "lang", "label"], ['"Where, is; it?"', "en", "order_status"], ["Hei", "nb", ""]]
    content = "\ufeff" + "\r\n".join(mark.join(line) for line in lines)
    rows = list(read(content.encode(), KNOWN))
    assert rows == [
        Row(2, "intent", "Where, is; it?", "en", "order_status"),
        Row(3, "intent", "Hei", "nb", ""),
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2", b"x" * 2_000_001])
def test_a_file_that_is_none_says_why(content):
    with pytest.raises(Unreadable, match=r"file|columns"):
        list(read(content, KNOWN))


@pytest.mark.parametrize(
    "content", [b'{"text": 1, "lang": null}', b'text,lang\n"', b"text\x00,lang\nx,y,z,w"]
)
def test_odd_rows_break_nothing(content):
    assert all(isinstance(row, Wrong) for row in read(content, KNOWN))


def test_a_cell_without_end_ends_the_table():
    rows = list(read(b'text,lang,label\nHei,nb,oos\n"' + b"x" * 200_000, KNOWN))
    assert [type(row) for row in rows] == [Row, Wrong]
