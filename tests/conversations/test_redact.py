"""Personal data leaves a conversation everywhere it lies, can come back for minutes, and is gone then."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from samspill.assistant.models import Dialogue, Turn
from samspill.conversations.models import Attachment, Conversation, Draft, Inbound, Message, Redaction
from samspill.conversations.note import note
from samspill.conversations.places import replacing
from samspill.conversations.redact import NothingChosen, Piece, TooLate, forget_redacted, put_back, redact
from samspill.kit.models import Event
from samspill.knowledge.models import Gap, Question
from tests.world import World

PHONE, NAME = "+47 22 12 34 56", "Ingrid Ås"
SAID = f"Jeg heter {NAME}, ring {PHONE} i morgen."
PIECES = [Piece(PHONE, "phone", "telefonnummer"), Piece(NAME, "name", "navn")]
HIDDEN = "Jeg heter [navn 1], ring [telefonnummer 1] i morgen."


@pytest.fixture
def said(world: World) -> Message:
    """A message whose words lie in every place there is."""
    conversation = world.hears(world.ingrid, SAID)
    message = conversation.messages.get()
    facts = [{"name": "Phone", "value": PHONE}]
    Conversation.objects.filter(pk=conversation.pk).update(summary=f"{NAME} waits", facts=facts)
    conversation.handovers.create(reason="asked", summary=f"Call {PHONE}", facts=facts)
    Message.objects.filter(pk=message.pk).update(extras={"value": PHONE})
    raw = json.dumps({"text": SAID}).encode() + b"\xff"
    Inbound.objects.create(inbox=world.shop, dedup_key="d1", raw=raw, headers={"from": NAME}, message=message)
    Attachment.objects.create(message=message, name=f"{NAME}.txt", kind="text/plain", size=1, sha256="0" * 64)
    Draft.objects.create(conversation=conversation, agent=world.kari, text=f"Hei {NAME}!")
    Dialogue.objects.create(conversation=conversation, state={"stack": [{"slots": {"phone": PHONE}}]})
    Turn.objects.create(
        message=message, conversation=conversation, brain="local", commands=[{"value": NAME}], outcome="flow"
    )
    gap = Gap.objects.create(title=SAID, language="nb")
    Question.objects.create(gap=gap, text=SAID, language="nb", source="chat", message_id=message.pk)
    note(conversation, world.ola, f"Snakket med {NAME.upper()}", "n1")
    return message


def _everything(message: Message) -> str:
    """All that is stored about the conversation, as one text."""
    held = Conversation.objects.get(pk=message.conversation_id)
    raw = bytes(Inbound.objects.get().raw).decode(errors="replace").encode().decode("unicode_escape")
    rows = [
        held.summary, held.facts, *held.messages.values_list("text", "extras"), raw, Inbound.objects.get().headers,
        *held.handovers.values_list("summary", "facts"), *Attachment.objects.values_list("name"),
        *Draft.objects.values_list("text"), *Dialogue.objects.values_list("state"), *Turn.objects.values_list("commands"),
        *Question.objects.values_list("text"), *Gap.objects.values_list("title"), *Event.objects.values_list("data"),
        *Redaction.objects.values_list("sealed", "kinds"),
    ]  # fmt: skip
    return str(rows)


def test_it_is_gone_everywhere(world: World, said: Message) -> None:
    assert PHONE in _everything(said)
    redact(said, PIECES, by=world.kari)
    said.refresh_from_db()
    assert said.text == HIDDEN
    told = _everything(said).casefold()
    assert PHONE not in told
    assert NAME.casefold() not in told
    assert bytes(Inbound.objects.get().raw).endswith(b"\xff")


def test_the_event_names_ids_and_kinds_only(world: World, said: Message) -> None:
    made = redact(said, PIECES, by=world.kari)
    event = Event.objects.get(kind="message.redacted")
    assert event.data == {"message": said.pk, "redaction": made.pk, "kinds": ["name", "phone"]}


def test_it_can_be_put_back_once(world: World, said: Message) -> None:
    made = redact(said, PIECES, by=world.kari)
    put_back(made, by=world.kari)
    said.refresh_from_db()
    assert said.text == SAID
    assert Draft.objects.get().text == f"Hei {NAME}!"
    assert Dialogue.objects.get().state == {"stack": [{"slots": {"phone": PHONE}}]}
    with pytest.raises(TooLate):
        put_back(made, by=world.kari)


@pytest.mark.parametrize("swept", [True, False])
def test_after_the_time_it_is_gone_for_good(world: World, said: Message, swept: bool) -> None:
    made = redact(said, PIECES, by=world.kari)
    Redaction.objects.update(at=made.at - timedelta(minutes=11))
    assert not swept or forget_redacted() == 1
    assert not swept or Redaction.objects.get().sealed == ""
    with pytest.raises(TooLate):
        put_back(made, by=world.kari)
    said.refresh_from_db()
    assert said.text == HIDDEN


def test_what_is_sealed_cannot_be_read(world: World, said: Message) -> None:
    redact(said, PIECES, by=world.kari)
    assert PHONE not in Redaction.objects.get().sealed


def test_a_second_redaction_takes_other_names(world: World, said: Message) -> None:
    first = redact(said, PIECES[:1], by=world.kari)
    said.refresh_from_db()
    redact(said, [Piece("i morgen", "other", "telefonnummer")], by=world.kari)
    said.refresh_from_db()
    assert said.text == f"Jeg heter {NAME}, ring [telefonnummer 1] [telefonnummer 2]."
    put_back(first, by=world.kari)
    said.refresh_from_db()
    assert said.text == f"Jeg heter {NAME}, ring {PHONE} [telefonnummer 2]."


def test_nothing_that_is_not_there(world: World, said: Message) -> None:
    with pytest.raises(NothingChosen):
        redact(said, [Piece("Karoline", "name", "navn")], by=world.kari)
    assert not Redaction.objects.exists()


def test_other_conversations_are_left_alone(world: World, said: Message) -> None:
    other = world.hears(world.lukas, SAID).messages.get()
    redact(said, PIECES, by=world.kari)
    other.refresh_from_db()
    assert other.text == SAID


def test_whole_words_only() -> None:
    change = replacing({"Kari": "[navn 1]", "陳怡君": "[姓名 1]"})
    assert change("Kari, Karin, kari's og 我是陳怡君喔") == "[navn 1], Karin, [navn 1]'s og 我是[姓名 1]喔"


HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def kari(world: World) -> Client:
    client = Client()
    client.force_login(world.kari)
    return client


def test_the_desk_shows_what_was_found_and_takes_out_what_was_chosen(
    world: World, said: Message, kari: Client
) -> None:
    address = f"/desk/c/{said.conversation_id}/redact/{said.pk}/"
    html = kari.get(address).content.decode()
    assert html.count("checked") == 2
    start = SAID.index(PHONE)
    answer = kari.post(address, {"piece": [start]}, **HTMX)
    said.refresh_from_db()
    assert NAME in said.text
    assert PHONE not in said.text
    undo = json.loads(answer["HX-Trigger"])["toast"]["undo"]
    kari.post(undo, **HTMX)
    said.refresh_from_db()
    assert said.text == SAID


def test_a_word_nobody_found_can_be_named(world: World, said: Message, kari: Client) -> None:
    kari.post(f"/desk/c/{said.conversation_id}/redact/{said.pk}/", {"other": "i morgen"}, **HTMX)
    said.refresh_from_db()
    assert "i morgen" not in said.text


def test_a_message_of_another_conversation_is_not_reached(world: World, said: Message, kari: Client) -> None:
    other = world.hears(world.lukas, "Guten Tag")
    address = f"/desk/c/{other.pk}/redact/{said.pk}/"
    assert kari.get(address).status_code == 404
    assert kari.post(address, {"other": "ring"}).status_code == 404


def test_the_customers_own_name_is_known(world: World, kari: Client) -> None:
    message = world.hears(world.ingrid, "Dette er Berg igjen.").messages.get()
    html = kari.get(f"/desk/c/{message.conversation_id}/redact/{message.pk}/").content.decode()
    assert 'checked aria-label="name: Berg"' in html
