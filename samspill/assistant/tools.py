"""What flows may do: each tool checks for itself what it is allowed to."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import Any

from django.db import transaction

from samspill.assistant.calling import callback_offer, request_callback
from samspill.assistant.circumstances import Circumstances
from samspill.assistant.views import delivery_view, hours_view, order_view
from samspill.commerce.returns import TooLate, register_return
from samspill.commerce.sources import OrderView, source
from samspill.contacts import consent, verify
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.hand_over import hand_over
from samspill.flows.tools import ToolResult, Tools
from samspill.kit import clock
from samspill.kit.rate import TooMany
from samspill.knowledge.answer import find_answer
from samspill.knowledge.gaps import record_question
from samspill.workspace.current import workspace
from samspill.workspace.delivery import delivery


def find_order(here: Circumstances, number: str) -> ToolResult:
    """An order, to whoever has proven to own the address on it; `missing` to everybody else."""
    order = _own_order(here, number)
    return ToolResult(outcome="found", data=order_view(order)) if order else ToolResult(outcome="missing")


def orders(here: Circumstances) -> ToolResult:
    """The orders of every address the visitor has proven to own."""
    proven = verify.proven_addresses(here.visitor)
    addresses = Identity.objects.filter(kind="email", value_hash__in=proven)
    found = [order for identity in addresses for order in source().of_email(identity.value)]
    return ToolResult(outcome="found" if found else "none", data=[order_view(order) for order in found[:10]])


def return_item(here: Circumstances, key: str, order: str, line: str, reason: str) -> ToolResult:
    """Register that an item of the visitor's own order comes back."""
    own = _own_order(here, order)
    if own is None or line not in {row.sku for row in own.lines}:
        return ToolResult(outcome="refused")
    try:
        # the engine's ids are unique within a conversation
        said = here.conversation
        registered = register_return(
            own, line, reason, key=f"{said.pk}:{key}", contact=said.contact, identity=said.identity
        )
    except TooLate:
        return ToolResult(outcome="too_late")
    return ToolResult(outcome="registered", data={"return_number": registered.number})


def delivery_offer(here: Circumstances, country: str, kind: str) -> ToolResult:
    """Days and cost of a delivery."""
    row = delivery(workspace(), country, kind)
    return ToolResult(outcome="found", data=delivery_view(row)) if row else ToolResult(outcome="unknown")


def start_identity(here: Circumstances, key: str) -> ToolResult:
    """Have a code sent to whoever owns the order or address; the outcome is always the same."""
    with suppress(TooMany):  # said nowhere: it would tell that earlier tries meant something
        verify.new_code(here.visitor, str(key), here.language)
    return ToolResult(outcome="sent")


def check_identity(here: Circumstances, code: str) -> ToolResult:
    """Compare the code; proving an address may make visitor and customer one contact."""
    outcome = verify.check_code(here.visitor, str(code))
    if outcome == "verified":
        here.conversation.refresh_from_db()
        return ToolResult(outcome=outcome, data={"contact": str(here.conversation.contact_id)})
    return ToolResult(outcome=outcome)


def hours(here: Circumstances) -> ToolResult:
    """Whether people are there now, and when they are."""
    return ToolResult(outcome="found", data=hours_view(workspace(), clock.now(), here.language))


def record_consent(here: Circumstances, purpose: str, given: bool) -> ToolResult:
    """Append the visitor's answer to the consent ledger."""
    said = here.conversation
    consent.record(said.contact, purpose, said.inbox.channel, given=bool(given), identity=said.identity)
    return ToolResult(outcome="recorded")


def answer(here: Circumstances, question: str) -> ToolResult:
    """Look a question up; what nobody can answer is kept for the people who write the articles."""
    vector = here.vector if question == here.message.text else None
    found = find_answer(question, here.language, vector)
    here.answers.append(found)
    if found:
        return ToolResult(outcome="found", data={"text": found.text, "title": found.title, "url": found.url})
    record_question(
        question,
        here.language,
        "chat",
        message_id=here.message.pk,
        conversation_id=here.conversation.pk,
        vector=vector,
    )
    return ToolResult(outcome="unknown")


def to_people(here: Circumstances, reason: str, summary: str, facts: list[dict[str, Any]]) -> ToolResult:
    """Give the conversation to people; whether they are there now goes into what is said."""
    rows = [{"name": str(fact["slot"]), "value": str(fact["value"])} for fact in facts]
    hand_over(here.conversation, reason, summary=summary, facts=rows)
    here.handed_over = True
    now = hours_view(workspace(), clock.now(), here.language)
    return ToolResult(outcome="taken" if now["open_now"] else "closed", data=now)


def _own_order(here: Circumstances, number: str) -> OrderView | None:
    proven = verify.proven_addresses(here.visitor)
    order = source().find(number) if proven else None
    return order if order and address_hash("email", order.email) in proven else None


def _guarded(tool: Callable[..., ToolResult]) -> Callable[..., ToolResult]:
    """In a savepoint of its own: a tool that breaks in the database must not take the turn with it."""

    @wraps(tool)
    def use(*arguments: Any, **named: Any) -> ToolResult:
        with transaction.atomic():
            return tool(*arguments, **named)

    return use


TOOLS: Tools = {
    name: _guarded(tool)
    for name, tool in {
        "commerce.find_order": find_order,
        "commerce.orders": orders,
        "commerce.register_return": return_item,
        "commerce.delivery": delivery_offer,
        "identity.start": start_identity,
        "identity.check": check_identity,
        "workspace.hours": hours,
        "consent.record": record_consent,
        "knowledge.answer": answer,
        "callback.offer": callback_offer,
        "callback.request": request_callback,
        "conversation.hand_over": to_people,
    }.items()
}
