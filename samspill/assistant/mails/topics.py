"""What a mail wants to know, point by point, with what can be said to each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from samspill.assistant.brains.entities import mentioned
from samspill.assistant.brains.examples import QUESTION
from samspill.assistant.mails.orders import TOOLS, Orders
from samspill.assistant.mails.parts import Part, calls_for_person, is_talk, vectors_of
from samspill.assistant.mails.phrases import joined, phrase
from samspill.assistant.mind import Mind
from samspill.assistant.models import AssistantSettings
from samspill.contacts.consent import SERVICE
from samspill.flows.commands import Command, Set, Start
from samspill.flows.flow import Ask, Branch, CallTool, Flow
from samspill.flows.runner import take_turn as carry_out
from samspill.flows.state import Say, State
from samspill.flows.texts import pick
from samspill.kit import clock
from samspill.knowledge.answer import Answer, find_answer
from samspill.workspace.current import workspace

PERSON = ("human", "complaint")  # labels that ask for people, whatever else the mail says
MOMENTARY = "open_now"  # what is true only while it is said
GUESSED = 0.6  # how sure we are that a bare order number asks where the order is


@dataclass(frozen=True)
class Topic:
    """One thing the mail is about. `kind` says what we have: answer, asks (we need more), person, or nothing."""

    kind: str
    intent: str
    confidence: float
    text: str = ""
    asked: str = ""
    language: str = ""
    personal: bool = False
    source: dict[str, Any] | None = None
    facts: tuple[tuple[str, str], ...] = ()
    call: Mapping[str, str] | None = None  # the callback the text promises

    @property
    def same(self) -> tuple[object, ...]:
        """Two sentences with the same of this are about one thing."""
        return (self.source or {}).get("article"), self.intent if not self.source else "", self.kind


def topics(parts: Sequence[Part], orders: Orders, language: str, knowing: Mind) -> list[Topic]:
    """Every point of the mail once, in the order of the mail."""
    telling = [part for part in parts if not is_talk(part)]
    found = [topic for part in telling if (topic := _wanted(part, telling, orders, language, knowing))]
    found += _asked([part for part in telling if part.asks and not _is_known(part, knowing)], language)
    if not any(topic.kind != "nothing" for topic in found):
        found = [*_told(telling, language), *_by_number(orders, language, knowing), *found][
            : max(1, len(found))
        ]
    return _once(found)


def _once(found: Sequence[Topic]) -> list[Topic]:
    kept: dict[tuple[object, ...], Topic] = {}
    for topic in found:
        key = (topic.asked,) if topic.kind == "nothing" else topic.same
        if key not in kept or topic.confidence > kept[key].confidence:
            kept[key] = topic
    return list(kept.values())


def flow_of(label: str, knowing: Mind) -> Flow | None:
    """The flow a label leads to."""
    lead = knowing.intents.leads.get(label)
    name = label if lead is None else lead.flow if lead.to == "flow" else ""
    found = knowing.catalogue.find(name)
    return None if found is None or found.reserved else found


def _is_known(part: Part, knowing: Mind) -> bool:
    lead = knowing.intents.leads.get(part.guess.label)
    leads_on = flow_of(part.guess.label, knowing) is not None or (lead is not None and lead.to == "person")
    return part.guess.sure and (leads_on or (part.guess.label in PERSON and calls_for_person(part)))


def _is_in_passing(part: Part, all_parts: Sequence[Part]) -> bool:
    """Whether it tells what may sound like a wish, in a mail that asks for something else."""
    return not part.asks and not part.guess.clear and any(one.asks for one in all_parts)


def _wanted(
    part: Part, all_parts: Sequence[Part], orders: Orders, language: str, knowing: Mind
) -> Topic | None:
    """What a sentence surely is about: a flow, or a person."""
    label, score = part.guess.label, part.guess.score
    if not _is_known(part, knowing) or _is_in_passing(part, all_parts):
        return None
    flow = flow_of(label, knowing)
    if flow is None:
        return Topic("person", label, score, asked=part.text)
    said = " ".join(one.text for one in all_parts)
    return _by_flow(flow, label, score, part.text, said, orders, language, knowing)


def _by_flow(
    flow: Flow, label: str, score: float, asked: str, said: str, orders: Orders, language: str, knowing: Mind
) -> Topic:
    if not _only_looks(flow):
        return _acting(flow, label, score, asked, said, language, knowing)
    personal = _is_personal(flow, knowing)
    if personal and not orders.proven:
        return Topic("asks", label, score, phrase(language, "unverified"), asked, language)
    if personal and not orders.reachable:
        return Topic("nothing", label, score, asked=asked)
    outcome = carry_out(
        _state(language), _commands(flow, said, orders, language, knowing), knowing.catalogue, TOOLS, orders
    )
    text = joined(_texts(outcome.says, flow), language)
    kind = "asks" if outcome.state.asking else "answer" if text else "nothing"
    told = personal and any(order in text for order in orders.own)
    return Topic(kind, label, score, text, asked, language, personal=told)


def _texts(says: Sequence[Say], flow: Flow) -> list[str]:
    """Without what holds only now: a mail is read hours later."""
    arms = [
        (one.then, one.otherwise)
        for one in flow.steps.values()
        if isinstance(one, Branch) and MOMENTARY in one.condition
    ]
    passing = {f"{flow.name}/{step}" for pair in arms for step in pair}
    return [said.text for said in says if said.text and said.key not in passing]


def _only_looks(flow: Flow) -> bool:
    return all(step.tool in TOOLS for step in flow.steps.values() if isinstance(step, CallTool))


def _is_personal(flow: Flow, knowing: Mind) -> bool:
    used = [step.tool for step in flow.steps.values() if isinstance(step, CallTool)]
    return any(knowing.catalogue.tools[name].private for name in used)


def _state(language: str) -> State:
    company = workspace()
    return State().facing(
        language=language,
        now=clock.now().astimezone(ZoneInfo(company.time_zone)).isoformat(),
        verified="mail",  # private tools look at nothing but the sender's own orders, and only of proven senders
        consent={SERVICE: True},  # whoever names an order in a mail to us wants it looked up
        known={
            "company": company.name,
            "assistant": AssistantSettings.current().name,
            "desk_language": company.language,
            "country": company.country,
        },
    )


def _commands(flow: Flow, said: str, orders: Orders, language: str, knowing: Mind) -> list[Command]:
    around = knowing.catalogue.around(_state(language))
    given: list[Command] = list(mentioned(flow, said, around))
    numbered = [slot.name for slot in flow.slots.values() if slot.type == "order_number"]
    if numbered and orders.latest and not any(isinstance(one, Set) and one.slot in numbered for one in given):
        given.append(Set(numbered[0], orders.latest))
    return [Start(flow.name), *given]


def _acting(
    flow: Flow, label: str, score: float, asked: str, said: str, language: str, knowing: Mind
) -> Topic:
    """Nothing is done by mail without the customer's yes: we ask for what is missing, or a person has it all."""
    around = knowing.catalogue.around(_state(language))
    given = {one.slot: str(one.value) for one in mentioned(flow, said, around)}
    wanted = [flow.slots[step.slot] for step in flow.steps.values() if isinstance(step, Ask)]
    missing = [slot for slot in wanted if slot.label and slot.name not in given and not slot.optional]
    facts = tuple(
        (pick(flow.slots[name].label, workspace().language) or name, value) for name, value in given.items()
    )
    if not missing:
        return Topic("person", label, score, asked=asked, facts=facts)
    what = ", ".join(dict.fromkeys(pick(slot.label, language) for slot in missing))
    return Topic("asks", label, score, phrase(language, "missing", what=what), asked, language, facts=facts)


def _asked(parts: Sequence[Part], language: str) -> list[Topic]:
    """Questions for the articles; where a sentence alone finds none, the one before may say what it is about."""
    answers = [find_answer(part.text, language, part.vector) for part in parts]
    unclear = [part for part, answer in zip(parts, answers, strict=True) if not answer and part.around]
    vectors = iter(vectors_of([part.around for part in unclear]))
    return [
        _answered(part, find_answer(part.around, language, next(vectors)) if not one and part.around else one)
        for part, one in zip(parts, answers, strict=True)
    ]


def _answered(part: Part, answer: Answer) -> Topic:
    label = part.guess.label if part.guess.sure else QUESTION
    return _by_article(answer, label, part.text) if answer else Topic("nothing", label, 0.0, asked=part.text)


def _by_article(answer: Answer, label: str, asked: str) -> Topic:
    source = {
        "article": answer.article,
        "title": answer.title,
        "url": answer.url,
        "language": answer.language,
    }
    return Topic("answer", label, answer.confidence, answer.text, asked, answer.language, source=source)


def _told(parts: Sequence[Part], language: str) -> Iterator[Topic]:
    """Where nothing was asked in so many words: the first thing told that an article surely answers."""
    for part in parts:
        answer = find_answer(part.text, language, part.vector)
        if answer:
            yield _by_article(answer, part.guess.label if part.guess.sure else QUESTION, part.text)
            return


def _by_number(orders: Orders, language: str, knowing: Mind) -> Iterator[Topic]:
    flow = knowing.catalogue.find("order_status")
    if flow is not None and orders.numbers:
        yield _by_flow(
            flow, flow.name, GUESSED, orders.numbers[0], " ".join(orders.numbers), orders, language, knowing
        )
