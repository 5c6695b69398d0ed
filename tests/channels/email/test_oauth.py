"""Signing in with OAuth2: a local provider gives tokens, a real Dovecot asks it about them."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from samspill.channels.email import oauth
from samspill.channels.email.account import account
from samspill.channels.email.check import check
from samspill.channels.email.trouble import Trouble
from samspill.conversations.configure import configure
from samspill.conversations.models import Inbox
from samspill.kit import crypto
from tests.channels.email.post import mailbox, server
from tests.fakes.dovecot import Dovecot, needed, new_folder
from tests.world import World


class Provider:
    """Gives access tokens for refresh tokens, and says whose they are."""

    def __init__(self) -> None:
        self.good, self.asked, self.renews = {"refresh-1"}, 0, ""
        provider = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                form = {
                    name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()
                }
                provider.asked += 1
                if form.get("refresh_token") not in provider.good or form["client_secret"] != "secret":
                    self._say(400, {"error": "invalid_grant"})
                    return
                more = {"refresh_token": provider.renews} if provider.renews else {}
                self._say(200, {"access_token": "access-1", "expires_in": 3600, **more})

            def do_GET(self) -> None:
                right = urlsplit(self.path).path == "/info/access-1"
                self._say(
                    200 if right else 401, {"email": "oauth@nordlys.example"} if right else {"error": "no"}
                )

            def _say(self, status: int, answer: dict[str, object]) -> None:
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                """Quietly."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider()
    yield running
    running.server.shutdown()


@pytest.fixture
def signed(provider: Provider, world: World) -> Inbox:
    """A mailbox that signs in by OAuth2."""
    oauth._known.clear()
    kept = {
        "token_url": f"{provider.url}/token", "client_id": "client", "client_secret": crypto.seal("secret"),
        "refresh_token": crypto.seal("refresh-1"),
    }  # fmt: skip
    return mailbox("oauth@nordlys.example", sign_in="oauth", oauth=kept)


@pytest.mark.journey
def test_a_token_opens_a_real_mailbox(signed: Inbox, provider: Provider) -> None:
    needed()
    folder = new_folder()
    dovecot = Dovecot(folder, tokeninfo=f"{provider.url}/info/")
    dovecot.start()
    try:
        mail = signed.settings["mail"] | {"imap": server(dovecot.port)}
        configure(signed, name="x", enabled=True, settings={"mail": mail}, by="system")
        signed.refresh_from_db()
        assert check(account(signed)) == [], dovecot.log
        provider.good.clear()
        oauth._known.clear()
        assert check(account(signed)) == ["expired"]
    finally:
        dovecot.stop()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_token_is_asked_for_once_while_it_is_good(signed: Inbox, provider: Provider) -> None:
    assert [oauth.access_token(account(signed), signed) for _ in range(3)] == ["access-1"] * 3
    assert provider.asked == 1
    oauth.forget(account(signed))
    oauth.access_token(account(signed), signed)
    assert provider.asked == 2


def test_a_renewed_permission_is_kept_sealed(signed: Inbox, provider: Provider) -> None:
    provider.renews = "refresh-2"
    oauth.access_token(account(signed), signed)
    signed.refresh_from_db()
    assert "refresh-2" not in str(signed.settings)
    assert crypto.unseal(account(signed).oauth.refresh_token) == "refresh-2"


def test_a_permission_taken_back_is_told(signed: Inbox, provider: Provider) -> None:
    provider.good.clear()
    with pytest.raises(Trouble, match="expired"):
        oauth.access_token(account(signed), signed)


def test_a_provider_that_is_away_is_told(signed: Inbox, provider: Provider) -> None:
    mail = signed.settings["mail"]
    mail["oauth"]["token_url"] = "http://127.0.0.1:1/token"
    signed.settings["mail"] = mail
    with pytest.raises(Trouble, match="unreachable"):
        oauth.access_token(account(signed), signed)
