"""Browsers of the cast. Models are imported late: these files are read before Django is set up."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from samspill.workspace.models import Agent
    from tests.world import World


@pytest.fixture
def at() -> Callable[["Agent"], Client]:
    """A browser in which an agent is signed in."""

    def sign_in(agent: "Agent") -> Client:
        client = Client()
        client.force_login(agent)
        return client

    return sign_in


@pytest.fixture
def kari(world: "World", at: Callable[["Agent"], Client]) -> Client:
    """Kari's browser."""
    return at(world.kari)


@pytest.fixture
def astrid(world: "World", at: Callable[["Agent"], Client]) -> Client:
    """Astrid's browser; she is admin."""
    return at(world.astrid)
