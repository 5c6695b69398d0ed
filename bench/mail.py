"""Mails through the whole path: mailbox → stored → read → threaded → message, by the running product.

    python -m bench.mail --mails 10000

Prints mails per second, from the first stored to the last brought in, understood and answered (a reply is prepared),
and what CPU and memory each process takes.
Needs Debian's Dovecot.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

import psycopg

from bench.figures import machine
from bench.footprint import each, spent
from bench.product import Product
from tests.fakes.dovecot import Dovecot, new_folder

TEXTS = {
    "nb": "Hei,\n\nhvor er pakken min? Jeg bestilte for {n} dager siden, ordre NS-{n:05d}.\n\nHilsen\nKari",
    "de": "Guten Tag,\n\nich möchte die Bestellung NS-{n:05d} zurückgeben. Wie geht das?\n\nMit freundlichen Grüßen\nLukas",
    "zh": "您好，\n\n請問訂單 NS-{n:05d} 什麼時候會到？\n\n謝謝\n陳怡君",
    "en": "Hello,\n\nthe inverter I bought shows a red light. What does error {n} mean?\n\nBest regards\nJane",
}

FIRST = (
    "SELECT extract(epoch FROM min(at))::float FROM samspill_inbound"
    " WHERE inbox_id = (SELECT id FROM samspill_inbox WHERE key = 'bench')"
)
READY = (
    "SELECT count(*) FROM samspill_preparedreply p JOIN samspill_message m ON m.id = p.message_id"
    " WHERE m.external_id LIKE 'mail:%'"
)
WORKS = (
    "SELECT EXISTS (SELECT 1 FROM procrastinate_jobs"
    " WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now())"
)
LAST = "SELECT extract(epoch FROM max({}))::float FROM {}"
STAGES = {
    "brought_in": LAST.format("created_at", "samspill_message WHERE external_id LIKE 'mail:%'"),
    "understood": LAST.format("at", "samspill_event WHERE kind = 'message.understood'"),
    "answered": LAST.format("at", "samspill_preparedreply"),
}


def mail(number: int) -> bytes:
    """One of many mails; every third answers the one before it."""
    text = list(TEXTS.values())[number % len(TEXTS)].format(n=number)
    who, earlier = number - (number % 3 == 2), number - 1
    answers = f"In-Reply-To: <bench-{earlier}@mail.example>\n" if number % 3 == 2 else ""
    return (
        f"From: Customer {who} <customer-{who}@mail.example>\nTo: bench@nordlys.example\n{answers}"
        f"Subject: Order {who}\nDate: Sun, 22 Nov 2026 03:00:00 +0000\nMessage-ID: <bench-{number}@mail.example>\n"
        f"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}\n"
    ).encode()


def measure(product: Product, server: Dovecot, number: int) -> dict[str, object]:
    """Fill the mailbox, connect it, and wait for the last mail."""
    product.wait_until_read()
    server.deliver("bench", mail(0))
    server.drop("bench", *(mail(one) for one in range(1, number)))
    with product.connect() as database:
        before, used, begun = _memory(product), spent(product), _connect(database, server)
        while (stored_done := _progress(database))[1] < number:
            print("  {} stored, {} in".format(*stored_done), f"{time.monotonic() - begun:.0f} s", flush=True)
            time.sleep(2)
        along = _until_answered(product, database, number)
        took = {name: _until_last(database, what) for name, what in STAGES.items()}
        return {
            "machine": machine(), "mails": number, "counted": _counted(database),
            "seconds": {name: round(seconds, 1) for name, seconds in took.items()},
            "per_second": {name: round(number / max(seconds, 0.001), 1) for name, seconds in took.items()},
            "cpu_ms_a_mail": each(used, spent(product), number),
            "memory_mb": {"before": before, "mailboxes_along": along, "after": _memory(product)},
        }  # fmt: skip


def _connect(database: "psycopg.Connection[tuple[object, ...]]", server: Dovecot) -> float:
    imap = {"host": "127.0.0.1", "port": server.port, "security": "none", "user": "bench", "password": ""}
    settings = {"assistant": False, "mail": {"address": "bench@nordlys.example", "imap": imap}}
    database.execute(
        "INSERT INTO samspill_inbox (channel, name, key, settings, enabled, created_at)"
        " VALUES ('email', 'Bench', 'bench', %s, true, now())",
        [json.dumps(settings)],
    )
    return time.monotonic()


def _progress(database: "psycopg.Connection[tuple[object, ...]]") -> tuple[int, int]:
    row = database.execute(
        "SELECT count(*), count(*) FILTER (WHERE state = 'done') FROM samspill_inbound b"
        " JOIN samspill_inbox i ON i.id = b.inbox_id WHERE i.key = 'bench'"
    ).fetchone()
    assert row
    return int(str(row[0])), int(str(row[1]))


def _until_answered(
    product: Product, database: "psycopg.Connection[tuple[object, ...]]", number: int
) -> dict[int, int]:
    """Megabytes of the process that works mails off, as they come in, at each fifth of the replies prepared."""
    along: dict[int, int] = {}
    while _one(database, WORKS):
        ready = int(str(_one(database, READY)))
        along.setdefault(ready * 5 // number * number // 5, _memory(product)["mailboxes"])
        time.sleep(1)
    return along


def _one(database: "psycopg.Connection[tuple[object, ...]]", query: str) -> object:
    row = database.execute(query).fetchone()
    assert row
    return row[0]


def _until_last(database: "psycopg.Connection[tuple[object, ...]]", what: str) -> float:
    last, first = (database.execute(query).fetchone() for query in (what, FIRST))
    assert last
    assert first
    return float(str(last[0] or first[0])) - float(str(first[0]))


def _counted(database: "psycopg.Connection[tuple[object, ...]]") -> dict[str, int]:
    row = database.execute(
        "SELECT count(*), count(DISTINCT m.conversation_id), count(*) FILTER (WHERE reading->>'by' = 'model'), count(p)"
        " FROM samspill_message m LEFT JOIN samspill_preparedreply p ON p.message_id = m.id"
        " WHERE m.external_id LIKE 'mail:%'"
    ).fetchone()
    assert row
    names = ("messages", "conversations", "understood_by_the_model", "replies_prepared")
    return dict(zip(names, (int(str(one)) for one in row), strict=True))


def _memory(product: Product) -> dict[str, int]:
    return {name: process.memory_info().rss // 1_000_000 for name, process in product.processes().items()}


def main() -> None:
    """Measure, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=500)
    number = parser.parse_args().mails
    folder = Path(tempfile.mkdtemp(prefix="samspill-mail-")).resolve()
    server, product = Dovecot(new_folder(), asks=False), Product(folder)
    try:
        server.start()
        product.start()
        print(json.dumps(measure(product, server, number), indent=2))
    finally:
        product.stop()
        server.stop()
        for place in (folder, server.folder):
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
