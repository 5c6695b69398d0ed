"""A visitor of the chat as the panel in a browser is one: says things, hears that something came, fetches it."""

import asyncio
import json
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.wire import Connection, Refused, Unreachable

RETRY_S = 0.3
POLL_S = 5.0
OWN_ECHO_S = 0.25
AT_ONCE = {"hello", "resync", "message.sent", "conversation.handed_over"}


@dataclass(frozen=True)
class Turn:
    """One thing said: moments (Unix time) at which it was sent, acknowledged, heard of and read."""

    message: int
    sent: float
    acknowledged: float
    heard: float
    read: float
    reply: dict[str, Any]


@dataclass
class Visitor:
    """One browser. `retries` counts what had to be sent again."""

    port: int
    inbox: str
    language: str = "en"
    shown: str = ""
    room: str = ""
    conversation: int = 0
    after: int = 0
    retries: int = 0
    in_charge: str = ""
    replies: dict[int, dict[str, Any]] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _heard: float = 0.0
    _asked: float = 0.0
    _listening: "asyncio.Task[None] | None" = None

    def __post_init__(self) -> None:
        self._requests, self._turn = Connection(self.port), asyncio.Lock()

    async def come_in(self) -> None:
        """Get a pass."""
        self.shown = (await self._insist("POST", "hello", {"inbox": self.inbox}))["pass"]

    async def say(self, text: str, key: str = "") -> dict[str, Any]:
        """Say something, again and again until it is acknowledged."""
        body = {"id": key or str(uuid.uuid4()), "text": text}
        answer = await self._insist("POST", "messages", body)
        self.room = answer["room"]
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen())
        return answer

    async def ask(self, text: str, patience: float = 60.0) -> Turn:
        """Say something and wait until the assistant's reply to it has been fetched. Raises TimeoutError."""
        sent = time.time()
        said = await self.say(text)
        acknowledged = time.time()
        async with asyncio.timeout(patience):
            reply = await self._reply_after(int(said["id"]))
        return Turn(int(said["id"]), sent, acknowledged, self._heard, time.time(), reply)

    async def answered(self, message: int, patience: float) -> bool:
        """Wait for the reply to a message; False when a person is to give it. Raises TimeoutError."""
        async with asyncio.timeout(patience):
            await self._reply_after(message)
        return self.in_charge == "assistant"

    async def news(self) -> list[dict[str, Any]]:
        """Fetch what is new and remember what we were told."""
        self._asked = time.time()
        told = await self._insist("GET", f"messages?after={self.after}")
        found = told["messages"]
        self.in_charge = (told["conversation"] or {}).get("in_charge", "")
        for message in found:
            self.after = max(self.after, message["id"])
            if message["from"] != "contact":
                self.replies[message["id"]] = message
        return list(found)

    async def leave(self) -> None:
        """Close the browser."""
        if self._listening:
            self._listening.cancel()
        self._requests.close()

    async def _reply_after(self, message: int) -> dict[str, Any]:
        while True:
            newer = [reply for number, reply in self.replies.items() if number > message]
            if newer or self.in_charge == "person":
                return newer[0] if newer else {}
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), POLL_S)
            self._news.clear()
            await self.news()

    async def _insist(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        while True:
            try:
                async with self._turn:
                    return await self._ask(method, path, body)
            except Unreachable:
                self.retries += 1
                await asyncio.sleep(RETRY_S)

    async def _ask(self, method: str, path: str, body: object) -> dict[str, Any]:
        headers = {"Accept-Language": self.language}
        if self.shown:
            headers["Authorization"] = f"Visitor {self.shown}"
        status, content = await self._requests.ask(method, f"/widget/{path}", headers, body)
        if status >= 500 or status == 429:
            raise Unreachable(str(status))
        if status != 200:
            raise Refused(f"{status} {content.decode(errors='replace')[:200]}")
        return dict(json.loads(content))

    async def _listen(self) -> None:
        while True:
            query = urlencode({"pass": self.shown, "room": self.room})
            try:
                async for kind in Connection(self.port).events(f"/live/visitor?{query}"):
                    self._hear(kind)
            except Unreachable:
                await asyncio.sleep(RETRY_S)

    def _hear(self, kind: str) -> None:
        if kind == "message.received":  # mostly the echo of what was sent from here
            asyncio.get_running_loop().call_later(OWN_ECHO_S, self._echo, time.time())
        elif kind in AT_ONCE:
            self._heard = time.time()
            self._news.set()

    def _echo(self, since: float) -> None:
        if self._asked < since:
            self._news.set()
