"""What no sequence of commands may ever bring about."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samspill.assistant.pretend import PretendShop
from samspill.flows.catalogue import build
from samspill.flows.commands import (
    Answer,
    Cancel,
    Clarify,
    Command,
    HandOver,
    Repeat,
    Set,
    Start,
    parse,
    serialise,
)
from samspill.flows.engine import advance
from samspill.flows.runner import MAX_CALLS, take_turn
from samspill.flows.state import Outcome, Result, State
from samspill.flows.tools import STANDARD

CATALOGUE = build()
SLOTS = sorted({slot for flow in CATALOGUE.flows.values() for slot in flow.slots} | {"_confirm", "nonsense"})
LIKELY = [
    "NS-10482",
    "NS-10483",
    "482913",
    "000000",
    "lamp",
    "broken",
    "yes",
    "no",
    "NO",
    "parcel",
    "",
    "\x00",
    "😀",
]
values = (
    st.sampled_from(LIKELY)
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
)
names = st.sampled_from([*sorted(CATALOGUE.flows), "nonsense", ""])
commands = st.one_of(
    st.builds(Start, st.sampled_from([flow.name for flow in CATALOGUE.offered()]) | names),
    st.builds(Set, st.sampled_from(SLOTS), values),
    st.builds(Set, st.sampled_from(["agreed", "_confirm", "wanted"]), st.booleans()),
    st.builds(Cancel),
    st.builds(Clarify, st.lists(names, max_size=4).map(tuple)),
    st.builds(Answer, st.text(max_size=30)),
    st.builds(HandOver, st.text(max_size=10)),
    st.builds(Repeat),
)
turns = st.lists(st.lists(commands, max_size=5), max_size=12)
starts = st.builds(
    State,
    language=st.sampled_from(["nb", "de", "zh-Hant", "en", "ja", "xx", ""]),
    verified=st.sampled_from(["", "kari"]),
    consent=st.sampled_from([{}, {"service": True}, {"service": False}]),
    now=st.sampled_from(["", "2026-03-10T10:00:00", "nonsense"]),
)
PERSONAL = {tool.name for tool in STANDARD.values() if tool.private}


def converse(state: State, talk: list[list[Command]]) -> tuple[PretendShop, list[Outcome]]:
    shop, outcomes = PretendShop(contact=state.verified), list[Outcome]()
    for said in talk:
        outcomes.append(take_turn(state, said, CATALOGUE, shop.tools()))
        state = outcomes[-1].state
    return shop, outcomes


@settings(max_examples=150, deadline=None)
@given(starts, turns)
def test_no_talk_breaks_the_engine_and_every_turn_is_answered(state: State, talk: list[list[Command]]):
    for said, before, outcome in _steps(state, talk):
        assert State.model_validate_json(outcome.state.model_dump_json()) == outcome.state
        assert len(outcome.calls) <= MAX_CALLS + 1
        assert len(outcome.state.stack) <= 8
        assert outcome.state.waiting is None
        assert outcome.says or not said or before.handed_over


@settings(max_examples=150, deadline=None)
@given(starts, turns)
def test_nothing_is_done_without_a_yes_to_exactly_that(state: State, talk: list[list[Command]]):
    for said, before, outcome in _steps(state, talk):
        for call in outcome.calls:
            if STANDARD[call.tool].acting:
                assert Set("_confirm", True) in said or Set("_confirm", "yes") in said
                asked = before.asking
                assert asked is not None
                assert asked.slot == "_confirm"
                run = next(run for run in before.stack if run.id == asked.run)
                assert run.shown is not None
                assert run.shown["line"] == call.arguments["line"]
                assert run.shown["reason"] == call.arguments["reason"]


@settings(max_examples=150, deadline=None)
@given(starts, turns)
def test_nothing_personal_before_identity_and_consent(state: State, talk: list[list[Command]]):
    for _, before, outcome in _steps(state, talk):
        known = bool(before.verified)
        for call in outcome.calls:
            known = known or call.tool == "identity.check"
            assert known or call.tool not in PERSONAL
            if call.tool == "identity.start":
                assert outcome.state.consent.get("service") or before.consent.get("service")


@settings(max_examples=80, deadline=None)
@given(starts, turns)
def test_replay_gives_the_same_conversation(state: State, talk: list[list[Command]]):
    assert converse(state, talk)[1] == converse(state, talk)[1]


@settings(max_examples=80, deadline=None)
@given(starts, turns)
def test_one_question_at_a_time(state: State, talk: list[list[Command]]):
    for _, _, outcome in _steps(state, talk):
        asked = [
            say
            for say in outcome.says
            if outcome.state.asking and say.choices == outcome.state.asking.choices
        ]
        questions = [say for say in outcome.says if say.key.split("/")[-1] in {*SLOTS} - {"nonsense"}]
        assert len(questions) <= 1 or asked


results = st.builds(
    Result,
    id=st.sampled_from(["r1:2:0", "r1:1:2", "nonsense"]),
    outcome=st.sampled_from(["", "ok", "found", "verified", "failed", "nonsense"]),
    data=st.none()
    | st.dictionaries(st.text(max_size=5), st.integers())
    | st.lists(st.integers())
    | st.text(),
)


@settings(max_examples=150, deadline=None)
@given(starts, st.lists(st.lists(commands | results, max_size=4), max_size=10), results)
def test_late_wrong_and_foreign_results_do_no_harm(state: State, talk: list[list[Any]], result: Result):
    verified = state.verified
    for said in talk:
        state = advance(state, said, CATALOGUE).state
        if state.waiting:
            asked = state.waiting
            state = advance(state, [result.model_copy(update={"id": asked.id})], CATALOGUE).state
            if asked.tool == "identity.check" and result.outcome == "verified":
                verified = state.verified
    assert state.verified == verified


@given(st.lists(commands, max_size=6))
def test_commands_survive_the_way_through_json(said: list[Command]):
    assert parse(serialise(said)) == said


def test_advance_leaves_its_input_alone():
    state = State()
    advance(state, [Start("order_status")], CATALOGUE)
    assert state == State()


def _steps(state: State, talk: list[list[Command]]) -> list[tuple[list[Command], State, Outcome]]:
    outcomes = converse(state, talk)[1]
    return list(zip(talk, [state, *(outcome.state for outcome in outcomes)], outcomes, strict=False))
