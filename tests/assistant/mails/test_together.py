"""Mails that came in together are answered together."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from samspill.assistant.jobs import answer_mails
from samspill.assistant.mails import answer, settle, together
from samspill.assistant.models import PreparedReply, Turn
from samspill.assistant.take_turn import take_turn
from samspill.contacts.models import Contact
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand_together import understand_mails
from samspill.kit.models import Event
from tests.assistant.mails.letters import write_to
from tests.assistant.shop import Shop
from tests.channels.email.test_together import waiting
from tests.world import World

pytestmark = pytest.mark.django_db


def test_one_that_fails_keeps_none_waiting_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = [write_to(world, f"{n}@x.example").hears("Jeg vil snakke med et menneske") for n in range(3)]
    whole = answer.compose

    def falls(*given: object, **more: object) -> object:
        if "Nummer 1" in given[2]:  # type: ignore[operator]
            raise RuntimeError
        return whole(*given, **more)  # type: ignore[arg-type]

    Contact.objects.filter(pk=mails[1].conversation.contact_id).update(name="Nummer 1")
    monkeypatch.setattr(answer, "compose", falls)
    answer_mails(event=1, conversation=None, messages=[mail.pk for mail in mails])
    answered = Message.objects.filter(turn__isnull=False).values_list("pk", flat=True)
    assert set(answered) == {mails[0].pk, mails[2].pk}
    again = [job["message"] for job in waiting("assistant.jobs.take_turn") if job["event"] == 1]
    assert again == [mails[1].pk]


def test_where_one_cannot_be_kept_the_others_are_answered_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole portion is taken back before each is answered by itself: nothing is told twice."""
    mails = [write_to(world, f"{n}@x.example").hears("Jeg vil snakke med et menneske") for n in range(3)]
    whole = settle.hand_over

    def falls(held: Conversation, *given: object, **more: object) -> object:
        if held.pk == mails[2].conversation_id:
            raise RuntimeError
        return whole(held, *given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(settle, "hand_over", falls)
    assert together.answer_all([mail.pk for mail in mails]) == [mails[2].pk]
    taken = Event.objects.filter(kind="turn.taken").values_list("data__message", flat=True)
    assert sorted(taken) == [mails[0].pk, mails[1].pk]
    assert Event.objects.filter(kind="conversation.handed_over").count() == 2


def test_two_mails_of_one_conversation_are_answered_one_after_the_other(world: World) -> None:
    thread = write_to(world, "a@x.example")
    mails = [thread.hears("Hvor er pakken min?"), thread.hears("Jeg vil snakke med et menneske")]
    other = write_to(world, "b@x.example").hears("Jeg vil snakke med et menneske")
    assert together.answer_all([mails[0].pk, other.pk, mails[1].pk]) == []
    outcomes = dict(Turn.objects.values_list("message", "outcome"))
    assert outcomes == {mails[0].pk: "overtaken", other.pk: "handed_over", mails[1].pk: "handed_over"}


def test_together_and_alone_come_to_the_same(shop: Shop) -> None:
    said = [
        "What are your opening hours?",
        "I want to talk to a human",
        "Tell me about the moon, please.",
        "?",
    ]

    def became(bring: Callable[[list[int]], object]) -> list[object]:
        with transaction.atomic():
            pks = [write_to(shop.world, f"{n}@x.example").hears(text).pk for n, text in enumerate(said)]
            bring(pks)
            told = [_told(Message.objects.get(pk=pk)) for pk in pks]
            told.append(sorted(Event.objects.values_list("kind", flat=True)))
            transaction.set_rollback(True)
        return told

    alone = became(lambda pks: [take_turn(pk) for pk in pks])
    assert became(together.answer_all) == alone
    assert alone[0][1]["text"]  # type: ignore[index]


def _told(message: Message) -> tuple[object, ...]:
    held = message.conversation
    prepared = (
        PreparedReply.objects.filter(message=message).values("text", "intent", "why_waiting", "state").first()
    )
    return (
        message.turn.outcome, prepared or {}, message.reading, message.language, message.mood,
        held.intent, held.facts, held.in_charge, held.summary,
    )  # fmt: skip


def test_many_cost_few_words_to_the_database(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    mails = [write_to(world, f"{n}@x.example", proven=False).hears("Hvor er pakken min?") for n in range(8)]
    Conversation.objects.update(in_charge="person")
    understand_mails([mail.pk for mail in mails])
    together.answer_all([mails[0].pk])  # what is learned once
    with django_assert_max_num_queries(32):
        assert together.answer_all([mail.pk for mail in mails[1:]]) == []


def test_what_was_read_before_is_not_read_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    message = write_to(world, "a@x.example").hears("Jeg vil snakke med et menneske")
    understand_mails([message.pk])
    before = Message.objects.get(pk=message.pk)
    monkeypatch.setattr(answer, "take_in_mail", None)  # called, it would fail
    assert together.answer_all([message.pk]) == []
    after = Message.objects.get(pk=message.pk)
    assert (after.language, after.mood, after.urgency) == (before.language, before.mood, before.urgency)
    assert after.reading.items() >= before.reading.items()
    assert after.turn.outcome == "handed_over"


def test_answered_again_after_a_kill_nothing_is_doubled(world: World) -> None:
    thread = write_to(world, "a@x.example")
    message = thread.hears("Jeg vil snakke med et menneske")
    for _ in range(2):
        assert together.answer_all([message.pk]) == []
    assert Message.objects.filter(turn__isnull=False).count() == 1
