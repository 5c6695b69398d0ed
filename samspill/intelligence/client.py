"""Asks the model server; to its users it is an Encoder like any other."""

import http.client
import json
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from samspill.intelligence import wire
from samspill.intelligence.encoder import Kind, Vectors, nothing
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.mood_head import Row
from samspill.intelligence.wire import Analysis

CONNECT_SECONDS = 0.5


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("model", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(CONNECT_SECONDS)
        self.sock.connect(str(self._path))
        self.sock.settimeout(self.timeout)


class EncoderClient:
    """Encoder over the model server; one kept connection a thread, made anew when the server was.

    With `encoder_name` the vectors of another encoder are refused: they could not be compared.
    """

    def __init__(self, socket_path: Path, timeout: float = 5.0, encoder_name: str = "") -> None:
        self._path, self._timeout, self._encoder_name = socket_path, timeout, encoder_name
        self._own = threading.local()

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384]; raises ModelUnavailable when the server is gone, busy or too slow."""
        parts = [self._embed(part, kind) for part in wire.portions(texts)]
        return np.concatenate(parts) if parts else nothing()

    def _embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        return wire.unpack(self._post("/embed", {"texts": list(texts), "kind": kind}))

    def analyse(
        self, text: str, languages: Sequence[str] = (), history: Sequence[str] = (), parts: Sequence[str] = ()
    ) -> Analysis:
        """Language, mood, urgency and query vector of one message, and the query vectors of `parts`, at most 64.

        Raises ModelUnavailable.
        """
        given = {"text": text, "languages": list(languages), "history": list(history), "parts": list(parts)}
        return wire.from_json(json.loads(self._post("/analyse", given)))

    def explain(self, text: str, mood: str, language: str = "") -> list[tuple[str, float]]:
        """The words that moved the model towards `mood`, and by how much; raises ModelUnavailable."""
        given = {"text": text, "mood": mood, "language": language}
        return [(str(words), float(by)) for words, by in json.loads(self._post("/explain", given))]

    def learned(self) -> str:
        """The mark of the company's rows that mood and urgency know now; raises ModelUnavailable."""
        return str(json.loads(self._post("/learn", {}))["learned"])

    def learn(self, rows: Sequence[Row]) -> str:
        """Have mood and urgency trained anew with these rows, the latest first; the mark of what is known then."""
        given = {"rows": [list(row) for row in rows]}
        return str(json.loads(self._post("/learn", given))["learned"])

    def healthy(self) -> bool:
        """Whether the server answers now."""
        try:
            self._ask("GET", "/health", b"")
        except ModelUnavailable:
            return False
        return True

    def _post(self, path: str, given: dict[str, Any]) -> bytes:
        return self._ask("POST", path, json.dumps(given).encode())

    def _ask(self, method: str, path: str, body: bytes) -> bytes:
        kept = getattr(self._own, "connection", None)
        try:
            if kept is not None:
                try:
                    return self._exchange(kept, method, path, body)
                except (ConnectionError, http.client.BadStatusLine):
                    kept.close()  # the server was restarted: once more on a fresh connection
            self._own.connection = fresh = _Connection(self._path, self._timeout)
            return self._exchange(fresh, method, path, body)
        except (OSError, http.client.HTTPException) as error:
            self._own.connection = None
            raise ModelUnavailable(f"The model server on {self._path} does not answer: {error}") from error

    def _exchange(self, connection: _Connection, method: str, path: str, body: bytes) -> bytes:
        connection.request(method, path, body)
        reply = connection.getresponse()
        content = reply.read()
        if reply.status == 400:
            raise ValueError(content.decode())
        if reply.status != 200:
            raise ModelUnavailable(f"The model server answered {reply.status}: {content.decode()}")
        if self._encoder_name and reply.headers.get(wire.ENCODER) != self._encoder_name:
            raise ModelUnavailable("The model server holds another encoder than was set; restart it.")
        return content
