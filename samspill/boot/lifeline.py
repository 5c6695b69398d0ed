"""A connection kept for nothing but to feel the database go."""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from django.conf import settings

log = logging.getLogger(__name__)
PATIENCE_S = 60.0


@asynccontextmanager
async def lifeline() -> AsyncIterator[None]:
    """Wait for the database; from then on end this process in the moment the database is lost.

    A job whose end could not be written down would count as running for as long as its worker lives.
    """
    async with await _connect() as line:
        watch = asyncio.create_task(_until_lost(line))
        try:
            yield
        finally:
            watch.cancel()


async def _connect() -> psycopg.AsyncConnection[Any]:
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            return await psycopg.AsyncConnection.connect(settings.DATABASE_URL, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.2)


async def _until_lost(line: psycopg.AsyncConnection[Any]) -> None:
    try:
        async for _ in line.notifies():
            pass
    except psycopg.OperationalError:
        log.warning("the database was lost, starting anew")
        os._exit(1)
