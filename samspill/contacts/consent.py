from django.db import transaction

from samspill.contacts.models import Consent, Contact, Identity
from samspill.kit.events import emit

SERVICE = "service"  # use of personal data to handle what the customer asks for
CONTINUE = "continue"  # mail the answers to a chat the visitor has left
WORDING = "2026-11"  # the wording shown by the widget; a new text gets a new name


@transaction.atomic
def record(
    contact: Contact,
    purpose: str,
    channel: str,
    *,
    given: bool,
    wording: str = WORDING,
    identity: Identity | None = None,
) -> Consent:
    """Append the contact's answer to the ledger; `identity` is where it came from."""
    consent = Consent.objects.create(
        contact=contact, purpose=purpose, channel=channel, given=given, wording=wording, identity=identity
    )
    kind = "consent.given" if given else "consent.withdrawn"
    emit(kind, actor=contact.actor, contact=contact.pk, purpose=purpose, channel=channel)
    return consent


def has_given(contact: Contact, purpose: str, channel: str) -> bool:
    """True when the contact's latest answer was yes."""
    answers = Consent.objects.filter(contact=contact, purpose=purpose, channel=channel)
    return bool(answers.order_by("-id").values_list("given", flat=True).first())
