"""The real encoder, in this process and in servers of one's own."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from samspill.intelligence.local_encoder import LocalEncoder, local_encoder
from tests.text_model import serve

Start = Callable[[Path], "subprocess.Popen[bytes]"]


@pytest.fixture(scope="session")
def encoder(models: Path) -> LocalEncoder:
    return local_encoder(models)


@pytest.fixture
def start(models: Path) -> Iterator[Start]:
    """Starts a model server that no other test asks."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(socket: Path) -> "subprocess.Popen[bytes]":
        running.append(serve(socket, models))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.wait()
