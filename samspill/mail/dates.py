"""When a mail was written, from whatever its program took for a date."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)[T ,]+(\d\d?):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?", re.I
)
_COMMENT = re.compile(r"\([^()]*\)")
_OFFSET = re.compile(r"(?:GMT|UTC)\s*([+-])(\d\d?):?(\d\d)?", re.I)
_COLON_OFFSET = re.compile(r"([+-]\d\d):(\d\d)\b")


def moment_of(value: str) -> datetime | None:
    """With a time zone, always; one that names none is taken for UTC. None where nothing can be read."""
    text = _COMMENT.sub(" ", value[:200]).strip()
    try:
        return _of_iso(text) or _of_mail(text)
    except (ValueError, OverflowError, TypeError, IndexError, AttributeError):
        return None


def _of_iso(text: str) -> datetime | None:
    found = _ISO.search(text)
    if not found:
        return None
    year, month, day, hour, minute = (int(part) for part in found.groups()[:5])
    zone = UTC if not found[7] or found[7] in "Zz" else _zone(found[7].replace(":", ""))
    return datetime(year, month, day, hour, minute, int(found[6] or 0), tzinfo=zone)


def _of_mail(text: str) -> datetime | None:
    text = _OFFSET.sub(lambda found: f"{found[1]}{int(found[2]):02}{found[3] or '00'}", text)
    parts = parsedate_tz(_COLON_OFFSET.sub(r"\1\2", text).replace(".", ":", 0))
    if parts is None or not 1 <= parts[1] <= 12:
        return None
    year, month, day, hour, minute, second = parts[:6]
    offset = parts[9] or 0
    zone = timezone(timedelta(seconds=offset)) if abs(offset) < 86_400 else UTC
    moment = datetime(year, month, day, hour % 24, minute, min(second, 59), tzinfo=zone)
    return moment if moment.year > 1 else None


def _zone(offset: str) -> timezone:
    minutes = int(offset[1:3]) * 60 + int(offset[3:5])
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))
