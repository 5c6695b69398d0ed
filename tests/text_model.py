"""The real text model: one process a run, started by whoever needs it first. Where nobody asks for it, it is away."""

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
import pytest

from samspill.intelligence.client import EncoderClient

SERVE = (
    "import sys; from pathlib import Path; from samspill.intelligence.server import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]))"
)


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """The model is built once and kept: in $SAMSPILL_MODELS, or in pytest's cache folder."""
    given = os.environ.get("SAMSPILL_MODELS")
    cache = pytestconfig.cache
    assert given or cache
    return Path(given) if given else cache.mkdir("samspill-models")


@pytest.fixture(scope="session")
def model_socket(models: Path) -> Path:
    """Where the model of this run answers."""
    run = Path(os.environ["SAMSPILL_TEST_RUN"])
    socket = run / "model.sock"
    with (run / "model.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of several workers the first one starts it
        if not EncoderClient(socket).healthy():
            (run / "model.pid").write_text(str(serve(socket, models).pid))
    return socket


@pytest.fixture
def model(model_socket: Path, settings: Any) -> Iterator[None]:
    """The product asks that model."""
    settings.MODELS_SOCKET = model_socket
    ask_anew()
    yield
    ask_anew()


@pytest.fixture
def no_model(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Nobody answers where the model should be."""
    settings.MODELS_SOCKET = tmp_path / "nobody.sock"
    ask_anew()
    yield
    ask_anew()


def serve(socket: Path, models: Path) -> "subprocess.Popen[bytes]":
    """A model server of one's own; it answers."""
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(socket), str(models)])
    wait_for(EncoderClient(socket).healthy)
    return process


def end(run: Path) -> None:
    """The model of the run goes, where there was one."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        psutil.Process(int((run / "model.pid").read_text())).kill()


def wait_for(question: Callable[[], bool], seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)


def ask_anew() -> None:
    """Nothing is kept of what was known of the model or from it."""
    from samspill.conversations.understand import models, patient
    from samspill.knowledge import grouping, index, vectors

    for kept in (vectors.encoder, vectors.quick_encoder, grouping.common, models, patient):
        kept.cache_clear()
    index.forget()
