import http.client
import json
import socket
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from samspill.intelligence.batching import Batcher
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.encoder import Kind, Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.local_encoder import LocalEncoder
from tests.intelligence.conftest import Start
from tests.text_model import wait_for


@pytest.fixture(scope="module")
def sock(model_socket: Path) -> Path:
    return model_socket


def test_served_vectors_equal_local_ones(sock: Path, encoder: LocalEncoder) -> None:
    texts = [f"Hvor er ordre {number}?" for number in range(70)]
    assert (EncoderClient(sock).embed(texts, "query") * encoder.embed(texts, "query")).sum(1).min() > 0.99


def test_no_texts_no_question(tmp_path: Path) -> None:
    assert EncoderClient(tmp_path / "nobody.sock").embed([], "query").shape == (0, 384)


def test_odd_text_survives_the_way(sock: Path) -> None:
    assert EncoderClient(sock).embed(["a\ud800b\0c", ""], "query").shape == (2, 384)


def test_threads_get_their_own_answers(sock: Path, encoder: LocalEncoder) -> None:
    client, wrong = EncoderClient(sock), []

    def ask(number: int) -> None:
        for turn in range(5):
            text = f"Nummer {number}, gang {turn}"
            if client.embed([text], "query")[0] @ encoder.embed([text], "query")[0] < 0.98:
                wrong.append(text)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_one_hop_is_cheap(sock: Path) -> None:
    client, text = EncoderClient(sock), "Denne kjenner tjeneren alt"
    client.embed([text], "query")
    times = []
    for _ in range(50):
        begun = time.perf_counter()
        client.embed([text], "query")
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.005  # 1 ms on an idle core; on a busy one not every call has to wait


def test_a_killed_server_is_noticed_and_its_successor_found(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "model.sock"
    process, client = start(path), EncoderClient(path)
    assert client.embed(["hei"], "query").shape == (1, 384)
    process.kill()
    process.wait()
    with pytest.raises(ModelUnavailable, match="does not answer"):
        client.embed(["hei"], "query")
    start(path)
    assert client.embed(["hei"], "query").shape == (1, 384)


def test_a_second_server_does_not_take_the_socket(sock: Path, models: Path) -> None:
    from samspill.intelligence.server import serve

    with pytest.raises(ModelUnavailable, match="already answers"):
        serve(sock, models)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"texts": "hei", "kind": "query"}',
        b'{"texts": ["hei"], "kind": "song"}',
        json.dumps({"texts": ["a"] * 65, "kind": "query"}).encode(),
        b" " * 2_000_001,
    ],
)
def test_nonsense_is_refused(sock: Path, body: bytes) -> None:
    connection = http.client.HTTPConnection("model")
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.connect(str(sock))
    try:
        connection.request("POST", "/embed", body)
    except BrokenPipeError:
        return
    assert connection.getresponse().status == 400


class _Slow:
    """Holds every batch until it may go on, and remembers what it was asked."""

    def __init__(self) -> None:
        self.may, self.batches = threading.Semaphore(0), list[list[str]]()

    def embed(self, texts: list[str], kind: Kind) -> Vectors:
        self.batches.append(list(texts))
        self.may.acquire()
        if "bad" in texts:
            raise RuntimeError("no")
        return np.ones((len(texts), 384), np.float32)


def test_waiting_questions_are_gathered_and_go_before_passages() -> None:
    slow = _Slow()
    batcher = Batcher(slow, threads=1)
    threads = [threading.Thread(target=batcher.embed, args=(["first"], "query"))]
    threads += [threading.Thread(target=batcher.embed, args=([f"p{n}" for n in range(20)], "passage"))]
    threads += [threading.Thread(target=batcher.embed, args=([f"q{n}"], "query")) for n in range(3)]
    for thread, waiting in zip(threads, (0, 20, 21, 22, 23), strict=True):
        thread.start()
        wait_for(lambda: bool(slow.batches))
        wait_for(lambda waiting=waiting: sum(map(len, batcher._waiting.values())) == waiting)
    for _ in range(9):
        slow.may.release()
    for thread in threads:
        thread.join(5)
    assert [len(batch) for batch in slow.batches] == [1, 3, 4, 4, 4, 4, 4]


def test_a_flood_is_refused_at_once() -> None:
    slow = _Slow()
    batcher = Batcher(slow)
    with pytest.raises(ModelUnavailable, match="too much"):
        batcher.embed([str(number) for number in range(5_000)], "passage")


def test_one_failure_does_not_stop_the_worker() -> None:
    slow = _Slow()
    slow.may.release(2)
    batcher = Batcher(slow)
    with pytest.raises(RuntimeError):
        batcher.embed(["bad"], "query")
    assert batcher.embed(["good"], "query").shape == (1, 384)
