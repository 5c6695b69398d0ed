"""Who is writing: what the assistant does to find out, and what it tells meanwhile (nothing)."""

from samspill.commerce.sources import source
from samspill.contacts.mail import mail_code
from samspill.contacts.models import Code, Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.contacts.verify import address
from samspill.kit import crypto


def send_code(code: Code) -> None:
    """Find out who owns what the visitor claimed, and mail the code there; to nobody where nobody does."""
    if code.claim and code.identity is None:
        owner = _owner(crypto.unseal(code.claim))
        if owner:
            address(code, owner)
    mail_code(code)


def _owner(claim: str) -> Identity | None:
    if "@" in claim:
        known = Identity.objects.filter(kind="email", scope="", value_hash=address_hash("email", claim))
        return known.first()
    order = source().find(claim)
    return recognise(Identity.Kind.EMAIL, order.email) if order and order.email else None
