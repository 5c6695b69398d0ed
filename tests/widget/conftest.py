"""A chat inbox and somebody who chats."""

import json
import uuid
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from samspill.conversations.models import Inbox
from samspill.workspace.models import Workspace


class Panel:
    """Talks to the endpoints as the panel in a browser does."""

    def __init__(self, inbox: Inbox, language: str = "en") -> None:
        self.client, self.inbox, self.language = Client(enforce_csrf_checks=True), inbox, language
        self.shown = ""

    def post(self, path: str, body: object = None, **headers: str) -> HttpResponse:
        """POST JSON with the visitor's pass."""
        return self.client.post(
            f"/widget/{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers=self._headers(),
        )

    def get(self, path: str) -> HttpResponse:
        """GET with the visitor's pass."""
        return self.client.get(f"/widget/{path}", headers=self._headers())

    def hello(self, token: str = "") -> dict[str, Any]:
        """Come in and keep the pass."""
        met = self.post("hello", {"inbox": self.inbox.key, "visitor": token}).json()
        self.shown = met["pass"]
        return met

    def say(self, text: str, **more: object) -> HttpResponse:
        """Say something once."""
        return self.post("messages", {"id": str(uuid.uuid4()), "text": text, **more})

    def news(self, after: int = 0) -> dict[str, Any]:
        """What is new."""
        return self.get(f"messages?after={after}").json()

    def upload(self, file: Any) -> HttpResponse:
        """Send a file."""
        return self.client.post("/widget/upload", {"file": file}, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        shown = {"Authorization": f"Visitor {self.shown}"} if self.shown else {}
        return {"Accept-Language": self.language, **shown}


@pytest.fixture
def inbox(db: None) -> Inbox:
    Workspace.objects.create(pk=1, name="Nordlys Solar", privacy_url="https://nordlys.example/privacy")
    return Inbox.objects.create(channel="webchat", name="Shop", settings={"assistant": True})


@pytest.fixture
def anne(inbox: Inbox) -> Panel:
    """Anne has opened the chat."""
    panel = Panel(inbox)
    panel.hello()
    return panel


@pytest.fixture
def bjorn(inbox: Inbox) -> Panel:
    """Bjørn sits at another computer and must see nothing of Anne's."""
    panel = Panel(inbox, "nb")
    panel.hello()
    return panel
