"""Reads a stored export in portions: sentences are kept, the rest is counted with its reason."""

from collections import Counter
from collections.abc import Sequence

from django.db import transaction

from samspill.intelligence.language import detect
from samspill.kit import clock, languages
from samspill.kit.events import emit
from samspill.training.errors import Unreadable
from samspill.training.formats.read import openings
from samspill.training.formats.talks import Opening
from samspill.training.golden import fingerprints
from samspill.training.models import Example, History
from samspill.training.sentence import fingerprint, keep
from samspill.workspace.current import workspace

PORTION = 200
State = History.State


def read(history_id: int) -> None:
    """Turn an export into sentences that wait for an intent; goes on where an earlier try was cut off."""
    history = History.objects.get(pk=history_id)
    if history.state not in (State.WAITING, State.READING) or history.content is None:
        return
    try:
        found = list(openings(bytes(history.content), history.format, history.column))
    except Unreadable as problem:
        fail(history, str(problem))
        return
    if not found:
        fail(history, "empty")
        return
    History.objects.filter(pk=history.pk).update(state=State.READING, rows=len(found))
    for start in range(history.done, len(found), PORTION):
        if not _portion(history.pk, found[start : start + PORTION], start):
            return  # another worker reads it
    _finish(history)


@transaction.atomic
def _portion(history: int, found: Sequence[Opening], start: int) -> bool:
    held = History.objects.select_for_update().filter(pk=history, done=start, state=State.READING).first()
    if held is None:
        return False
    skipped = Counter({"duplicate": 0, **held.skipped})
    skipped.update(one.why_not for one in found if one.why_not)
    kept = {
        row.text_hash: row for row in (_row(one.text, held) for one in found if not one.why_not) if row.text
    }
    known = set(Example.objects.filter(text_hash__in=kept).values_list("text_hash", flat=True))
    known |= fingerprints()  # what measures is not learned from
    made = Example.objects.bulk_create(
        [row for key, row in kept.items() if key not in known], ignore_conflicts=True
    )
    skipped["duplicate"] += sum(not one.why_not for one in found) - len(made)
    held.skipped = {why: number for why, number in skipped.items() if number}
    held.done = start + len(found)
    held.save(update_fields=["skipped", "done"])
    return True


def _row(text: str, history: History) -> Example:
    kept = keep(text)
    return Example(
        text=kept,
        text_hash=fingerprint(kept),
        language=language_of(kept),
        origin=Example.Origin.HISTORY,
        history=history,
    )


def language_of(text: str) -> str:
    """The language a sentence is written in, the company's own languages most expected."""
    return detect(text, list(dict.fromkeys([workspace().language, *languages.FULL]))).code


@transaction.atomic
def _finish(history: History) -> None:
    """Its bytes are not needed any more; finding intents comes next."""
    read = History.objects.filter(pk=history.pk, state=State.READING)
    if read.update(state=State.GROUPING, content=None):
        emit("history.read", actor="system", history=history.pk)


@transaction.atomic
def fail(history: History, why: str) -> None:
    """It cannot be read; `why` is a code the pages put into words."""
    failed = {"state": State.FAILED, "error": why[:300], "content": None, "finished_at": clock.now()}
    if History.objects.filter(pk=history.pk).exclude(state=State.DONE).update(**failed):
        emit("history.failed", actor="system", history=history.pk, code=why.split(":")[0])
