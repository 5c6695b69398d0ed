"""Every run has a PostgreSQL and a data folder of its own, made before Django reads its settings."""

import gc
import os
import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from samspill.boot import postgres
from tests import database, text_model
from tests.emptied import empty
from tests.text_model import model, model_socket, models, no_model  # noqa: F401 - fixtures

if TYPE_CHECKING:
    from tests.kept import Kept
    from tests.world import World

# two runs beside each other would fight for the cores
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(threads, "1")
# at import, because the conftest files below this one import models; workers of xdist join their controller's
OWN = "SAMSPILL_TEST_RUN" not in os.environ
if OWN:
    folder = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    server = database.begin(folder)
    os.environ["SAMSPILL_DATABASE_URL"] = postgres.url(server)
    os.environ["SAMSPILL_DATA"] = os.environ["SAMSPILL_TEST_RUN"] = str(folder)
    os.environ["SAMSPILL_SECRET_KEY"] = "for tests only"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
if OWN:
    migrating = database.make_tables(folder, server)
django.setup()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the cast's are no secret
settings.WHITENOISE_AUTOREFRESH = True  # each of the thousands of test clients would read all static files
settings.MODELS_QUICK_S = 60  # a busy machine is no outage
TransactionTestCase._fixture_teardown = lambda _self: empty()  # type: ignore[method-assign,assignment]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """What a worker finds in its database was migrated once for all."""
    database.await_tables(Path(os.environ["SAMSPILL_TEST_RUN"]))
    connection.settings_dict["TEST"] |= {"TEMPLATE": database.TEMPLATE, "MIGRATE": False}


@pytest.fixture(scope="session")
def cast(django_db_setup: None, django_db_blocker: Any) -> "Kept[World]":
    """The cast, built once."""
    from tests.kept import Kept
    from tests.world import build

    with django_db_blocker.unblock():
        return Kept(build)


@pytest.fixture
def world(db: None, cast: "Kept[World]") -> "World":
    """The cast, in a database of the test's own; people are in charge from the first word."""
    return cast.again()


@pytest.fixture
def busy_world(transactional_db: None, cast: "Kept[World]") -> "World":
    """The cast where several things happen at once, each on a connection of its own."""
    return cast.again()


@pytest.fixture(autouse=True)
def fortune(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lot falls the same way each time: whoever asks to be called is planned, nobody is in the control group."""
    from samspill.callbacks import lot

    monkeypatch.setattr(lot, "_lot", random.Random())
    monkeypatch.setattr(lot._lot, "random", lambda: 0.999)


@pytest.fixture
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute or hour in which tries are counted ends during the test."""
    from samspill.kit import rate

    count = rate._count
    monkeypatch.setattr(rate, "_count", lambda key, _window: count(key, 0))


def pytest_collection_finish() -> None:
    """What was imported and collected stays; looking through it for rubbish again and again takes time."""
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if OWN:
        text_model.end(folder)
        migrating.kill()
        migrating.wait()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
