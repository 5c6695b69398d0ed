"""Every run has a PostgreSQL and a data folder of its own, made before Django reads its settings."""

import os
import shutil
import tempfile
from pathlib import Path

import django
import pytest

from samspill.boot import postgres

# at import, because the conftest files below this one import models; workers of xdist join their controller's
OWN = "SAMSPILL_DATABASE_URL" not in os.environ
if OWN:
    folder = Path(tempfile.mkdtemp(prefix="samspill-test-"))
    server = postgres.start(folder / "postgres")
    os.environ["SAMSPILL_DATABASE_URL"] = postgres.url(server)
    os.environ["SAMSPILL_DATA"] = str(folder)
    os.environ["SAMSPILL_SECRET_KEY"] = "for tests only"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samspill.boot.settings")
django.setup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    if OWN:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
