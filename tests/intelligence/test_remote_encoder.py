import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.remote_encoder import RemoteEncoder


class _Endpoint(BaseHTTPRequestHandler):
    asked: list[dict[str, object]] = []

    def do_POST(self) -> None:
        given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append({"path": self.path, "key": self.headers["Authorization"], **given})
        status = 200 if given["model"] == "e5" else 500
        rows = [{"index": i, "embedding": [float(i + 1)] * 384} for i in range(len(given["input"]))]
        body = json.dumps({"data": rows[::-1]}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    _Endpoint.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()


def test_asks_the_endpoint_as_openai_does(url: str) -> None:
    vectors = RemoteEncoder(url, "e5", key="k").embed(["Hei", "a\ud800"], "query")
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    (asked,) = _Endpoint.asked
    assert (asked["path"], asked["key"]) == ("/v1/embeddings", "Bearer k")
    assert asked["input"] == ["query: Hei", "query: a\ufffd"]


def test_many_texts_go_in_portions(url: str) -> None:
    assert RemoteEncoder(url, "e5").embed(["x"] * 130, "passage").shape == (130, 384)
    assert [len(str(one["input"]).split("passage: ")) - 1 for one in _Endpoint.asked] == [64, 64, 2]


def test_a_failing_endpoint_is_a_missing_model(url: str) -> None:
    with pytest.raises(ModelUnavailable, match="500"):
        RemoteEncoder(url, "other").embed(["Hei"], "query")


def test_an_absent_endpoint_is_a_missing_model() -> None:
    with pytest.raises(ModelUnavailable):
        RemoteEncoder("http://127.0.0.1:9/v1", "e5", timeout=1).embed(["Hei"], "query")
