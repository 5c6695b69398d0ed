"""Mails that came in together are answered together."""

import pytest

from samspill.assistant.jobs import answer_mails
from samspill.assistant.mails import answer, together
from samspill.conversations.models import Message
from samspill.conversations.understand_together import understand_mails
from tests.assistant.mails.letters import write_to
from tests.channels.email.test_together import waiting
from tests.world import World

pytestmark = pytest.mark.django_db


def test_one_that_fails_keeps_none_waiting_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    mails = [write_to(world, f"{n}@x.example").hears("Jeg vil snakke med et menneske") for n in range(3)]
    turn = together.take_turn

    def falls(pk: int) -> None:
        if pk == mails[1].pk:
            raise RuntimeError
        turn(pk)

    monkeypatch.setattr(together, "take_turn", falls)
    answer_mails(event=1, conversation=None, messages=[mail.pk for mail in mails])
    answered = Message.objects.filter(turn__isnull=False).values_list("pk", flat=True)
    assert set(answered) == {mails[0].pk, mails[2].pk}
    again = [job["message"] for job in waiting("assistant.jobs.take_turn") if job["event"] == 1]
    assert again == [mails[1].pk]


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
