"""What the assistant does with what it learned: act, ask back, or leave it to the articles and people."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from samspill.assistant.brains.examples import training_set
from samspill.assistant.brains.intents import Intents, Lead
from samspill.assistant.brains.keywords import Keywords
from samspill.assistant.brains.local import LocalBrain
from samspill.assistant.brains.turn import Turn
from samspill.flows.catalogue import build
from samspill.flows.commands import Answer, Clarify, Command, HandOver, Set, Start
from samspill.flows.state import State
from samspill.intelligence.intents import Reading, Zone
from tests.flows.talk import verified

CATALOGUE = build()
VECTOR = np.ones(384, np.float32)
LEADS = {
    "heat-pump": Lead("person"),
    "warranty-length": Lead("answer"),
    "send-back": Lead("flow", "return_item"),
    "gone-flow": Lead("flow", "no_such_flow"),
    "order_status": Lead("person"),
}


@dataclass
class Reads:
    """A model that reads every sentence alike."""

    reading: Reading

    def read(self, texts: Sequence[str], languages: Sequence[str], vectors: object) -> list[Reading]:
        return [self.reading for _ in texts]


def decide(zone: Zone, *ranked: tuple[str, float], leads=LEADS, state: State | None = None) -> list[Command]:  # type: ignore[no-untyped-def]
    reading = Reading(list(ranked), ranked[0][1], zone)
    intents = Intents(Keywords([]), Reads(reading), leads=leads)  # type: ignore[arg-type]
    turn = Turn("some words about it", "en", state or State(), CATALOGUE, vector=VECTOR)
    decision = LocalBrain(intents).decide_openly(turn)
    assert decision.read
    assert decision.read.intent == ("" if zone == "hand_over" else ranked[0][0])
    assert (decision.read.zone, decision.read.confidence) == (zone, ranked[0][1])
    return decision.commands


ANSWER = [Answer("some words about it")]


def test_sure_of_an_intent_it_goes_where_the_company_says():
    assert decide("act", ("heat-pump", 0.9)) == [HandOver("intent")]
    assert decide("act", ("warranty-length", 0.9)) == ANSWER
    assert decide("act", ("send-back", 0.9)) == [Start("return_item")]
    assert decide("act", ("gone-flow", 0.9)) == ANSWER


def test_the_company_may_lead_a_shipped_flow_elsewhere():
    assert decide("act", ("order_status", 0.9)) == [HandOver("intent")]
    assert decide("act", ("order_status", 0.9), leads={}) == [Start("order_status")]


def test_unsure_it_asks_which_one_is_meant():
    assert decide("ask", ("delivery", 0.4), ("send-back", 0.3)) == [Clarify(("delivery", "return_item"))]
    assert decide("ask", ("delivery", 0.4), ("opening_hours", 0.01)) == [Clarify(("delivery",))]
    assert decide("ask", ("heat-pump", 0.4)) == [Start("_offer_person")]
    assert decide("ask", ("warranty-length", 0.4)) == ANSWER


def test_knowing_nothing_it_looks_into_the_articles_and_says_so_honestly():
    assert decide("hand_over", ("delivery", 0.2), ("send-back", 0.19)) == ANSWER


def test_an_open_question_is_left_only_for_what_is_clear():
    talk = verified()
    talk.turn(Start("delivery"))
    raw = [Set(talk.state.asking.slot, "some words about it")]
    assert decide("act", ("heat-pump", 0.9), state=talk.state) == [HandOver("intent")]
    assert decide("act", ("heat-pump", 0.5), state=talk.state) == raw
    assert decide("ask", ("heat-pump", 0.9), state=talk.state) == raw


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_yes_that_answers_nothing_makes_nobody_act_on_the_runner_up(share: float):
    commands = decide("act", ("affirm", 1 - share / 2), ("heat-pump", share / 4), ("greet", share / 4))
    assert commands != [HandOver("intent")]


def test_keywords_know_what_the_company_taught_while_the_model_is_away():
    from samspill.assistant.brains.examples import Example

    taught = [Example("verkaufen sie wärmepumpen", "heat-pump", "de")]
    brain = LocalBrain(Intents(Keywords([*training_set(CATALOGUE), *taught]), leads=LEADS))
    turn = Turn("Verkaufen Sie Wärmepumpen?", "de", State(), CATALOGUE)
    assert brain.decide(turn) == [HandOver("intent")]
