"""A shop's REST interface on a real port: it answers what it is told to, well or badly."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.fakes.served import served


@dataclass
class ShopServer:
    """What it will answer next, and all it was asked."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)  # by path; anything else is a 404
    status: int = 200
    raw: bytes | None = None
    delay: float = 0.0
    drip: float = 0.0  # seconds between bytes
    location: str = ""
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def shop_server() -> Iterator[ShopServer]:
    fake = ShopServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.asked.append(self.path)
            fake.headers.append(dict(self.headers))
            time.sleep(fake.delay)
            known = fake.raw is not None or fake.location or self.path in fake.answers
            body = fake.raw if fake.raw is not None else json.dumps(fake.answers.get(self.path)).encode()
            try:
                self.send_response(fake.status if known else 404)
                if fake.location:
                    self.send_header("Location", fake.location)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self._write(body)
            except OSError:
                pass  # the client was right not to wait

        def _write(self, body: bytes) -> None:
            if not fake.drip:
                self.wfile.write(body)
                return
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(fake.drip)

        def log_message(self, *args: Any) -> None: ...

    with served(Handler) as url:
        fake.url = url
        yield fake
