"""A flow file says what is wrong with it, where, and what is allowed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspill.flows.catalogue import build, check_links, library
from samspill.flows.flow import LANGUAGES, Confirm, Tell
from samspill.flows.parse import read_flows
from samspill.flows.problems import FlowProblems

GOOD = """
flow: gift_card
title: {en: Gift card}
about: {en: Tell how long a gift card is valid}
examples: {en: [is my gift card valid]}
slots:
  bought: {type: date, label: {en: date}, ask: {en: "When did you buy it?"}}
steps:
  - ask: bought
  - say: {en: "Bought on {bought|date}: valid for three years."}
"""

MISTAKES = [
    ("steps:", "stpes:", r"line 8: “stpes” is not a field of a flow. Did you mean “steps”\?"),
    ("type: date", "type: day", r"line 7: “day” is not a type of slot"),
    (
        "- ask: bought",
        "- ask: bougth",
        r"line 9: “bougth” is not a slot of this flow. Did you mean “bought”\?",
    ),
    ("- ask: bought", "- ask bought", r"line 8: A step looks like"),
    ("- ask: bought", "- call: workspace.hour", r"is not a tool. Did you mean “workspace.hours”\?"),
    ("- ask: bought", "- hand_over: boredom", r"“boredom” is not a reason to hand over"),
    ("- ask: bought", "- {ask: bought, colour: red}", r"“colour” is not part of the step “ask”"),
    ("{bought|date}", "{sold|date}", r"“{sold}” is not something this sentence can mention"),
    ("{bought|date}", "{bought|day}", r"“day” is not a way to show a value"),
    (', ask: {en: "When did you buy it?"}', "", r"is asked but has no question"),
    ("title: {en: Gift card}", "title: {en: Gift card, nb: Gavekort}", r"is missing in: nb"),
    ("flow: gift_card", "flow: Gift Card", r"cannot be a name"),
    ("examples: {en: [is my gift card valid]}", "", r"A flow needs “title”, “about” and “examples”"),
    ("  - ask: bought", "  - if: who knows?", r"is not a condition"),
    ("about:", "title:", r"“title” is written twice"),
    ("steps:", "steps: [{", r"not valid YAML"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), MISTAKES)
def test_a_mistake_is_named(right: str, wrong: str, said: str):
    with pytest.raises(FlowProblems) as found:
        read_flows(GOOD.replace(right, wrong, 1), "gift.yml")
    assert re.search(said, str(found.value))
    assert str(found.value).startswith("gift.yml")


def test_a_good_file_is_read():
    (flow,) = read_flows(GOOD)
    assert flow.name == "gift_card"
    assert flow.first == "1"
    assert [step.next for step in flow.steps.values()] == ["2", ""]


def test_acting_needs_a_confirmation_and_personal_data_a_proof():
    steps = "  - call: commerce.register_return\n    with: {order: bought, line: bought, reason: bought}"
    with pytest.raises(FlowProblems) as found:
        read_flows(GOOD.replace("  - ask: bought", steps))
    assert "put a “confirm” step before it" in str(found.value)
    assert "put a “verify” step before it" in str(found.value)
    assert "what happens if “commerce.register_return” ends with “too_late”" in str(found.value)


def test_a_link_must_lead_somewhere():
    flows = read_flows(GOOD.replace("- ask: bought", "- link: retrun_item"))
    with pytest.raises(FlowProblems, match="Did you mean “return_item”"):
        check_links(build(flows), flows, "gift.yml")


def test_the_owners_flow_takes_the_place_of_the_shipped_one():
    (own,) = read_flows("flow: _thanks\nsteps:\n  - say: Any time!")
    assert build([own]).find("_thanks") == own


def test_every_sentence_that_ships_exists_in_the_four_languages():
    for flow in library():
        sentences = [step.text for step in flow.steps.values() if isinstance(step, Tell | Confirm)]
        asked = [
            texts
            for slot in flow.slots.values()
            for texts in (slot.ask, slot.label, slot.help, slot.invalid)
            if texts
        ]
        for texts in [*sentences, *asked, *flow.terms.values(), *filter(None, [flow.title, flow.about])]:
            assert set(LANGUAGES) <= set(texts), (flow.name, texts)


def test_flows_that_ship_have_ten_to_twenty_examples_a_language():
    for flow in build().offered():
        assert {
            language: 10 <= len(flow.examples[language]) <= 20 for language in LANGUAGES
        } == dict.fromkeys(LANGUAGES, True)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str):
    try:
        read_flows(text)
    except FlowProblems:
        return
