"""Many mails read at once are read as if one by one."""

import pytest

from samspill.conversations import understand_together
from samspill.conversations.jobs import MANY, understand_mails
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import Understood, take_in_mail
from samspill.conversations.understand_together import understand_mails as together
from samspill.kit.models import Event
from tests.channels.email.post import comes, mailbox
from tests.world import World

pytestmark = pytest.mark.django_db


def test_each_is_read_and_told_once(world: World) -> None:
    inbox = mailbox()
    said = ["Es ist dringend, bitte sofort!!", "Hvor er pakken min?"]
    messages = [comes(inbox, text, sender=f"{n}@x.example") for n, text in enumerate(said)]
    pks = [message.pk for message in messages]
    together(pks)
    together(pks)
    assert {one.reading["by"] for one in Message.objects.filter(pk__in=pks)} <= {"words", "model"}
    told = Event.objects.filter(kind="message.understood").order_by("pk")
    assert [event.data["message"] for event in told] == pks
    pressing, calm = (Conversation.objects.get(pk=message.conversation_id) for message in messages)
    assert [entry["message"] for entry in pressing.trend] == pks[:1]
    assert (pressing.urgent, calm.urgent) == (True, False)
    assert (pressing.language, calm.language) == ("de", "nb")


def test_those_of_one_conversation_are_read_one_after_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = mailbox()
    first = comes(inbox, "Wo ist mein Paket?", id="a@x")
    second = comes(inbox, "Danke", In_Reply_To="<a@x>")
    other = comes(inbox, "Hvor er pakken min?", sender="o@x.example")
    before: dict[int, list[str]] = {}

    def heard(message: Message, recent: list[Message], sentences: object) -> Understood:
        before[message.pk] = [one.language for one in recent]
        return take_in_mail(message, recent, ())

    monkeypatch.setattr(understand_together, "take_in_mail", heard)
    together([first.pk, second.pk, other.pk])
    assert before == {first.pk: [], other.pk: [], second.pk: ["de"]}
    assert list(before) == [first.pk, other.pk, second.pk]
    held = Conversation.objects.get(pk=first.conversation_id)
    assert [entry["message"] for entry in held.trend] == [first.pk, second.pk]


def test_few_are_read_as_they_are_answered(world: World) -> None:
    inbox = mailbox()
    pks = [comes(inbox, f"Hei {n}", sender=f"{n}@x.example").pk for n in range(MANY)]
    understand_mails(event=1, conversation=None, messages=pks[:-1])
    assert not Event.objects.filter(kind="message.understood").exists()
    understand_mails(event=1, conversation=None, messages=pks)
    assert Event.objects.filter(kind="message.understood").count() == MANY
