"""Who may call: nobody without a good token, and with a reading one only to read."""

import pytest

from samspill.workspace.models import ApiToken
from samspill.workspace.staff import deactivate, reactivate
from samspill.workspace.tokens import make_token, revoke_token
from tests.api.conftest import Caller
from tests.world import World

CALLS = [
    ("GET", "/contacts", None),
    ("POST", "/contacts", {"email": "a@example.no"}),
    ("PATCH", "/contacts/1", {"name": "x"}),
    ("GET", "/conversations", None),
    ("PATCH", "/conversations/1", {"status": "closed"}),
    ("POST", "/conversations/1/messages", {"id": "1", "text": "x"}),
    ("POST", "/inboxes/1/messages", {"email": "a@example.no", "id": "1", "text": "x"}),
    ("POST", "/articles", {"title": "x", "body": "x", "language": "en"}),
    ("PUT", "/articles/1/en", {"title": "x", "body": "x"}),
    ("DELETE", "/articles/1/en", None),
]


@pytest.mark.parametrize("token", ["", "samspill_wrong", "x" * 5000, "é"])
@pytest.mark.parametrize(("method", "path", "body"), CALLS)
def test_without_a_good_token_nothing_answers(
    world: World, token: str, method: str, path: str, body: object
) -> None:
    assert Caller(token)(method, path, body).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), [call for call in CALLS if call[0] != "GET"])
def test_a_reading_token_may_not_write(reader: Caller, method: str, path: str, body: object) -> None:
    assert reader(method, path, body).status_code == 403


def test_a_reading_token_reads(reader: Caller) -> None:
    assert reader.get("/contacts").status_code == 200


def test_a_revoked_token_is_refused_at_once(world: World, writer: Caller) -> None:
    assert writer.get("/contacts").status_code == 200
    revoke_token(ApiToken.objects.get(), by=world.astrid)
    assert writer.get("/contacts").status_code == 401


def test_a_token_of_who_has_left_is_refused_until_he_is_back(world: World) -> None:
    caller = Caller(make_token("kari's", writes=True, by=world.kari)[1])
    deactivate(world.kari, by=world.astrid)
    assert caller.get("/contacts").status_code == 401
    reactivate(world.kari, by=world.astrid)
    assert caller.get("/contacts").status_code == 200


def test_a_signed_in_browser_is_no_token(world: World) -> None:
    caller = Caller("")
    caller.client.force_login(world.astrid)
    assert caller.get("/contacts").status_code == 401


@pytest.mark.usefixtures("one_window")
def test_a_flood_is_told_how_long_to_wait(
    world: World, writer: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samspill.api.auth.A_MINUTE", 2)
    answers = [writer.get("/contacts") for _ in range(4)]
    # a new minute may begin between two of them
    assert answers[-1].status_code == 429 or answers[-2].status_code == 429
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 0 < int(refused["Retry-After"]) <= 60
