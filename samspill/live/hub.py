"""Fan-out: one LISTEN connection per process, any number of streams."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg

log = logging.getLogger(__name__)
CHANNEL = "samspill_events"
RECONNECT_S = 0.5
WAITING = 256  # events a slow reader may fall behind before it is told to read everything anew
RESYNC: dict[str, Any] = {"kind": "resync"}


class Hub:
    """Hears every event once and hands it to the streams that asked for it."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        self._streams: set[asyncio.Queue[dict[str, Any]]] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen, in the running loop."""
        self._task = asyncio.create_task(self._listen_forever())

    async def stop(self) -> None:
        """Stop listening and end every stream."""
        if self._task:
            self._task.cancel()
        for queue in self._streams:
            _offer(queue, {"kind": "end"})

    @asynccontextmanager
    async def stream(self) -> AsyncIterator[asyncio.Queue[dict[str, Any]]]:
        """A queue of every event from now on."""
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(WAITING)
        self._streams.add(queue)
        try:
            yield queue
        finally:
            self._streams.discard(queue)

    async def _listen_forever(self) -> None:
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("live updates lost the database (%s), trying again", type(error).__name__)
            await asyncio.sleep(RECONNECT_S)

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(self.dsn, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            self._tell(RESYNC)  # what happened meanwhile was not heard
            async for notice in connection.notifies():
                self._tell(json.loads(notice.payload))

    def _tell(self, event: dict[str, Any]) -> None:
        for queue in self._streams:
            _offer(queue, event)


def _offer(queue: asyncio.Queue[dict[str, Any]], event: dict[str, Any]) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = RESYNC
    queue.put_nowait(event)
