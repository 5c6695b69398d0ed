"""Local time in bulk: where a moment lies in somebody's week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

HOUR, DAY = 3600, 86400
FIRST = int(datetime(2015, 1, 1, tzinfo=UTC).timestamp())
YEARS = 35

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

    def at(self, where: Ints | slice) -> Moments:
        return Moments(self.quarter[where], self.weekday[where], self.day[where], self.tick[where])


def moments(times: Ints, zone: str) -> Moments:
    """Unix seconds → local moments in `zone` (IANA name)."""
    times = np.asarray(times, dtype=np.int64)
    local = times + offsets(zone)[(times - FIRST) // HOUR]
    day = local // DAY
    return Moments((local % DAY) // 900, (day + 3) % 7, day, times // 900)


@lru_cache(maxsize=64)
def offsets(zone: str) -> Ints:
    """Seconds to add to UTC, one entry per hour since FIRST; days without a change are filled in one go."""
    place = ZoneInfo(zone)
    days = FIRST + DAY * np.arange(YEARS * 366 + 1, dtype=np.int64)
    at_midnight = [_offset(place, int(t)) for t in days]
    hours = np.repeat(np.array(at_midnight[:-1], dtype=np.int64), 24)
    for i in np.flatnonzero(np.diff(at_midnight)):
        hours[i * 24 : i * 24 + 24] = [_offset(place, int(days[i]) + h * HOUR) for h in range(24)]
    return hours


def _offset(place: ZoneInfo, at: int) -> int:
    shift = datetime.fromtimestamp(at, place).utcoffset()
    return int(shift.total_seconds()) if shift else 0
