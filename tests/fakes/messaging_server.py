"""A server that answers as the messaging services do, well or badly, on a real port."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.served import served

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


@dataclass
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(self.body.decode()).items()}


@dataclass
class MessagingServer:
    """What it was asked, and how it answers next. Faults are used up one by one: (status, answer)."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    faults: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    answers: dict[str, Any] = field(default_factory=dict)  # by the end of a path
    file: bytes = PICTURE
    location: str = ""  # where a file is said to lie instead
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def sent(self) -> list[dict[str, Any]]:
        """The bodies of what was posted."""
        return [request.json for request in self.asked if request.method == "POST"]

    def answer(self, request: Asked) -> tuple[int, Any]:
        if self.faults:
            return self.faults.pop(0)
        path = urlsplit(request.path).path
        for ending, answer in self.answers.items():
            if path.endswith(ending):
                return 200, answer
        return self._by_service(request, path)

    def _by_service(self, request: Asked, path: str) -> tuple[int, Any]:
        number = next(self.numbers)
        if path.endswith("/me/messages"):
            return 200, {"recipient_id": "1", "message_id": f"m_out{number}"}
        if path.endswith("/messages"):
            return 200, {"messaging_product": "whatsapp", "messages": [{"id": f"wamid.OUT{number}"}]}
        if path.endswith("/media"):
            return 200, {"id": f"up{number}"}
        if path.endswith("/sendMessage") or path.endswith("/sendPhoto"):
            chat = request.json["chat_id"] if path.endswith("Message") else "77"
            return 200, {"ok": True, "result": {"message_id": 9000 + number, "chat": {"id": int(chat)}}}
        if path.endswith("/push"):
            return 200, {"sentMessages": [{"id": f"{5000 + number}", "quoteToken": "q"}]}
        if path.endswith("/Messages.json"):
            return 201, {"sid": f"SM{number:032d}", "status": "queued"}
        return 200, {"ok": True, "result": {}}


@contextmanager
def messaging_server() -> Iterator[MessagingServer]:
    fake = MessagingServer()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            request = Asked(self.command, self.path, dict(self.headers), body)
            fake.asked.append(request)
            if "/file/" in self.path or self.path.endswith("/content") or "/Media/" in self.path:
                self._file()
                return
            status, answer = fake.answer(request)
            self._write(status, "application/json", json.dumps(answer).encode())

        def _file(self) -> None:
            if fake.location:
                self.send_response(307)
                self.send_header("Location", fake.location)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            self._write(200, "image/png", fake.file)

        def _write(self, status: int, kind: str, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # the client was right not to wait

        do_GET = do_POST = _handle

        def log_message(self, *args: Any) -> None: ...

    with served(Handler) as url:
        fake.url = url
        yield fake
