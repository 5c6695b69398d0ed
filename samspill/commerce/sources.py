"""Where orders come from: a port, its registry, and what the rest of the product sees of an order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from samspill.commerce.models import OrderSettings
from samspill.contacts.models import Contact, Identity
from samspill.kit import crypto


class SourceUnavailable(Exception):
    """The system that holds the orders does not answer, or not with what was agreed."""


@dataclass(frozen=True)
class Line:
    """One product in an order."""

    sku: str
    name: str
    quantity: int = 1
    price: Decimal = Decimal(0)


@dataclass(frozen=True)
class Parcel:
    """A shipment on its way."""

    carrier: str
    tracking: str
    url: str = ""
    status: str = ""
    expected_on: date | None = None
    delivered_at: datetime | None = None


@dataclass(frozen=True)
class OrderView:
    """An order as every part of the product sees it, whatever system it lives in."""

    number: str
    email: str
    status: str
    placed_at: datetime | None = None
    currency: str = ""
    total: Decimal = Decimal(0)
    country: str = ""
    lines: list[Line] = field(default_factory=list)
    parcels: list[Parcel] = field(default_factory=list)


class OrderSource(Protocol):
    """Reads orders. Raises SourceUnavailable."""

    def find(self, number: str) -> OrderView | None:
        """The order with this number, or None."""

    def of_email(self, email: str) -> list[OrderView]:
        """Orders placed with this address, newest first."""


Factory = Callable[[Mapping[str, Any], str], OrderSource]  # (settings, key) → source
_factories: dict[str, Factory] = {}


def register(kind: str, factory: Factory) -> None:
    """Make a kind of source available; adapters above do this when they are imported."""
    _factories[kind] = factory


def source() -> OrderSource:
    """The source the workspace has chosen; the product's own tables by default."""
    chosen = OrderSettings.objects.filter(pk=1).first()
    if chosen is None:
        return _factories["own"]({}, "")
    return _factories[chosen.source](chosen.settings, crypto.unseal(chosen.key_sealed))


def orders_of(contact: Contact) -> list[OrderView]:
    """The orders of every verified or agent-given mail address of a contact, newest first."""
    addresses = [
        i.value for i in contact.identities.filter(kind=Identity.Kind.EMAIL, verified_at__isnull=False)
    ]
    orders = [order for address in addresses for order in source().of_email(address)]
    return sorted(orders, key=lambda order: str(order.placed_at), reverse=True)
