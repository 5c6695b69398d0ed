"""Who is behind an id of an outside service."""

from samspill.channels.errors import Unreadable
from samspill.channels.heard import Sender
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.conversations.models import Inbox
from samspill.kit.events import emit


def met(inbox: Inbox, sender: Sender) -> Identity:
    """The identity of whoever wrote; made now if he is new, and named as soon as his name is known.

    The service proves the sender, but the same phone number also sends text messages, whose sender anybody can
    forge: so an identity is not verified by writing. Raises Unreadable.
    """
    if not sender.value:
        raise Unreadable("no_sender")
    scope = _scope(inbox, sender)
    identity = recognise(
        sender.kind, sender.value, scope=scope, name=sender.name[:160], language=sender.language
    )
    _name(inbox, identity, sender.name[:160])
    return identity


def known(inbox: Inbox, sender: Sender) -> Identity | None:
    """The identity, if we have met him."""
    key = {"kind": sender.kind, "scope": _scope(inbox, sender)}
    found = Identity.objects.filter(**key, value_hash=address_hash(sender.kind, sender.value))
    return found.select_related("contact").first()


def _scope(inbox: Inbox, sender: Sender) -> str:
    return "" if sender.kind == Identity.Kind.PHONE else str(inbox.pk)


def _name(inbox: Inbox, identity: Identity, name: str) -> None:
    if identity.contact.name:
        return
    if name:
        Contact.objects.filter(pk=identity.contact_id, name="").update(name=name)
    elif identity.kind == Identity.Kind.EXTERNAL:
        emit("name.wanted", actor="system", inbox=inbox.pk, identity=identity.pk)
