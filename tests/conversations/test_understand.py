"""A message is read once, whoever is in charge, and its conversation follows."""

from dataclasses import replace
from typing import Any

import pytest

from samspill.assistant.escalate import too_upset
from samspill.assistant.take_turn import take_turn
from samspill.conversations import impression
from samspill.conversations import understand as understanding
from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import Understood, keep, understand, understand_imported
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.errors import ModelUnavailable
from samspill.kit.models import Event
from tests.world import World

SCORES = {"frustrated": 0.7, "impatient": 0.2, "neutral": 0.1, "satisfied": 0.0}
STRONG = {"kind": "strong", "words": "useless", "moves": "frustrated", "by": 1.6}
HEARD = Understood(
    heard="en", spoken="en", mood="frustrated", sentiment=-0.9, urgency=0.1,
    reading={"by": "model", "scores": SCORES, "urgency": 0.1, "reasons": [STRONG]},
)  # fmt: skip


def _said(world: World, text: str = "Useless.") -> Message:
    return Message.objects.filter(conversation=world.hears(world.ingrid, text)).latest("pk")


def test_a_reading_is_kept_once(world: World) -> None:
    message = _said(world)
    held = message.conversation
    assert keep(held, message, HEARD)
    assert not keep(held, message, replace(HEARD, mood="satisfied"))
    message.refresh_from_db()
    held.refresh_from_db()
    assert (message.mood, message.language, message.sentiment) == ("frustrated", "en", -0.9)
    assert message.reading["reasons"] == [STRONG]
    assert (held.mood, held.urgent, held.language) == ("frustrated", False, "en")
    (event,) = Event.objects.filter(kind="message.understood")
    assert event.data == {"message": message.pk, "language": "en", "mood": "frustrated", "urgent": False}


def test_what_others_noted_in_a_reading_stays(world: World) -> None:
    message = _said(world)
    message.reading = {"intent": "returns"}
    message.save(update_fields=["reading"])
    assert keep(message.conversation, message, HEARD)
    message.refresh_from_db()
    assert message.reading["intent"] == "returns"
    assert message.reading["by"] == "model"


def test_where_a_person_is_in_charge_a_message_is_read_and_not_answered(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def take_in(message: Message, recent: Any) -> Understood:
        asked.append(message.pk)
        return HEARD

    monkeypatch.setattr(understanding, "take_in", take_in)
    message = _said(world)
    take_turn(message.pk)
    take_turn(message.pk)
    assert asked == [message.pk]
    assert Conversation.objects.get().mood == "frustrated"
    assert not Message.objects.filter(direction="out").exists()


def test_without_the_text_model_words_alone_are_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise ModelUnavailable("away")

    monkeypatch.setattr(EncoderClient, "analyse", away)
    message = _said(world, "Det haster, jeg må ha svar før klokka 16 i dag!")
    assert understand(message)
    message.refresh_from_db()
    assert (message.language, message.mood, message.sentiment) == ("nb", "", None)
    assert message.urgency is not None
    assert message.urgency > 0.9
    conversation = Conversation.objects.get()
    assert (conversation.urgent, conversation.mood) == (True, "")
    assert not understand(Message.objects.get())


def _mark(number: int, mood: str, urgency: float = 0.0) -> dict[str, Any]:
    reading = {"reasons": [{"kind": "urgent", "words": "asap", "moves": "urgency", "by": 3.8}]}
    return impression.mark(
        number, mood, {"frustrated": -0.8, "satisfied": 0.9}.get(mood, 0.0), urgency, reading
    )


def test_the_latest_messages_make_the_mood_of_a_conversation() -> None:
    trend: list[dict[str, Any]] = []
    for number, mood in enumerate(["neutral", "frustrated", "frustrated", "neutral"]):
        trend = impression.along(trend, _mark(number, mood))
    assert impression.together(trend)["mood"] == "frustrated"  # one calm line does not undo two angry ones
    trend = impression.along(trend, _mark(9, "satisfied"))
    assert impression.together(trend)["mood"] == "satisfied"


def test_urgency_passes_when_the_contact_is_pleased_or_goes_on_calmly() -> None:
    trend = impression.along([], _mark(1, "neutral", 0.9))
    assert trend[0]["words"] == ["asap"]
    assert impression.together(trend)["urgent"]
    assert not impression.together(impression.along(trend, _mark(2, "satisfied")))["urgent"]
    for number in (2, 3, 4):
        trend = impression.along(trend, _mark(number, "neutral"))
    assert not impression.together(trend)["urgent"]


def test_a_trend_stays_short_and_a_message_stands_in_it_once() -> None:
    trend: list[dict[str, Any]] = []
    for number in range(30):
        trend = impression.along(trend, _mark(number, "neutral"))
    assert len(trend) == impression.KEPT
    assert len(impression.along(trend, _mark(29, "frustrated"))) == impression.KEPT


def test_score_and_explicit_words_together_hand_over(world: World) -> None:
    conversation = world.hears(world.ingrid)
    mild = replace(HEARD, reading={"scores": SCORES | {"frustrated": 0.5}, "reasons": [STRONG]})
    quiet = replace(HEARD, reading={"scores": SCORES, "reasons": []})
    assert too_upset(HEARD, conversation)
    assert not too_upset(mild, conversation)
    assert not too_upset(quiet, conversation)
    conversation.trend = [_mark(1, "frustrated")]
    lasting = replace(HEARD, reading={"scores": SCORES | {"frustrated": 0.85}, "reasons": []})
    assert too_upset(lasting, conversation)
    assert not too_upset(replace(HEARD, reading=None), conversation)


def test_what_was_imported_is_read_once_the_text_model_is_there(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = _said(world)
    monkeypatch.setattr(EncoderClient, "healthy", lambda _: False)
    with pytest.raises(ModelUnavailable):
        understand_imported(message.conversation)
    monkeypatch.setattr(EncoderClient, "healthy", lambda _: True)
    monkeypatch.setattr(understanding, "take_in", lambda *_: HEARD)
    assert understand_imported(message.conversation) == 1
    assert understand_imported(message.conversation) == 0
    assert Conversation.objects.get().mood == "frustrated"
