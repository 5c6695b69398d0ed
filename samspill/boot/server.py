"""One port: Django as WSGI in threads, live streams as bare ASGI beside it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
django.setup(set_prefix=False)

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection  # noqa: E402

from samspill.live.hub import Hub  # noqa: E402
from samspill.live.stream import Receive, Scope, Send, serve  # noqa: E402

THREADS = 12
pages = WSGIMiddleware(get_wsgi_application(), workers=THREADS)
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


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await hub.stop()
            connection.close_pool()
            await send({"type": "lifespan.shutdown.complete"})
            return
