"""From an uploaded export to sentences and proposed intents."""

import pytest

from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.intents import Reading
from samspill.training import read as reading
from samspill.training.errors import Unreadable
from samspill.training.group import group
from samspill.training.intents import create
from samspill.training.models import Example, History, Intent
from samspill.training.read import read
from samspill.training.take_in import take_in
from tests.at_once import times
from tests.world import World

pytestmark = pytest.mark.django_db
ADDRESS = [
    "Jeg vil bytte adresse på bestillingen", "How do I change my address?", "Kan jeg endre adresse?",
    "Wie ändere ich meine Adresse?", "我想更改送貨地址", "Ny adresse, hva gjør jeg?",
]  # fmt: skip
INVOICE = [
    "Hvor er fakturaen min?", "Where do I find my invoice?", "Wo ist meine Rechnung?", "請問發票在哪裡",
    "Faktura mangler for mars", "I need the invoice again",
]  # fmt: skip


def table(rows: list[str]) -> bytes:
    return "\n".join(["text", *(f'"{row}"' for row in rows)]).encode()


def imported(rows: list[str], by: object = None) -> History:
    history, _ = take_in("chat.csv", table(rows), by)  # type: ignore[arg-type]
    read(history.pk)
    history.refresh_from_db()
    return history


def test_sentences_are_kept_without_personal_data(world: World):
    history = imported(
        ["My address is new, write to kari@example.com", "Where is it? Call +47 922 33 445", *ADDRESS]
    )
    assert (history.state, history.done, history.content) == ("grouping", 8, None)
    texts = " ".join(Example.objects.values_list("text", flat=True))
    assert "example.com" not in texts
    assert "922" not in texts
    assert Example.objects.get(text=ADDRESS[4]).language == "zh-Hant"


def test_duplicates_and_useless_rows_are_counted(world: World):
    history = imported([ADDRESS[0], ADDRESS[0].upper(), f"{ADDRESS[0]} !!", "ok", "", INVOICE[0]])
    assert history.skipped == {"duplicate": 2, "too_short": 1, "empty": 1}
    assert Example.objects.count() == 2
    assert imported([*ADDRESS[:1], INVOICE[1]]).skipped == {"duplicate": 1}


def test_the_same_file_changes_nothing_twice(world: World):
    first = imported(ADDRESS, world.liv)
    again, fresh = take_in("other name.csv", table(ADDRESS), world.kari)
    assert (again.pk, fresh, Example.objects.count()) == (first.pk, False, 6)


@pytest.mark.django_db(transaction=True)
def test_the_same_file_uploaded_at_once_is_one_import(busy_world: World):
    found = times(4, lambda: take_in("chat.csv", table(ADDRESS), None))
    assert len({history.pk for history, _ in found}) == 1
    assert sum(fresh for _, fresh in found) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_reading_at_once_double_nothing(busy_world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "PORTION", 3)
    history, _ = take_in("chat.csv", table([f"Question number {n} about it" for n in range(30)]), None)
    times(3, lambda: read(history.pk))
    history.refresh_from_db()
    assert (history.state, history.done, history.skipped) == ("grouping", 30, {})
    assert Example.objects.count() == 30


def test_a_read_that_was_cut_off_goes_on(world: World, monkeypatch: pytest.MonkeyPatch):
    history, _ = take_in("chat.csv", table([f"Question number {n} about it" for n in range(50)]), None)
    whole, portions = reading._portion, []

    def cut(*given):  # type: ignore[no-untyped-def]
        portions.append(given[2])
        if len(portions) == 3:
            raise RuntimeError("killed")
        return whole(*given)

    monkeypatch.setattr(reading, "PORTION", 10)
    monkeypatch.setattr(reading, "_portion", cut)
    with pytest.raises(RuntimeError):
        read(history.pk)
    history.refresh_from_db()
    assert (history.state, history.done) == ("reading", 20)
    read(history.pk)
    history.refresh_from_db()
    assert portions == [0, 10, 20, 20, 30, 40]
    assert (history.state, history.skipped, Example.objects.count()) == ("grouping", {}, 50)


def test_what_cannot_be_read_fails_in_words_and_may_be_tried_again(world: World):
    content = b"question,answer\nWhere is my invoice now?,In the mail\n"
    history, _ = take_in("chat.csv", content, None, column="frage")
    read(history.pk)
    history.refresh_from_db()
    assert (history.state, history.error) == ("failed", "no_column:frage")
    again, fresh = take_in("chat.csv", content, None, column="question")
    assert (again.pk, fresh) == (history.pk, True)
    read(again.pk)
    assert Example.objects.get().text == "Where is my invoice now?"


def test_no_file_at_all_is_refused_before_it_is_stored(world: World):
    with pytest.raises(Unreadable):
        take_in("picture.png", b"\x89PNG\0\0", None)
    assert not History.objects.exists()


def test_what_means_the_same_is_proposed_as_one_in_all_languages(world: World, reader: list[str]):
    history = imported([*ADDRESS, *INVOICE, "Something else entirely here"])
    assert group(history.pk, None) == 2
    found = {frozenset(one.examples.values_list("text", flat=True)) for one in Intent.objects.all()}
    assert found == {frozenset(ADDRESS), frozenset(INVOICE)}
    assert {one.title for one in Intent.objects.all()} <= {*(t.rstrip("?") for t in [*ADDRESS, *INVOICE]), *ADDRESS, *INVOICE}  # fmt: skip
    assert Example.objects.get(intent=None).text == "Something else entirely here"
    assert group(history.pk, None) == 0
    history.refresh_from_db()
    assert history.state == "done"


class Sure:
    """Knows addresses."""

    def __init__(self, label: str) -> None:
        self.label = label

    def read(self, texts, languages, vectors):  # type: ignore[no-untyped-def]
        return [Reading([(self.label, 0.9 if text in ADDRESS else 0.3)], 0.9) for text in texts]


def test_what_fits_a_known_intent_is_suggested_to_it(world: World, reader: list[str]):
    known = create("Bytte adresse", world.liv)
    history = imported([*ADDRESS, *INVOICE])
    assert group(history.pk, Sure(known.name)) == 1
    assert set(Example.objects.filter(suggested=known.name).values_list("text", flat=True)) == set(ADDRESS)
    assert Intent.objects.get(state="proposed").examples.count() == len(INVOICE)


def test_grouping_waits_for_a_text_model_that_is_away(world: World, no_reader: None):
    history = imported(ADDRESS)
    with pytest.raises(ModelUnavailable):
        group(history.pk, None)
    history.refresh_from_db()
    assert history.state == "grouping"
