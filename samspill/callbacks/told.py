"""What the customer is told: when they will be called, and why then. In the language that is active."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, get_timezone_location
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samspill.callbacks.models import Callback
from samspill.callbacks.people import zone
from samspill.callbacks.times import Span
from samspill.kit import clock, languages
from samspill.workspace.current import workspace

DAYS = {"nb": "EEEE d. MMMM", "de": "EEEE, d. MMMM", "en": "EEEE d MMMM", "zh_Hant": "M月d日EEEE"}
AGAIN = timedelta(hours=1)
PERSONAL = {"habit", "habit_weekday", "habit_time", "habit_level", "own_activity"}
MISSED = ("no_answer", "voicemail", "busy", "declined")
MOST = 3


def window(callback: Callback) -> Span:
    """From when to when the next call is expected: as promised or wished for, and as planned after a failed call."""
    first, last = callback.promised_from, callback.promised_by
    start = callback.next_at or clock.now()
    if callback.attempts_made == 0 or (callback.not_before and first <= start < last):
        return first, last
    return start, start + AGAIN


def is_late(callback: Callback) -> bool:
    """Whether the first call has not come within the time promised."""
    return callback.is_open and callback.attempts_made == 0 and callback.promised_by < clock.now()


def when(callback: Callback) -> str:
    """When the call is expected, as a part of a sentence, in the time of the place that is called."""
    place = _zone(callback)
    said = span_words(*(moment.astimezone(place) for moment in window(callback)))
    if not _differs(place):
        return said
    return _("%(when)s (%(city)s time)") % {"when": said, "city": place_words(place)}


def span_words(start: datetime, end: datetime) -> str:
    """A span of time (local): "today between 14:00 and 16:00"; what has begun is told by its end alone."""
    now = clock.now().astimezone(start.tzinfo)
    last = {"day": day_words(end), "until": f"{end:%H:%M}"}
    if start <= now:
        return _("%(day)s before %(until)s") % last
    if start.date() == end.date():
        return _("%(day)s between %(from)s and %(until)s") % {**last, "from": f"{start:%H:%M}"}
    first = {"first": day_words(start), "from": f"{start:%H:%M}"}
    return _("between %(first)s at %(from)s and %(day)s at %(until)s") % {**last, **first}


def day_words(moment: datetime) -> str:
    """yesterday, today, tomorrow, or on Tuesday 24 November."""
    ahead = (moment.date() - clock.now().astimezone(moment.tzinfo).date()).days
    near = {-1: pgettext("day", "yesterday"), 0: pgettext("day", "today"), 1: pgettext("day", "tomorrow")}
    if ahead in near:
        return near[ahead]
    locale = _locale()
    return _("on %(day)s") % {"day": format_date(moment, DAYS[locale], locale=locale)}


def tries(callback: Callback) -> list[str]:
    """When we called and nobody answered, the first call first."""
    missed = callback.attempts.filter(outcome__in=MISSED).order_by("position")
    return [_("We tried %(when)s.") % {"when": moment_words(one.began_at, callback)} for one in missed]


def moment_words(moment: datetime, callback: Callback) -> str:
    """today at 14:05, in the time of the place that is called."""
    local = moment.astimezone(_zone(callback))
    return _("%(day)s at %(time)s") % {"day": day_words(local), "time": f"{local:%H:%M}"}


def place_words(place: ZoneInfo) -> str:
    """The city a time zone is named after."""
    city: str = get_timezone_location(place.key, locale=_locale(), return_city=True)
    return city


def why(callback: Callback, *, personal: bool = False) -> list[str]:
    """Why at this time, in sentences, the strongest first; `personal` only for the customer themselves."""
    if callback.fixed_at and callback.attempts_made == 0:
        return [_("This is the time we agreed on.")]
    if callback.mode == Callback.Mode.FIRST_COME:
        return [_("You chose to be called in the order of arrival. No forecast is made for you.")]
    if callback.mode == Callback.Mode.CONTROL:
        return [
            _("You are called in the order of arrival."),
            _(
                "We call a few people like this, drawn by lot, to see whether our forecasts really help the others."
            ),
        ]
    if callback.chance is None:
        return [_("You are called in the order of arrival.")]
    return _chosen(callback, personal) or [_("This is one of the next times when we have somebody free.")]


def _chosen(callback: Callback, personal: bool) -> list[str]:
    speaking = [one for one in callback.reasons if one["effect"] > 0]
    told = [_reason(one) for one in speaking if personal or one["code"] not in PERSONAL]
    return list(dict.fromkeys(words for words in told if words))[:MOST]


def _reason(one: dict[str, Any]) -> str:
    return _plain().get(one["code"], "") or _counted(one["code"], one["numbers"])


def _plain() -> dict[str, str]:
    earlier = _("Our earlier calls to you suggest that this is a good time.")
    return {
        "habit": earlier,
        "habit_level": earlier,
        "people_like_them": _("Around this time most people find it easy to talk on the phone."),
        "public_holiday": _("We keep public holidays in mind."),
        "school_holiday": _("We keep the school holidays in mind."),
        "wanted_time": _("You told us that this time suits you."),
        "just_asked": _("You asked a short while ago, so you may still be near your phone."),
        "own_activity": _("You have written to us around this time before."),
        "other_models": _("What we have learned from earlier calls speaks for this time."),
    }


def _counted(code: str, numbers: dict[str, int]) -> str:
    """A habit by its counts: numbers of the customer's own calls."""
    if code not in ("habit_weekday", "habit_time"):
        return ""
    told = {**numbers, "from": _clock(numbers["from"]), "until": _clock(numbers["until"])}
    if code == "habit_time":
        return _("You answered %(answered)s of our %(tried)s calls between %(from)s and %(until)s.") % told
    told["days"] = _weekdays()[numbers["weekday"]]
    return (
        _("You answered %(answered)s of our %(tried)s calls %(days)s between %(from)s and %(until)s.") % told
    )


def _weekdays() -> list[str]:
    return [
        _("on Mondays"), _("on Tuesdays"), _("on Wednesdays"), _("on Thursdays"), _("on Fridays"), _("on Saturdays"),
        _("on Sundays"),
    ]  # fmt: skip


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _differs(place: ZoneInfo) -> bool:
    now = clock.now()
    return now.astimezone(place).utcoffset() != now.astimezone(ZoneInfo(workspace().time_zone)).utcoffset()


def _zone(callback: Callback) -> ZoneInfo:
    number = callback.identity.value if callback.identity else ""
    return ZoneInfo(zone(callback.contact, number))


def _locale() -> str:
    return languages.spoken(languages.from_django(translation.get_language() or "en")).replace("-", "_")


def number_problem(code: str) -> str:
    """What is wrong with a number, and what to do about it; `code` as in BadNumber."""
    return {
        "missing": _("Please give us the number to call."),
        "no_number": _("This does not look like a phone number. Please write digits, like +47 22 22 55 55."),
        "not_in_use": _("There is no such number. Is a digit missing, or the country code, like +47?"),
        "costs": _("Calls to this number cost extra. Please give us an ordinary one."),
    }[code]
