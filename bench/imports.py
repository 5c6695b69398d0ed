"""Measures imports on a database of its own: `python -m bench.imports [--mails 100000]`.

Prints mails a second and the peak memory of the process that imports, and that a second run adds nothing.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WORK = """
import json, resource, sys, time, django
django.setup()
from samspill.imports.begin import add
from samspill.imports.run import run
from samspill.conversations.models import Inbox
inbox = Inbox.objects.get_or_create(channel="email", name="Bench")[0]
started = time.monotonic()
of = add("bench", sys.argv[1], "mbox", inbox, None, dry=False)
run(of.pk)
of.refresh_from_db()
seconds = time.monotonic() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"state": of.state, "counts": of.counts, "seconds": round(seconds, 1), "peak_mb": round(peak)}))
"""


def main() -> None:
    """Import, and import again."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mails", type=int, default=100_000)
    count = asked.parse_args().mails
    folder = Path(tempfile.mkdtemp(prefix="samspill-bench-"))
    try:
        _measure(folder, count)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measure(folder: Path, count: int) -> None:
    from samspill.boot import postgres
    from tests.imports import mails

    path = mails.mbox(folder / "bench.mbox", mails.many(count))
    print(f"{count} mails, {path.stat().st_size / 1_048_576:.0f} MB")
    server = postgres.start(folder / "postgres")
    environment = {
        **os.environ,
        "SAMSPILL_DATABASE_URL": postgres.url(server),
        "SAMSPILL_DATA": str(folder),
        "SAMSPILL_SECRET_KEY": "for measuring only",
        "DJANGO_SETTINGS_MODULE": "samspill.boot.settings",
    }
    try:
        migrate = [sys.executable, "-m", "samspill", "manage", "migrate", "-v0"]
        subprocess.run(migrate, env=environment, check=True)
        for name in ("first", "again"):
            told = work(path, environment)
            print(
                f"{name}: {count / told['seconds']:.0f} mails/s, peak {told['peak_mb']} MB, {told['counts']}"
            )
    finally:
        server.stop()


def work(path: Path, environment: dict[str, str]) -> dict:  # type: ignore[type-arg]
    """Import in a process of its own; what it says of itself."""
    command = [sys.executable, "-c", WORK, str(path)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
