"""Fan-out: one LISTEN connection per process, any number of streams."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import psycopg

log = logging.getLogger(__name__)
CHANNEL = "samspill_events"
RECONNECT_S = 0.5
WAITING = 256  # events a slow reader may fall behind before it is told to read everything anew
RESYNC: dict[str, Any] = {"kind": "resync"}
Queue = asyncio.Queue[dict[str, Any]]


class Hub:
    """Hears every event once and hands it to the streams that asked for it."""

    def __init__(self, dsn: str) -> None:
        self.dsn = dsn
        # by conversation, so that one visitor's event wakes nobody else; None hears everything
        self._streams: dict[int | None, set[Queue]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to listen, in the running loop."""
        self._task = asyncio.create_task(self._listen_forever())

    async def stop(self) -> None:
        """Stop listening and end every stream."""
        if self._task:
            self._task.cancel()
        self.end()

    def end(self) -> None:
        """End every stream; whoever comes back finds another process."""
        _tell(self._everybody(), {"kind": "end"})

    @asynccontextmanager
    async def stream(self, conversation: int | None = None) -> AsyncIterator[Queue]:
        """A queue of every event from now on, or of one conversation's."""
        queue: Queue = asyncio.Queue(WAITING)
        self._streams[conversation].add(queue)
        try:
            yield queue
        finally:
            self._streams[conversation].discard(queue)
            if not self._streams[conversation]:
                del self._streams[conversation]

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
            _tell(self._everybody(), RESYNC)  # what happened meanwhile was not heard
            async for notice in connection.notifies():
                event = json.loads(notice.payload)
                about = event.get("conversation")
                _tell(self._streams.get(None, ()), event)
                _tell(self._streams.get(about, ()) if about else (), event)

    def _everybody(self) -> list[Queue]:
        return [queue for queues in self._streams.values() for queue in queues]


def _tell(queues: Iterable[Queue], event: dict[str, Any]) -> None:
    for queue in queues:
        _offer(queue, event)


def _offer(queue: Queue, event: dict[str, Any]) -> None:
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        event = RESYNC
    queue.put_nowait(event)
