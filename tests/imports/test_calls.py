"""Past calls from tables."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from samspill.boot.cli import main
from samspill.callbacks.counting import count_weeks
from samspill.callbacks.facts import Facts
from samspill.callbacks.models import Attempt, Callback, ReachModel, ReachWeek
from samspill.contacts.models import Consent, Contact
from samspill.imports import jobs
from samspill.imports.formats import calls
from samspill.imports.formats.read import guess
from samspill.imports.items import BadRow
from samspill.imports.run import _finish
from samspill.imports.undo import undo
from samspill.kit.models import Event

pytestmark = pytest.mark.django_db
TABLE = (
    "Telefon;Bestilt;Ringt;Resultat;Navn;Tema\n"
    "912 34 567;02.03.2026 09:00;02.03.2026 15:00;Ikke svar;Ingrid Berg;Tak\n"
    "912 34 567;02.03.2026 09:00;03.03.2026 10:30;Svart;;\n"
    "98765432;2026-03-02T10:00:00+01:00;2026-03-02T11:00:00+01:00;opptatt;;\n"
    "98765431;02.03.2026 10:00;;;;\n"
    "98765430;;02.03.2026 11:00;svart;;\n"
    "98765429;02.03.2026 10:00;02.03.2026 09:00;svart;;\n"
    "98765428;02.03.2026 10:00;02.03.2026 11:00;kanskje;;\n"
    "98765427;02.03.2026 10:00;02.03.2026 11:00;;;\n"
    "98765426;i går;02.03.2026 11:00;svart;;\n"
    "98765425;02.03.2099 10:00;02.03.2099 11:00;svart;;\n"
    "ring meg;02.03.2026 10:00;02.03.2026 11:00;svart;;\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "samtaler.csv"
    path.write_bytes(TABLE.encode("cp1252"))
    return path


def _all() -> list[object]:
    fields = "contact", "identity", "state", "created_at", "ended_at", "attempts_made", "source", "consent"
    calls_ = Attempt.objects.order_by("began_at", "pk").values_list(
        "callback", "position", "began_at", "outcome"
    )
    return [*Callback.objects.order_by("pk").values_list("pk", *fields), *calls_]


def test_calls_become_ended_callbacks(bring, table) -> None:
    of = bring(table, "calls")
    assert {k: of.counts[k] for k in ("callbacks", "calls", "contacts", "skipped")} == {
        "callbacks": 3, "calls": 3, "contacts": 3, "skipped": 7,
    }  # fmt: skip
    assert dict(of.skipped.values_list("place", "reason")) == {
        "6": "no_asked", "7": "called_before_asked", "8": "bad_outcome", "9": "no_outcome", "10": "bad_time",
        "11": "in_future", "12": "bad_address",
    }  # fmt: skip
    ingrid = Callback.objects.get(contact__name="Ingrid Berg")
    assert (ingrid.state, ingrid.source, ingrid.consent, ingrid.topic) == ("reached", "import", None, "Tak")
    assert ingrid.created_at == datetime.fromisoformat("2026-03-02T09:00+01:00")
    assert list(ingrid.attempts.order_by("position").values_list("position", "outcome")) == [
        (1, "no_answer"),
        (2, "answered"),
    ]
    assert set(Callback.objects.values_list("state", flat=True)) == {"reached", "unreached"}
    assert not Consent.objects.exists()
    assert Event.objects.filter(kind="callback.imported").count() == 3


def test_again_or_in_another_order_changes_nothing(bring, table, tmp_path) -> None:
    bring(table, "calls")
    before = _all()
    head, *lines = TABLE.splitlines()
    turned = tmp_path / "turned.csv"
    turned.write_text("\n".join([head, *reversed(lines)]))
    for path in (table, turned):
        of = bring(path, "calls")
        assert not of.counts.keys() & {"callbacks", "calls", "contacts"}
        assert of.counts["known"] == 4
    assert _all() == before


def test_looking_first_counts_the_same_and_writes_nothing(bring, table) -> None:
    of = bring(table, "calls", dry=True)
    assert {k: of.counts[k] for k in ("callbacks", "calls", "contacts", "skipped")} == {
        "callbacks": 3, "calls": 3, "contacts": 3, "skipped": 7,
    }  # fmt: skip
    assert not Callback.objects.exists()
    bring(table, "calls")
    again = bring(table, "calls", dry=True)
    assert not again.counts.keys() & {"callbacks", "calls", "contacts"}


def test_a_call_that_comes_later_is_put_in_its_place_and_counted_anew(bring, table, tmp_path) -> None:
    bring(table, "calls")
    count_weeks()
    assert "first" not in ReachWeek.objects.get().counts
    more = tmp_path / "more.csv"
    more.write_text("phone,asked,called,outcome\n91234567,2026-03-02 09:00,2026-03-02 09:30,answered\n")
    of = bring(more, "calls")
    assert of.counts["calls"] == 1
    ingrid = Callback.objects.get(contact__name="Ingrid Berg")
    placed = ingrid.attempts.order_by("position").values_list("position", "outcome")
    assert list(placed) == [(1, "answered"), (2, "no_answer"), (3, "answered")]
    count_weeks()
    counts = ReachWeek.objects.get(mode="before").counts
    assert (counts["requests"], counts["first"], counts["attempts"]) == (3, 1, 4)
    undo_asked(of)
    count_weeks()
    counts = ReachWeek.objects.get(mode="before").counts
    assert (counts["requests"], counts.get("first", 0), counts["attempts"]) == (3, 0, 3)


def undo_asked(of) -> None:
    type(of).objects.filter(pk=of.pk).update(state="undoing")
    undo(of.pk)


def test_taken_back_it_is_as_before(bring, table) -> None:
    people = Contact.objects.count()
    of = bring(table, "calls")
    count_weeks()
    undo_asked(of)
    assert (Callback.objects.count(), Attempt.objects.count(), Contact.objects.count()) == (0, 0, people)
    assert all(not row.counts for row in ReachWeek.objects.all())


def test_the_model_learns_from_them(bring, table, monkeypatch) -> None:
    ReachModel.objects.create(sealed=b"old", form=1)
    of = bring(table, "calls")
    people, requests, _traces, heard = Facts().everything()
    assert (len(people), len(requests), len(heard)) == (3, 3, 3)
    jobs.past_changed.func(event=1, conversation=None, importing=of.pk)
    assert not ReachModel.objects.exists()
    assert Event.objects.filter(kind="callbacks.past_changed").count() == 1


def test_what_stopped_goes_on(bring, table, monkeypatch) -> None:
    monkeypatch.setattr("samspill.imports.run.PORTION", 1)
    of = bring(table, "calls", position=0)
    assert of.counts["calls"] == 3
    assert Callback.objects.count() == 3
    _finish(of.pk)


def test_a_table_of_calls_is_recognised(table, tmp_path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("Name;E-post\nIngrid;i@example.no\n")
    assert (guess(table), guess(people)) == ("calls", "csv")


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("02.03.2026 09:00", "2026-03-02T08:00"),
        ("2026-03-02 09:00:00", "2026-03-02T08:00"),
        ("2026-03-02T09:00:00Z", "2026-03-02T09:00"),
        ("2026/7/2 09:00", "2026-07-02T07:00"),
        ("2/3/2026 09:00", "2026-03-02T08:00"),
        ("1772438400", "2026-03-02T08:00"),
    ],
)
def test_moments_as_tables_write_them(world, text: str, iso: str) -> None:
    found = calls.moment(text)
    assert found == datetime.fromisoformat(iso + "+00:00")


@pytest.mark.parametrize("text", ["2026-03-02", "soon", "99.99.2026 10:00", "10:00"])
def test_what_tells_no_moment_is_refused(world, text: str) -> None:
    with pytest.raises(BadRow):
        calls.moment(text)


def test_on_the_command_line(world, table) -> None:
    told = CliRunner().invoke(main, ["callbacks", "import", str(table), "--dry-run"])
    assert "would add 3 callbacks with 3 calls, 3 people; 1 known, 7 skipped" in told.output, told.output
    told = CliRunner().invoke(main, ["callbacks", "import", str(table)])
    assert "added 3 callbacks with 3 calls" in told.output
    assert Callback.objects.count() == 3
    assert Callback.objects.first().created_at < datetime.now().astimezone() - timedelta(days=1)
