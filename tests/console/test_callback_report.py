"""The dashboard of callbacks on the desk: what it shows, and what comes out of it."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from samspill.callbacks import roi
from samspill.callbacks.counting import count_weeks
from samspill.callbacks.models import CallbackSettings
from samspill.console.callback_report.tables import safe
from samspill.kit.models import Event
from tests.callbacks.conftest import MONDAY, Watch, watch  # noqa: F401 - fixture
from tests.callbacks.ended import ended, number
from tests.kept import Kept
from tests.world import World

PAGE = "/desk/understanding/callbacks/"
COSTS = {
    "what": "costs",
    "currency": "nok",
    "hour": "50",
    "minutes": "12",
    "worth": "200",
    "once": "85000",
    "requests": "3600",
}


@pytest.fixture
def liv(world: World, at: Callable[..., Client]) -> Client:
    return at(world.liv)


_kept: dict[int, Kept[None]] = {}


def _weeks(watch: Watch, many: int = 3) -> None:  # noqa: F811
    """So many whole weeks lie behind us, and have been counted."""
    CallbackSettings.objects.update_or_create(pk=1, defaults={"started_on": date(2026, 11, 16)})
    if many not in _kept:
        _kept[many] = Kept(lambda: _calls(many))
    _kept[many].again()
    watch.wait(days=7 * many + 8)
    count_weeks()


def _calls(many: int) -> None:
    """Planned ones answer at the first call, those of the control group at the second or never."""
    who = number()
    for week in range(many):
        for place in range(12):
            asked = MONDAY + timedelta(days=7 * week, hours=place / 4)
            ended(asked, [(1, "answered")], who=who, chances=[0.6])
            calls = [(5, "no_answer"), (26, "answered" if place % 2 else "busy")]
            ended(asked, calls, "control", who=who, chances=[0.3, 0.3])


def test_before_anything_it_says_what_will_come(liv: Client) -> None:
    text = liv.get(PAGE).content.decode()
    assert "No callback yet" in text
    assert '<svg class="chart' not in text


def test_in_the_first_week_nothing_is_summed(liv: Client, watch: Watch) -> None:  # noqa: F811
    ended(MONDAY, [(1, "answered")])
    watch.wait(days=1)
    count_weeks()
    text = liv.get(PAGE).content.decode()
    assert "The first week is not over yet" in text
    assert "not complete" in text


@pytest.mark.parametrize("language", ["en", "nb", "de", "zh-Hant"])
def test_figures_comparisons_and_pictures(liv: Client, watch: Watch, language: str) -> None:  # noqa: F811
    _weeks(watch)
    liv.cookies["django_language"] = language.lower()
    text = liv.get(PAGE).content.decode()
    assert text.count("chart weekly") == 4
    for there in ("chart heat", "chart square", "verdict-better", "100\u00a0%"):
        assert there in text
    assert "style=" not in text
    paper = liv.get(PAGE + "figures.pdf").content
    assert paper.startswith(b"%PDF")
    assert (b"MSung-Light" in paper) == (language == "zh-Hant")


def test_the_table_for_spreadsheets(liv: Client, watch: Watch) -> None:  # noqa: F811
    _weeks(watch)
    text = liv.get(PAGE + "figures.csv").content.decode()
    assert text.startswith("\ufeffWeek from")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    whole = {(r["Planning"], r["Figure"]): r for r in rows if r["Week from"] == "all"}
    first = whole["Control group", "Reached in all"]
    assert (first["Value"], first["Cases"], first["Requests"], first["Complete"]) == (
        "0.5",
        "36",
        "36",
        "yes",
    )
    assert whole["Planned", "Calls per request"]["Value"] == "1.0"
    assert sum(r["Week from"] == "2026-11-23" for r in rows) == 16


def test_texts_are_no_formulas() -> None:
    assert [safe(cell) for cell in ("=1+1", "-x", "@a", "plain", -0.5, "")] == [
        "'=1+1",
        "'-x",
        "'@a",
        "plain",
        -0.5,
        "",
    ]


def test_what_it_pays_by_the_companys_own_costs(astrid: Client, watch: Watch) -> None:  # noqa: F811
    _weeks(watch)
    assert astrid.post(PAGE + "costs/", COSTS).status_code == 302
    assert roi.costs() == roi.Costs(50, 12, 200, 85_000, 0, 3600, "NOK")
    assert Event.objects.filter(kind="callbacks.costs_changed").count() == 1
    text = astrid.get(PAGE).content.decode()
    assert "Return on investment" in text
    # one call fewer and half of them reached in addition: 3600 × 10 and 3600 × 0.5 × 200
    assert "NOK36,000" in text.replace("\u00a0", "")
    assert "NOK360,000" in text.replace("\u00a0", "")


def test_figures_from_before_can_be_typed(astrid: Client, watch: Watch) -> None:  # noqa: F811
    _weeks(watch)
    sent = {"what": "before", "first": "23", "total": "45", "attempts": "3.2", "hours": "18"}
    assert astrid.post(PAGE + "costs/", sent).status_code == 302
    assert CallbackSettings.current().before == {"first": 0.23, "total": 0.45, "attempts": 3.2, "hours": 18}
    text = astrid.get(PAGE).content.decode()
    assert "against the time before" in text
    assert 'value="23"' in astrid.get(PAGE + "costs/").content.decode()


@pytest.mark.parametrize(("field", "value"), [("currency", "XXY"), ("hour", "-1"), ("minutes", "many")])
def test_wrong_costs_are_named_and_not_kept(astrid: Client, field: str, value: str) -> None:
    response = astrid.post(PAGE + "costs/", COSTS | {field: value})
    assert response.status_code == 422
    assert "errorlist" in response.content.decode()
    assert not CallbackSettings.current().costs


def test_who_may_see_it(kari: Client, liv: Client) -> None:
    assert kari.get(PAGE).status_code == 403
    assert kari.get(PAGE + "figures.pdf").status_code == 403
    assert liv.post(PAGE + "costs/", COSTS).status_code == 403


def test_more_weeks_ask_no_more_questions(
    liv: Client,
    watch: Watch,  # noqa: F811
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    _weeks(watch, 1)
    liv.get(PAGE)
    with django_assert_max_num_queries(40) as one:
        liv.get(PAGE)
    watch.now = MONDAY + timedelta(days=7)
    _weeks(watch, 3)
    with django_assert_max_num_queries(len(one)):
        liv.get(PAGE)
