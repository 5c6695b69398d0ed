"""A server that speaks the embeddings API, well or badly, on a real port."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import numpy as np

from tests.fakes.served import served


@dataclass
class EmbeddingsServer:
    """How it answers next, and all it was asked. Texts that share words get vectors that are near."""

    url: str = ""
    status: int = 200
    dimensions: int = 384
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)

    def body(self) -> bytes:
        given = self.asked[-1]
        size = given.get("dimensions", self.dimensions)
        rows = [{"index": at, "embedding": vector(text, size)} for at, text in enumerate(given["input"])]
        return json.dumps({"object": "list", "model": given["model"], "data": rows[::-1]}).encode()


def vector(text: str, size: int = 384) -> list[float]:
    """The sum of a direction for each word, the same in every process."""
    words = text.casefold().replace("?", " ").split() or ["-"]
    seeds = [int(hashlib.sha256(word.encode()).hexdigest()[:8], 16) for word in words]
    return np.sum([np.random.default_rng(seed).normal(size=size) for seed in seeds], axis=0).tolist()


@contextmanager
def embeddings_server() -> Iterator[EmbeddingsServer]:
    fake = EmbeddingsServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            fake.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            fake.keys.append(self.headers["Authorization"])
            right = fake.status == 200 and self.path == "/v1/embeddings"
            body = fake.body() if right else b'{"error": "no"}'
            self.send_response(fake.status if self.path == "/v1/embeddings" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with served(Handler) as url:
        fake.url = f"{url}/v1"
        yield fake
