"""Django in threads behind ASGI: a request crosses over to its thread once, and its answer once back."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

IN_MEMORY = 256 * 1024  # a larger body waits on disk
LARGEST = 64 * 1024 * 1024
AT_ONCE = 256 * 1024  # a larger answer is sent in parts
OWN_NAMES = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


class Pages:
    """A WSGI application served from a fixed number of threads."""

    def __init__(self, application: Any, threads: int) -> None:
        self._application = application
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="pages")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        with SpooledTemporaryFile(IN_MEMORY) as body:
            if not await _read(receive, body):
                await _Answer(send).whole(*_plain("413 Content Too Large", "This is too large.\n"))
                return
            loop, answer = asyncio.get_running_loop(), _Answer(send)

            def part(*shown: Any) -> None:
                asyncio.run_coroutine_threadsafe(answer.part(*shown), loop).result()

            await answer.whole(
                *await loop.run_in_executor(self._threads, self._run, _environ(scope, body), part)
            )

    def _run(self, environ: dict[str, Any], part: Callable[..., None]) -> tuple[str, Headers, bytes]:
        """Run the application to its end; give its last, and mostly only, part of the answer."""
        begun: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], error: object = None) -> None:
            begun[:] = [
                status,
                [(name.lower().encode(), value.strip().encode("latin-1")) for name, value in headers],
            ]

        chunks: Iterable[bytes] = self._application(environ, start)
        try:
            held = bytearray()
            for chunk in chunks:
                held += chunk
                if len(held) > AT_ONCE:
                    part(*begun, bytes(held))
                    held.clear()
            return begun[0], begun[1], bytes(held)
        finally:
            close = getattr(chunks, "close", None)
            if close:
                close()  # in this thread: it gives the thread's database connection back


class _Answer:
    """The way back to the client of one request."""

    def __init__(self, send: Send) -> None:
        self._send, self._begun = send, False

    async def part(self, status: str, headers: Headers, content: bytes) -> None:
        """Send some of it; more follows."""
        await self._begin(status, headers)
        await self._send({"type": "http.response.body", "body": content, "more_body": True})

    async def whole(self, status: str, headers: Headers, content: bytes) -> None:
        """Send the rest of it."""
        await self._begin(status, headers)
        await self._send({"type": "http.response.body", "body": content})

    async def _begin(self, status: str, headers: Headers) -> None:
        if not self._begun:
            self._begun = True
            await self._send({"type": "http.response.start", "status": int(status[:3]), "headers": headers})


async def _read(receive: Receive, body: Any) -> bool:
    """Take the request's body in; False when it is too large or the client went away."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        body.write(message.get("body", b""))
        if body.tell() > LARGEST:
            return False
        if not message.get("more_body"):
            body.seek(0)
            return True


def _environ(scope: Scope, body: Any) -> dict[str, Any]:
    host, port = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1")
        if "_" in name:
            continue  # would pass for the same name with dashes, which a proxy may have set
        key = OWN_NAMES.get(name) or "HTTP_" + name.upper().replace("-", "_")
        shown = value.decode("latin-1")
        environ[key] = f"{environ[key]},{shown}" if key in environ else shown
    return environ


def _plain(status: str, text: str) -> tuple[str, Headers, bytes]:
    return status, [(b"content-type", b"text/plain; charset=utf-8")], text.encode()
