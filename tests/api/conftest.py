"""Programs with a token."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse
from django.test import Client

if TYPE_CHECKING:
    from tests.world import World


class Caller:
    """Calls the REST interface as a program does."""

    def __init__(self, token: str) -> None:
        self.client, self.token = Client(), token

    def __call__(self, method: str, path: str, body: object = None) -> HttpResponse:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        content: dict[str, Any] = {}
        if body is not None:
            content = {"data": json.dumps(body), "content_type": "application/json"}
        return self.client.generic(method, f"/api/v1{path}", **_generic(content), headers=headers)

    def get(self, path: str) -> HttpResponse:
        return self("GET", path)


def _generic(content: dict[str, Any]) -> dict[str, Any]:
    return content or {"data": ""}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Calls are thought up while they are collected: seconds in every worker, spared where none is made."""
    unwanted = collection_path.name == "test_schema.py" and "not slow" in config.option.markexpr
    return True if unwanted else None


@pytest.fixture
def writer(world: "World") -> Caller:
    from samspill.workspace.tokens import make_token

    return Caller(make_token("writes", writes=True, by=world.astrid)[1])


@pytest.fixture
def reader(world: "World") -> Caller:
    from samspill.workspace.tokens import make_token

    return Caller(make_token("reads", writes=False, by=world.astrid)[1])
