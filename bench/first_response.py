"""How long a mail waits for the assistant's answer: `python -m bench.first_response [--rate 5] [--seconds 60]`.

From the moment it lies in the mailbox until the answer has been given to the mail server. Every sender is vouched for
and every intent approved, so that whatever can be answered goes out by itself. Needs Debian's Dovecot.
"""

import argparse
import json
import shutil
import tempfile
import time
from pathlib import Path

from bench.figures import machine, percentile
from bench.mail import mail
from bench.product import Product
from tests.fakes.dovecot import Dovecot, new_folder

PROOF = b"Authentication-Results: mx.nordlys.example; dmarc=pass header.from=mail.example\n"
SENT = """
SELECT i.mail_id, extract(epoch FROM d.sent_at)::float FROM samspill_letter i
JOIN samspill_preparedreply p ON p.message_id = i.message_id JOIN samspill_dispatch d ON d.message_id = p.sent_id
WHERE d.sent_at IS NOT NULL
"""
SETTLED = """
SELECT i.mail_id, extract(epoch FROM t.at)::float FROM samspill_letter i JOIN samspill_turn t ON t.message_id = i.message_id
"""


def main() -> None:
    """Measure, and leave nothing behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rate", type=float, default=5)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="samspill-mail-")).resolve()
    server, product = Dovecot(new_folder(), asks=False), Product(folder)
    try:
        server.start()
        product.start()
        product.wait_until_read()
        _connect(product, server)
        print(json.dumps(_measure(product, server, given.rate, given.seconds), indent=2))
    finally:
        product.stop()
        server.stop()
        for place in (folder, server.folder):
            shutil.rmtree(place, ignore_errors=True)


def _connect(product: Product, server: Dovecot) -> None:
    imap = {"host": "127.0.0.1", "port": server.port, "security": "none", "user": "bench", "password": ""}
    account = {"address": "bench@nordlys.example", "imap": imap, "authserv_id": "mx.nordlys.example"}
    with product.connect() as database:
        database.execute(
            "INSERT INTO samspill_inbox (channel, name, key, settings, enabled, created_at)"
            " VALUES ('email', 'Bench', 'bench', %s, true, now())",
            [json.dumps({"mail": account})],
        )
        database.execute(
            "INSERT INTO samspill_approval (intent, least, at)"
            " SELECT name, 0.5, now() FROM unnest(ARRAY['question', 'order_status', 'return_item', 'delivery', 'opening_hours']) AS name"
            " ON CONFLICT DO NOTHING"
        )


def _measure(product: Product, server: Dovecot, rate: float, seconds: float) -> dict[str, object]:
    _deliver(server, range(3), rate)  # warms everything up
    time.sleep(15)
    delivered = _deliver(server, range(3, 3 + round(rate * seconds)), rate)
    time.sleep(5)
    product.wait_until_done()
    with product.connect() as database:
        found = {
            name: dict(database.execute(query).fetchall())
            for name, query in (("sent", SENT), ("settled", SETTLED))
        }
    return {"machine": machine(), "mails": len(delivered)} | {
        name: _spread([float(str(at[one])) - moment for one, moment in delivered.items() if one in at])
        for name, at in found.items()
    }


def _deliver(server: Dovecot, numbers: range, rate: float) -> dict[object, float]:
    delivered: dict[object, float] = {}
    begun = time.monotonic()
    with server.box("bench") as box:
        for place, number in enumerate(numbers):
            time.sleep(max(0.0, begun + place / rate - time.monotonic()))
            box.append(PROOF + mail(number), "INBOX", dt=None)
            delivered[f"bench-{number}@mail.example"] = time.time()
    return delivered


def _spread(seconds: list[float]) -> dict[str, float]:
    return {"n": len(seconds), "p50_s": percentile(seconds, 50), "p95_s": percentile(seconds, 95)}


if __name__ == "__main__":
    main()
