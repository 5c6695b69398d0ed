"""Orders from any shop with a REST interface, configured by the settings described in README.md."""

import json
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import httpx

from samspill.commerce.sources import Line, OrderView, Parcel, SourceUnavailable, register
from samspill.connectors.rest import fields
from samspill.kit.certificates import trusted

TIMEOUT_S = 3.0  # without a byte
PATIENCE_S = 6.0  # for the whole answer
MOST_BYTES = 1024 * 1024
DEFAULT_FIELDS = {
    "number": "number", "email": "email", "status": "status", "placed_at": "placed_at",
    "currency": "currency", "total": "total", "country": "country",
    "lines": "lines", "line.sku": "sku", "line.name": "name", "line.quantity": "quantity",
    "line.price": "price", "parcels": "shipments", "parcel.carrier": "carrier",
    "parcel.tracking": "tracking", "parcel.url": "url", "parcel.status": "status",
    "parcel.expected_on": "expected_on", "parcel.delivered_at": "delivered_at",
}  # fmt: skip


class RestOrders:
    """An OrderSource over HTTP: one address to find an order, one to list those of an e-mail address."""

    def __init__(self, settings: Mapping[str, Any], key: str) -> None:
        self.settings, self.key = settings, key
        self.fields = DEFAULT_FIELDS | dict(settings.get("fields", {}))
        self.statuses = dict(settings.get("statuses", {}))

    def find(self, number: str) -> OrderView | None:
        """One order; None when the shop answers 404 or with another number."""
        if not number.strip(". "):
            return None  # a step up in the address is no number
        answer = self._get("find", number=number)
        row = fields.pick(answer, self.settings.get("order", ""))
        order = self._order(row) if isinstance(row, Mapping) else None
        return order if order and order.number.casefold() == number.casefold() else None

    def of_email(self, email: str) -> list[OrderView]:
        """Only orders that carry this very address, whatever the shop returns."""
        answer = self._get("list", email=email)
        found = [self._order(row) for row in fields.rows(answer, self.settings.get("orders", ""))]
        return [order for order in found if order.email.casefold() == email.casefold()]

    def _get(self, what: str, **values: str) -> Any:
        address = str(self.settings.get("url", "")).rstrip("/") + str(self.settings.get(what, ""))
        for name, value in values.items():
            address = address.replace(f"{{{name}}}", quote(value, safe=""))
        headers = {str(self.settings.get("header", "Authorization")): self.key} if self.key else {}
        try:
            with httpx.stream(
                "GET", address, headers=headers, timeout=TIMEOUT_S, verify=trusted()
            ) as response:
                return _read(response)
        except httpx.HTTPStatusError as error:
            raise SourceUnavailable(f"HTTP {error.response.status_code}") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as error:
            raise SourceUnavailable(type(error).__name__) from error

    def _order(self, row: Mapping[str, Any]) -> OrderView:
        path = self.fields
        status = fields.text(row, path["status"])
        return OrderView(
            number=fields.text(row, path["number"]),
            email=fields.text(row, path["email"]),
            status=self.statuses.get(status, status),
            placed_at=fields.moment(row, path["placed_at"]),
            currency=fields.text(row, path["currency"]),
            total=fields.amount(row, path["total"]),
            country=fields.text(row, path["country"]),
            lines=[self._line(line) for line in fields.rows(row, path["lines"])],
            parcels=[self._parcel(parcel) for parcel in fields.rows(row, path["parcels"])],
        )

    def _line(self, row: Any) -> Line:
        path = self.fields
        return Line(
            sku=fields.text(row, path["line.sku"]),
            name=fields.text(row, path["line.name"]),
            quantity=int(fields.amount(row, path["line.quantity"]) or 1),
            price=fields.amount(row, path["line.price"]),
        )

    def _parcel(self, row: Any) -> Parcel:
        path = self.fields
        return Parcel(
            carrier=fields.text(row, path["parcel.carrier"]),
            tracking=fields.text(row, path["parcel.tracking"]),
            url=fields.web_address(row, path["parcel.url"]),
            status=fields.text(row, path["parcel.status"]),
            expected_on=fields.day_of(row, path["parcel.expected_on"]),
            delivered_at=fields.moment(row, path["parcel.delivered_at"]),
        )


def _read(response: httpx.Response) -> Any:
    if response.status_code == httpx.codes.NOT_FOUND:
        return None
    response.raise_for_status()
    content, until = b"", time.monotonic() + PATIENCE_S
    for part in response.iter_bytes():
        content += part
        if len(content) > MOST_BYTES:
            raise SourceUnavailable("too large")
        if time.monotonic() > until:
            raise SourceUnavailable("too slow")
    return json.loads(content)


register("rest", RestOrders)
