import hashlib

from django.db import IntegrityError, transaction

from samspill.kit.events import emit
from samspill.training.formats.read import kind
from samspill.training.models import History
from samspill.workspace.models import Agent


def take_in(name: str, content: bytes, by: Agent | None, *, column: str = "") -> tuple[History, bool]:
    """Store an export of old conversations, to be read by a job; the same bytes change nothing twice.

    Returns the history and whether it is new; raises Unreadable for what is no export at all.
    """
    form = kind(content)
    sha256 = hashlib.sha256(content).hexdigest()
    known = History.objects.filter(sha256=sha256).first()
    if known is None:
        try:
            return _store(name, content, by, column, form, sha256), True
        except IntegrityError:  # another upload of the same file was a moment faster
            known = History.objects.get(sha256=sha256)
    if known.state == History.State.FAILED:
        return _again(known, content, column, by), True
    return known, False


@transaction.atomic
def _store(name: str, content: bytes, by: Agent | None, column: str, form: str, sha256: str) -> History:
    history = History.objects.create(
        name=name[:200] or "?", format=form, column=column[:80], content=content, sha256=sha256, by=by
    )
    _tell(history, by)
    return history


@transaction.atomic
def _again(history: History, content: bytes, column: str, by: Agent | None) -> History:
    """What failed may be tried again, with another column for example."""
    fresh = {"state": History.State.WAITING, "error": "", "done": 0, "rows": 0, "skipped": {}}
    facts = fresh | {"content": content, "column": column[:80], "finished_at": None}
    if History.objects.filter(pk=history.pk, state=History.State.FAILED).update(**facts):
        _tell(history, by)
    history.refresh_from_db()
    return history


def _tell(history: History, by: Agent | None) -> None:
    emit("history.added", actor=by.actor if by else "system", history=history.pk)
