import secrets
from datetime import timedelta

from django.db import IntegrityError, transaction

from samspill.commerce.models import Return
from samspill.commerce.sources import OrderView
from samspill.contacts.models import Contact, Identity
from samspill.kit import clock
from samspill.kit.events import emit

RETURN_DAYS = 30


class TooLate(Exception):
    """The days in which goods may be sent back are over."""


def register_return(
    order: OrderView, sku: str, reason: str, *, key: str, contact: Contact, identity: Identity | None = None
) -> Return:
    """Note that an item comes back; the same key or the same item gives the same return. Raises TooLate."""
    known = Return.objects.filter(key=key).first() or _of_line(order.number, sku)
    if known:
        return known
    if _too_late(order):
        raise TooLate
    try:
        with transaction.atomic():
            return _register(order, sku, reason, key, contact, identity)
    except IntegrityError:
        return Return.objects.get(order_number=order.number, sku=sku)


def _register(
    order: OrderView, sku: str, reason: str, key: str, contact: Contact, identity: Identity | None
) -> Return:
    registered = Return.objects.create(
        number=f"R-{secrets.randbelow(900_000) + 100_000}",
        order_number=order.number,
        sku=sku,
        reason=reason[:30],
        key=key,
        contact=contact,
        identity=identity,
    )
    emit("return.registered", actor=contact.actor, contact=contact.pk, **{"return": registered.pk})
    return registered


def _of_line(number: str, sku: str) -> Return | None:
    return Return.objects.filter(order_number=number, sku=sku).first()


def _too_late(order: OrderView) -> bool:
    delivered = [parcel.delivered_at for parcel in order.parcels if parcel.delivered_at]
    return bool(delivered) and max(delivered) + timedelta(days=RETURN_DAYS) < clock.now()
