"""Proving that an address is the contact's, by a one-time code sent to it."""

import secrets

from django.db import transaction
from django.db.models import F

from samspill.contacts.merge import merge
from samspill.contacts.models import Code, Contact, Identity
from samspill.kit import clock, crypto, rate
from samspill.kit.events import emit

CODE_MINUTES = 15
MOST_ATTEMPTS = 5
CODES_AN_HOUR = 5


@transaction.atomic
def send_code(contact: Contact, identity: Identity | None, language: str) -> None:
    """Have a one-time code mailed to `identity`; `contact` can then prove to be its owner.

    Without an identity (nothing is known under what the visitor gave) the same is done except for the mail,
    so that nothing can be told from outside. Raises rate.TooMany when too many were asked for.
    """
    rate.limit("code", contact.actor, most=CODES_AN_HOUR, per_s=3600)
    if identity:
        rate.limit("code-to", str(identity.pk), most=CODES_AN_HOUR, per_s=3600)
    text = f"{secrets.randbelow(1_000_000):06d}"
    Code.objects.filter(contact=contact, used_at=None).update(used_at=clock.now())
    code = Code.objects.create(
        contact=contact,
        identity=identity,
        digest=_digest(contact, text),
        sealed=crypto.seal(text),
        language=language,
        expires_at=clock.ahead(minutes=CODE_MINUTES),
    )
    emit("identity.code_made", actor="assistant", contact=contact.pk, code=code.pk)


def check_code(contact: Contact, text: str) -> tuple[str, Identity | None]:
    """("verified", identity), or "wrong", "expired" or "locked" with None.

    Verifying joins the visitor to the contact who owns the address: the shared identity is proven.
    """
    code = Code.objects.filter(contact=contact, used_at=None).order_by("-id").first()
    if code is None or code.expires_at < clock.now():
        return "expired", None
    # counted before it is compared, so that parallel guesses are counted too
    Code.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1)
    code.refresh_from_db()
    if code.attempts > MOST_ATTEMPTS:
        return "locked", None
    if code.identity is None or not crypto.same(code.digest, _digest(contact, text.strip())):
        return "wrong", None
    return _accept(contact, code)


@transaction.atomic
def _accept(contact: Contact, code: Code) -> tuple[str, Identity | None]:
    if not Code.objects.filter(pk=code.pk, used_at=None).update(used_at=clock.now()):
        return "expired", None
    identity = Identity.objects.select_related("contact").get(pk=code.identity_id)
    Identity.objects.filter(pk=identity.pk).update(verified_at=clock.now())
    emit("identity.verified", actor=contact.actor, contact=identity.contact_id, identity=identity.pk)
    join(contact, identity)
    return "verified", identity


def join(contact: Contact, identity: Identity) -> None:
    """Make visitor and owner of a proven address one contact, unless the visitor is proven to be another."""
    if identity.contact_id == contact.pk or _is_somebody(contact):
        return
    merge(identity.contact, contact, by="system")


def _is_somebody(contact: Contact) -> bool:
    return contact.identities.exclude(kind=Identity.Kind.VISITOR).filter(verified_at__isnull=False).exists()


def _digest(contact: Contact, text: str) -> str:
    return crypto.digest("code", f"{contact.pk}:{text}")
