"""Somebody hears within two minutes that an inbox fails, and when it works again."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from samspill.channels.models import ChannelHealth
from samspill.channels.words import failure
from samspill.conversations.models import Inbox
from samspill.kit import clock, languages
from samspill.kit.events import emit
from samspill.workspace.current import workspace
from samspill.workspace.models import Agent

# with a look every minute the word goes out within two minutes, and a hiccup wakes nobody
PATIENCE_S = 45


def failing_inboxes() -> list[ChannelHealth]:
    """Those that everybody has been told of, the longest first."""
    told = ChannelHealth.objects.filter(alerted_at__isnull=False, inbox__enabled=True)
    return list(told.select_related("inbox").order_by("failing_since"))


def tell() -> int:
    """Raise the alarm for each inbox that has failed for a while, once; returns for how many."""
    due = ChannelHealth.objects.filter(failing_since__isnull=False, alerted_at=None, inbox__enabled=True)
    late = due.filter(failing_since__lte=clock.ago(seconds=PATIENCE_S))
    return sum(_raise(inbox) for inbox in late.values_list("inbox", flat=True))


@transaction.atomic
def _raise(inbox: int) -> bool:
    quiet = ChannelHealth.objects.filter(inbox=inbox, alerted_at=None, failing_since__isnull=False)
    told = quiet.update(alerted_at=clock.now())
    if told:
        emit("inbox.failing", actor="system", inbox=inbox)
    return bool(told)


def mail_failing(inbox: int) -> int:
    """Write to every admin that an inbox fails; returns to how many. One that works again by now needs no mail."""
    health = ChannelHealth.objects.select_related("inbox").filter(inbox=inbox).first()
    if health is None or health.failing_since is None:
        return 0
    return _mail_admins(lambda admin: _bad_news(admin, health))


def mail_recovered(inbox: int) -> int:
    """Write to every admin that an inbox works again; returns to how many."""
    shown = Inbox.objects.get(pk=inbox)
    return _mail_admins(lambda admin: _good_news(admin, shown))


def _mail_admins(write) -> int:  # type: ignore[no-untyped-def]
    mails = []
    for admin in Agent.objects.filter(role=Agent.Role.ADMIN, is_active=True):
        with translation.override(languages.django_code(admin.language)):
            subject, text = write(admin)
        mails.append(EmailMessage(subject, text, workspace().email or None, [admin.email]))
    # in one go, so that a try again does not write to some of them twice
    return get_connection().send_messages(mails) or 0 if mails else 0


def _bad_news(admin: Agent, health: ChannelHealth) -> tuple[str, str]:
    what, remedy = failure(health.error, health.inbox.channel)
    facts = {"name": admin.name, "inbox": health.inbox.name, "what": what, "remedy": remedy, "url": _page()}
    text = _(
        "Hello %(name)s,\n\nthe inbox “%(inbox)s” does not work.\n\n%(what)s %(remedy)s\n\n"
        "Nothing is lost: what we write waits and goes out as soon as it works again.\n\n%(url)s\n"
    )
    return _("The inbox “%(inbox)s” does not work") % facts, text % facts


def _good_news(admin: Agent, inbox: Inbox) -> tuple[str, str]:
    facts = {"name": admin.name, "inbox": inbox.name, "url": _page()}
    text = _(
        "Hello %(name)s,\n\nthe inbox “%(inbox)s” works again. What waited is going out now.\n\n%(url)s\n"
    )
    return _("The inbox “%(inbox)s” works again") % facts, text % facts


def _page() -> str:
    return f"{settings.URL}/desk/settings/channels/"
