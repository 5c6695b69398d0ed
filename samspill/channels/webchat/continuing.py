"""A chat whose visitor leaves goes on by mail: where he wants the answer, and that he no longer wants it."""

from django.db import transaction

from samspill.contacts import consent
from samspill.contacts.add_address import add_address
from samspill.contacts.models import Consent, Identity
from samspill.contacts.recognise import address_hash
from samspill.conversations.models import Conversation, Participant
from samspill.kit import clock
from samspill.kit.events import emit


@transaction.atomic
def continue_at(visitor: Identity, address: str) -> None:
    """Answers in the visitor's conversation go to this address from now on when he is away. Nothing is proven by that.

    An address that is somebody else's already takes part in this conversation only; it opens nothing else.
    """
    noted = add_address(visitor.contact, Identity.Kind.EMAIL, address, given_by=visitor)
    if noted:
        consent.record(noted.contact, consent.CONTINUE, "email", given=True, identity=visitor)
    conversation = Conversation.objects.filter(identity=visitor).order_by("-pk").first()
    if conversation:
        _take_part(conversation, noted or _owned(address))


def stop(identity: Identity) -> None:
    """The reader of these mails wants no more of them."""
    if not has_stopped(identity):
        consent.record(identity.contact, consent.CONTINUE, "email", given=False, identity=identity)


def has_stopped(identity: Identity) -> bool:
    """Whether whoever owns this address has said no to answers by mail."""
    answers = Consent.objects.filter(contact=identity.contact_id, purpose=consent.CONTINUE, channel="email")
    return answers.order_by("-id").values_list("given", flat=True).first() is False


def _take_part(conversation: Conversation, identity: Identity) -> None:
    Participant.objects.update_or_create(
        conversation=conversation, identity=identity, defaults={"since": clock.now()}
    )
    emit(
        "conversation.continues",
        actor=conversation.contact.actor,
        contact=conversation.contact_id,
        conversation=conversation.pk,
        identity=identity.pk,
    )


def _owned(address: str) -> Identity:
    kind = Identity.Kind.EMAIL
    return Identity.objects.get(kind=kind, scope="", value_hash=address_hash(kind, address))
