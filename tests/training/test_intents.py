"""What people decide about intents and sentences, and how it is taken back."""

import pytest

from samspill.kit.models import Event
from samspill.knowledge.gaps import record_question
from samspill.training import examples, intents, labels
from samspill.training.errors import NothingToLearn, NotPossible, UnknownIntent
from samspill.training.models import Example, Intent
from samspill.training.overview import rows
from samspill.training.train import learned_labels
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(world: World) -> Intent:
    intent = intents.create("Bytte adresse", world.liv)
    examples.add("Jeg vil bytte adresse", intent.name, world.liv)
    return intent


@pytest.fixture
def moving(world: World) -> Intent:
    intent = intents.create("Flytting", world.liv)
    examples.add("Vi har flyttet", intent.name, world.liv)
    return intent


def test_a_merge_counts_both_and_can_be_taken_apart(world: World, address: Intent, moving: Intent):
    intents.merge(moving, address, world.liv)
    assert [(row.intent, row.count) for row in rows("accepted")] == [(address, 2)]
    assert set(learned_labels().values()) == {address.name}
    assert labels.titles()[moving.name] == "Bytte adresse"
    intents.restore(moving, world.liv)
    assert {row.intent: row.count for row in rows("accepted")} == {address: 1, moving: 1}


def test_merging_in_a_circle_is_refused(world: World, address: Intent, moving: Intent):
    intents.merge(moving, address, world.liv)
    with pytest.raises(NotPossible):
        intents.merge(address, moving, world.liv)
    with pytest.raises(NotPossible):
        intents.merge(address, address, world.liv)


def test_a_correction_for_a_merged_intent_goes_where_it_went(world: World, address: Intent, moving: Intent):
    intents.merge(moving, address, world.liv)
    assert examples.add("Ny adresse fra mai", moving.name, world.liv).intent == address


def test_what_is_dismissed_is_not_learned_and_comes_back_as_it_was(world: World, address: Intent):
    intents.dismiss(address, world.liv)
    assert learned_labels() == {}
    with pytest.raises(UnknownIntent):
        examples.add("Noe om adresse", address.name, world.liv)
    intents.restore(address, world.liv)
    assert learned_labels() == {address.pk: address.name}


def test_names_are_free_whatever_the_title(world: World):
    made = [
        intents.create(title, world.liv) for title in ("換地址", "換地址", "Order status", "Order status")
    ]
    assert len({one.name for one in made}) == 4
    assert not {one.name for one in made} & set(labels.shipped())
    with pytest.raises(NotPossible):
        intents.create("   ", world.liv)


def test_a_flow_can_be_taught_like_an_intent_of_ones_own(world: World):
    example = examples.add("Har dere sendt greiene mine", "order_status", world.liv)
    assert (example.intent.name, example.intent.leads_to, example.intent.flow) == ("order_status", "flow", "order_status")  # fmt: skip
    assert ("order_status", example.intent.title) in labels.choices()
    assert len([1 for name, _ in labels.choices() if name == "order_status"]) == 1


def test_a_message_is_a_training_row_at_once(world: World, address: Intent):
    conversation = world.hears(world.ingrid, "Flyttet! Ny adresse: ingrid@example.no")
    message = conversation.messages.get()
    example = examples.learn_from(message, address.name, world.kari)
    assert (example.intent, example.origin, example.by, example.message) == (
        address,
        "desk",
        world.kari,
        message,
    )
    assert "example.no" not in example.text
    message.refresh_from_db()
    conversation.refresh_from_db()
    assert message.reading == {"intent": address.name, "corrected": True}
    assert conversation.intent == address.name
    assert "Flyttet" not in str(Event.objects.latest("pk").data)


def test_the_same_sentence_has_one_meaning(world: World, address: Intent, moving: Intent):
    first = examples.add("Vi bor et annet sted nå", address.name, world.liv)
    second = examples.add("vi bor et annet sted nå!", moving.name, world.kari)
    assert (first.pk, second.intent) == (second.pk, moving)


def test_nothing_to_learn_and_nowhere_to_learn_it(world: World, address: Intent):
    with pytest.raises(NothingToLearn):
        examples.add(" 👍 … ", address.name, world.liv)
    with pytest.raises(UnknownIntent):
        examples.add("Hei hei hei", "no-such-thing", world.liv)


def test_thrown_away_stays_away_until_it_is_taken_back(world: World, address: Intent):
    example = address.examples.get()
    examples.drop(example, world.liv)
    assert rows("accepted")[0].count == 0
    examples.restore(example, world.liv)
    assert rows("accepted")[0].count == 1
    examples.loosen(example, world.liv)
    example.refresh_from_db()
    assert (example.intent, example.suggested) == (None, address.name)
    assert examples.accept_suggested(address.name, world.liv) == 1


def test_unanswered_questions_teach(world: World, address: Intent):
    gap = record_question("Kan jeg få ny adresse på ordren?", "nb", "chat").gap
    assert examples.learn_from_gap(gap, address.name, world.liv) == 1
    assert Example.objects.get(origin="gap").language == "nb"
