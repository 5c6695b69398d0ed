"""The chat on a website: what a visitor says comes in here; what we say waits for his browser to fetch it."""

from django.db import transaction

from samspill.channels.store import keep
from samspill.channels.webchat.incoming import Incoming, parse
from samspill.channels.webchat.visitors import Visitor
from samspill.contacts.models import Identity
from samspill.conversations.models import Attachment, Inbound, Inbox, Message
from samspill.conversations.receive import receive as join_conversation
from samspill.kit import rate

A_MINUTE, AN_HOUR = 90, 900


@transaction.atomic
def receive(inbox: Inbox, visitor: Visitor, raw: bytes, language: str = "") -> Message:
    """Keep a delivery and its message in one go; the same delivery again gives the same message.

    `language` is the page's, believed until the visitor's words say otherwise. Raises Refused for what
    cannot be read and rate.TooMany for a flood; nothing is kept then.
    """
    incoming = parse(raw)
    identity = visitor.met(language)
    inbound = keep(inbox, f"{identity.pk}:{incoming.id}", raw)
    if inbound is None:
        return _known(inbox, f"{identity.pk}:{incoming.id}")
    rate.limit("say", str(identity.pk), most=A_MINUTE, per_s=60)
    rate.limit("say", str(identity.pk), most=AN_HOUR, per_s=3600)
    message = _join(inbox, identity, incoming)
    Inbound.objects.filter(pk=inbound).update(state=Inbound.State.DONE, message=message)
    return message


def _known(inbox: Inbox, key: str) -> Message:
    return Message.objects.select_related("conversation").get(
        pk__in=Inbound.objects.filter(inbox=inbox, dedup_key=key).values("message")
    )


def _join(inbox: Inbox, identity: Identity, incoming: Incoming) -> Message:
    files = Attachment.objects.filter(key__in=incoming.files, contact=identity.contact_id, message=None)
    return join_conversation(
        inbox,
        identity,
        incoming.text,
        incoming.id,
        page=incoming.page,
        attachments=list(files) if incoming.files else (),
        extras=incoming.extras,
    )
