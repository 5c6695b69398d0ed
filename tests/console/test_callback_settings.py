"""The settings of callbacks: what an admin sets holds at once, and what cannot be is said where it stands."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samspill.callbacks.dialling import dialler
from samspill.callbacks.models import CallbackSettings, Caller
from samspill.callbacks.queue import queue_for
from samspill.callbacks.reach.rules import spans_of
from samspill.callbacks.rules import rules, shipped
from samspill.callbacks.school import Unreadable, from_calendar, from_lines
from samspill.kit.models import Event
from samspill.workspace.models import Agent
from tests.callbacks.conftest import Watch, watch  # noqa: F401 - fixture
from tests.console.test_callbacks import _ask
from tests.world import World

At = Callable[[Agent], Client]
PLAN = {
    "is_on": "on", "uses_model": "on", "dial": "0.8", "control": "20", "promise_hours": "6", "calls_per_hour": "8",
    "attempts": "4", "rest_hours": "3", "per_day": "2", "days": "5", "link": "sip:{number}@pbx.example",
    "number_months": "24", "call_months": "12",
}  # fmt: skip
CALENDAR = (
    "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Høstferie\r\nDTSTART;VALUE=DATE:20261005\r\n"
    "DTEND;VALUE=DATE\r\n :20261010\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART:20261223T230000Z\r\nDURATION:P2W\r\n"
    "END:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_what_is_saved_holds_and_replans(world: World, astrid: Client) -> None:
    astrid.post("/desk/settings/callbacks/", PLAN)
    held = CallbackSettings.current()
    assert (held.dial, held.control, held.attempts, held.rest_hours) == (0.8, 0.2, 4, 3)
    event = Event.objects.get(kind="callbacks.configured")
    assert event.actor == world.astrid.actor
    assert dialler().link("+4791234567") == "sip:+4791234567@pbx.example"
    html = astrid.get("/desk/settings/callbacks/").content.decode()
    assert 'value="0.8"' in html


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("link", "javascript:alert({number})"), ("link", "tel:112"), ("control", "60"), ("dial", "2"), ("days", "0")],
)  # fmt: skip
def test_what_cannot_be_is_refused(world: World, astrid: Client, field: str, wrong: str) -> None:
    html = astrid.post("/desk/settings/callbacks/", {**PLAN, field: wrong}).content.decode()
    assert "Nothing was saved yet" in html
    assert not CallbackSettings.objects.exists()


def test_a_link_that_could_run_a_script_is_never_shown(world: World) -> None:
    CallbackSettings.objects.create(pk=1, link="javascript:{number}")
    assert dialler().link("+4791234567") == "tel:+4791234567"


def test_agents_do_not_configure(world: World, kari: Client, at: At) -> None:
    for path in ("", "hours/", "hours/NO/", "callers/"):
        assert kari.get(f"/desk/settings/callbacks/{path}").status_code == 403
    assert at(world.liv).get("/desk/settings/callbacks/callers/").status_code == 200
    assert at(world.liv).get("/desk/settings/callbacks/").status_code == 403


def test_own_hours_of_a_country_and_back(world: World, astrid: Client) -> None:
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "10-18")
    bad = astrid.post("/desk/settings/callbacks/hours/DK/", {**days, "sat": "10-12, 11-16"})
    assert "cannot be read" in bad.content.decode()
    astrid.post(
        "/desk/settings/callbacks/hours/DK/", {**dict.fromkeys(days, "10:00–18:30"), "fri": "14-16, 10-12"}
    )
    assert rules().countries["DK"].week[0] == ((10.0, 18.5),)
    assert rules().countries["DK"].week[4:6] == (((10.0, 12.0), (14.0, 16.0)), ())
    assert "10:00–12:00, 14:00–16:00" in astrid.get("/desk/settings/callbacks/hours/DK/").content.decode()
    assert "changed by you" in astrid.get("/desk/settings/callbacks/hours/").content.decode()
    astrid.post("/desk/settings/callbacks/hours/DK/", {"shipped": "1"})
    assert "DK" not in rules().countries
    assert astrid.get("/desk/settings/callbacks/hours/XX/").status_code == 404


def test_what_ships_is_whole() -> None:
    for code, one in shipped().items():
        assert len(one["week"]) == 7, code
        assert all(0 <= start < end <= 24 for day in one["week"] for start, end in spans_of(day)), code
        assert isinstance(one["holidays"], bool), code
    assert shipped()["NO"]["week"][5] is None
    assert spans_of(shipped()["FR"]["week"][4]) == ((10.0, 13.0), (14.0, 20.0))


def test_school_holidays_from_lines_and_from_a_calendar(world: World, astrid: Client) -> None:
    address = "/desk/settings/callbacks/hours/"
    astrid.post(address, {"region": "NO-03", "lines": "2026-02-16 – 2026-02-20\n2026-05-15"})
    assert CallbackSettings.current().school == {"NO-03": [["2026-02-16", "2026-02-20"], ["2026-05-15"] * 2]}
    file = SimpleUploadedFile("skole.ics", CALENDAR.encode())
    astrid.post(address, {"region": "DE-BY", "file": file})
    assert CallbackSettings.current().school["DE-BY"][0] == ["2026-10-05", "2026-10-09"]
    bad = astrid.post(address, {"region": "NO", "file": SimpleUploadedFile("x.ics", b"\xff\x00")})
    assert "No holidays can be read" in bad.content.decode()
    astrid.post(address, {"region": "NO-03"})
    assert set(CallbackSettings.current().school) == {"DE-BY"}


def test_calendars_and_lines_are_read_or_named() -> None:
    assert from_calendar(CALENDAR) == [["2026-10-05", "2026-10-09"], ["2026-12-23", "2027-01-05"]]
    assert from_lines("2026-10-01 2026-10-02\n\n2026-09-01") == [
        ["2026-09-01"] * 2,
        ["2026-10-01", "2026-10-02"],
    ]
    for wrong in ("2026-13-01", "next week", "2026-10-05 – 2026-10-01", "2026-01-01 – 2027-01-01"):
        with pytest.raises(Unreadable):
            from_lines(wrong)
    with pytest.raises(Unreadable):
        from_calendar("BEGIN:VEVENT\nDTSTART:20269999\nEND:VEVENT\n")


def test_a_caller_gets_calls_in_their_languages_only(world: World, astrid: Client, watch: Watch) -> None:  # noqa: F811
    _ask(world, "ingrid")
    address = f"/desk/settings/callbacks/callers/{world.kari.pk}/"
    astrid.post(address, {"on_duty": "on", "languages": ["de", "en"], "mon": "09:00-12:00"})
    caller = Caller.objects.get(agent=world.kari)
    assert (caller.on_duty, caller.languages, caller.hours["mon"]) == (
        True,
        ["de", "en"],
        [["09:00", "12:00"]],
    )
    assert list(queue_for(Agent.objects.get(pk=world.kari.pk))) == []
    assert len(list(queue_for(world.ola))) == 1
    assert "Deutsch" in astrid.get("/desk/settings/callbacks/callers/").content.decode()
    assert "cannot be read" in astrid.post(address, {"mon": "9 to five"}).content.decode()
