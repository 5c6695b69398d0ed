"""When we end a callback the customer is told: by mail, in the chat, and on the card, each once."""

from typing import Any

import pytest
from django.core import mail

from samspill.boot.wiring import HANDLERS
from samspill.callbacks import jobs
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.asking import told
from samspill.callbacks.card import redraw_cards
from samspill.callbacks.change import cancel, move, never_call
from samspill.callbacks.letters import write_due
from samspill.callbacks.link import opened
from samspill.callbacks.models import Callback, CallbackSettings
from samspill.callbacks.times import offers
from samspill.callbacks.work import call, finish, take, take_back
from samspill.contacts.recognise import recognise
from samspill.conversations.models import Message
from samspill.conversations.reply import say
from samspill.kit.models import Event
from tests.callbacks.conftest import Watch
from tests.world import World


def asked(world: World, **facts: Any) -> Callback:
    """Ingrid asks in the chat, and is shown a card there."""
    talk = world.hears(world.ingrid, "Kan dere ringe meg?")
    wish = Wish("912 34 567", **{"source": "chat", "conversation": talk, "language": "nb", **facts})
    made = ask(world.ingrid.contact, wish, by=world.ingrid.contact.actor, wording="callback-2026-11")
    card = told(made, made.contact, "nb").card
    say(talk, "Vi ringer deg.", "card", extras={"card": dict(card)}, author=Message.Author.SYSTEM)
    return made


def ended(callback: Callback) -> None:
    """What is done about the last end of a callback, twice as after a kill."""
    event = Event.objects.filter(kind="callback.ended").latest("pk")
    for _ in range(2):
        jobs.tell_of_end(event.pk, event.conversation_id, **event.data)
        jobs.redraw(event.pk, event.conversation_id, **event.data)


def said() -> list[str]:
    return list(Message.objects.filter(external_id__startswith="callback-").values_list("text", flat=True))


def card() -> dict[str, Any]:
    return Message.objects.get(external_id="card").extras["card"]


def test_an_agent_ends_it_and_the_customer_is_told_once_each_way(world: World, watch: Watch) -> None:
    where = recognise("email", "ingrid@example.no", name="Ingrid Berg", language="nb")
    made = asked(world, told_at=where)
    cancel(made, by=world.kari.actor)
    ended(made)
    [letter] = mail.outbox
    assert letter.to == ["ingrid@example.no"]
    assert "vi ringer deg ikke" in letter.subject
    url = next(line for line in letter.body.splitlines() if "/help/nb/callback/" in line)
    found = opened(url.rstrip("/").rsplit("/", 1)[1])
    assert found is not None
    assert found.callback == made
    [text] = said()
    assert "ringer deg ikke" in text
    assert card()["state"] == "off"
    for job in ("callbacks.jobs.tell_of_end", "callbacks.jobs.redraw"):
        assert job in HANDLERS["callback.ended"]


def test_who_cancelled_themselves_is_told_nothing_new(world: World, watch: Watch) -> None:
    made = asked(world)
    cancel(made, by=made.contact.actor)
    ended(made)
    assert (mail.outbox, said()) == ([], [])
    assert card()["state"] == "off"


def test_who_wants_no_calls_is_left_in_peace(world: World, watch: Watch) -> None:
    made = asked(world)
    attempt = call(take(made, world.kari), world.kari)
    never_call(made, by=made.contact.actor)
    finish(attempt, "declined", by=world.kari.actor)
    ended(made)
    assert (mail.outbox, said()) == ([], [])


def test_a_program_that_cancels_is_not_the_customer(world: World, watch: Watch) -> None:
    made = asked(world)
    cancel(made, by="token:7")
    ended(made)
    assert len(said()) == 1


def test_what_was_asked_for_on_the_web_is_not_told_in_a_chat(world: World, watch: Watch) -> None:
    made = asked(world, source="portal")
    cancel(made, by=world.kari.actor)
    ended(made)
    assert said() == []


@pytest.mark.parametrize(
    ("outcome", "words"), [("no_answer", "sluttet å prøve"), ("wrong_number", "riktig nummer")]
)
def test_given_up_is_said_in_the_chat_when_it_cannot_be_taken_back(
    world: World, watch: Watch, outcome: str, words: str
) -> None:
    CallbackSettings.objects.create(pk=1, attempts=1)
    made = asked(world)
    finish(call(take(made, world.kari), world.kari), outcome, by=world.kari.actor)
    ended(made)
    write_due()
    assert said() == []
    watch.wait(minutes=16)
    write_due()
    write_due()
    [text] = said()
    assert words in text


def test_a_wrong_number_is_mailed_once(world: World, watch: Watch) -> None:
    made = asked(world, told_at=recognise("email", "ingrid@example.no", language="nb"))
    finish(call(take(made, world.kari), world.kari), "wrong_number", by=world.kari.actor)
    watch.wait(minutes=16)
    assert (write_due(), write_due()) == (1, 0)
    assert "nummeret" in mail.outbox[0].body


def test_the_card_follows_a_move_a_call_in_vain_and_the_talk(world: World, watch: Watch) -> None:
    made, before = asked(world), card()
    assert (before["state"], before["callback"]) == ("open", made.pk)
    span = offers(watch.now)[2]
    move(made, span, by=made.contact.actor)
    made.refresh_from_db()
    assert (redraw_cards(made), redraw_cards(made)) == (1, 0)
    assert (card()["from"], card()["until"]) == (span[0].isoformat(), span[1].isoformat())
    assert card()["url"] == before["url"]
    assert Event.objects.filter(kind="message.redrawn").count() == 1
    watch.now = span[0]
    finish(call(take(made, world.kari), world.kari), "busy", by=world.kari.actor)
    redraw_cards(made)
    assert card()["state"] == "tried"
    watch.wait(hours=3)
    attempt = call(take(made, world.kari), world.kari)
    made = finish(attempt, "answered", by=world.kari.actor)
    redraw_cards(made)
    assert card()["state"] == "done"
    redraw_cards(take_back(attempt, by=world.kari.actor))
    assert card()["state"] == "tried"


def test_a_card_of_before_is_known_by_its_link_and_others_are_left_alone(world: World, watch: Watch) -> None:
    made = asked(world)
    shown = Message.objects.get(external_id="card")
    old = {name: value for name, value in shown.extras["card"].items() if name not in ("callback", "state")}
    Message.objects.filter(pk=shown.pk).update(extras={"card": old})
    say(
        shown.conversation, "…", "other", extras={"card": {"kind": "callback", "url": "/x/"}}, author="system"
    )
    say(shown.conversation, "…", "order", extras={"card": {"number": "7"}}, author="system")
    cancel(made, by=world.kari.actor)
    made.refresh_from_db()
    assert redraw_cards(made) == 1
    assert card()["state"] == "off"
