"""Facts in the shape flows can mention: plain data, nothing the customer may not see."""

from datetime import datetime
from typing import Any

from babel import Locale
from babel.dates import get_day_names

from samspill.commerce.sources import OrderView, Parcel
from samspill.workspace.hours import DAYS, opening
from samspill.workspace.models import Workspace

_STATUS = {"placed": "received"}


def order_view(order: OrderView) -> dict[str, Any]:
    """An order for a sentence and for the card under it."""
    latest = _latest(order.parcels)
    return {
        "number": order.number,
        "status": _STATUS.get(order.status, order.status),
        "placed": order.placed_at.date().isoformat() if order.placed_at else "",
        "total": {"amount": f"{order.total:.2f}", "currency": order.currency},
        "lines": [{"sku": line.sku, "name": line.name, "quantity": line.quantity} for line in order.lines],
        "parcels": [_parcel(parcel) for parcel in order.parcels],
        "tracking_url": latest.url if latest else "",
        "expected": latest.expected_on.isoformat() if latest and latest.expected_on else "",
    }


def delivery_view(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the workspace's delivery table."""
    currency = row["currency"]
    offer = {"days": row["days"], "cost": {"amount": str(row["cost"]), "currency": currency}}
    if row.get("free_over"):
        offer["free_from"] = {"amount": str(row["free_over"]), "currency": currency}
    return offer


def hours_view(workspace: Workspace, moment: datetime, language: str) -> dict[str, Any]:
    """Opening hours as lines in the customer's language, and how to reach people."""
    now = opening(workspace, moment)
    return {
        "open_now": now.open_now,
        "opens_at": now.opens_at.isoformat() if now.opens_at else "",
        "lines": _lines(workspace, language),
        "phone": workspace.phone,
        "email": workspace.email,
    }


def _lines(workspace: Workspace, language: str) -> list[str]:
    names = get_day_names("abbreviated", locale=Locale.parse(language.replace("-", "_")))
    runs: list[tuple[int, int, str]] = []
    for number, day in enumerate(DAYS):
        text = ", ".join(f"{start}–{end}" for start, end in workspace.hours.get(day, [])) or "–"
        if runs and runs[-1][2] == text:
            runs[-1] = (runs[-1][0], number, text)
        else:
            runs.append((number, number, text))
    return [f"{_span(names, first, last)}: {text}" for first, last, text in runs]


def _span(names: Any, first: int, last: int) -> str:
    return str(names[first]) if first == last else f"{names[first]}–{names[last]}"


def _parcel(parcel: Parcel) -> dict[str, str]:
    return {
        "carrier": parcel.carrier,
        "tracking": parcel.tracking,
        "url": parcel.url,
        "status": parcel.status,
        "expected": parcel.expected_on.isoformat() if parcel.expected_on else "",
    }


def _latest(parcels: list[Parcel]) -> Parcel | None:
    under_way = [parcel for parcel in parcels if parcel.delivered_at is None]
    return (under_way or parcels or [None])[-1]
