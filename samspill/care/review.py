"""A review of all records: begun by a person or the calendar, done in pieces by a job, kept with what it found."""

from collections.abc import Iterator
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.db.models import Count

from samspill.care import duplicates, settle
from samspill.care.checks import KINDS, check
from samspill.care.facts import facts_of, with_addresses
from samspill.care.finding import write_down
from samspill.care.models import Finding, Review
from samspill.care.owners import Owners, care_settings
from samspill.care.traits import note_traits
from samspill.contacts.merge import CannotMerge
from samspill.contacts.models import Contact
from samspill.kit import clock
from samspill.kit.events import emit

PIECE = 500
LOST_AFTER_HOURS = 6
MONTH_DAYS = 30.44


class UnderWay(Exception):
    """One review at a time."""


def begin(*, by: str) -> Review:
    """Ask for a review; a job does it. Raises UnderWay."""
    lost = Review.objects.filter(finished_at=None, begun_at__lt=clock.ago(hours=LOST_AFTER_HOURS))
    lost.update(finished_at=clock.now())
    try:
        with transaction.atomic():
            review = Review.objects.create(by=by, records=_living().count())
            emit("review.begun", actor=by, review=review.pk)
    except IntegrityError:
        raise UnderWay from None
    return review


def begin_when_due() -> None:
    """Begin the review that the calendar asks for."""
    months, last = care_settings().every_months, Review.objects.order_by("-pk").first()
    due = last is None or last.begun_at < clock.ago(days=months * MONTH_DAYS)
    if months and due and _living().exists():
        with suppress(UnderWay):
            begin(by="system")


def under_way() -> Review | None:
    """The review that is not done yet."""
    return Review.objects.filter(finished_at=None).order_by("-pk").first()


def carry_out(review: Review) -> None:
    """Look at every record, piece by piece; doing it again is harmless, and finds the same."""
    if review.finished_at:
        return
    owners, stale_before = Owners(), clock.ago(days=care_settings().stale_months * MONTH_DAYS)
    done = 0
    for pks in _pieces():
        with transaction.atomic():
            contacts = with_addresses(pks)
            note_traits(contacts)
            found = [one for facts in facts_of(contacts) for one in check(facts, stale_before)]
            write_down(found, pks, KINDS, owners)
        done = _progress(review, done + len(pks))
    for pks in _pieces():
        duplicates.find(pks[0], pks[-1], owners)
        done = _progress(review, done + len(pks))
    _join_proven()
    _finish(review)


def open_findings():  # type: ignore[no-untyped-def]
    """What waits for somebody, of records that stand for themselves."""
    rows = Finding.objects.filter(state=Finding.State.OPEN, contact__merged_into=None)
    return rows.exclude(other__merged_into__isnull=False)


def _pieces() -> Iterator[list[int]]:
    last = 0
    while pks := list(_living().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:PIECE]):
        yield pks
        last = pks[-1]


def _living():  # type: ignore[no-untyped-def]
    return Contact.objects.filter(merged_into=None)


def _progress(review: Review, done: int) -> int:
    Review.objects.filter(pk=review.pk).update(done=done)
    return done


def _join_proven() -> None:
    for finding in duplicates.proven():
        with suppress(CannotMerge, settle.NotOpen):
            settle.accept(finding, by="system")


@transaction.atomic
def _finish(review: Review) -> None:
    found = dict(open_findings().order_by().values_list("kind").annotate(n=Count("pk")))
    records, troubled = _living().count(), open_findings().values("contact").distinct().count()
    quality = 1 - troubled / records if records else 1.0
    changes = {"finished_at": clock.now(), "found": found, "records": records, "quality": quality}
    if Review.objects.filter(pk=review.pk, finished_at=None).update(**changes):
        emit("review.finished", actor="system", review=review.pk, found=found)
