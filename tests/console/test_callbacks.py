"""The pages of callbacks: one person at a time, one click each, and nothing lost when two press at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.change import cancel
from samspill.callbacks.models import Attempt, Callback, CallbackSettings, Caller
from samspill.callbacks.planner import Planner
from samspill.callbacks.work import call, finish, holding, take
from samspill.contacts.models import Consent
from samspill.kit.models import Event
from samspill.workspace.models import Agent
from tests.callbacks.conftest import Watch, watch  # noqa: F401 - fixture
from tests.world import World

At = Callable[[Agent], Client]
HX = {"HX-Request": "true", "HX-Target": "work"}
NUMBERS = {"ingrid": "912 34 567", "lukas": "+49 30 901820", "yijun": "+886 2 2720 8889"}


@pytest.fixture
def asked(world: World, watch: Watch) -> Callback:  # noqa: F811
    """Ingrid asks to be called, on a Monday at nine."""
    return _ask(world, "ingrid")


def _ask(world: World, name: str, **facts: object) -> Callback:
    contact = getattr(world, name).contact
    wish = Wish(NUMBERS[name], "chat", topic=f"Solceller {name}", **facts)  # type: ignore[arg-type]
    return ask(contact, wish, by=contact.actor, wording="callback-2026-11")


def _on_duty(*agents: Agent) -> None:
    for agent in agents:
        Caller.objects.create(agent=agent)


def test_an_empty_desk_says_what_to_expect(world: World, kari: Client) -> None:
    html = kari.get("/desk/callbacks/").content.decode()
    assert "Nobody is due right now" in html
    assert "Nobody has asked for a call" in html


def test_the_next_person_comes_with_everything_known(world: World, kari: Client, asked: Callback) -> None:
    world.hears(world.ingrid, "Hva koster tak på 40 m²?")
    Planner().run()
    assert "1 person waits for a call" in kari.get("/desk/callbacks/").content.decode()
    html = kari.post("/desk/callbacks/next/", headers=HX).content.decode()
    for told in ("Ingrid Berg", "Solceller ingrid", "+47 91 23 45 67", "tel:+4791234567", "Hva koster tak",
                 "09:00 there (Oslo)", "This is the first one."):  # fmt: skip
        assert told in html
    assert holding(world.kari) == asked
    assert Caller.objects.get(agent=world.kari).on_duty


def test_one_click_for_the_outcome_and_the_next_comes_by_itself(
    world: World, kari: Client, asked: Callback
) -> None:
    other = _ask(world, "lukas")
    _on_duty(world.kari)
    kari.post("/desk/callbacks/next/", headers=HX)
    html = kari.post(f"/desk/callbacks/{asked.pk}/call/", headers=HX).content.decode()
    assert "How did the call end?" in html
    attempt = Attempt.objects.get()
    answer = kari.post(f"/desk/callbacks/attempt/{attempt.pk}/finish/", {"outcome": "answered"}, headers=HX)
    assert "Lukas Weber" in answer.content.decode()
    assert f"attempt/{attempt.pk}/undo/" in answer["HX-Trigger"]
    assert holding(world.kari) == other


def test_undo_brings_the_call_back_although_the_next_has_come(
    world: World, kari: Client, asked: Callback
) -> None:
    _ask(world, "lukas")
    _on_duty(world.kari)
    kari.post("/desk/callbacks/next/")
    attempt = call(asked, world.kari)
    kari.post(f"/desk/callbacks/attempt/{attempt.pk}/finish/", {"outcome": "wrong_number"})
    html = kari.post(f"/desk/callbacks/attempt/{attempt.pk}/undo/", headers=HX).content.decode()
    assert "Ingrid Berg" in html
    assert holding(world.kari) == asked
    asked.refresh_from_db()
    assert (asked.state, asked.ended_at) == ("open", None)


def test_undo_has_an_end(world: World, kari: Client, asked: Callback, watch: Watch) -> None:  # noqa: F811
    attempt = call(asked, world.kari)
    finish(attempt, "answered", by=world.kari.actor)
    watch.wait(minutes=16)
    answer = kari.post(f"/desk/callbacks/attempt/{attempt.pk}/undo/", headers=HX)
    assert (answer.status_code, "This time has passed" in answer.content.decode()) == (409, True)


def test_off_duty_nobody_comes_by_itself(world: World, kari: Client, asked: Callback) -> None:
    _ask(world, "lukas")
    kari.post("/desk/callbacks/next/")
    attempt = call(asked, world.kari)
    assert kari.post("/desk/callbacks/duty/", headers=HX).status_code == 409  # first say how the call ended
    kari.post(f"/desk/callbacks/attempt/{attempt.pk}/no-call/")
    kari.post("/desk/callbacks/duty/")
    assert holding(world.kari) is None
    kari.post(f"/desk/callbacks/{asked.pk}/take/")
    kari.post(f"/desk/callbacks/{asked.pk}/postpone/", {"until": "half"})
    assert holding(world.kari) is None


def test_two_agents_press_at_once_and_one_is_told(
    world: World, kari: Client, asked: Callback, at: At
) -> None:
    kari.post(f"/desk/callbacks/{asked.pk}/take/")
    for what in ("take", "call"):
        answer = at(world.ola).post(f"/desk/callbacks/{asked.pk}/{what}/", headers=HX)
        assert answer.status_code == 409
        assert "Somebody else has this person now" in answer.content.decode()
    assert holding(world.kari) == asked
    assert not Attempt.objects.exists()


def test_double_clicks_are_one_call_and_one_outcome(world: World, kari: Client, asked: Callback) -> None:
    _on_duty(world.kari)
    for _ in range(2):
        kari.post("/desk/callbacks/next/", headers=HX)
        kari.post(f"/desk/callbacks/{asked.pk}/call/", headers=HX)
    attempt = Attempt.objects.get()
    for _ in range(2):
        answer = kari.post(f"/desk/callbacks/attempt/{attempt.pk}/finish/", {"outcome": "busy"}, headers=HX)
        assert answer.status_code == 200
    assert Event.objects.filter(kind="callback.finished").count() == 1
    stale = kari.post(f"/desk/callbacks/attempt/{attempt.pk}/finish/", {"outcome": "answered"}, headers=HX)
    assert (stale.status_code, "over already" in stale.content.decode()) == (409, True)


def test_a_stale_page_is_told_in_words(world: World, kari: Client, asked: Callback) -> None:
    take(asked, world.kari)
    cancel(asked, by=asked.contact.actor)
    for what in ("call", "put-back", "another", "take"):
        answer = kari.post(f"/desk/callbacks/{asked.pk}/{what}/", headers=HX)
        assert answer.status_code == 409, what
        assert "callbacks:stale" in answer["HX-Trigger"]
    assert kari.get("/desk/callbacks/", headers=HX).status_code == 200


def test_somebody_else_instead(world: World, kari: Client, asked: Callback) -> None:
    take(asked, world.kari)
    alone = kari.post(f"/desk/callbacks/{asked.pk}/another/", headers=HX)
    assert "Nobody else is due now" in alone.content.decode()
    assert holding(world.kari) == asked
    other = _ask(world, "lukas")
    kari.post(f"/desk/callbacks/{asked.pk}/another/", headers=HX)
    assert holding(world.kari) == other
    assert other.decisions.get().by_agent


def test_postponing_to_another_good_time(world: World, kari: Client, asked: Callback) -> None:
    Planner().run()
    take(asked, world.kari)
    asked.refresh_from_db()
    html = kari.get("/desk/callbacks/").content.decode()
    assert "Other good times" in html
    until = asked.created_at + timedelta(hours=5)
    kari.post(f"/desk/callbacks/{asked.pk}/postpone/", {"until": until.isoformat()})
    asked.refresh_from_db()
    assert (asked.postponed_until, asked.taken_by, asked.is_open) == (until, None, True)
    past = kari.post(f"/desk/callbacks/{asked.pk}/postpone/", {"until": "2020-01-01T10:00"}, headers=HX)
    assert past.status_code == 409


def test_an_agent_who_leaves_lets_go(world: World, kari: Client, asked: Callback, at: At) -> None:
    call(take(asked, world.kari), world.kari)
    at(world.astrid).post(f"/desk/settings/agents/{world.kari.pk}/activity/")
    asked.refresh_from_db()
    assert (asked.taken_by, asked.attempts_made, asked.is_open) == (None, 0, True)
    assert asked.next_at is not None
    assert asked.next_at > asked.created_at  # perhaps they were called: not at once again


def test_a_forgotten_number_is_said_and_can_be_ended(world: World, kari: Client, asked: Callback) -> None:
    take(asked, world.kari)
    Callback.objects.update(identity=None)
    html = kari.get("/desk/callbacks/").content.decode()
    assert "The number has been forgotten" in html
    assert "tel:" not in html
    assert kari.post(f"/desk/callbacks/{asked.pk}/call/", headers=HX).status_code == 409
    kari.post(f"/desk/callbacks/{asked.pk}/cancel/")
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_who_does_not_want_to_be_called_is_not_called(world: World, kari: Client, asked: Callback) -> None:
    take(asked, world.kari)
    Consent.objects.create(
        contact=asked.contact, purpose="callback", channel="phone", given=False, wording="x"
    )
    answer = kari.post(f"/desk/callbacks/{asked.pk}/call/", headers=HX)
    assert "does not want to be called" in answer.content.decode()
    assert not Attempt.objects.exists()


def test_the_lists_and_their_filters(world: World, kari: Client, asked: Callback) -> None:
    later = _ask(world, "lukas", fixed=asked.created_at + timedelta(days=1))
    assert "Ingrid Berg" in kari.get("/desk/callbacks/all/").content.decode()
    fixed = kari.get("/desk/callbacks/all/?show=fixed").content.decode()
    assert "Lukas Weber" in fixed
    assert "Ingrid Berg" not in fixed
    assert "Ingrid Berg" in kari.get("/desk/callbacks/all/?q=%2B4791234567").content.decode()
    assert "Nothing fits" in kari.get("/desk/callbacks/all/?q=%2B4791234568").content.decode()
    cancel(later, by="agent:1")
    assert "Cancelled" in kari.get("/desk/callbacks/all/?show=ended").content.decode()
    for address in ("?show=nonsense&page=x&team=99&mode=no", "?q=%00&team=%C2%B2"):
        assert kari.get(f"/desk/callbacks/all/{address}").status_code == 200


@pytest.mark.parametrize("path", ["/desk/callbacks/all/", "/desk/callbacks/"])
def test_more_rows_are_no_more_queries(
    world: World, kari: Client, asked: Callback, path: str, django_assert_num_queries: Callable
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    Planner().run()
    kari.get(path)
    with CaptureQueriesContext(connection) as one:
        kari.get(path)
    _ask(world, "lukas")
    _ask(world, "yijun")
    Planner().run()
    with CaptureQueriesContext(connection) as three:
        kari.get(path)
    assert len(three) <= len(one)


def test_the_timeline_tells_decision_and_calls(world: World, kari: Client, asked: Callback) -> None:
    kari.post("/desk/callbacks/next/")
    attempt = call(asked, world.kari)
    finish(attempt, "voicemail", by=world.kari.actor)
    html = kari.get(f"/desk/callbacks/{asked.pk}/").content.decode()
    for told in ("The customer asked for a callback", "Proposed to Kari Nordmann", "no fresh plan",
                 "chosen with probability", "Call 1 by Kari Nordmann", "Voicemail"):  # fmt: skip
        assert told in html, told


def test_the_control_group_is_marked_with_why(world: World, kari: Client, asked: Callback) -> None:
    Callback.objects.update(mode="control")
    take(asked, world.kari)
    html = kari.get("/desk/callbacks/").content.decode()
    assert "Control group" in html
    assert "Drawn by lot" in html


def test_an_agent_arranges_one_from_a_conversation(world: World, kari: Client, watch: Watch) -> None:  # noqa: F811
    talk = world.hears(world.ingrid)
    address = f"/desk/callbacks/ask/{talk.contact_id}/?conversation={talk.pk}"
    assert address.replace("&", "&amp;") in kari.get(f"/desk/c/{talk.pk}/").content.decode()
    bad = kari.post(address, {"known": "other", "number": "12", "when": "soon"})
    assert "There is no such number" in bad.content.decode()
    kari.post(address, {"known": "other", "number": "912 34 567", "topic": "Tak", "when": "soon"})
    made = Callback.objects.get()
    assert (made.conversation, made.source, made.topic) == (talk, "desk", "Tak")
    assert "Kari Nordmann asked for a callback" in kari.get(f"/desk/c/{talk.pk}/").content.decode()
    page = kari.get(f"/desk/contacts/{talk.contact_id}/").content.decode()
    assert f"/desk/callbacks/{made.pk}/" in page
    assert "+47 91 23 45 67" in kari.get(address).content.decode()  # known by now, and chosen


def test_an_exact_appointment_lies_ahead(world: World, kari: Client, watch: Watch) -> None:  # noqa: F811
    address = f"/desk/callbacks/ask/{world.ingrid.contact_id}/"
    facts = {"known": "other", "number": "912 34 567", "when": "fixed"}
    late = kari.post(address, {**facts, "fixed": "2026-11-16T08:00"})
    assert "Please choose a time that lies ahead" in late.content.decode()
    kari.post(address, {**facts, "fixed": "2026-11-18T14:30"})
    assert f"{Callback.objects.get().fixed_at:%d %H:%M}" == "18 13:30"  # UTC


def test_switched_off_is_said(world: World, kari: Client, watch: Watch) -> None:  # noqa: F811
    CallbackSettings.objects.create(pk=1, is_on=False)
    address = f"/desk/callbacks/ask/{world.ingrid.contact_id}/"
    html = kari.post(address, {"known": "other", "number": "912 34 567", "when": "soon"}).content.decode()
    assert "switched off" in html
    assert "switched off" in kari.get("/desk/callbacks/").content.decode()
