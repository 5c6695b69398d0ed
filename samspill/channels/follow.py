"""A chat goes on by mail when its visitor is away: what he has not read is mailed, once, several in one mail."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from procrastinate.exceptions import AlreadyEnqueued

from samspill.channels.port import channel_of
from samspill.channels.webchat.continuing import has_stopped
from samspill.contacts.models import Identity
from samspill.conversations.models import Conversation, Dispatch, Inbox, Message
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.kit.models import Event

AWAY_S = 120
TOO_OLD_HOURS = 24
Way = tuple[Inbox, Identity]


def soon(conversation: Conversation) -> None:
    """Look in two minutes whether the visitor has read; at once where he has left the chat for his mailbox."""
    if way_by_mail(conversation) is None:
        return
    if _answers_by_mail(conversation):
        follow(conversation.pk)
    else:
        _look_in(conversation.pk, AWAY_S)


@transaction.atomic
def follow(conversation: int) -> None:
    """Mail what the visitor has not read for two minutes; what is younger waits until it is that old."""
    held = Conversation.objects.select_for_update(of=("self",)).select_related("inbox").get(pk=conversation)
    way, unread = way_by_mail(held), _unread(held)
    if way is None or not unread:
        return
    age = (clock.now() - unread[-1].created_at).total_seconds()
    if age < AWAY_S and not _answers_by_mail(held):
        _look_in(held.pk, AWAY_S - int(age))
        return
    _mail(held, unread, way)


def way_by_mail(conversation: Conversation) -> Way | None:
    """The mailbox that speaks for a chat, and where to; None where no address is known or mail is not wanted."""
    if conversation.inbox.channel != "webchat":
        return None
    mailbox = Inbox.objects.filter(channel="email", enabled=True).order_by("pk").first()
    if mailbox is None or channel_of(mailbox) is None:
        return None
    reader = next((one for one in _readers(conversation) if not has_stopped(one)), None)
    return (mailbox, reader) if reader else None


def _readers(conversation: Conversation) -> list[Identity]:
    """The address the visitor asked for in this conversation; then those proven, or given by him before."""
    mails = Identity.objects.filter(kind=Identity.Kind.EMAIL, unreachable_at=None).select_related("contact")
    own = mails.filter(contact=conversation.contact_id).order_by(
        F("verified_at").desc(nulls_last=True), "-pk"
    )
    known = [one for one in own if one.verified_at or one.given_by_id == conversation.identity_id]
    return [*mails.filter(pk=_asked_for(conversation)), *known]


def _asked_for(conversation: Conversation) -> int | None:
    # people in a mail's Cc take part too, but nobody asked that what the visitor left be sent to them
    asked = Event.objects.filter(conversation_id=conversation.pk, kind="conversation.continues")
    last = asked.order_by("-pk").first()
    return last.data["identity"] if last else None


def _unread(held: Conversation) -> list[Message]:
    """What we said since the contact was last here and has not been read, sent or put into a mail."""
    said = held.messages.filter(direction="out", author__in=("assistant", "agent"), inbox=None, dispatch=None)
    heard = held.messages.filter(direction="in").order_by("-pk").values_list("pk", flat=True).first() or 0
    fresh = said.filter(pk__gt=heard, created_at__gt=clock.now() - timedelta(hours=TOO_OLD_HOURS))
    return list(fresh.exclude(delivery=Message.Delivery.READ).order_by("pk"))


def _answers_by_mail(conversation: Conversation) -> bool:
    last = conversation.messages.filter(direction="in").order_by("-pk").select_related("inbox").first()
    return bool(last and last.inbox and last.inbox.channel == "email")


def _mail(held: Conversation, unread: list[Message], way: Way) -> None:
    inbox, identity = way
    *before, lead = unread
    for message in before:
        message.extras["within"] = lead.pk
    lead.extras["together"] = [message.pk for message in unread]
    for message in unread:
        message.inbox = inbox
        Dispatch.objects.create(message=message, inbox=inbox, identity=identity)
    Message.objects.bulk_update(unread, ["extras", "inbox"])
    emit("dispatch.asked", actor="system", contact=held.contact_id, conversation=held.pk, message=lead.pk)


def _look_in(conversation: int, seconds: int) -> None:
    from samspill.channels.jobs import follow as job  # the job calls this module

    waiting = job.configure(
        schedule_in={"seconds": seconds},
        queueing_lock=f"follow:{conversation}",
        lock=f"conversation:{conversation}",
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        waiting.defer(conversation=conversation)
