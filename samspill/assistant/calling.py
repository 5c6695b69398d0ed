"""The tools by which a flow has the customer called back."""

from dataclasses import asdict

from samspill.assistant.circumstances import Circumstances
from samspill.contacts import verify
from samspill.conversations.callback import NotPossible, Wish, callbacks
from samspill.flows.tools import ToolResult


def callback_offer(here: Circumstances, number: str) -> ToolResult:
    """The times this number can be called at and what the customer would agree to, or what is wrong with it."""
    desk = callbacks()
    if desk is None:
        return ToolResult(outcome="off")
    try:
        offer = desk.offer(here.conversation.contact, str(number), here.language)
    except NotPossible as problem:
        return ToolResult(outcome="no_number" if problem.code == "missing" else problem.code)
    return ToolResult(outcome="possible", data=asdict(offer))


def request_callback(
    here: Circumstances, key: str, number: str, topic: str, when: str, wording: str
) -> ToolResult:
    """Open a callback for the visitor; asked again for the same number, the open one takes in the new wish."""
    desk, said = callbacks(), here.conversation
    if desk is None:
        return ToolResult(outcome="refused")
    proven = bool(verify.proven_addresses(here.visitor))
    wish = Wish(
        str(number), "chat", topic=str(topic or ""), when=str(when or ""), language=here.language,
        wording=str(wording), proven=proven,
    )  # fmt: skip
    try:
        asked = desk.request(said, wish, by=said.contact.actor)
    except NotPossible as problem:
        return ToolResult(outcome="past" if problem.code == "past" else "refused")
    # the chat draws a card; elsewhere the words and the link must do
    card = asked.card if said.inbox.channel == "webchat" else None
    return ToolResult(
        outcome="asked", data={"number": asked.number, "when": asked.when, "url": asked.url, "card": card}
    )
