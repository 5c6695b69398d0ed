"""The configurable connector against a real server, as it is documented in its README."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from samspill.commerce.sources import SourceUnavailable
from samspill.connectors.rest import orders
from samspill.connectors.rest.orders import RestOrders
from tests.fakes.shop_server import ShopServer, shop_server

ANSWER = {
    "name": "NS-1042", "customer": {"email": "Kari@example.no"}, "fulfillment": "sent",
    "price": {"sum": "499.00", "currency": "NOK"}, "placed": "2026-11-01T10:00:00",
    "items": [{"code": "LAMP", "title": "Lamp", "count": 2}],
    "shipments": [
        {"by": "Posten", "number": "XY1", "link": "https://track.example/XY1", "eta": "2026-12-01"},
    ],
}  # fmt: skip
SETTINGS = {
    "find": "/v2/orders/{number}", "order": "data", "list": "/v2/orders?email={email}", "orders": "data",
    "header": "X-Api-Key", "statuses": {"sent": "shipped"},
    "fields": {
        "number": "name", "email": "customer.email", "status": "fulfillment", "placed_at": "placed",
        "total": "price.sum", "currency": "price.currency", "lines": "items", "line.sku": "code",
        "line.name": "title", "line.quantity": "count", "parcels": "shipments", "parcel.carrier": "by",
        "parcel.tracking": "number", "parcel.url": "link", "parcel.expected_on": "eta",
    },
}  # fmt: skip


@pytest.fixture
def server() -> Iterator[ShopServer]:
    with shop_server() as fake:
        fake.answers["/v2/orders/NS-1042"] = {"data": ANSWER}
        fake.answers["/v2/orders?email=kari%40example.no"] = {"data": [ANSWER]}
        yield fake


@pytest.fixture
def source(server: ShopServer) -> RestOrders:
    return RestOrders({**SETTINGS, "url": f"{server.url}/"}, "secret")


def changed(server: ShopServer, **facts: Any) -> None:
    server.answers["/v2/orders/NS-1042"] = {"data": ANSWER | facts}


def test_an_order_is_read_by_the_map(source: RestOrders, server: ShopServer) -> None:
    order = source.find("NS-1042")
    assert order
    assert (order.number, order.email, order.status) == ("NS-1042", "Kari@example.no", "shipped")
    assert (order.total, order.currency) == (Decimal("499.00"), "NOK")
    assert [(line.sku, line.name, line.quantity) for line in order.lines] == [("LAMP", "Lamp", 2)]
    assert order.parcels[0].url == "https://track.example/XY1"
    assert order.parcels[0].expected_on == date(2026, 12, 1)
    assert order.placed_at
    assert order.placed_at.tzinfo
    assert server.headers[0]["X-Api-Key"] == "secret"


def test_the_orders_of_an_address_are_read(source: RestOrders) -> None:
    assert [order.number for order in source.of_email("kari@example.no")] == ["NS-1042"]


def test_orders_of_another_address_are_dropped_whatever_the_shop_sends(
    source: RestOrders, server: ShopServer
) -> None:
    others = [
        ANSWER | {"customer": {"email": mail}} for mail in ("ola@example.no", "", None, "kari@example.no ")
    ]
    server.answers["/v2/orders?email=kari%40example.no"] = {"data": [*others, ANSWER, None, 7, "x"]}
    assert [order.email for order in source.of_email("kari@example.no")] == ["Kari@example.no"]
    assert source.of_email("") == []


def test_an_unknown_number_is_no_order(source: RestOrders, server: ShopServer) -> None:
    assert source.find("NS-9") is None
    changed(server, name="NS-7")  # the shop answers with another order
    assert source.find("NS-1042") is None


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 403, 429, 500, 503])
def test_every_other_status_is_no_answer(source: RestOrders, server: ShopServer, status: int) -> None:
    server.status = status
    with pytest.raises(SourceUnavailable, match=f"HTTP {status}"):
        source.find("NS-1042")


def test_a_redirect_does_not_carry_the_key_away(source: RestOrders, server: ShopServer) -> None:
    with shop_server() as thief:
        server.status, server.location = 302, f"{thief.url}/v2/orders/NS-1042"
        with pytest.raises(SourceUnavailable):
            source.find("NS-1042")
        assert thief.asked == []


@pytest.mark.parametrize(
    "raw",
    [b"", b"<html>", b"\xff\xfe", b'{"data": ', b"[" * 200_000, b"NaN", b'{"data": "' + b"x" * 2**21 + b'"}'],
)
def test_rubbish_is_no_answer(source: RestOrders, server: ShopServer, raw: bytes) -> None:
    server.raw = raw
    with suppress(SourceUnavailable):
        assert source.find("NS-1042") is None


@pytest.mark.parametrize(
    "facts",
    [
        {"price": {"sum": value}}
        for value in (
            "NaN",
            "Infinity",
            "-Infinity",
            "1e999999",
            "1e-999999",
            {},
            [],
            True,
            None,
            "free",
            10**400,
        )
    ]
    + [{"items": value} for value in (None, 7, "x", {"a": 1}, [None, 7, "x", [], {}])]
    + [{"items": [{"count": value}]} for value in ("NaN", "1e999999", None, -1, "two", 1.5)]
    + [{"shipments": [{"link": value}]} for value in ("javascript:alert(1)", 7, None, {}, "data:text/html,x")]
    + [{"placed": value} for value in ("yesterday", 7, "2026-13-45T99:99", None, "9" * 500, {"a": 1})],
)
def test_facts_of_a_wrong_kind_stay_empty(
    source: RestOrders, server: ShopServer, facts: dict[str, Any]
) -> None:
    changed(server, **facts)
    order = source.find("NS-1042")
    assert order
    assert abs(order.total) < 10**12
    assert f"{order.total:.2f}"
    assert all(parcel.url in {"", "https://track.example/XY1"} for parcel in order.parcels)


def test_a_shop_that_says_nothing_is_not_waited_for(
    source: RestOrders, server: ShopServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "TIMEOUT_S", 0.2)
    server.delay = 1.0
    with pytest.raises(SourceUnavailable, match="Timeout"):
        source.find("NS-1042")


def test_a_shop_that_drips_is_not_waited_for(
    source: RestOrders, server: ShopServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "PATIENCE_S", 0.2)
    server.drip = 0.05
    with pytest.raises(SourceUnavailable, match="slow"):
        source.find("NS-1042")


def test_a_shop_that_is_not_there_is_no_outage() -> None:
    with pytest.raises(SourceUnavailable):
        RestOrders({**SETTINGS, "url": "http://127.0.0.1:9"}, "").find("NS-1042")
    with pytest.raises(SourceUnavailable):
        RestOrders({**SETTINGS, "url": "no address at all"}, "").find("NS-1042")


@pytest.mark.parametrize(
    "number",
    [
        "../admin",
        "..",
        ".",
        "NS-1042?admin=1",
        "NS-1042#x",
        "a/b",
        "x\r\nX-Evil: 1",
        "{email}",
        "{0}",
        "%2e%2e",
        "ø",
    ],
)
def test_a_number_stays_one_step_of_the_path(source: RestOrders, server: ShopServer, number: str) -> None:
    assert source.find(number) is None
    for path in server.asked:
        assert path.startswith("/v2/orders/")
        assert not set(path.removeprefix("/v2/orders/")) & set("/?#\r\n")
    assert not [headers for headers in server.headers if "X-Evil" in headers]
