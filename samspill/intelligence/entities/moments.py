"""Days, hours and lengths, and what becomes of them together."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

PARTS = {
    "morning": (6 * 60, 12 * 60),
    "forenoon": (9 * 60, 12 * 60),
    "midday": (12 * 60, 14 * 60),
    "afternoon": (12 * 60, 18 * 60),
    "evening": (18 * 60, 23 * 60),
    "night": (22 * 60, 30 * 60),
}
_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M"}


@dataclass(frozen=True)
class Days:
    """From one day to another, both included; `sure` is less where people differ in what they mean."""

    first: date
    last: date
    sure: float = 1.0

    def __str__(self) -> str:
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first}/{last}"


@dataclass(frozen=True)
class Hours:
    """Minutes after midnight, one moment or from one to another; `open` where 3 may be 3 or 15 o'clock."""

    first: int
    last: int | None = None
    open: bool = False
    part: str = ""

    def __str__(self) -> str:
        told = [
            f"{minute // 60 % 24:02}:{minute % 60:02}"
            for minute in (self.first, self.last)
            if minute is not None
        ]
        return "/".join(told)


@dataclass(frozen=True)
class Moment:
    """A point in time, or from one to another."""

    first: datetime
    last: datetime | None = None
    sure: float = 1.0

    def __str__(self) -> str:
        return "/".join(one.isoformat(timespec="minutes") for one in (self.first, self.last) if one)


@dataclass(frozen=True)
class Length:
    """A length of time."""

    amount: float
    unit: str

    def __str__(self) -> str:
        if self.unit == "fortnight":
            return str(Length(self.amount * 2, "week"))
        if self.unit == "hour" and self.amount % 1:
            return f"PT{int(self.amount)}H{round(self.amount % 1 * 60)}M".replace("PT0H", "PT")
        return f"P{'T' if self.unit in ('hour', 'minute') else ''}{self.amount:g}{_LETTERS[self.unit]}"


def one_day(day: date, sure: float = 1.0) -> Days:
    """The span of a single day."""
    return Days(day, day, sure)


def dated(year: int | None, month: int, day: int, today: date) -> Days | None:
    """A calendar day; without a year the next one to come."""
    try:
        if year is not None:
            return one_day(date(year + 2000 if year < 100 else year, month, day))
        this = date(today.year, month, day)
        return one_day(this if this >= today else date(today.year + 1, month, day))
    except ValueError:
        return _leap(month, day, today) if year is None else None


def _leap(month: int, day: int, today: date) -> Days | None:
    if (month, day) != (2, 29):
        return None
    year = next(year for year in range(today.year, today.year + 9) if monthrange(year, 2)[1] == 29)
    return one_day(date(year, 2, 29))


def whole_month(year: int, month: int) -> Days:
    """From the first of a month to its last day."""
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def moved(now: datetime, amount: float, unit: str) -> Days | Moment:
    """So many units from now; raises OverflowError or ValueError beyond the calendar."""
    if unit in ("minute", "hour"):
        return Moment(
            now.replace(second=0, microsecond=0) + timedelta(minutes=amount * (60 if unit == "hour" else 1))
        )
    if unit in ("month", "year"):
        return one_day(_months(now.date(), int(amount * (12 if unit == "year" else 1))))
    return one_day(now.date() + timedelta(days=amount * {"day": 1, "week": 7, "fortnight": 14}[unit]))


def _months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole(now: date, step: int, unit: str) -> Days | None:
    """This (0), next (1) or last (-1) week, weekend, month or year."""
    monday = now - timedelta(days=now.weekday()) + timedelta(days=7 * step)
    if unit == "week":
        return Days(monday, monday + timedelta(days=6))
    if unit == "weekend":
        return Days(monday + timedelta(days=5), monday + timedelta(days=6))
    if unit == "month":
        there = _months(now.replace(day=1), step)
        return whole_month(there.year, there.month)
    if unit == "year":
        return Days(date(now.year + step, 1, 1), date(now.year + step, 12, 31))
    return one_day(now + timedelta(days=step)) if unit == "day" else None


def settled(hours: Hours, part: str = "") -> Hours:
    """Three o'clock in the afternoon is 15:00; with nothing said, hours from one to six are those of the day."""
    if not hours.open:
        return hours
    if hours.last is not None:
        first, last = (settled(Hours(one, None, True), part) for one in (hours.first, hours.last))
        end = last.first if last.first > first.first else last.first + 12 * 60
        return Hours(first.first, end)
    return Hours(_half_day(hours.first, part))


def _half_day(minute: int, part: str) -> int:
    hour = minute // 60
    later = {
        "": 1 <= hour <= 6,
        "midday": 1 <= hour <= 4,
        "afternoon": hour < 12,
        "evening": hour < 12,
        "night": 6 <= hour < 12,
    }.get(part, False)
    if hour == 12 and part in ("night", "morning"):
        return minute - 12 * 60
    return minute + 12 * 60 if later else minute


def together(days: Days, hours: Hours, now: datetime) -> Moment | None:
    """An hour on a day; None for an hour on several days."""
    if days.first != days.last:
        return None
    hours = settled(hours, hours.part)
    midnight = datetime.combine(days.first, time(0), now.tzinfo)
    first = midnight + timedelta(minutes=hours.first)
    last = None if hours.last is None else midnight + timedelta(minutes=hours.last)
    if last is not None and last < first:
        last += timedelta(days=1)
    return Moment(first, last, days.sure)
