"""Filters and tags every template may use after {% load samspill %}."""

import zlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samspill.channels.words import file_missing, not_sent, sent_what
from samspill.console.sounding import Sounding, sounds
from samspill.conversations.models import Conversation, Message
from samspill.kit import clock, languages

register = template.Library()
THEMES = {"auto", "light", "dark"}


@register.simple_tag
def icon(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon from static/icons.svg; with a label it speaks to screen readers, without it is decoration."""
    return _drawn(name, label, size)


@lru_cache(2048)  # a page of rows draws hundreds
def _drawn(name: str, label: str, size: str) -> SafeString:
    speech = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon {}" {}><use href="{}#{}"/></svg>', size, speech, static("icons.svg"), name
    )


@register.simple_tag
def avatar(name: str, key: object = "", size: str = "") -> SafeString:
    """A person's initials on a colour that stays theirs; decoration, because the name stands beside it."""
    return _faced(name, str(key or name), size)


@lru_cache(4096)
def _faced(name: str, key: str, size: str) -> SafeString:
    hue = zlib.crc32(key.encode()) % 12
    return format_html(
        '<span class="avatar {} hue-{}" aria-hidden="true">{}</span>', size, hue, initials(name)
    )


@register.filter
def initials(name: str) -> str:
    """Up to two letters that stand for a name: Ingrid Berg → IB, 陳怡君 → 怡君."""
    words = [word for word in name.replace("#", "").split() if word]
    if not words:
        return "?"
    if ord(words[0][0]) > 0x2E80:
        return words[0][-2:]
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@register.filter
def ago(moment: datetime | None) -> str:
    """How long ago in the fewest letters: now, 5 min, 3 h, 2 d."""
    if moment is None:
        return ""
    minutes = int((clock.now() - moment).total_seconds() // 60)
    if minutes < 1:
        return _("now")
    if minutes < 60:
        return _("%(n)d min") % {"n": minutes}
    if minutes < 60 * 24:
        return _("%(n)d h") % {"n": minutes // 60}
    return _("%(n)d d") % {"n": minutes // (60 * 24)}


@register.filter
def duration(seconds: float | None) -> str:
    """A length of time in the fewest letters: 20 s, 5 min, 3 h, 2 d; a dash where there is none."""
    if seconds is None:
        return "–"
    if seconds < 90:
        return _("%(n)d s") % {"n": round(seconds)}
    if seconds < 90 * 60:
        return _("%(n)d min") % {"n": round(seconds / 60)}
    if seconds < 36 * 3600:
        return _("%(n)d h") % {"n": round(seconds / 3600)}
    return _("%(n)d d") % {"n": round(seconds / 86_400)}


@register.filter
def moment(at: datetime) -> str:
    """A moment with its weekday as the reader writes it; of today only the time."""
    local = timezone.localtime(at)
    if local.date() == timezone.localtime(clock.now()).date():
        return f"{local:%H:%M}"
    return f"{date_format(local, 'D')} {date_format(local, 'MONTH_DAY_FORMAT')} {local:%H:%M}"


@register.filter
def week_day(iso: str) -> str:
    """A day written 2026-03-02 as the reader writes it."""
    return date_format(date.fromisoformat(iso), "SHORT_DATE_FORMAT")


@register.simple_tag
def percent(part: int, whole: int) -> str:
    """A share in words, a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "–"


@register.filter
def language(code: str) -> str:
    """A language by its own name."""
    return languages.named(code)


@register.filter
def sounding(thing: Conversation | Message) -> Sounding:
    """How a conversation or a message sounds, in words and as a drawing."""
    return sounds(thing)


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """How the reader wants the page: auto, light or dark."""
    request = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "auto"


@register.simple_tag
def link(name: str, *arguments: object) -> str:
    """The address of a page, or '' where this installation does not have it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.simple_tag(takes_context=True)
def here(context: dict[str, Any], *names: str) -> SafeString | str:
    """aria-current for the entry that leads to the page being shown."""
    match = getattr(context.get("request"), "resolver_match", None)
    shown = match.url_name if match else ""
    return SafeString('aria-current="page"') if shown and shown.startswith(names) else ""


@register.filter
def size(number: int) -> str:
    """Bytes as a person says them."""
    return f"{number / 1_048_576:.1f} MB" if number >= 1_048_576 else f"{max(1, number // 1024)} KB"


register.filter("sent_what", sent_what)
register.filter("file_missing", file_missing)
register.filter("not_sent", not_sent)
