"""What stands beside a conversation: who the customer is and what went before."""

from typing import Any

from samspill.commerce import own_orders  # noqa: F401 - makes the product's own orders known as a source
from samspill.commerce.models import Order
from samspill.commerce.sources import OrderView, SourceUnavailable, orders_of, source
from samspill.contacts.models import Consent, Contact, Identity
from samspill.conversations.models import Conversation, Message
from samspill.intelligence.entities.entity import LONGEST
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.workspace.current import workspace

EARLIER = 5
ORDERS = 5
RECENT, MENTIONED = 20, 3
WIDTH, HEIGHT = 220, 40


def beside(conversation: Conversation) -> dict[str, Any]:
    """Everything the side panel shows."""
    contact = conversation.contact
    identities = list(contact.identities.exclude(kind=Identity.Kind.VISITOR).order_by("kind", "pk"))
    others = contact.conversations.exclude(pk=conversation.pk).order_by("-last_message_at")
    return {
        "contact": contact,
        "identities": identities,
        "earlier_ones": list(others[:EARLIER]),
        "consents": _consents(contact),
        "trend": trend(conversation),
    }


def orders(contact: Contact) -> tuple[list[OrderView], bool]:
    """The contact's latest orders, and whether the system that holds them answered."""
    try:
        return orders_of(contact)[:ORDERS], True
    except SourceUnavailable:
        return [], False


def mentioned(conversation: Conversation, known: list[OrderView]) -> list[OrderView]:
    """Orders whose number the customer wrote here; that does not prove them to be theirs."""
    said = Message.objects.filter(conversation=conversation, direction="in").order_by("-pk")[:RECENT]
    numbers = OrderNumbers(workspace().order_number)
    written = dict.fromkeys(number for message in said for number in numbers.find(message.text[:LONGEST]))
    fresh = [number for number in written if number not in {order.number for order in known}][:MENTIONED]
    try:
        return [order for number in fresh if (order := source().find(number))]
    except SourceUnavailable:
        return []


def order_status(code: str) -> str:
    """An order's status in words."""
    return dict(Order.Status.choices).get(code, code)


def trend(conversation: Conversation) -> str:
    """The customer's estimated mood, message by message, as points of a line; '' with fewer than two."""
    said = Message.objects.filter(conversation=conversation, direction="in", sentiment__isnull=False)
    moods = list(said.order_by("-pk").values_list("sentiment", flat=True)[:20])[::-1]
    if len(moods) < 2:
        return ""
    step = (WIDTH - 8) / (len(moods) - 1)
    return " ".join(f"{4 + n * step:.1f},{_height(mood):.1f}" for n, mood in enumerate(moods))


def _height(mood: float) -> float:
    return HEIGHT / 2 - max(-1.0, min(1.0, mood)) * (HEIGHT / 2 - 4)


def _consents(contact: Contact) -> list[Consent]:
    rows = Consent.objects.filter(contact=contact)
    latest = rows.order_by("purpose", "channel", "-pk").distinct("purpose", "channel")
    return list(latest)
