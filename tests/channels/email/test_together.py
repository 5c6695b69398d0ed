"""Mails that were stored together: each comes in once, one that fails keeps none waiting, all are answered."""

import hashlib
from collections.abc import Sequence

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.channels.email import arrive
from samspill.channels.process import process_mails
from samspill.channels.store import keep
from samspill.conversations.models import Inbound, Inbox, Message
from samspill.kit.models import Event
from samspill.mail.mail import Mail
from samspill.mail.read import read
from tests.channels.email.post import letter

pytestmark = pytest.mark.django_db


def stored(inbox: Inbox, raws: Sequence[bytes]) -> list[int]:
    kept = [keep(inbox, hashlib.sha256(raw).hexdigest(), raw) for raw in raws]
    return [inbound for inbound in kept if inbound is not None]


def arrived() -> list[list[int]]:
    return [event.data["messages"] for event in Event.objects.filter(kind="mails.arrived").order_by("pk")]


def waiting(task: str) -> list[dict[str, object]]:
    return list(ProcrastinateJob.objects.filter(task_name=task, status="todo").values_list("args", flat=True))


def test_all_come_in_and_are_answered_by_one_job(inbox: Inbox) -> None:
    first = letter("Hvor er pakken?", id="a@x")
    process_mails(stored(inbox, [first, letter("Og når?", id="b@x", In_Reply_To="<a@x>"), letter("Hei der")]))
    messages = list(Message.objects.order_by("pk").values_list("pk", flat=True))
    assert arrived() == [messages]
    assert [job["messages"] for job in waiting("assistant.jobs.answer_mails")] == [messages]
    assert waiting("assistant.jobs.take_turn") == []
    assert Event.objects.filter(kind="message.received").count() == 3


def test_one_that_fails_keeps_none_waiting_and_is_tried_again(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(raw: bytes) -> Mail:
        if b"poison" in raw:
            raise RuntimeError
        return read(raw)

    monkeypatch.setattr(arrive, "read", falls)
    good, bad, also = stored(inbox, [letter("one"), letter("poison"), letter("three")])
    process_mails([good, bad, also])
    assert set(Message.objects.values_list("text", flat=True)) == {"one", "three"}
    assert [job["inbound"] for job in waiting("channels.jobs.process")] == [bad]
    assert Inbound.objects.get(pk=bad).state == "stored"
    assert len(arrived()[0]) == 2


def test_done_again_after_a_kill_it_still_has_all_answered(inbox: Inbox) -> None:
    """The process died when the mails were in and nobody had been asked to answer them."""
    kept = stored(inbox, [letter("one"), letter("two")])
    process_mails(kept)
    process_mails(kept)
    assert Message.objects.count() == 2
    assert arrived()[0] == arrived()[1]
    assert len(arrived()[0]) == 2


def test_what_programs_wrote_and_copies_are_not_answered(inbox: Inbox) -> None:
    raw = letter("Hei", id="same@x")
    away = letter("Jeg er ikke på kontoret.", Auto_Submitted="auto-replied", subject="Ikke på kontoret")
    process_mails(stored(inbox, [raw, b"X-Again: 1\r\n" + raw, away]))
    assert [len(messages) for messages in arrived()] == [1]


def test_a_mail_alone_is_still_answered_by_a_job_of_its_own(inbox: Inbox) -> None:
    from tests.channels.email.post import comes

    message = comes(inbox)
    assert [job["message"] for job in waiting("assistant.jobs.take_turn")] == [message.pk]


def test_a_job_that_begins_before_the_mails_are_written_is_tried_again(inbox: Inbox) -> None:
    [kept] = stored(inbox, [letter("one")])
    with pytest.raises(Inbound.DoesNotExist):
        process_mails([kept, kept + 1])
    assert Inbound.objects.get(pk=kept).state == "stored"
    assert arrived() == []
