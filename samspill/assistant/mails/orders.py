"""Which orders the sender of a mail may hear of, and the tools a flow may use for a mail."""

from dataclasses import dataclass, field

from samspill.assistant.tools import delivery_offer, hours
from samspill.assistant.views import order_view
from samspill.commerce.sources import OrderView, SourceUnavailable, source
from samspill.contacts import verify
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Message
from samspill.flows.tools import ToolResult, Tools
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.workspace.current import workspace

MOST_NUMBERS = 5
OVER = ("delivered", "returned", "cancelled")


@dataclass
class Orders:
    """What may be told. `proven`: it is certain that the owner of `address` wrote."""

    address: str
    proven: bool
    numbers: list[str]  # that the mail names, whoever they belong to
    own: dict[str, OrderView] = field(default_factory=dict)
    reachable: bool = True
    language: str = ""

    @property
    def latest(self) -> str:
        """The one a mail without a number probably means: the newest under way; "" where several could be meant."""
        under_way = [number for number, order in self.own.items() if order.status not in OVER]
        return under_way[0] if len(under_way) == 1 else ""


def look_up(message: Message, text: str, language: str) -> Orders:
    """The orders of whoever wrote this mail, as far as it is proven who did."""
    address = str(message.letter.sender.get("address", ""))
    numbers = OrderNumbers(workspace().order_number).find(text)[:MOST_NUMBERS]
    found = Orders(address, is_proven(message, address), numbers, language=language)
    if not found.proven:
        return found
    try:
        mine = source().of_email(address)
    except SourceUnavailable:
        found.reachable = False
        return found
    same = address_hash("email", address)
    found.own = {order.number: order for order in mine if address_hash("email", order.email) == same}
    return found


def is_proven(message: Message, address: str) -> bool:
    """Whether the sender's domain vouches for the mail, or its sender has lately proven to own the address."""
    if not address or not is_theirs(message, address):
        return False
    if message.letter.proven:
        return True
    return address_hash("email", address) in verify.proven_addresses(message.conversation.identity)


def is_theirs(message: Message, address: str) -> bool:
    """Whether our reply goes to the sender: somebody else may have joined a customer's thread."""
    conversation, wanted = message.conversation, address_hash("email", address)
    if conversation.identity.kind == Identity.Kind.EMAIL:
        return conversation.identity.value_hash == wanted
    return conversation.contact.identities.filter(kind=Identity.Kind.EMAIL, value_hash=wanted).exists()


def find_order(here: Orders, number: str) -> ToolResult:
    """An order of the sender's own; `missing` for every other, whether it exists or not."""
    order = here.own.get(number)
    return ToolResult(outcome="found", data=order_view(order)) if order else ToolResult(outcome="missing")


def orders(here: Orders) -> ToolResult:
    """All orders of the sender."""
    found = [order_view(order) for order in list(here.own.values())[:10]]
    return ToolResult(outcome="found" if found else "none", data=found)


# what only looks: nothing here changes anything, so a mail may use it without the customer's yes
TOOLS: Tools = {
    "commerce.find_order": find_order,
    "commerce.orders": orders,
    "commerce.delivery": delivery_offer,
    "workspace.hours": hours,
}
