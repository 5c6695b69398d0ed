"""Settings → Orders: a shop is connected without code."""

from collections.abc import Iterator

import pytest
from django.test import Client

from samspill.commerce.models import OrderSettings
from samspill.commerce.sources import source
from samspill.connectors.rest.orders import DEFAULT_FIELDS
from samspill.kit.models import Event
from tests.connectors.rest.test_orders import ANSWER, SETTINGS
from tests.fakes.shop_server import ShopServer, shop_server

PAGE = "/desk/settings/orders/"


@pytest.fixture
def server() -> Iterator[ShopServer]:
    with shop_server() as fake:
        fake.answers["/v2/orders/NS-1042"] = {"data": ANSWER}
        yield fake


def filled(server: ShopServer, **more: str) -> dict[str, str]:
    places = {name: str(SETTINGS[name]) for name in ("find", "order", "orders", "header")}
    places["listing"] = str(SETTINGS["list"])
    fields = {f"field_{name}": path for name, path in SETTINGS["fields"].items()}  # type: ignore[attr-defined]
    return {
        "source": "rest",
        "url": server.url,
        **places,
        **fields,
        "key": "secret",
        "status_shipped": "sent",
        **more,
    }


def test_the_page_shows_a_row_for_every_fact(astrid: Client) -> None:
    page = astrid.get(PAGE).content.decode()
    assert all(f'name="field_{name}"' in page for name in DEFAULT_FIELDS)


def test_what_is_saved_is_where_orders_come_from(astrid: Client, server: ShopServer) -> None:
    assert astrid.post(PAGE, filled(server)).status_code == 302
    order = source().find("NS-1042")
    assert order
    assert order.status == "shipped"
    assert server.headers[0]["X-Api-Key"] == "secret"
    assert Event.objects.get(kind="orders.configured").data == {"source": "rest"}


def test_the_key_is_sealed_never_shown_and_kept_when_left_empty(astrid: Client, server: ShopServer) -> None:
    astrid.post(PAGE, filled(server))
    astrid.post(PAGE, filled(server, key="", header="X-Other"))
    kept = OrderSettings.objects.get()
    assert "secret" not in kept.key_sealed
    assert "secret" not in str(kept.settings)
    assert "secret" not in astrid.get(PAGE).content.decode()
    source().find("NS-1042")
    assert server.headers[-1]["X-Other"] == "secret"


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": ""},
        {"url": "ftp:"},
        {"find": "/orders"},
        {"listing": "/orders"},
        {"header": "X Key\r\n"},
        {"source": "x"},
    ],
)
def test_what_cannot_work_is_not_saved(astrid: Client, server: ShopServer, wrong: dict[str, str]) -> None:
    answer = astrid.post(PAGE, filled(server) | wrong)
    assert answer.status_code == 200
    assert "another look" in answer.content.decode()
    assert not OrderSettings.objects.exists()


def test_one_order_can_be_tried_before_anything_is_saved(astrid: Client, server: ShopServer) -> None:
    def tried(**more: str) -> str:
        return astrid.post(f"{PAGE}try/", filled(server, **more)).content.decode()

    assert "2 × Lamp" in tried(number="NS-1042")
    assert "knows no order" in tried(number="NS-7")
    assert "does not know this state" in tried(number="NS-1042", status_shipped="")
    assert "first" in tried(number="")
    server.status = 500
    assert "HTTP 500" in tried(number="NS-1042")
    assert not OrderSettings.objects.exists()


def test_orders_are_an_admins_matter(kari: Client) -> None:
    assert kari.get(PAGE).status_code == 403
    assert kari.post(f"{PAGE}try/").status_code == 403
