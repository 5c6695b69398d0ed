"""Orders a customer writes about stand beside the conversation, marked as not proven."""

from decimal import Decimal

import pytest
from django.test import Client

from samspill.commerce.models import Order
from samspill.kit import clock
from tests.world import World


@pytest.fixture
def order(world: World) -> Order:
    return Order.objects.create(
        number="NS-10482", email_hash="x", email_sealed="x", country="NO", currency="NOK", status="placed",
        total=Decimal(100), placed_at=clock.now(),
    )  # fmt: skip


def test_an_order_that_is_written_about_is_shown(world: World, kari: Client, order: Order) -> None:
    conversation = world.hears(world.ingrid, "Hvor er ns 10482?")
    html = kari.get(f"/desk/c/{conversation.pk}/orders/").content.decode()
    assert "NS-10482" in html
    assert "Nobody has proven whose order it is" in html


def test_a_number_nobody_has_shows_nothing(world: World, kari: Client, order: Order) -> None:
    conversation = world.hears(world.ingrid, "Hvor er ns 99999?")
    assert "NS-" not in kari.get(f"/desk/c/{conversation.pk}/orders/").content.decode()
