"""School holidays as spans of days, read from lines or from an iCalendar file."""

import re
from datetime import date, timedelta

MOST = 500
LONGEST = timedelta(days=120)
LINE = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:–|-|/|to|\.\.)?\s*(\d{4}-\d\d-\d\d))?")
DATE = re.compile(r"^(DTSTART|DTEND)(?:;[^:]*)?:(\d{4})(\d\d)(\d\d)(T\d{6}Z?)?", re.MULTILINE)
LASTS = re.compile(r"^DURATION(?:;[^:]*)?:P(\d+)([DW])", re.MULTILINE)
Spans = list[list[str]]


class Unreadable(ValueError):
    """`part` is the piece that cannot be read."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.part = part[:60]


def from_lines(text: str) -> Spans:
    """`2026-10-01 – 2026-10-05`, one span a line; a single day stands alone. Raises Unreadable."""
    return _ordered([_line(line.strip()) for line in text.splitlines() if line.strip()])


def from_calendar(text: str) -> Spans:
    """The days of every event of an iCalendar file (RFC 5545). Raises Unreadable where there is none."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    events = re.findall(r"^BEGIN:VEVENT\s*$(.*?)^END:VEVENT\s*$", unfolded, re.MULTILINE | re.DOTALL)
    if not events:
        raise Unreadable(text.strip())
    return _ordered([_event(event) for event in events[:MOST]])


def _line(line: str) -> tuple[date, date]:
    found = LINE.fullmatch(line)
    if found is None:
        raise Unreadable(line)
    try:
        first, last = (date.fromisoformat(part) for part in (found[1], found[2] or found[1]))
    except ValueError:
        raise Unreadable(line) from None
    return _fine(first, last, line)


def _event(event: str) -> tuple[date, date]:
    """An event's end is the first moment after it, so that of a whole day is the day before."""
    try:
        days = {name: (date(int(y), int(m), int(d)), at) for name, y, m, d, at in DATE.findall(event)}
        first = days["DTSTART"][0]
    except (ValueError, KeyError):
        raise Unreadable(event.strip()) from None
    if "DTEND" in days:
        end, at = days["DTEND"]
        last = end if at and not at.startswith("T000000") else end - timedelta(days=1)
    else:
        lasts = LASTS.search(event)
        many = int(lasts[1]) * (7 if lasts[2] == "W" else 1) if lasts else 1
        last = first + timedelta(days=many - 1)
    return _fine(first, max(first, last), event.strip())


def _fine(first: date, last: date, part: str) -> tuple[date, date]:
    if not first <= last <= first + LONGEST:
        raise Unreadable(part)
    return first, last


def _ordered(spans: list[tuple[date, date]]) -> Spans:
    return [[first.isoformat(), last.isoformat()] for first, last in sorted(set(spans))[:MOST]]
