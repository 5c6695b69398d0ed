"""One port: Django as WSGI in threads, live streams as bare ASGI beside it."""

import asyncio
import os
import signal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402

from samspill.boot.pages import Pages  # noqa: E402
from samspill.live.hub import Hub  # noqa: E402
from samspill.live.stream import Receive, Scope, Send, serve  # noqa: E402

THREADS = 12
pages = Pages(get_wsgi_application(), THREADS)
hub = Hub(settings.DATABASE_URL)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Send each request to the part that answers it."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/live/"):
        await serve(hub, scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)
    else:
        await send({"type": "websocket.close", "code": 1008})


def _end_streams_first() -> None:
    """On the signal to stop, end the streams before uvicorn starts to wait for them."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        stop = signal.getsignal(number)

        def both(*given: Any, stop: Any = stop) -> None:
            loop.call_soon_threadsafe(hub.end)
            stop(*given)

        signal.signal(number, both)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            _end_streams_first()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await hub.stop()
            connection.close_pool()
            await send({"type": "lifespan.shutdown.complete"})
            return
