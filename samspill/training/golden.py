"""The golden set: sentences whose right reading people have agreed on. They measure and are never learned from."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import QuerySet

from samspill.kit import clock
from samspill.kit.events import emit
from samspill.training.models import Example, Golden
from samspill.training.sentence import fingerprint, keep
from samspill.workspace.models import Agent

STEADY = 20  # with fewer sentences one of them moves the figure by more than five points
KEPT_DAYS = 7


class NothingLeft(ValueError):
    """Without the personal data in it the sentence says nothing."""


@dataclass(frozen=True)
class Added:
    """What became of a sentence: new, changed or there before, and how many examples were unlearned for it."""

    golden: Golden
    outcome: str
    unlearned: int = 0


def current() -> QuerySet[Golden]:
    """Everything that measures now."""
    return Golden.objects.filter(removed_at=None)


@transaction.atomic
def add(task: str, text: str, language: str, expected: str, *, by: Agent | None) -> Added:
    """Measure with this sentence from now on; if models learned from it they do so no more.

    Personal data is taken out first. A sentence that is golden for this task already gets the new expectation.
    Raises NothingLeft.
    """
    kept = keep(text)
    if len(kept) < 2:
        raise NothingLeft
    _hold_examples()
    before = Golden.objects.filter(task=task, text_hash=fingerprint(kept)).first()
    if before and before.removed_at is None and before.expected == expected:
        return Added(before, "known")
    golden = _write(before or Golden(task=task), kept, language, expected, by)
    unlearned, _ = Example.objects.filter(text_hash=golden.text_hash).delete()
    _tell("golden.added", golden, by, unlearned=unlearned)
    return Added(golden, "changed" if before else "new", unlearned)


@transaction.atomic
def add_missing(sentences: Iterable[tuple[str, str, str, str]], *, by: Agent | None) -> int:
    """Measure with those of (task, text, language, expected) that are not known; returns how many came new.

    What people have agreed on otherwise, or taken out, stays as they left it.
    """
    _hold_examples()
    rows = {(row.task, row.text_hash): row for row in (_fresh(*one, by=by) for one in sentences)}
    known = set(Golden.objects.values_list("task", "text_hash"))
    made = Golden.objects.bulk_create([row for key, row in rows.items() if key not in known])
    Example.objects.filter(text_hash__in=[row.text_hash for row in made]).delete()
    if made:
        emit("golden.taken_in", actor=by.actor if by else "system", sentences=len(made))
    return len(made)


@transaction.atomic
def change(golden: Golden, *, language: str, expected: str, by: Agent) -> None:
    """People have agreed on another reading of the sentence."""
    fields = {"language": language, "expected": expected, "by": by, "at": clock.now()}
    Golden.objects.filter(pk=golden.pk).update(**fields)
    _tell("golden.changed", golden, by)


@transaction.atomic
def remove(golden: Golden, *, by: Agent) -> None:
    """The sentence measures no more; for some days this can be taken back."""
    if Golden.objects.filter(pk=golden.pk, removed_at=None).update(removed_at=clock.now()):
        _tell("golden.removed", golden, by)


@transaction.atomic
def restore(golden: Golden, *, by: Agent) -> int:
    """Take a removal back; returns how many examples were unlearned that had been learned meanwhile."""
    _hold_examples()
    if not Golden.objects.filter(pk=golden.pk).exclude(removed_at=None).update(removed_at=None):
        return 0
    unlearned, _ = Example.objects.filter(text_hash=golden.text_hash).delete()
    _tell("golden.restored", golden, by, unlearned=unlearned)
    return unlearned


def is_golden(text: str) -> bool:
    """Whether a sentence, in whatever case and signs, measures and so must not be learned from."""
    return current().filter(text_hash=fingerprint(keep(text))).exists()


def fingerprints() -> set[str]:
    """Those of every golden sentence, for whoever gathers what is learned."""
    return set(current().values_list("text_hash", flat=True))


def forget_removed() -> None:
    """Delete for good what was removed a week ago."""
    Golden.objects.filter(removed_at__lt=clock.ago(days=KEPT_DAYS)).delete()


def _hold_examples() -> None:
    # an example that is being written now is waited for; the database refuses those that come after
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE samspill_example IN SHARE ROW EXCLUSIVE MODE")


def _fresh(task: str, text: str, language: str, expected: str, *, by: Agent | None) -> Golden:
    kept = keep(text)
    hashed = fingerprint(kept)
    return Golden(task=task, text=kept, text_hash=hashed, language=language, expected=expected, by=by)


def _write(golden: Golden, text: str, language: str, expected: str, by: Agent | None) -> Golden:
    golden.text, golden.text_hash = text, fingerprint(text)
    golden.language, golden.expected, golden.by = language, expected, by
    golden.vector, golden.encoder, golden.removed_at, golden.at = None, "", None, clock.now()
    golden.save()
    return golden


def _tell(kind: str, golden: Golden, by: Agent | None, **facts: int) -> None:
    actor = by.actor if by else "system"
    emit(kind, actor=actor, golden=golden.pk, task=golden.task, language=golden.language, **facts)
