"""Meetings out of calendar files (RFC 5545): the first words people need, not a calendar."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from babel.core import get_global

from samspill.mail.mail import Invitation

MOST = 50
_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(r"^([A-Za-z-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)$")
_TZID = re.compile(r";TZID=\"?([^\";]+)\"?", re.I)
_NAME = re.compile(r";CN=(\"[^\"]*\"|[^;:]*)", re.I)
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?")
_LENGTH = re.compile(r"(-?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_OFFSET = re.compile(r"(?:UTC|GMT)\s*([+-]\d\d):?(\d\d)", re.I)
_ESCAPED = re.compile(r"\\([nN,;\\])")


def invitations_of(text: str) -> tuple[Invitation, ...]:
    """Every event of a calendar text; () where it is none."""
    method, found = "publish", []
    event: dict[str, tuple[str, str]] | None = None
    inside = 0  # an alarm has a description and times of its own
    for line in _FOLD.sub("", text[:1_000_000]).splitlines():
        parts = _LINE.match(line.strip())
        if not parts:
            continue
        name, parameters, value = parts[1].upper(), parts[2], parts[3].strip()
        if name == "BEGIN":
            inside += event is not None
            event = {} if value.upper() == "VEVENT" and event is None else event
        elif name == "END" and event is not None:
            inside -= inside > 0
            if value.upper() == "VEVENT":
                found.append(event)
                event, inside = None, 0
        elif name == "METHOD":
            method = value.lower()
        elif event is not None and not inside:
            event.setdefault(name, (parameters, value))
    return tuple(_invitation(one, method) for one in found[:MOST])


def _invitation(event: dict[str, tuple[str, str]], method: str) -> Invitation:
    starts, ends = _moment(event.get("DTSTART")), _moment(event.get("DTEND"))
    if starts and not ends and "DURATION" in event:
        ends = _after(starts, event["DURATION"][1])
    status = event.get("STATUS", ("", ""))[1].upper()
    return Invitation(
        summary=_plain(event.get("SUMMARY", ("", ""))[1]),
        starts=starts,
        ends=ends,
        place=_plain(event.get("LOCATION", ("", ""))[1]),
        organiser=_organiser(event.get("ORGANIZER")),
        method="cancel" if status == "CANCELLED" else method[:20],
    )


def _moment(value: tuple[str, str] | None) -> datetime | None:
    found = _MOMENT.match(value[1]) if value else None
    if not found or not value:
        return None
    zone = UTC if found[7] else _zone(_TZID.search(value[0]))
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    try:
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone)
    except (ValueError, OverflowError):
        return None


def _zone(named: "re.Match[str] | None") -> tzinfo:
    """By its own name, Windows' name, the end of a path (`/mozilla.org/2007/Europe/Oslo`), or an offset."""
    name = named[1].strip() if named else "UTC"
    windows = str(get_global("windows_zone_mapping").get(name, ""))
    for known in (name, windows, "/".join(name.split("/")[-2:]), _of_offset(name)):
        try:
            return ZoneInfo(known)
        except (ValueError, OSError, KeyError):
            continue
    return UTC


def _of_offset(name: str) -> str:
    found = _OFFSET.search(name)
    return f"Etc/GMT{-int(found[1]):+d}" if found and found[2] == "00" else ""


def _after(starts: datetime, length: str) -> datetime | None:
    found = _LENGTH.match(length)
    if not found:
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    try:
        return starts + timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        return None


def _organiser(value: tuple[str, str] | None) -> str:
    """The address; the name where there is none."""
    if not value:
        return ""
    named = _NAME.search(value[0])
    address = re.sub(r"^mailto:", "", value[1], flags=re.I)
    return address if "@" in address else named[1].strip('"') if named else address


def _plain(value: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value).strip()
