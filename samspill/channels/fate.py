"""What the outside service says became of our messages."""

from datetime import UTC, datetime

from django.db.models import Q, QuerySet

from samspill.channels.dispatch import arrived, fail
from samspill.channels.heard import Arrived
from samspill.contacts.models import Identity
from samspill.conversations.models import Dispatch, Inbox

State = Dispatch.State
_FINAL = (State.DELIVERED, State.READ)


def note_fate(inbox: Inbox, told: Arrived, reader: Identity | None) -> bool:
    """Write a state to every message it is about, never backwards; False where none of them is known yet."""
    # held, so that two states told in the same moment are written one after the other
    rows = _about(inbox, told, reader).select_for_update(of=("self",)).select_related("message__conversation")
    found = list(rows)
    for dispatch in found:
        _note(dispatch, told)
    return bool(found) or not told.ids


def _about(inbox: Inbox, told: Arrived, reader: Identity | None) -> QuerySet[Dispatch]:
    mine = Dispatch.objects.filter(inbox=inbox)
    if told.ids:
        ids = list(told.ids)
        known = mine.filter(Q(external_id__in=ids) | Q(parts__external_id__in=ids)).values("pk")
        return Dispatch.objects.filter(pk__in=known)
    until = datetime.fromtimestamp(told.until / 1000, UTC)
    return mine.filter(identity=reader, sent_at__lte=until).exclude(state__in=[State.READ, State.FAILED])


def _note(dispatch: Dispatch, told: Arrived) -> None:
    if told.state == State.FAILED:
        if dispatch.state not in _FINAL and dispatch.state != State.FAILED:
            fail(dispatch, told.error or "gave_up")
        return
    # of a message in several parts the last one counts
    if told.ids and dispatch.external_id not in told.ids:
        return
    arrived(dispatch, told.state)
