"""One click says how a message should have been read; another takes it back."""

import pytest

from samspill.conversations.models import Conversation, Message
from samspill.conversations.understand import keep
from samspill.kit.models import Event
from samspill.training.correct import NotCorrectable, correct, uncorrect
from samspill.training.models import Correction
from samspill.training.teach_moods import corrected_rows
from tests.conversations.test_understand import HEARD
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def message(world: World) -> Message:
    conversation = world.hears(world.ingrid, "Ring meg på 912 34 567 i dag, dette er ubrukelig.")
    message = Message.objects.get(conversation=conversation)
    keep(conversation, message, HEARD)
    message.refresh_from_db()
    return message


def _state(message: Message) -> tuple[object, ...]:
    message.refresh_from_db()
    conversation = Conversation.objects.get(pk=message.conversation_id)
    return (
        message.language, message.mood, message.sentiment, message.urgency,
        conversation.language, conversation.mood, conversation.sentiment, conversation.urgent,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("what", "right", "place", "told"),
    [
        ("mood", "satisfied", 1, 5),
        ("urgency", "urgent", 3, 7),
        ("language", "nb", 0, 4),
    ],
)
def test_a_correction_counts_at_once_and_can_be_taken_back(
    world: World, message: Message, what: str, right: str, place: int, told: int
) -> None:
    before = _state(message)
    correct(message, what, right, world.kari)
    after = _state(message)
    assert after[place] == (1.0 if what == "urgency" else right)
    assert after[told] == (True if what == "urgency" else right)
    assert uncorrect(message, what, world.kari)
    assert _state(message) == before
    assert not uncorrect(message, what, world.kari)
    assert not Correction.objects.exists()


def test_a_second_thought_keeps_what_was_heard_first(world: World, message: Message) -> None:
    correct(message, "mood", "satisfied", world.kari)
    correct(message, "mood", "neutral", world.ola)
    (kept,) = Correction.objects.all()
    assert (kept.read_as, kept.right, kept.by) == ("frustrated", "neutral", world.ola)


def test_events_say_classes_and_never_words(world: World, message: Message) -> None:
    correct(message, "mood", "impatient", world.kari)
    event = Event.objects.get(kind="message.corrected")
    assert event.data == {
        "message": message.pk,
        "what": "mood",
        "read_as": "frustrated",
        "right": "impatient",
    }
    assert "912" not in str([one.data for one in Event.objects.all()])


@pytest.mark.parametrize(
    ("what", "right"),
    [("mood", "sulky"), ("urgency", "0.4"), ("language", "xx"), ("language", "und"), ("song", "x")],
)
def test_nonsense_is_refused_and_nothing_changes(
    world: World, message: Message, what: str, right: str
) -> None:
    before = _state(message)
    with pytest.raises(NotCorrectable):
        correct(message, what, right, world.kari)
    assert _state(message) == before
    assert not Correction.objects.exists()


def test_our_own_words_are_not_corrected(world: World, message: Message) -> None:
    note = Message.objects.create(
        conversation=message.conversation, direction="note", author="agent", external_id="n", text="hm"
    )
    with pytest.raises(NotCorrectable):
        correct(note, "mood", "neutral", world.kari)


def test_a_corrected_language_is_the_history_of_the_next_message(world: World, message: Message) -> None:
    from samspill.conversations.understand import recent_before

    correct(message, "language", "nb", world.kari)
    world.hears(world.ingrid, "ok")
    latest = Message.objects.latest("pk")
    assert [one.language for one in recent_before(latest)] == ["nb"]


def test_rows_for_the_models_carry_no_personal_data(world: World, message: Message) -> None:
    correct(message, "mood", "impatient", world.kari)
    correct(message, "urgency", "urgent", world.kari)
    rows = corrected_rows()
    assert {(row.task, row.label, row.language) for row in rows} == {
        ("mood", "impatient", "en"), ("urgency", "urgent", "en"),
    }  # fmt: skip
    assert all("912" not in row.text and "ubrukelig" in row.text for row in rows)
