from django.db import transaction

from samspill.channels.webchat import vouched
from samspill.channels.webchat.visitors import Visitor, newcomer
from samspill.channels.webchat.vouched import Customer
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.contacts.verify import join
from samspill.conversations.models import Inbox
from samspill.kit import clock, crypto
from samspill.kit.events import emit


def welcome(inbox: Inbox, known: Visitor | None, token: str) -> Visitor:
    """Whoever stands before the panel: the one we know, one the shop vouches for, or a newcomer.

    What a shop's token opened is closed again when the token is gone: the next person at the same browser
    does not read on.
    """
    customer = vouched.read(inbox, token) if token else None
    if known and known.inbox_id != inbox.pk:
        known = None
    if customer is None:
        return known if known and not known.vouched else newcomer(inbox)
    return _signed_in(inbox, known, customer)


def _signed_in(inbox: Inbox, known: Visitor | None, customer: Customer) -> Visitor:
    email_hash = address_hash(Identity.Kind.EMAIL, customer.email)
    if known and known.vouched == email_hash:
        _believe_still(known)
        return known
    key = known.key if known and not known.vouched else _same_everywhere(inbox, email_hash)
    visitor = Visitor(inbox.pk, key, email_hash)
    if _believe(visitor, customer):
        return visitor
    visitor = Visitor(inbox.pk, _same_everywhere(inbox, email_hash), email_hash)
    _believe(visitor, customer)
    return visitor


def _same_everywhere(inbox: Inbox, email_hash: str) -> str:
    # a customer who signs in on another device goes on with the same conversation
    return crypto.digest("vouched visitor", f"{inbox.pk}:{email_hash}")


@transaction.atomic
def _believe(visitor: Visitor, customer: Customer) -> bool:
    """Join visitor and customer; False when the visitor is already known as somebody else."""
    contact = visitor.met().contact
    email = recognise(Identity.Kind.EMAIL, customer.email, name=customer.name)
    _verify(email)
    join(contact, email)
    Contact.objects.filter(pk=email.contact_id, name="").update(name=customer.name)
    known = visitor.met()
    if known.contact_id != email.contact_id:
        return False
    Identity.objects.filter(pk=known.pk).update(verified_at=clock.now())
    return True


def _believe_still(visitor: Visitor) -> None:
    """A token that is still good proves anew; noted at most once an hour."""
    proven = Identity.objects.filter(**visitor.address, verified_at__lt=clock.ago(hours=1))
    proven.update(verified_at=clock.now())


def _verify(email: Identity) -> None:
    if Identity.objects.filter(pk=email.pk, verified_at=None).update(verified_at=clock.now()):
        emit(
            "identity.verified",
            actor=email.contact.actor,
            contact=email.contact_id,
            identity=email.pk,
            by="shop",
        )
