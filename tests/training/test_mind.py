"""Which model the assistant reads with, and when it trains anew."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from samspill.assistant import mind as minds
from samspill.assistant.brains.examples import made_of
from samspill.assistant.jobs import learn as learn_job
from samspill.assistant.jobs import learn_soon
from samspill.assistant.learn import learn
from samspill.assistant.soon import soon
from samspill.flows.catalogue import build
from samspill.kit.models import Event
from samspill.training import examples, intents
from samspill.training.models import LearnedModel
from samspill.training.promote import promote
from samspill.training.train import train
from tests.training.conftest import place
from tests.training.test_train import embed, lessons
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(world: World, reader: list[str]) -> LearnedModel:
    """A live model that fits the flows."""
    return kept()


def kept(flows: str = "") -> LearnedModel:
    return train(lessons(), before=None, embed=embed, made_of=flows or made_of(build()), by=None)


def waiting(name: str) -> int:
    return ProcrastinateJob.objects.filter(task_name=f"assistant.jobs.{name}", status="todo").count()


def test_another_live_model_counts_for_the_next_message(own: LearnedModel):
    assert set(minds.mind().intents.model.labels) == {"address", "invoice", "cleaning"}
    second = train(
        lessons(heating=["heat pump", "warm"]), before=None, embed=embed, made_of=own.made_of, by=None
    )
    assert "heating" in minds.mind().intents.model.labels
    promote(own, None)
    assert "heating" not in minds.mind().intents.model.labels
    assert second.pk != own.pk


def test_a_changed_model_gives_way_to_the_former_one_and_then_to_what_ships(own: LearnedModel):
    second = kept()
    LearnedModel.objects.filter(pk=second.pk).update(data=b"changed")
    assert set(minds.mind().intents.model.labels) == {"address", "invoice", "cleaning"}
    assert Event.objects.filter(kind="model.refused", data__model=second.pk).count() == 1
    LearnedModel.objects.update(data=b"changed too")
    minds._current = None
    assert "order_status" in minds.mind().intents.model.labels


def test_a_model_of_other_flows_waits_for_training(world: World, reader: list[str]):
    kept("of an older version")
    assert "order_status" in minds.mind().intents.model.labels
    assert waiting("learn_soon") == 1


def test_all_there_is_goes_into_one_model(world: World, reader: list[str]):
    intent = intents.create("Heat pumps", world.liv)
    for text in ("Do you sell heat pumps?", "selger dere varmepumper", "where is my package"):
        examples.add(text, intent.name, world.liv)
    made = learn(world.liv)
    assert made.state == "live"
    model = minds.mind().intents.model
    assert {intent.name, "order_status", "greet", "question"} <= set(model.labels)
    text = "where is my package"
    assert model.read([text], ["en"], place(text)[None])[0].label in {intent.name, "order_status"}
    assert minds.mind().intents.leads[intent.name].to == "answer"
    asked = len(reader)
    learn(world.liv)
    assert len(reader) == asked  # every vector is kept


def test_many_corrections_are_learned_from_once(world: World, reader: list[str]):
    intent = intents.create("Heat pumps", world.liv)
    for number in range(5):
        examples.add(f"Heat pump number {number}", intent.name, world.liv)
        learn_soon(event=1, conversation=None)
    assert waiting("learn_soon") == 5
    assert waiting("learn") == 1


def test_training_waits_for_a_text_model_that_is_away(world: World, reader: list[str], no_reader: None):
    learn_job()
    assert waiting("learn") == 1
    assert not LearnedModel.objects.exists()
    soon(learn_job)
    assert waiting("learn") == 1
