"""The model is built once and kept: in $SAMSPILL_MODELS, or in pytest's cache folder."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.local_encoder import LocalEncoder, local_encoder

SERVE = (
    "import sys; from pathlib import Path; from samspill.intelligence.server import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]))"
)

Start = Callable[[Path], "subprocess.Popen[bytes]"]


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    given = os.environ.get("SAMSPILL_MODELS")
    cache = pytestconfig.cache
    assert given or cache
    return Path(given) if given else cache.mkdir("samspill-models")


@pytest.fixture(scope="session")
def encoder(models: Path) -> LocalEncoder:
    return local_encoder(models)


@pytest.fixture(scope="session")
def start(models: Path) -> Iterator[Start]:
    """Starts a real model server and waits until it answers."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(socket: Path) -> "subprocess.Popen[bytes]":
        process = subprocess.Popen([sys.executable, "-c", SERVE, str(socket), str(models)])
        running.append(process)
        wait_for(lambda: EncoderClient(socket).healthy())
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


def wait_for(question: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)
