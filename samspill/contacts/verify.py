"""Proving that an address is the visitor's, by a one-time code sent to it."""

import secrets
from contextlib import suppress

from django.db import transaction
from django.db.models import F

from samspill.contacts.merge import CannotMerge, merge, root_of
from samspill.contacts.models import Code, Contact, Identity
from samspill.kit import clock, crypto, rate
from samspill.kit.events import emit

CODE_MINUTES = 15
PROOF_HOURS = 12
MOST_ATTEMPTS = 5
CODES_AN_HOUR = 5
TRIES = 3


@transaction.atomic
def new_code(visitor: Identity, claim: str, language: str) -> Code:
    """Make a code for whoever owns `claim`; a job finds out who that is and mails it.

    Nothing here depends on whether anybody does, so that nothing can be told from outside.
    Raises rate.TooMany when this visitor asked too often.
    """
    rate.limit("code", str(visitor.pk), most=CODES_AN_HOUR, per_s=3600)
    text = f"{secrets.randbelow(1_000_000):06d}"
    Code.objects.filter(visitor=visitor, used_at=None).update(used_at=clock.now())
    code = Code.objects.create(
        visitor=visitor,
        claim=crypto.seal(claim),
        digest=_digest(visitor, text),
        sealed=crypto.seal(text),
        language=language,
        expires_at=clock.ahead(minutes=CODE_MINUTES),
    )
    emit("identity.code_made", actor="assistant", contact=visitor.contact_id, code=code.pk)
    return code


def address(code: Code, owner: Identity) -> bool:
    """Settle who gets the code; False when this address was sent too many."""
    try:
        rate.limit("code-to", str(owner.pk), most=CODES_AN_HOUR, per_s=3600)
    except rate.TooMany:
        return False
    code.identity = owner
    code.save(update_fields=["identity"])
    return True


def check_code(visitor: Identity, text: str) -> str:
    """`verified`, `wrong`, `expired` or `locked`.

    Verifying joins the visitor to the contact who owns the address: the shared identity is proven.
    """
    code = Code.objects.filter(visitor=visitor, used_at=None).order_by("-id").first()
    if code is None or code.expires_at < clock.now():
        return "expired"
    # counted before it is compared, so that parallel guesses are counted too
    Code.objects.filter(pk=code.pk).update(attempts=F("attempts") + 1)
    code.refresh_from_db()
    if code.attempts > MOST_ATTEMPTS:
        return "locked"
    if code.identity is None or not crypto.same(code.digest, _digest(visitor, text.strip())):
        return "wrong"
    return _accept(visitor, code)


@transaction.atomic
def _accept(visitor: Identity, code: Code) -> str:
    moment = clock.now()
    if not Code.objects.filter(pk=code.pk, used_at=None).update(used_at=moment, proved_at=moment):
        return "expired"
    owner = Identity.objects.select_related("contact").get(pk=code.identity_id)
    prove(visitor, owner)
    return "verified"


def prove(visitor: Identity, owner: Identity) -> None:
    """The visitor has proven to own an address, by a code or by a pass the shop signed."""
    moment = clock.now()
    Identity.objects.filter(pk__in=[visitor.pk, owner.pk]).update(verified_at=moment)
    emit("identity.verified", actor=visitor.contact.actor, contact=owner.contact_id, identity=owner.pk)
    join(visitor.contact, owner)


def proven_by_mail(sender: Identity) -> None:
    """A mail whose sending domain vouches for it came from this address: whoever writes from it owns it."""
    if sender.verified_at:
        return
    if Identity.objects.filter(pk=sender.pk, verified_at=None).update(verified_at=clock.now()):
        contact = sender.contact
        emit("identity.verified", actor=contact.actor, contact=contact.pk, identity=sender.pk, by="mail")


def join(contact: Contact, owner: Identity) -> None:
    """Make visitor and owner of a proven address one contact, unless the visitor is proven to be another."""
    for _ in range(TRIES):
        kept = root_of(Identity.objects.select_related("contact").get(pk=owner.pk).contact)
        merged = root_of(contact)
        if kept.pk == merged.pk or _is_somebody(merged):
            return
        with suppress(CannotMerge):  # one of them was merged in this moment: look again
            merge(kept, merged, by="system")
            return


def proven_addresses(visitor: Identity) -> set[str]:
    """Hashes of the mail addresses this visitor has proven to own within the last hours."""
    since = clock.ago(hours=PROOF_HOURS)
    codes = [one.identity_id for one in visitor.codes.all() if one.proved_at and one.proved_at > since]
    owners = Identity.objects.filter(pk__in=codes).values_list("value_hash", flat=True) if codes else ()
    proven = set(owners)
    if visitor.verified_at and visitor.verified_at > since:
        mails = Identity.objects.filter(contact=visitor.contact_id, kind="email", verified_at__isnull=False)
        proven |= set(mails.values_list("value_hash", flat=True))
    return proven


def _is_somebody(contact: Contact) -> bool:
    return contact.identities.exclude(kind=Identity.Kind.VISITOR).filter(verified_at__isnull=False).exists()


def _digest(visitor: Identity, text: str) -> str:
    return crypto.digest("code", f"{visitor.pk}:{text}")
