"""Mails brought in together end as if each had come in by itself, one after the other."""

from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from django.db import transaction

from samspill.channels.email import arrive
from samspill.channels.models import Letter, Reference
from samspill.channels.process import process, process_mails
from samspill.contacts.models import Contact, Identity
from samspill.conversations.models import Conversation, Inbound, Inbox, Message, Participant
from samspill.kit.models import Event
from tests.channels.email.post import INGRID, LUKAS, STRANGER, answers, comes, letter
from tests.channels.email.test_together import stored
from tests.world import World

pytestmark = pytest.mark.django_db
JOBS = {"mails.arrived"}


def threads() -> list[bytes]:
    """What a mailbox finds after an outage: threads in any order, copies, and what programs write."""
    first = letter("Hvor er pakken?", id="a@x", subject="Pakken", Cc=LUKAS)
    return [
        letter("Svar før spørsmål", id="late@x", subject="Re: Lampe", sender=LUKAS, In_Reply_To="<early@x>"),
        first,
        letter("Og når?", id="b@x", In_Reply_To="<a@x>"),
        letter("Jeg vil også vite det", id="c@x", sender=LUKAS, In_Reply_To="<b@x>", subject="Re: Pakken"),
        letter("Hva gjelder det?", id="d@x", sender=STRANGER, In_Reply_To="<a@x>", subject="Re: Pakken"),
        b"X-Again: 1\r\n" + first,
        letter("Spørsmål", id="early@x", subject="Lampe", sender=LUKAS),
        letter("Uten nummer", id=None, sender="Per <per@p.example>", subject="Kabel"),
        letter("Samme emne", id="s@x", sender="Per <per@p.example>", subject="Re: Kabel"),
        letter("Jeg er borte.", id="o@x", subject="Borte", Auto_Submitted="auto-replied"),
        letter("Tilbud!", id="n@x", sender="Shop <shop@s.example>", List_Id="<s.example>", Precedence="list"),
        letter("Fra oss selv", id="own@x", sender="help@nordlys.example"),
        letter("Ingen avsender", id="nobody@x", sender="Ingen", subject="Hm"),
        letter("Takk!", id="e@x", In_Reply_To="<b@x>"),
    ]  # fmt: skip


def brought(inbox: Inbox, raws: Sequence[bytes], bring: Callable[[list[int]], object]) -> list[object]:
    """What became of each mail and of everything around it, told without numbers; then it is all taken back."""
    with transaction.atomic():
        begun = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        bring(stored(inbox, raws))
        told = [*_mails(inbox), _around(), *_events(begun)]
        transaction.set_rollback(True)
    return told


def _mails(inbox: Inbox) -> list[object]:
    rows = Inbound.objects.filter(inbox=inbox).select_related("message__conversation").order_by("pk")
    return [(one.state, one.error, *(_message(one.message) if one.message else ())) for one in rows]


def _message(message: Message) -> tuple[object, ...]:
    held, kept = message.conversation, Letter.objects.get(message=message)
    texts = list(held.messages.order_by("pk").values_list("text", flat=True))
    others = sorted(one.identity.value for one in held.participants.select_related("identity"))
    related = list(held.relations.values_list("why", flat=True))
    facts = (held.status, held.subject, held.contact.name, held.identity.value, held.threaded, held.in_charge)
    last = held.last_message_at >= message.created_at
    return (
        message.text,
        texts,
        others,
        related,
        facts,
        last,
        bool(held.waiting_since),
        kept.kind,
        kept.subject,
    )


def _around() -> dict[str, int]:
    models = (Contact, Identity, Conversation, Message, Participant, Letter, Reference)
    return {model.__name__: model.objects.count() for model in models}


def _events(since: int) -> list[tuple[str, int]]:
    kinds = Event.objects.filter(pk__gt=since).exclude(kind__in=JOBS).values_list("kind", flat=True)
    return sorted(Counter(kinds).items())


def test_threads_copies_and_programs(inbox: Inbox, world: World) -> None:
    known = comes(inbox, "Fra før", id="old@x", subject="Garanti").conversation
    sent = answers(known, world.kari)
    Conversation.objects.filter(pk=known.pk).update(status="closed", closed_at=sent.created_at)
    raws = [
        *threads(),
        letter("Igjen", id="f@x", In_Reply_To="<old@x>"),
        letter("Og", id="g@x", In_Reply_To="<old@x>"),
    ]
    alone = brought(inbox, raws, lambda pks: [process(pk) for pk in pks])
    together = brought(inbox, raws, process_mails)
    assert together == alone
    assert len(alone) > len(raws)


def test_a_thread_of_many_mails_stays_one(inbox: Inbox) -> None:
    raws = [letter("0", id="0@x")]
    raws += [letter(str(n), id=f"{n}@x", In_Reply_To=f"<{n - 1}@x>") for n in range(1, 8)]
    process_mails(stored(inbox, raws))
    [held] = Conversation.objects.filter(inbox=inbox)
    assert [one.text for one in held.messages.order_by("pk")] == [str(n) for n in range(8)]


def test_many_cost_few_words_to_the_database(inbox: Inbox, django_assert_max_num_queries: Callable) -> None:  # type: ignore[type-arg]
    raws = [letter(f"Hei {n}", sender=f"K{n} <k{n}@x.example>") for n in range(40)]
    pks = stored(inbox, raws)
    with django_assert_max_num_queries(40):
        process_mails(pks)
    assert Message.objects.filter(conversation__inbox=inbox).count() == 40


def test_killed_before_the_end_nothing_is_in_and_then_all_once(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill is a transaction that never ends: here it ends in an error that nobody catches."""

    class Killed(BaseException):
        pass

    def dies(came: object) -> None:
        raise Killed

    pks = stored(inbox, [letter("one"), letter("two", sender=LUKAS)])
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(arrive, "_keep", dies)
        process_mails(pks)
    assert not Message.objects.filter(conversation__inbox=inbox).exists()
    assert not Event.objects.filter(kind="message.received").exists()
    process_mails(pks)
    process_mails(pks)
    assert Message.objects.filter(conversation__inbox=inbox).count() == 2
    assert Event.objects.filter(kind="message.received").count() == 2


def test_one_that_fails_late_harms_no_other_and_is_told_once(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = arrive.letter_of

    def falls(message: Message, *rest: object) -> Letter:
        if message.text == "poison":
            raise OSError
        return whole(message, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(arrive, "letter_of", falls)
    good, bad, also = stored(
        inbox, [letter("one"), letter("poison", sender=LUKAS), letter("three", sender=INGRID)]
    )
    process_mails([good, bad, also])
    assert sorted(Message.objects.values_list("text", flat=True)) == ["one", "three"]
    assert Event.objects.filter(kind="message.received").count() == 2
    assert [one.state for one in Inbound.objects.order_by("pk")] == ["done", "stored", "done"]
