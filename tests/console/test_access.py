"""Every page of the desk says who may open it, and means it."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from samspill.console.urls import urlpatterns
from tests.world import World

OPEN = {"sign_in", "sign_out", "setup", "join"}
EVERYBODY = [pattern for pattern in urlpatterns if pattern.name not in OPEN]


def _address(pattern: URLPattern) -> str:
    names = re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
    return reverse(f"console:{pattern.name}", kwargs=dict.fromkeys(names, 1))


@pytest.mark.parametrize("pattern", EVERYBODY, ids=lambda pattern: pattern.name)
def test_who_is_not_signed_in_is_led_to_the_sign_in_page(pattern: URLPattern, world: World) -> None:
    for answer in (Client().get(_address(pattern)), Client().post(_address(pattern))):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/desk/sign-in/")


@pytest.mark.parametrize("pattern", EVERYBODY, ids=lambda pattern: pattern.name)
def test_every_page_names_the_role_it_needs(pattern: URLPattern) -> None:
    assert pattern.callback.required_role in {"agent", "lead", "admin"}


def _needing(role: str) -> list[URLPattern]:
    return [pattern for pattern in EVERYBODY if pattern.callback.required_role == role]


@pytest.mark.parametrize("pattern", _needing("admin"), ids=lambda pattern: pattern.name)
def test_only_admins_configure(pattern: URLPattern, world: World, at) -> None:  # type: ignore[no-untyped-def]
    for agent in (world.kari, world.liv):
        client = at(agent)
        method = client.get if client.get(_address(pattern)).status_code != 405 else client.post
        assert method(_address(pattern)).status_code == 403


def test_who_has_left_sees_nothing(world: World, at) -> None:  # type: ignore[no-untyped-def]
    assert at(world.charlie).get("/desk/").status_code == 302


def test_leads_may_look_at_teams_but_not_change_them(world: World, at) -> None:  # type: ignore[no-untyped-def]
    assert at(world.liv).get("/desk/settings/teams/").status_code == 200
    assert at(world.liv).post("/desk/settings/teams/", {"name": "New"}).status_code == 403
    assert at(world.kari).get("/desk/settings/teams/").status_code == 403
