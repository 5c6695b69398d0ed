"""Counting tries in the database, so that every process sees the same count."""

from django.db import connection

from samspill.kit import clock, crypto


class TooMany(Exception):
    """Tried too often; `retry_after_s` says how long to wait."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many tries, wait {retry_after_s} s")
        self.retry_after_s = retry_after_s


def limit(purpose: str, who: str, *, most: int, per_s: int) -> None:
    """Count one try of `who`; raise TooMany past `most` in the running window of `per_s` seconds."""
    moment = int(clock.now().timestamp())
    window = moment - moment % per_s
    if _count(crypto.digest("rate", f"{purpose}:{per_s}:{who}"), window) > most:
        raise TooMany(window + per_s - moment)


def _count(key: str, window: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO samspill_ratecount (key, "window", count) VALUES (%s, %s, 1)'
            ' ON CONFLICT (key, "window") DO UPDATE SET count = samspill_ratecount.count + 1 RETURNING count',
            [key, window],
        )
        return int(cursor.fetchone()[0])
