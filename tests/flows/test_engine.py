"""What the engine does at every turn of a conversation that does not go straight."""

from samspill.flows.catalogue import build
from samspill.flows.commands import Answer, Cancel, Clarify, HandOver, Repeat, Set, Start
from samspill.flows.engine import advance
from samspill.flows.runner import resume
from samspill.flows.state import State
from tests.flows.talk import Talk, verified

CODE = "482913"


def at_confirm() -> Talk:
    talk = verified()
    talk.turn(Start("return_item"), Set("order_number", "ns 10482"))
    talk.turn(Set("line", "Nordlys lamp"))
    assert "Is that right" in talk.says(Set("reason", "broken"))
    return talk


def test_a_stranger_gives_consent_proves_himself_and_sees_his_order():
    talk = Talk()
    assert "Is that OK?" in talk.says(Start("order_status"))
    assert "order number" in talk.says(Set("agreed", True))
    assert "If this order exists" in talk.says(Set("order_number", "#10482"))
    said = talk.turn(Set("code", CODE))
    assert any(say.card and say.card["number"] == "NS-10482" for say in said)
    assert talk.shop.consents == [("service", True)]
    assert talk.state.stack == []


def test_an_order_that_does_not_exist_looks_the_same_before_the_code():
    one, other = Talk(), Talk()
    for talk in (one, other):
        talk.turn(Start("order_status"))
        talk.turn(Set("agreed", True))
    assert one.says(Set("order_number", "NS-10482")) == other.says(Set("order_number", "NS-99999"))
    assert "isn't right" in other.says(Set("code", CODE))
    assert not other.made("commerce.find_order")


def test_a_verified_customer_never_sees_anothers_order():
    assert "can't find order NS-20001" in verified().says(
        Start("order_status"), Set("order_number", "NS-20001")
    )


def test_refused_consent_ends_politely_with_the_way_to_a_person():
    talk = Talk()
    talk.turn(Start("order_status"), Set("order_number", "NS-10482"))
    said = talk.turn(Set("agreed", False))
    assert said[0].choices[0].value == "_person"
    assert not talk.made("identity.start")
    assert talk.state.stack == []


def test_the_return_is_registered_after_the_yes_and_only_once():
    talk = at_confirm()
    assert not talk.shop.returns
    assert "R-0001" in talk.says(Set("_confirm", True))
    talk.turn(Set("_confirm", True))
    assert len(talk.shop.returns) == 1


def test_a_no_at_the_confirmation_does_nothing():
    talk = at_confirm()
    assert "nothing has been registered" in talk.says(Set("_confirm", False))
    assert not talk.shop.returns


def test_a_correction_is_confirmed_again_even_when_it_comes_with_the_yes():
    talk = at_confirm()
    said = talk.says(Set("reason", "changed_mind"), Set("_confirm", True))
    assert "Changed my mind" in said
    assert not talk.shop.returns
    talk.turn(Set("_confirm", True))
    assert [made["reason"] for made in talk.shop.returns.values()] == ["changed_mind"]


def test_another_order_forgets_the_line_chosen_from_the_first():
    talk = at_confirm()
    said = talk.says(Set("order_number", "NS-10483"))
    assert "Skog rug" in said
    assert talk.state.stack[0].slots["line"] == "rug"


def test_a_side_question_is_answered_and_the_open_one_asked_again():
    talk = verified()
    talk.turn(Start("return_item"))
    said = talk.turn(Answer("are gift cards valid long?"))
    assert said[0].source == {"title": "Gift cards", "url": "/help/gift"}
    assert said[-1].key == "return_item/order_number"


def test_an_unknown_question_gets_an_honest_answer():
    said = Talk().turn(Answer("what is the meaning of life"))
    assert "rather not guess" in said[0].text
    assert said[0].choices[0].value == "_person"


def test_another_flow_comes_between_and_the_first_goes_on_afterwards():
    talk = verified()
    talk.turn(Start("return_item"))
    said = talk.says(Start("opening_hours"))
    assert (
        said.index("open right now")
        < said.index("Back to what we were doing: Return")
        < said.index("order number")
    )


def test_two_wishes_are_served_in_the_order_they_were_said():
    said = verified().says(Start("opening_hours"), Start("delivery"))
    assert said.index("open right now") < said.index("Which country")


def test_cancel_stops_the_flow_and_returns_to_the_one_before():
    talk = verified()
    talk.turn(Start("return_item"))
    talk.turn(Start("delivery"))
    said = talk.says(Cancel())
    assert said.index("I'll stop there") < said.index("Back to")
    talk.turn(Cancel())
    assert talk.state.stack == []


def test_wrong_answers_get_a_hint_then_help_then_the_offer_of_a_person():
    talk = verified()
    talk.turn(Start("order_status"))
    assert "doesn't look like" in talk.says(Set("order_number", "banana"))
    assert "confirmation e-mail" in talk.says(Set("order_number", "banana"))
    assert talk.says(Set("order_number", "banana")) == "Shall I pass you on to a colleague?"
    talk.turn(Set("wanted", True))
    assert talk.state.handed_over == "not_understood"


def test_not_understood_twice_offers_a_person():
    talk = Talk()
    assert "another way" in talk.says(Clarify())
    assert "colleague" in talk.says(Clarify())


def test_clarify_offers_the_candidates_and_starts_the_chosen_one():
    talk = verified()
    said = talk.turn(Clarify(("return_item", "order_status")))
    assert [choice.value for choice in said[0].choices] == ["return_item", "order_status", "_offer_person"]
    assert "Which order" in talk.says(Set("wanted", "Return"))


def test_a_person_gets_the_facts_and_the_assistant_falls_silent():
    talk = at_confirm()
    assert "won't have to repeat" in talk.says(HandOver("asked"))
    handover = talk.shop.handovers[0]
    assert handover["summary"] == (
        "Return: order number NS-10482; item lamp; reason Broken or faulty\nIdentity verified."
    )
    assert {"flow": "return_item", "slot": "reason", "value": "broken"} in handover["facts"]
    assert talk.turn(Start("opening_hours")) == []
    talk.state = talk.state.taken_back()
    assert talk.turn(Start("opening_hours"))


def test_outside_opening_hours_the_handover_says_so():
    talk = Talk()
    talk.shop.open_now = False
    assert "closed right now" in talk.says(HandOver("asked"))


def test_a_broken_tool_is_an_apology_not_an_outage():
    talk = verified()
    tools = {**talk.shop.tools(), "workspace.hours": lambda context: 1 / 0}
    talk.shop.tools = lambda: tools
    assert "went wrong" in talk.says(Start("opening_hours"))


def test_a_broken_handover_leaves_the_assistant_in_charge():
    talk = verified()
    talk.shop.tools = dict
    assert "can't reach a colleague" in talk.says(HandOver("asked"))
    assert talk.state.handed_over == ""


def test_repeat_says_the_last_thing_again():
    talk = verified()
    first = talk.says(Start("order_status"))
    assert talk.says(Repeat()) == first


def test_a_change_after_the_deed_goes_to_a_person():
    talk = at_confirm()
    stack = talk.state.stack[0]
    stack.acted = ["6"]
    assert "can't change it myself" in talk.says(Set("reason", "does_not_fit"))


def test_the_order_number_can_be_corrected_while_the_code_is_on_its_way():
    talk = Talk()
    talk.turn(Start("order_status"), Set("order_number", "NS-99999"))
    talk.turn(Set("agreed", True))
    assert "If this order exists" in talk.says(Set("order_number", "NS-10482"))
    assert "NS-10482 has been sent" in talk.says(Set("code", CODE))


def test_the_language_of_the_conversation_is_spoken():
    assert "Hva er ordrenummeret ditt?" in verified("nb").says(Start("order_status"))
    assert "請問您的訂單編號是" in verified("zh-Hant").says(Start("order_status"))
    assert "order number" in verified("sv").says(Start("order_status"))


def test_state_is_one_document():
    talk = at_confirm()
    assert State.model_validate_json(talk.state.model_dump_json()) == talk.state


def test_after_a_crash_the_deed_is_done_once():
    talk = at_confirm()
    waiting = advance(talk.state, [Set("_confirm", True)], talk.catalogue).state
    assert waiting.waiting is not None
    first = resume(waiting, talk.catalogue, talk.shop.tools())
    again = resume(waiting, talk.catalogue, talk.shop.tools())
    assert first == again
    assert len(talk.shop.returns) == 1


def test_what_is_said_while_a_tool_works_waits_its_turn():
    state = advance(verified().state, [Start("opening_hours")], build()).state
    waiting = advance(state, [Start("delivery")], build())
    assert (waiting.says, waiting.calls) == ([], [])
    outcome = resume(waiting.state, build(), verified().shop.tools())
    assert "Which country" in "\n".join(say.text for say in outcome.says)


def test_circumstances_are_given_before_a_turn_and_kept_when_not():
    state = State(language="en", verified="kari", consent={"service": True})
    facing = state.facing(language="nb", now="2026-03-10T10:00:00", consent={"analysis": False})
    assert (facing.language, facing.verified) == ("nb", "kari")
    assert facing.consent == {"service": True, "analysis": False}
    assert state.facing(language="nb", verified="").verified == ""
