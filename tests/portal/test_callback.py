"""Asking for a call on the web, and the customer's own page of it."""

import pytest

from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.offering import value
from samspill.callbacks.permission import may_call, may_plan
from samspill.callbacks.times import offers
from samspill.callbacks.work import call, finish, take
from samspill.contacts.models import Consent, Contact
from tests.callbacks.conftest import watch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_model", "watch")]
KEY = "0f9a1c52-7b1e-4d39-9f44-6a86e1f6b7c0"
FILLED = {"number": "912 34 567", "name": "Ingrid", "topic": "Solar panels", "when": "soon", "key": KEY}
__all__ = ["watch"]


@pytest.fixture(autouse=True)
def company(world):
    return world


def send(client, **changes):
    return client.post("/help/en/callback/send", FILLED | changes)


def asked(client, **changes):
    """The path of the page that asking leads to."""
    answer = send(client, **changes)
    assert answer.status_code == 302
    return answer["Location"].partition("?")[0]


def change(client, page, do, **more):
    return client.post(f"{page}change", {"do": do, **more})


def shown(client, page):
    return client.get(page).content.decode()


def test_asked_it_is_open_and_the_time_is_said(client):
    page = asked(client)
    callback = Callback.objects.get()
    assert (callback.source, callback.topic, callback.language) == ("portal", "Solar panels", "en")
    assert (callback.contact.name, callback.identity.value) == ("Ingrid", "+4791234567")
    assert callback.consent.wording == "callback-2026-11"
    text = shown(client, f"{page}?asked=1")
    assert "today before 13:00" in text
    assert "+47 •• •• •• 67" in text
    assert "91234567" not in text.replace(" ", "")
    answer = client.get(page)
    assert (answer["X-Robots-Tag"], "no-store" in answer["Cache-Control"]) == ("noindex", True)
    assert "ETag" not in answer


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "Please give us"),
        ("ring", "does not look like"),
        ("12", "no such number"),
        ("+47 829 40 123", "cost extra"),
    ],
)
def test_what_is_wrong_with_a_number_is_said_and_nothing_lost(client, number, words):
    answer = send(client, number=number)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "Solar panels" in answer.content.decode()
    assert not Callback.objects.exists()
    assert not Contact.objects.filter(identities__kind="phone").exists()


def test_a_time_can_be_chosen_among_those_offered(client, watch):
    start, end = offers(watch.now)[1]
    asked(client, when=value((start, end)))
    callback = Callback.objects.get()
    assert (callback.promised_from, callback.promised_by, callback.not_before) == (start, end, start)
    assert send(client, when="1234567890").status_code == 422


def test_on_a_closed_day_it_says_when_it_will_be(client, watch):
    watch.wait(days=-1, hours=3)
    assert "tomorrow between" in shown(client, "/help/en/callback/")
    assert "tomorrow between" in shown(client, asked(client))


def test_sent_twice_or_corrected_it_is_one_wish(client, watch):
    page = asked(client)
    later = value(offers(watch.now)[1])
    again = asked(client, when=later)
    assert Callback.objects.count() == 1
    assert "between 12:00" in shown(client, page)
    assert "Another time" in shown(client, again)
    asked(client, number="912 34 568")
    states = [row.state for row in Callback.objects.order_by("pk")]
    assert states == ["cancelled", "open"]


def test_somebody_else_with_the_same_number_sees_when_and_changes_nothing(client, watch):
    mine = asked(client)
    before = Callback.objects.get()
    theirs = asked(client, key="another-visit-0123456789", when=value(offers(watch.now)[1]))
    text = shown(client, theirs)
    assert "today before 13:00" in text
    for word in ("Another time", "Do not call me", "Never", "+47", "Download"):
        assert word not in text
    for do in ("cancel", "move", "never", "classic"):
        assert change(client, theirs, do, when="soon").status_code == 404
    assert client.get(f"{theirs}data").status_code == 404
    after = Callback.objects.get()
    assert (after.promised_by, after.state) == (before.promised_by, "open")
    assert "Do not call me" in shown(client, mine)


@pytest.mark.usefixtures("one_window")
def test_a_program_falls_into_the_trap_and_too_many_are_refused_in_words(client):
    assert send(client, website="x").status_code == 302
    assert not Callback.objects.exists()
    answers = [send(client, key=f"{KEY[:-2]}{n:02d}").status_code for n in range(8)]
    assert answers == [302] * 6 + [429] * 2
    assert Callback.objects.count() == 1


def test_off_there_is_no_form_and_no_link_to_it(client):
    assert "/help/en/callback/" in shown(client, "/help/en/")
    CallbackSettings.objects.create(pk=1, is_on=False)
    assert "/help/en/callback/" not in shown(client, "/help/en/")
    assert "We take no callbacks" in shown(client, "/help/en/callback/")
    assert send(client).status_code == 422


def test_it_is_moved_cancelled_and_asked_for_again(client, watch):
    page = asked(client)
    later = offers(watch.now)[1]
    assert change(client, page, "move", when=value(later)).status_code == 302
    assert "between 12:00" in shown(client, page)
    assert change(client, page, "move", when="17").status_code == 422
    change(client, page, "cancel")
    assert "This callback is cancelled" in shown(client, page)
    assert change(client, page, "move", when="soon").status_code == 409
    fresh = change(client, page, "again")["Location"]
    assert "today before" in shown(client, fresh)
    assert [row.state for row in Callback.objects.order_by("pk")] == ["cancelled", "open"]


def test_missed_calls_and_a_running_one_are_told(client, world, watch):
    page = asked(client)
    ringing = call(take(Callback.objects.get(), world.kari), world.kari)
    assert "We are calling you now" in shown(client, page)
    assert change(client, page, "cancel").status_code == 409
    finish(ringing, "no_answer", by=world.kari.actor)
    assert "We tried today at 09:00." in shown(client, page)
    finish(call(take(Callback.objects.get(), world.kari), world.kari), "answered", by=world.kari.actor)
    assert "We have talked" in shown(client, page)


def test_the_classic_way_is_chosen_and_taken_back(client):
    page = asked(client)
    contact = Callback.objects.get().contact
    change(client, page, "classic")
    assert not may_plan(contact)
    assert Callback.objects.get().mode == "first_come"
    assert "You chose to be called in the order of arrival" in shown(client, page)
    change(client, page, "cancel")
    change(client, page, "planned")
    assert may_plan(contact)


def test_never_again_holds_for_programs_and_agents_until_they_ask(client, world):
    page = asked(client)
    contact = Callback.objects.get().contact
    ringing = call(take(Callback.objects.get(), world.kari), world.kari)
    change(client, page, "never")
    assert not may_call(contact)
    finish(ringing, "no_answer", by=world.kari.actor)
    assert Callback.objects.get().state == "cancelled"
    assert "We do not call you any more" in shown(client, page)
    with pytest.raises(Exception, match="never_call"):
        ask(contact, Wish(FILLED["number"], "desk"), by=world.kari.actor)
    asked(client, key="another-visit-0123456789")
    assert may_call(contact)


def test_what_is_stored_can_be_taken_along(client, world):
    page = asked(client)
    finish(call(take(Callback.objects.get(), world.kari), world.kari), "busy", by=world.kari.actor)
    answer = client.get(f"{page}data")
    assert "attachment" in answer["Content-Disposition"]
    told = answer.json()
    one = told["callbacks"][0]
    assert (one["number"], one["topic"], one["calls"][0]["outcome"]) == (
        "+47 91 23 45 67",
        "Solar panels",
        "busy",
    )
    assert one["consent"]["text"] == "callback-2026-11"
    assert told["kept_for"]["phone_number"] == "24 months"


@pytest.mark.parametrize("key", ["x", "a:b:c", "0" * 500])
def test_a_link_that_leads_nowhere_is_told_kindly(client, key):
    answer = client.get(f"/help/en/callback/{key}/")
    assert answer.status_code == 404
    assert "This link leads nowhere any more" in answer.content.decode()
    assert change(client, f"/help/en/callback/{key}/", "cancel").status_code == 404


def test_an_address_of_a_known_customer_shows_nothing_of_theirs(client, world, watch):
    """Who types in somebody's mail address gets a callback, and a page without that person's past."""
    known = asked(client, email="ingrid@example.no")
    finish(call(take(Callback.objects.get(), world.kari), world.kari), "answered", by=world.kari.actor)
    stranger = asked(client, email="ingrid@example.no", number="912 34 568", key="another-visit-0123456789")
    told = client.get(f"{stranger}data").json()
    assert [one["number"] for one in told["callbacks"]] == ["+47 91 23 45 68"]
    assert known != stranger
    assert Consent.objects.filter(purpose="callback").count() == 2
