"""Orders in the product's own tables."""

from collections.abc import Mapping
from typing import Any

from samspill.commerce.models import Order
from samspill.commerce.sources import Line, OrderView, Parcel, register
from samspill.contacts.recognise import address_hash


class OwnOrders:
    """The adapter over samspill_order and its lines and shipments."""

    def find(self, number: str) -> OrderView | None:
        """Numbers are compared without regard to case."""
        order = _whole().filter(number=number.upper()).first()
        return _view(order) if order else None

    def of_email(self, email: str) -> list[OrderView]:
        """At most the twenty newest."""
        return [_view(order) for order in _whole().filter(email_hash=address_hash("email", email))[:20]]


def _whole():  # type: ignore[no-untyped-def]
    return Order.objects.prefetch_related("lines", "shipments")


def _view(order: Order) -> OrderView:
    return OrderView(
        number=order.number,
        email=order.email,
        status=order.status,
        placed_at=order.placed_at,
        currency=order.currency,
        total=order.total,
        country=order.country,
        lines=[Line(line.sku, line.name, line.quantity, line.price) for line in order.lines.all()],
        parcels=[
            Parcel(s.carrier, s.tracking, s.url, s.status, s.expected_on, s.delivered_at)
            for s in order.shipments.all()
        ],
    )


def make(settings: Mapping[str, Any], key: str) -> OwnOrders:
    """Nothing to configure."""
    return OwnOrders()


register("own", make)
