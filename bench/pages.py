"""Server time of every page with much in the database: `python -m bench.pages [--conversations 100000]`."""

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

LIMIT_MS = 60.0


def main() -> None:
    """Prepare an installation, fill it, ask for every page, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--conversations", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=30)
    parser.add_argument("--data", type=Path, help="keep the installation in this folder")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    folder = (given.data or Path(tempfile.mkdtemp(prefix="samspill-bench-"))).resolve()
    server = _prepare(folder)
    try:
        found = _measure(given.conversations, given.times)
    finally:
        server.stop()
    print(json.dumps(found, indent=1) if given.json else _as_text(found))


def _prepare(folder: Path) -> Any:
    """An embedded database with the sample company, and Django on it."""
    from samspill.boot import postgres

    server = postgres.start(folder / "postgres")
    os.environ |= {"SAMSPILL_DATABASE_URL": postgres.url(server), "SAMSPILL_DATA": str(folder)}
    os.environ["DJANGO_SETTINGS_MODULE"] = "samspill.boot.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from samspill.sample.load import load_once

    call_command("migrate", verbosity=0, interactive=False)
    load_once(lambda _: None)
    return server


def _measure(conversations: int, times: int) -> dict[str, Any]:
    from bench.crowd import fill
    from bench.figures import machine
    from bench.places import places

    begun = time.monotonic()
    counts = fill(conversations)
    found: dict[str, Any] = {
        "machine": machine(),
        **counts,
        "filled_in_s": round(time.monotonic() - begun, 1),
    }
    found["pages"] = {name: _ask(client, path, times) for name, client, path in places()}
    found["worst_p95_ms"] = max(row["p95"] for row in found["pages"].values())
    found["load_average_after"] = round(os.getloadavg()[0], 1)
    return found


def _ask(client: Any, path: str, times: int) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from bench.figures import percentile

    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
        count = len(queries)
    assert answer.status_code == 200, (path, answer.status_code)
    took, spent = [], []
    for _ in range(times):
        begun, used = time.perf_counter(), time.process_time()
        client.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        spent.append((time.process_time() - used) * 1000)
    row = {"p50": percentile(took, 50), "p95": percentile(took, 95), "cpu_p50": percentile(spent, 50)}
    return row | {"queries": count}


def _as_text(found: dict[str, Any]) -> str:
    from bench.figures import table

    rows = [
        f"{name:<34}{row['p50']:>8}{row['p95']:>8}{row['cpu_p50']:>8}{row['queries']:>5}"
        + ("  over" if row["p95"] > LIMIT_MS else "")
        for name, row in found["pages"].items()
    ]
    head = f"{'page':<34}{'p50 ms':>8}{'p95 ms':>8}{'cpu ms':>8}{'sql':>5}"
    return "\n".join([table({**found, "pages": len(rows)}), "", head, *rows])


if __name__ == "__main__":
    main()
