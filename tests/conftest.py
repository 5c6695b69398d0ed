"""Every run has a PostgreSQL and a data folder of its own, made before Django reads its settings."""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

from samspill.boot import postgres


def pytest_configure(config: pytest.Config) -> None:
    """Start the database; a worker of xdist joins the one its controller has started."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
    if "SAMSPILL_DATABASE_URL" not in os.environ:
        _start(config)
    django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if hasattr(config, "samspill_server"):
        config.samspill_server.stop()
        shutil.rmtree(config.samspill_folder, ignore_errors=True)


def _start(config: pytest.Config) -> None:
    config.samspill_folder = folder = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    config.samspill_server = server = postgres.start(folder / "postgres")
    os.environ["SAMSPILL_DATABASE_URL"] = postgres.url(server)
    os.environ["SAMSPILL_DATA"] = str(folder)
    os.environ["SAMSPILL_SECRET_KEY"] = "for tests only"
