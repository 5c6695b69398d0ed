"""Nothing is open that nobody meant to open: every route, walked as everybody."""

import pytest
from django.test import Client

from tests.house.routes import routes
from tests.world import World

SIGN_OUT = "desk/sign-out/"  # whoever is signed in may leave
ORDER = ["agent", "lead", "admin"]
# what the world may see; a new public page is added here on purpose or not at all
PUBLIC = (
    "", "robots.txt", "sitemap.xml", "help/", "widget/", "demo/", "hooks/", "desk/sign-in/", "desk/setup/", "desk/join/",
    "api/v1/", "api/v1/openapi.json", "service-worker.js", "manifest.webmanifest", "health/",
)  # fmt: skip


@pytest.fixture
def people(world: World) -> dict[str, Client]:
    clients = {"nobody": Client(), "outsider": Client()}
    clients["outsider"].force_login(world.charlie)
    for role, agent in {"agent": world.kari, "lead": world.liv, "admin": world.astrid}.items():
        clients[role] = Client()
        clients[role].force_login(agent)
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def test_every_route_says_who_may_use_it() -> None:
    assert [r.pattern for r in routes() if r.role == "unguarded" and r.pattern != SIGN_OUT] == []


def test_only_what_is_meant_to_be_public_is_public() -> None:
    open_to_all = [r.pattern for r in routes() if r.role == "everybody" and r.pattern != SIGN_OUT]
    assert [
        p
        for p in open_to_all
        if not any(p == q or (q and q != "api/v1/" and p.startswith(q)) for q in PUBLIC)
    ] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_and_outsiders_are_kept_out(people: dict[str, Client], method: str) -> None:
    for route in routes():
        if route.role == "everybody":
            continue
        for who in ("nobody", "outsider"):
            status = getattr(people[who], method)(route.path).status_code
            assert status in {302, 401, 403, 405}, (who, method, route.path, status)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["get", "post"])
def test_roles_get_what_is_theirs_and_no_more(people: dict[str, Client], method: str) -> None:
    for route in routes():
        if route.pattern == SIGN_OUT:
            continue
        for who in ORDER:
            status = getattr(people[who], method)(route.path).status_code
            assert status < 500, (who, method, route.path, status)
            if route.role in ORDER and ORDER.index(who) < ORDER.index(route.role):
                assert status in {403, 405}, (who, method, route.path, status)


def test_the_public_pages_never_break(people: dict[str, Client]) -> None:
    for route in routes():
        if route.role == "everybody":
            for method in ("get", "post", "put", "delete"):
                status = getattr(people["nobody"], method)(route.path).status_code
                assert status < 500, (method, route.path, status)


def test_no_page_allows_inline_script(people: dict[str, Client]) -> None:
    for route in routes():
        policy = people["admin"].get(route.path).headers["Content-Security-Policy"]
        assert "unsafe" not in policy, route.path
        assert "script-src 'self'" in policy or "sandbox" in policy, route.path
