"""Simple dates in a customer's words, counted from the day of the conversation."""

import re
from datetime import date, timedelta

_RELATIVE = {
    "today": 0, "i dag": 0, "idag": 0, "heute": 0, "今天": 0,
    "tomorrow": 1, "i morgen": 1, "imorgen": 1, "morgen": 1, "明天": 1,
    "the day after tomorrow": 2, "day after tomorrow": 2, "i overmorgen": 2, "overmorgen": 2,
    "übermorgen": 2, "後天": 2,
    "yesterday": -1, "i går": -1, "igår": -1, "gestern": -1, "昨天": -1,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "mandag", "montag", "星期一", "週一"),
    ("tuesday", "tirsdag", "dienstag", "星期二", "週二"),
    ("wednesday", "onsdag", "mittwoch", "星期三", "週三"),
    ("thursday", "torsdag", "donnerstag", "星期四", "週四"),
    ("friday", "fredag", "freitag", "星期五", "週五"),
    ("saturday", "lørdag", "samstag", "星期六", "週六"),
    ("sunday", "søndag", "sonntag", "星期日", "週日", "星期天"),
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_EUROPEAN = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4}|\d{2})?(?!\d)")
_CHINESE = re.compile(r"(?:(\d{4})\s*年)?\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日號号]")


def read_date(text: str, today: date) -> date | None:
    """The day a short text means, or None."""
    plain = text.strip().casefold()
    return _written(plain, today) or _relative(plain, today) or _weekday(plain, today)


def _written(text: str, today: date) -> date | None:
    if match := _ISO.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _EUROPEAN.search(text):
        return _coming(match[3], int(match[2]), int(match[1]), today)
    if match := _CHINESE.search(text):
        return _coming(match[1], int(match[2]), int(match[3]), today)
    return None


def _coming(year: str | None, month: int, day: int, today: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    this = _day(today.year, month, day)
    return this if this is None or this >= today else _day(today.year + 1, month, day)


def _relative(text: str, today: date) -> date | None:
    longest = sorted((word for word in _RELATIVE if word in text), key=len)
    return today + timedelta(days=_RELATIVE[longest[-1]]) if longest else None


def _weekday(text: str, today: date) -> date | None:
    for number, names in enumerate(_WEEKDAYS):
        if any(name in text for name in names):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
