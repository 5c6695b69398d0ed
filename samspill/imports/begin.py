"""Beginning, stopping, going on with and taking back an import."""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from samspill.conversations.models import Inbox
from samspill.imports.formats.read import FORMS, WITH_INBOX, guess
from samspill.imports.models import Import, Skipped
from samspill.kit import clock, crypto
from samspill.kit.events import emit
from samspill.workspace.models import Agent

MOST_BYTES = 1024 * 1024 * 1024
KEPT_DAYS = 7
State = Import.State


class CannotImport(Exception):
    """Why an import cannot begin, as a code the pages put into words."""


def store(upload: UploadedFile, form: str, inbox: Inbox | None, by: Agent) -> Import:
    """Keep an uploaded export on disk, to be looked at first; nothing is brought in yet. Raises CannotImport.

    Without `form` it is found out what wrote it.
    """
    if not upload.size:
        raise CannotImport("empty")
    if upload.size > MOST_BYTES:
        raise CannotImport("too_big")
    place = Path("imports") / f"{crypto.token(12)}{Path(upload.name or '').suffix[:10].casefold()}"
    target = settings.UPLOADS_FOLDER / place
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        for part in upload.chunks():
            file.write(part)
    try:
        return add(upload.name or "?", str(place), form or guess(target), inbox, by)
    except CannotImport:
        target.unlink()
        raise


@transaction.atomic
def add(
    name: str, path: str, form: str, inbox: Inbox | None, by: Agent | None, *, dry: bool = True
) -> Import:
    """Note an export that lies at `path`, below the uploads or where an admin says. Raises CannotImport."""
    if form not in FORMS:
        raise CannotImport("unknown_form")
    if form in WITH_INBOX and inbox is None:
        raise CannotImport("no_inbox")
    inbox = inbox if form in WITH_INBOX else None
    of = Import.objects.create(form=form, name=name[:200], path=path, inbox=inbox, by=by, dry=dry)
    emit("import.added", actor=of.actor, importing=of.pk)
    return of


@transaction.atomic
def ask(of: Import, *, by: Agent | None, dry: bool, columns: dict[str, str] | None = None) -> bool:
    """Have it looked through or brought in from the beginning; False while it runs."""
    facts: dict[str, Any] = {"state": State.STORED, "dry": dry, "position": 0, "counts": {}, "error": ""}
    facts |= {"finished_at": None} | ({} if columns is None else {"columns": columns})
    idle = Import.objects.filter(pk=of.pk).exclude(state__in=(State.RUNNING, State.UNDOING))
    if not idle.update(**facts):
        return False
    Skipped.objects.filter(of=of).delete()
    emit("import.asked", actor=by.actor if by else "system", importing=of.pk)
    return True


@transaction.atomic
def go_on(of: Import, *, by: Agent | None) -> bool:
    """Go on where it stopped."""
    stopped = Import.objects.filter(pk=of.pk, state__in=(State.STOPPED, State.FAILED))
    if not stopped.update(state=State.STORED, error="", finished_at=None):
        return False
    emit("import.asked", actor=by.actor if by else "system", importing=of.pk)
    return True


@transaction.atomic
def stop(of: Import, *, by: Agent | None) -> bool:
    """Let it end after the portion it is at; what has come in stays."""
    running = Import.objects.filter(pk=of.pk, state__in=(State.STORED, State.RUNNING))
    if not running.update(state=State.STOPPED, finished_at=clock.now()):
        return False
    emit("import.stopped", actor=by.actor if by else "system", importing=of.pk)
    return True


@transaction.atomic
def undo(of: Import, *, by: Agent | None) -> bool:
    """Have all that it brought and nobody has worked on removed."""
    ended = Import.objects.filter(pk=of.pk, dry=False, state__in=(State.DONE, State.STOPPED, State.FAILED))
    if not ended.update(state=State.UNDOING):
        return False
    emit("import.undo_asked", actor=by.actor if by else "system", importing=of.pk)
    return True


def forget_files() -> int:
    """Delete uploaded exports after a week: they are full of personal data. Returns how many."""
    old = Import.objects.filter(created_at__lt=clock.ago(days=KEPT_DAYS), path__startswith="imports/")
    idle = [of for of in old if not of.is_running]
    for of in idle:
        target = settings.UPLOADS_FOLDER / of.path
        shutil.rmtree(target, ignore_errors=True) if target.is_dir() else target.unlink(missing_ok=True)
        Import.objects.filter(pk=of.pk).update(path="")
    return len(idle)
