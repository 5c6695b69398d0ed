"""Server-sent events as bare ASGI: /live/desk for agents, /live/visitor for the widget."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs

from samspill.kit import passes
from samspill.live.hub import Hub, Queue

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

BEAT_S = 25
PASS_AGE_S = 60 * 60 * 16
# a visitor hears of his own conversation only, and never of notes, assignments or who looks at it
VISITOR_KINDS = frozenset({
    "message.received", "message.sent", "message.read", "conversation.closed", "conversation.reopened",
    "conversation.handed_over", "survey.asked", "typing", "message.redacted", "message.restored",
    "message.redrawn",
})  # fmt: skip
OF_ALL = {"resync"}
HEADERS = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


@dataclass(frozen=True)
class Wish:
    """What a stream is about: one conversation or all of them, every kind of event or these."""

    conversation: int | None = None
    kinds: frozenset[str] | None = None


async def serve(hub: Hub, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one request below /live/."""
    wish = _wish(scope)
    if wish is None:
        await _refuse(send)
        return
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await _write(send, "event: hello\ndata: {}\n\n")
    gone = asyncio.create_task(_until_gone(receive))
    try:
        async with hub.stream(wish.conversation) as queue:
            await _pour(queue, wish.kinds, send, gone)
    finally:
        gone.cancel()


async def _pour(queue: Queue, kinds: frozenset[str] | None, send: Send, gone: asyncio.Task[None]) -> None:
    while not gone.done():
        next_event = asyncio.create_task(queue.get())
        await asyncio.wait({next_event, gone}, timeout=BEAT_S, return_when=asyncio.FIRST_COMPLETED)
        if not next_event.done():
            next_event.cancel()
            await _write(send, ": beat\n\n")
            continue
        event = next_event.result()
        if event["kind"] == "end":
            break
        if kinds is None or event["kind"] in kinds | OF_ALL:
            await _write(send, _frame(event))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _frame(event: dict[str, Any]) -> str:
    number = f"id: {event['id']}\n" if event.get("id") else ""
    return f"{number}event: {event['kind']}\ndata: {json.dumps(event, separators=(',', ':'))}\n\n"


def _wish(scope: Scope) -> Wish | None:
    query = parse_qs(scope["query_string"].decode("latin-1"))
    given = query.get("pass", [""])[0] or _cookie(scope, "live")
    if scope["path"] == "/live/desk":
        return Wish() if passes.read("desk", given, PASS_AGE_S) else None
    if scope["path"] == "/live/visitor":
        facts = passes.read("visitor", given)
        return _of_visitor(facts.get("visitor"), query) if facts else None
    return None


def _of_visitor(visitor: object, query: dict[str, list[str]]) -> Wish | None:
    room = passes.read("room", query.get("room", [""])[0])
    if not room or not visitor or room["visitor"] != visitor:
        return None
    conversation = room["conversation"]
    return Wish(conversation, VISITOR_KINDS) if isinstance(conversation, int) else None


def _cookie(scope: Scope, name: str) -> str:
    jar = SimpleCookie()
    for key, value in scope["headers"]:
        if key == b"cookie":
            jar.load(value.decode("latin-1"))
    return jar[name].value if name in jar else ""


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"This stream needs a valid pass.\n"})
