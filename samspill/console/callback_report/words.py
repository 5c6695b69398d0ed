"""The figures of callbacks in the reader's words and numbers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspill.callbacks.estimates import Estimate
from samspill.callbacks.figures import NAMES, SHARES, Effect, Figures

FIRST_DAY = datetime(2024, 1, 1)


@dataclass(frozen=True)
class Told:
    """One figure: itself, and between what it lies."""

    value: str
    between: str = ""


@dataclass(frozen=True)
class TellEffect:
    """One row of a comparison."""

    title: str
    planned: Told
    other: Told
    difference: Told
    verdict: str
    sentence: str


def names() -> dict[str, str]:
    """Every figure by its name."""
    return {
        "first": _("Reached at the first call"),
        "within3": _("Reached within three calls"),
        "reached": _("Reached in all"),
        "in_time": _("First call within the promise"),
        "attempts": _("Calls per request"),
        "attempts_of_reached": _("Calls per reached customer"),
        "median": _("Hours to contact, median"),
        "hours": _("Hours to contact, mean"),
    }


def modes() -> dict[str, str]:
    """How requests were planned, and `before`."""
    return {
        "planned": _("Planned"),
        "control": _("Control group"),
        "first_come": _("In order of arrival"),
        "before": _("Before"),
    }


def others() -> dict[str, str]:
    """What planned requests are compared with."""
    return {"control": _("against the control group"), "before": _("against the time before")}


def told(name: str, found: Estimate | None) -> Told:
    """A figure with its interval; a dash where there is none."""
    if found is None:
        return Told("–")
    if found.low == found.high:
        return Told(_number(name, found.value))
    return Told(_number(name, found.value), _between(_bare(name, found.low), _number(name, found.high)))


def column(figures: Figures) -> list[Told]:
    """All figures of one mode."""
    return [told(name, figures.all[name]) for name in NAMES]


def effect(found: Effect) -> TellEffect:
    """One comparison in words."""
    gap = found.difference
    return TellEffect(
        names()[found.name], told(found.name, found.planned), told(found.name, found.other),
        Told(change(found.name, gap.value), _between(change(found.name, gap.low), change(found.name, gap.high))),
        found.verdict, verdict(found),
    )  # fmt: skip


def verdict(found: Effect) -> str:
    """Whether the difference is shown, honestly."""
    if found.verdict == "better":
        return _("Better: more than chance explains.")
    if found.verdict == "worse":
        return _("Worse: more than chance explains.")
    if found.verdict == "unknown":
        return _("Too few requests to say anything yet.")
    if not found.more:
        return _("No difference so far.")
    return ngettext(
        "Not shown yet. If it stays like this, about %(n)s more request will show it.",
        "Not shown yet. If it stays like this, about %(n)s more requests will show it.",
        found.more,
    ) % {"n": whole(found.more)}


def change(name: str, value: float) -> str:
    """A difference with its sign: in percentage points, calls or hours."""
    figure = 100 * value if name in SHARES else value
    digits = 0 if name in SHARES and abs(figure) >= 10 else 1
    sign = "+" if round(figure, digits) > 0 else "−" if round(figure, digits) < 0 else "±"
    return sign + decimal(abs(figure), digits)


def percent(value: float, digits: int = 0) -> str:
    """A share of one."""
    return format_percent(
        value, f"#,##0.{'0' * digits}\u00a0%" if digits else "#,##0\u00a0%", locale=locale()
    )


def decimal(value: float, digits: int = 1) -> str:
    """A number as the reader writes it."""
    return format_decimal(
        round(value, digits), "#,##0." + "0" * digits if digits else "#,##0", locale=locale()
    )


def whole(value: float) -> str:
    """A whole number."""
    return decimal(value, 0)


def money(value: float, currency: str) -> str:
    """A sum without its smallest coins."""
    return format_currency(
        round(value), currency, locale=locale(), currency_digits=False, format=_coinless(currency)
    )


def day(when: date) -> str:
    """A day in figures."""
    return date_format(when, "SHORT_DATE_FORMAT")


def weekday(number: int) -> str:
    """Monday is 0."""
    return date_format(FIRST_DAY + timedelta(days=number), "l")


def half_hour(slot: int) -> str:
    """Which half hour of a day, by its beginning."""
    return f"{slot // 2:02d}:{slot % 2 * 30:02d}"


def locale() -> Locale:
    """The reader's."""
    return Locale.parse({"zh-hant": "zh_Hant_TW"}.get(_language(), _language()), sep="_")


def _language() -> str:
    return translation.get_language() or "en"


def _coinless(currency: str) -> str:
    pattern: str = locale().currency_formats["standard"].pattern
    return pattern.replace("0.00", "0")


def _number(name: str, value: float) -> str:
    return percent(value) if name in SHARES else decimal(value, 2 if name.startswith("attempts") else 1)


def _bare(name: str, value: float) -> str:
    """Without the sign that the upper end bears already."""
    return whole(100 * value) if name in SHARES else _number(name, max(value, 0.0))


def _between(low: str, high: str) -> str:
    return f"{low} … {high}" if low[:1] in "+−±" else f"{low}–{high}"
