"""The times a customer can choose from, as values that stay good while the clock goes on, and in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.callbacks.errors import Refused
from samspill.callbacks.times import Span, offers, promise
from samspill.callbacks.told import span_words
from samspill.kit import clock, languages

SOON = "soon"


def choices(place: ZoneInfo) -> list[dict[str, str]]:
    """As soon as possible, then the spans offered, told in the time of `place` and the language that is active."""
    spans = [
        (value(span), span_label(_there(span, place)), _there(span, place)) for span in offers(clock.now())
    ]
    soon = _("As soon as possible (%(when)s)") % {"when": soonest(place)}
    rows = [(SOON, soon, None), *spans]
    return [_row(*row) for row in rows]


def soonest(place: ZoneInfo) -> str:
    """When a call will come that is asked for now, as a part of a sentence."""
    return span_words(*_there(promise(clock.now()), place))


def span_label(span: Span) -> str:
    """Tomorrow 09:00–12:00"""
    day = _day(span[0])
    return f"{day[:1].upper()}{day[1:]} {span[0]:%H:%M}–{span[1]:%H:%M}"


def value(span: Span) -> str:
    """What the choice is called: it names the day and the hours at the company."""
    return f"{span[0]:%Y-%m-%d %H:%M}–{span[1]:%H:%M}"


def chosen(text: str) -> Span | None:
    """The span of this value; None for as soon as possible. A span that has begun meanwhile is still good.

    Raises Refused (past) where it is offered no more.
    """
    if text in ("", SOON):
        return None
    day, end = text[:10], text[-5:]
    for span in offers(clock.now()):
        if (f"{span[0]:%Y-%m-%d}", f"{span[1]:%H:%M}") == (day, end):
            return span
    raise Refused("past")


def _row(known: str, label: str, span: Span | None) -> dict[str, str]:
    row = {"value": known, "label": label}
    return row | ({"from": span[0].isoformat(), "until": span[1].isoformat()} if span else {})


def _there(span: Span, place: ZoneInfo) -> Span:
    return span[0].astimezone(place), span[1].astimezone(place)


def _day(moment: datetime) -> str:
    ahead = (moment.date() - clock.now().astimezone(moment.tzinfo).date()).days
    if ahead in (0, 1):
        return pgettext("day", "today") if ahead == 0 else pgettext("day", "tomorrow")
    locale = languages.spoken(languages.from_django(translation.get_language() or "en")).replace("-", "_")
    return format_skeleton("MMMEd", moment, locale=locale)
