"""Who is in the control group is drawn by lot, with the chance of it written down."""

import random

import pytest

from samspill.callbacks import lot, permission
from samspill.callbacks.ask import Wish, ask
from samspill.callbacks.models import Callback, CallbackSettings
from tests.world import World


@pytest.fixture
def asked(world: World) -> Callback:
    who = world.ingrid.contact
    return ask(who, Wish("912 34 567", "chat"), by=who.actor, wording="callback-2026-11")


def _draws(asked: Callback, number: int, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    monkeypatch.setattr(lot, "_lot", random.Random(7))
    drawn = []
    for _ in range(number):
        lot.draw(asked)
        drawn.append((asked.mode, asked.share))
    asked.refresh_from_db()
    assert (asked.mode, asked.share) == drawn[-1]
    return drawn


def test_one_in_so_many_by_lot(asked: Callback, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = _draws(asked, 150, monkeypatch)
    assert set(drawn) == {("planned", 0.9), ("control", 0.1)}
    assert 5 <= drawn.count(("control", 0.1)) <= 30


def test_nobody_where_there_is_no_control_group(asked: Callback, monkeypatch: pytest.MonkeyPatch) -> None:
    CallbackSettings.objects.update_or_create(pk=1, defaults={"control": 0})
    assert set(_draws(asked, 100, monkeypatch)) == {("planned", 1.0)}


def test_the_customers_own_choice_is_no_lot(asked: Callback, monkeypatch: pytest.MonkeyPatch) -> None:
    permission.choose_classic(asked.contact, classic=True)
    assert set(_draws(asked, 100, monkeypatch)) == {("first_come", 1.0)}
