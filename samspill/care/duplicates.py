"""Two records that may be one person: found with a score and reasons, decided by people."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from samspill.care.candidates import Signs, pairs
from samspill.care.finding import Found, write_down
from samspill.care.models import Finding
from samspill.care.owners import Owners
from samspill.care.score import WEAK, score, weigh, weights
from samspill.care.writing import writes_alike
from samspill.contacts.merge import merge, undo
from samspill.contacts.models import Contact, Identity

KIND = Finding.Kind.DUPLICATE
ABOUT = "person"


@transaction.atomic
def find(first: int, last: int, owners: Owners) -> None:
    """Look for duplicates of the contacts with ids in this range, and write down what is found."""
    contacts = list(Contact.objects.filter(pk__range=(first, last)).values_list("pk", flat=True))
    write_down(_found(first, last), contacts, [KIND], owners)


def proven() -> QuerySet[Finding]:
    """Open ones in which both have proven to own the same number: these need nobody's decision."""
    return Finding.objects.filter(kind=KIND, state="open", reasons__contains=[{"sign": "proven_phone"}])


def accept(finding: Finding, *, by: str) -> None:
    """The two are one person: they are merged, into the record with more behind it. Raises CannotMerge."""
    kept, merged = order(finding)
    finding.merge = merge(kept, merged, by=by)
    finding.undo = {}


def take_back(finding: Finding, *, by: str) -> None:
    """They were two after all. Raises CannotUndo."""
    if finding.merge and finding.merge.undone_at is None:
        undo(finding.merge, by=by)
    finding.merge = None


def order(finding: Finding) -> tuple[Contact, Contact]:
    """Who is kept and who is taken in: the one with proven addresses and more conversations stays."""
    assert finding.other is not None
    both = sorted((finding.contact, finding.other), key=_stands_for, reverse=True)
    return both[0], both[1]


def _found(first: int, last: int) -> Iterator[Found]:
    for left, right, signs in pairs(first, last):
        reasons = weigh(signs)
        if (
            score(reasons) < weights().shown
            and score(reasons) > weights().shown / 2
            and _worth_reading(signs)
        ):
            reasons = weigh(signs | ({"similar_writing": 2} if writes_alike(left, right) else {}))
        if score(reasons) >= weights().shown and not set(signs) <= WEAK:
            yield Found(KIND, left.pk, ABOUT, right.pk, score(reasons), reasons)


def _worth_reading(signs: Signs) -> bool:
    return bool({"same_name", "similar_name", "same_mail_name"} & set(signs))


def _stands_for(contact: Contact) -> tuple[int, int, int]:
    proven = contact.identities.exclude(verified_at=None).exclude(kind=Identity.Kind.VISITOR).count()
    return proven, contact.conversations.count(), -contact.pk
