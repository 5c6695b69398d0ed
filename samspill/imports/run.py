"""Brings a stored export in, portion by portion; whatever ends it, it goes on where it stopped."""

import csv
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, transaction

from samspill.imports import calls, letters, people, talks
from samspill.imports.foresee import Foresight
from samspill.imports.formats.read import rows
from samspill.imports.items import BadRow, Called, Company, Item, Letter, Person, Row, Said, Talk
from samspill.imports.models import Import, Skipped
from samspill.imports.tally import Tally
from samspill.kit import clock
from samspill.kit.events import emit

log = logging.getLogger(__name__)
PORTION = 200
PORTION_BYTES = 16 * 1024 * 1024
BROKEN = (OSError, EOFError, csv.Error, zipfile.BadZipFile, zlib.error)
State = Import.State
Work = Callable[[Import, list[tuple[str, Item]], Tally], None]
Told = Callable[[Import], None]


def run(pk: int, told: Told = lambda of: None) -> None:
    """Do an import, or the rest of it; `told` hears of every portion."""
    of = _begin(pk)
    if of is None:
        return
    try:
        _go(of, told)
    except BROKEN as error:
        log.warning("import %s cannot be read: %s", pk, type(error).__name__)
        fail(pk, "unreadable")


def where(of: Import) -> Path:
    """The file or folder: one the admin named, or one that was uploaded."""
    path = Path(of.path)
    return path if path.is_absolute() else settings.UPLOADS_FOLDER / path


@transaction.atomic
def _begin(pk: int) -> Import | None:
    of = Import.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    if of is None or of.state not in (State.STORED, State.RUNNING):
        return None
    if of.dry:  # it has written nothing: it begins anew
        of.position, of.counts = 0, {}
        Skipped.objects.filter(of=of).delete()
    of.state = State.RUNNING
    of.save(update_fields=["state", "position", "counts"])
    return of


def _go(of: Import, told: Told) -> None:
    if not of.whole:
        of.whole = sum(1 for _ in rows(of, where(of)))
        Import.objects.filter(pk=of.pk).update(whole=of.whole)
    if not of.whole:
        fail(of.pk, "empty")
        return
    work: Work = _foresee(of) if of.dry else _bring
    start = of.position
    for portion in _portions(islice(rows(of, where(of)), start, None)):
        if not _take(of.pk, start, portion, work):
            return  # stopped, or another worker does it
        start += len(portion)
        told(Import.objects.get(pk=of.pk))
    _finish(of.pk)


def _portions(found: Iterable[Row]) -> Iterator[list[Row]]:
    held: list[Row] = []
    size = 0
    for row in found:
        held.append(row)
        size += row.size
        if len(held) == PORTION or size > PORTION_BYTES:
            yield held
            held, size = [], 0
    if held:
        yield held


def _take(pk: int, start: int, portion: Sequence[Row], work: Work) -> bool:
    """One portion in one transaction; False when it is not ours to do (any more)."""
    made, wrong = [], []
    for row in portion:
        try:
            made.append((row.place, row.make()))
        except BadRow as error:
            wrong.append((row.place, str(error)))
        except Exception as error:  # noqa: BLE001  one odd row must not keep thousands out
            log.warning("a row of import %s: %s", pk, type(error).__name__)
            wrong.append((row.place, "unreadable"))
    return _write(pk, start, len(portion), made, wrong, work)


def _write(
    pk: int, start: int, many: int, made: list[tuple[str, Item]], wrong: list[tuple[str, str]], work: Work
) -> bool:
    for _ in range(3):  # somebody may write to us in the very moment in which we bring them in
        try:
            return _keep(pk, start, many, made, wrong, work)
        except DatabaseError as error:
            failed = error
    if len(made) <= 1:
        log.warning("a row of import %s: %s", pk, type(failed).__name__)
        return _keep(pk, start, many, [], [*wrong, *((place, "refused") for place, _ in made)], work)
    half = len(made) // 2
    first = _write(pk, start, half, made[:half], [], work)
    return first and _write(pk, start + half, many - half, made[half:], wrong, work)


@transaction.atomic
def _keep(
    pk: int, start: int, many: int, made: list[tuple[str, Item]], wrong: list[tuple[str, str]], work: Work
) -> bool:
    running = Import.objects.select_for_update(of=("self",)).select_related("inbox")
    of = running.filter(pk=pk, position=start, state=State.RUNNING).first()
    if of is None:
        return False
    tally = Tally()
    for place, reason in wrong:
        tally.skip(place, reason)
    work(of, made, tally)
    of.position = start + many
    tally.keep(of)
    of.save(update_fields=["position", "counts"])
    for conversation, contact in tally.conversations.items():
        emit("conversation.imported", actor=of.actor, contact=contact, conversation=conversation)
    return True


def _bring(of: Import, made: list[tuple[str, Item]], tally: Tally) -> None:
    people.companies([row for _, row in made if isinstance(row, Company)], tally)
    listed = [(place, row) for place, row in made if isinstance(row, Person)]
    people.bring(of, listed, tally, listed=True)
    spoken = [(place, row) for place, row in made if isinstance(row, (Talk, Said))]
    if spoken:
        talks.bring(of, spoken, tally)
    written = [(place, row) for place, row in made if isinstance(row, Letter)]
    if written:
        letters.bring(of, written, tally)
    called = [(place, row) for place, row in made if isinstance(row, Called)]
    if called:
        calls.bring(of, called, tally)


def _foresee(of: Import) -> Work:
    foresight = Foresight(of)
    return lambda _of, made, tally: foresight.look(made, tally)


@transaction.atomic
def _finish(pk: int) -> None:
    done = Import.objects.filter(pk=pk, state=State.RUNNING)
    if done.update(state=State.DONE, finished_at=clock.now()):
        emit("import.done", actor="system", importing=pk)


@transaction.atomic
def fail(pk: int, why: str) -> None:
    """It cannot be read; `why` is a code the pages put into words."""
    facts = {"state": State.FAILED, "error": why[:200], "finished_at": clock.now()}
    if Import.objects.filter(pk=pk, state=State.RUNNING).update(**facts):
        emit("import.failed", actor="system", importing=pk, code=why)
