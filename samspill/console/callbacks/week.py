"""The coming week of somebody to call, as a small table of fields: how dark, what in words, which dots."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.callbacks.models import Callback
from samspill.callbacks.told import place_words
from samspill.callbacks.week_of import Hour, week_of
from samspill.kit import clock

SHADES, STEP = 7, 0.1
MOST_DOTS = 3


@dataclass(frozen=True)
class Field:
    """One hour: its look, what it says, its chance in percent ("" for none), and a dot for each earlier call."""

    look: str
    words: str
    percent: str
    dots: list[str]


@dataclass(frozen=True)
class Row:
    """One day: its name, written short and whole."""

    short: str
    whole: str
    fields: list[Field]


@dataclass(frozen=True)
class Table:
    """The week; `hours` head the columns."""

    place: str
    hours: list[str]
    rows: list[Row]
    called: bool


def table(callback: Callback) -> Table | None:
    """The week as it is drawn; None where there is no forecast to be shown."""
    week = week_of(callback)
    if week is None:
        return None
    rows = [_row(day, hours, week.zone) for day, hours in week.days]
    hours = [f"{hour.at:%H}" for hour in week.days[0][1]]
    called = any(field.dots for row in rows for field in row.fields)
    return Table(place_words(week.zone), hours, rows, called)


def _row(day: date, hours: list[Hour], zone: ZoneInfo) -> Row:
    today = day == clock.now().astimezone(zone).date()
    short = _("Today") if today else f"{date_format(day, 'D').rstrip('.')} {day.day}"
    whole = f"{date_format(day, 'l')} {date_format(day, 'MONTH_DAY_FORMAT')}"
    return Row(short, whole, [_field(hour, whole) for hour in hours])


def _field(hour: Hour, day: str) -> Field:
    percent = "" if hour.chance is None else str(round(100 * hour.chance))
    when = f"{day} {hour.at:%H}:00–{(hour.at.hour + 1) % 24:02}:00"
    told = [_told(hour, percent), *_calls(hour), *([_("planned for this hour")] if hour.planned else [])]
    dots = (["took"] * hour.answered + ["missed"] * hour.missed)[:MOST_DOTS]
    return Field(_look(hour), f"{when}: {', '.join(told)}", percent, dots)


def _look(hour: Hour) -> str:
    if hour.chance is None:
        return "shut" if hour.closed else "over"
    shade = min(int(hour.chance / STEP + 1e-9), SHADES - 1)
    return f"shade-{shade}" + (" planned" if hour.planned else "")


def _told(hour: Hour, percent: str) -> str:
    if hour.closed:
        return _("not called at this hour there") if hour.closed == "there" else _("none of us calls then")
    return f"{percent} %" if percent else _("over")


def _calls(hour: Hour) -> list[str]:
    """Earlier calls at this hour of the weekday."""
    many = hour.answered + hour.missed
    if not many:
        return []
    words = ngettext(
        "answered %(answered)s of %(n)s call so far", "answered %(answered)s of %(n)s calls so far", many
    )
    return [words % {"answered": hour.answered, "n": many}]
