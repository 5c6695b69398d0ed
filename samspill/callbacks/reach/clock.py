"""Local time in bulk: where a moment lies in somebody's week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
from numpy.typing import NDArray

HOUR, DAY, QUARTER = 3600, 86400, 900
FIRST = int(datetime(2010, 1, 1, tzinfo=UTC).timestamp())
DAYS = 45 * 366

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Moments:
    """Moments in one person's local time: quarter of the day, weekday, day number, and absolute quarter."""

    quarter: Ints
    weekday: Ints
    day: Ints
    tick: Ints

    def __len__(self) -> int:
        return len(self.tick)

    @property
    def slot(self) -> Ints:
        """Half hour of the week, 0 to 335, Monday first."""
        return self.weekday * 48 + self.quarter // 2

    def at(self, where: Ints) -> Moments:
        return Moments(self.quarter[where], self.weekday[where], self.day[where], self.tick[where])


def moments(times: Ints, zone: str) -> Moments:
    """Unix seconds → local moments in `zone` (IANA name; an unknown name counts as UTC)."""
    times = np.asarray(times, dtype=np.int64)
    local = times + offsets(zone)[np.clip((times - FIRST) // HOUR, 0, DAYS * 24 - 1)]
    day = local // DAY
    return Moments((local % DAY) // QUARTER, (day + 3) % 7, day, times // QUARTER)


def moment(time: int, zone: str) -> tuple[int, int, int, int]:
    """One moment: quarter of the day, weekday, day number, absolute quarter."""
    hour = min(max((time - FIRST) // HOUR, 0), DAYS * 24 - 1)
    local = time + _plain(zone)[hour]
    day = local // DAY
    return (local % DAY) // QUARTER, (day + 3) % 7, day, time // QUARTER


@lru_cache(maxsize=128)
def offsets(zone: str) -> Ints:
    """Seconds to add to UTC, one entry per hour since FIRST; only five days with a change in
    them are looked at by the hour."""
    try:
        place = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        return np.zeros(DAYS * 24, dtype=np.int64)
    weeks = [_offset(place, FIRST + DAY * 5 * w) for w in range(DAYS // 5 + 2)]
    hours = np.repeat(np.array(weeks[:-1], dtype=np.int64), 120)
    for i in np.flatnonzero(np.diff(weeks)):
        hours[i * 120 : i * 120 + 120] = [
            _offset(place, FIRST + (int(i) * 120 + h) * HOUR) for h in range(120)
        ]
    return hours[: DAYS * 24]


@lru_cache(maxsize=128)
def _plain(zone: str) -> list[int]:
    return [int(x) for x in offsets(zone)]


def _offset(place: ZoneInfo, at: int) -> int:
    shift = datetime.fromtimestamp(at, place).utcoffset()
    return int(shift.total_seconds()) if shift else 0
