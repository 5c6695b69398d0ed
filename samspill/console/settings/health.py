import socket
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateWorker

from samspill.console.access import requires
from samspill.kit import clock
from samspill.knowledge.switch import progress

ALIVE_S = 15


@dataclass(frozen=True)
class Part:
    """One part of the installation: whether it does its work, in words."""

    name: str
    good: bool
    words: str


@requires("admin")
def health(request: HttpRequest) -> HttpResponse:
    """Whether every part of the installation does its work."""
    parts = [_database(), _workers(), _models(), _mail(), _live()]
    return render(request, "console/settings/health.html", {"parts": parts})


def _database() -> Part:
    started = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))"
        )
        version, size = cursor.fetchone()
    milliseconds = (time.monotonic() - started) * 1000
    words = _("PostgreSQL %(version)s, %(size)s, answered in %(ms).1f ms")
    return Part(_("Database"), True, words % {"version": version, "size": size, "ms": milliseconds})


def _workers() -> Part:
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=clock.ago(seconds=ALIVE_S)).count()
    words = _("%(n)d at work") % {"n": alive} if alive else _("None is at work. Messages are kept meanwhile.")
    return Part(_("Workers"), alive > 0, words)


def _models() -> Part:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(settings.MODELS_SOCKET))
    except OSError:
        return Part(_("Text models"), False, _("They do not answer. People take over meanwhile."))
    read, whole = progress()
    words = _("Ready; %(read)d of %(all)d passages are read, the others are found by their words")
    return Part(_("Text models"), True, _("Ready") if read == whole else words % {"read": read, "all": whole})


def _mail() -> Part:
    host = getattr(settings, "EMAIL_HOST", "")
    if "smtp" in settings.EMAIL_BACKEND:
        return Part(_("Mail"), True, _("Goes out through %(host)s") % {"host": host})
    return Part(_("Mail"), False, _("No mail server is set. Mails lie in the outbox folder."))


def _live() -> Part:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'LISTEN samspill_events%'")
        listening = cursor.fetchone()[0]
    return Part(_("Live updates"), listening > 0, _("Listening") if listening else _("Nobody listens"))
