"""A real text model for the tests that need meaning, and helpers that write articles."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from samspill.intelligence.client import EncoderClient

if TYPE_CHECKING:
    from samspill.knowledge.models import Translation

SERVE = (
    "import sys; from pathlib import Path; from samspill.intelligence.server import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]))"
)


@pytest.fixture(scope="session")
def model_socket(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real model server on a socket of its own."""
    given, cache = os.environ.get("SAMSPILL_MODELS"), pytestconfig.cache
    assert given or cache
    folder = Path(given) if given else cache.mkdir("samspill-models")
    socket = tmp_path_factory.mktemp("model") / "m.sock"
    process = subprocess.Popen([sys.executable, "-c", SERVE, str(socket), str(folder)])
    until = time.monotonic() + 180
    while not EncoderClient(socket).healthy() and time.monotonic() < until:
        time.sleep(0.2)
    yield socket
    process.terminate()
    process.wait(10)


@pytest.fixture
def model(model_socket: Path, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """The product asks that model."""
    settings.MODELS_SOCKET = model_socket
    _forget()
    yield
    _forget()


@pytest.fixture
def no_model(settings, tmp_path: Path) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Nobody answers where the model should be."""
    settings.MODELS_SOCKET = tmp_path / "nobody.sock"
    _forget()
    yield
    _forget()


@pytest.fixture
def write(db: None) -> Callable[..., "Translation"]:
    """Publish an article: write(slug, language, title, body, summary)."""
    from samspill.knowledge.models import Article
    from samspill.knowledge.publish import publish
    from samspill.knowledge.write import save

    def published(slug: str, language: str, title: str, body: str, summary: str = "") -> "Translation":
        article, _ = Article.objects.get_or_create(slug=slug, defaults={"category": "delivery"})
        version = save(article, language, title, summary, body, None)
        publish(version.translation, version, None)
        return version.translation

    return published


def _forget() -> None:
    from samspill.conversations.understand import models, patient
    from samspill.knowledge import grouping, index, vectors

    for kept in (vectors.encoder, vectors.quick_encoder, grouping.common, models, patient):
        kept.cache_clear()
    index.forget()
