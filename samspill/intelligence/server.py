"""The one process that holds the text model; every other process asks it over a Unix socket."""

import json
import logging
import os
import socket
import threading
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from typing import Any

from samspill.intelligence import wire
from samspill.intelligence.batching import Batcher
from samspill.intelligence.choice import DEFAULT, EncoderChoice
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.mood_store import MOST_OWN
from samspill.intelligence.understanding import Understanding

MAX_CALLERS = 256
PATIENCE = 3_600  # seconds a silent connection is kept

log = logging.getLogger(__name__)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE
    wbufsize = -1  # headers and body leave in one write
    server: "ModelServer"

    def do_GET(self) -> None:
        self._answer(200, b'{"ready": true}') if self.path == "/health" else self._answer(404, b"{}")

    def do_POST(self) -> None:
        try:
            self._answer(200, self._done(json.loads(self._body())))
        except ModelUnavailable as error:
            self._refuse(503, error)
        except (ValueError, KeyError, TypeError) as error:
            self.close_connection = True  # the body may be unread
            self._refuse(400, error)

    def _done(self, given: dict[str, Any]) -> bytes:
        if self.path == "/embed":
            return wire.pack(self.server.embed(given))
        if self.path == "/analyse":
            return json.dumps(self.server.analyse(given)).encode()
        if self.path == "/explain":
            return json.dumps(self.server.explain(given)).encode()
        if self.path == "/learn":
            return json.dumps(self.server.learn(given)).encode()
        raise ValueError(f"unknown path {self.path}")

    def _body(self) -> bytes:
        size = int(self.headers.get("Content-Length", 0))
        if not 0 < size <= wire.MAX_BODY:
            raise ValueError(f"body must have 1 to {wire.MAX_BODY} bytes")
        return self.rfile.read(size)

    def _refuse(self, status: int, error: Exception) -> None:
        self._answer(status, json.dumps({"error": str(error)}).encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response_only(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header(wire.ENCODER, self.server.encoder_name)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


class ModelServer(ThreadingMixIn, UnixStreamServer):
    """Answers /embed, /analyse, /explain, /learn and /health; at most MAX_CALLERS connections, bodies up to 2 MB."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, path: Path, understanding: Understanding, encoder_name: str = "") -> None:
        self.encoder_name = encoder_name or DEFAULT.name
        self._callers = threading.BoundedSemaphore(MAX_CALLERS)
        self._learning = threading.Lock()
        self._batcher = Batcher(understanding.encoder)
        self._understanding = understanding.over(self._batcher)
        super().__init__(str(path), _Handler)
        os.chmod(path, 0o600)

    def embed(self, given: dict[str, Any]) -> Any:
        """float32 [n, 384] for {texts, kind}."""
        kind = given["kind"]
        if kind not in ("query", "passage"):
            raise ValueError("kind is query or passage")
        return self._batcher.embed(wire.texts_of(given["texts"], wire.MAX_TEXTS), kind)

    def analyse(self, given: dict[str, Any]) -> dict[str, Any]:
        """A wire analysis for {text, languages?, history?, parts?}."""
        (text,) = wire.texts_of([given["text"]], 1)
        expected = wire.texts_of(given.get("languages", []), wire.MAX_EXPECTED)
        history = wire.texts_of(given.get("history", []), wire.MAX_EXPECTED)
        parts = wire.texts_of(given.get("parts", []), wire.MAX_TEXTS)
        return wire.to_json(self._understanding.analyse(text, expected, history, parts))

    def explain(self, given: dict[str, Any]) -> list[list[Any]]:
        """[[words, by], …] for {text, mood, language?}: what a mood would lose without them."""
        (text, mood, language) = wire.texts_of([given["text"], given["mood"], given.get("language", "")], 3)
        return [list(one) for one in self._understanding.explain(text, mood, language)]

    def learn(self, given: dict[str, Any]) -> dict[str, Any]:
        """Train mood and urgency anew with {rows} of the company; {} only tells what was learned last."""
        if "rows" in given:
            rows = wire.rows_of(given["rows"], MOST_OWN)
            with self._learning:
                self._understanding = self._understanding.taught(rows)
        return {"learned": self._understanding.heads.learned}

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a connection to a thread, or close it when too many are open."""
        if self._callers.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one connection until it closes."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._callers.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that went away is no news."""
        log.debug("caller left", exc_info=True)


def serve(socket_path: Path, folder: Path, choice: EncoderChoice = DEFAULT) -> None:
    """Load the chosen model (by default from `folder`) and answer on `socket_path` until the process ends.

    Raises ModelUnavailable when the model cannot be loaded or another server already answers there.
    """
    from samspill.intelligence.understanding import load

    _free(socket_path)
    with ModelServer(socket_path, load(folder, choice), choice.name) as server:
        server.serve_forever(poll_interval=30)


def _free(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            path.unlink(missing_ok=True)  # left by a server that was killed
        else:
            raise ModelUnavailable(f"A model server already answers on {path}.")
