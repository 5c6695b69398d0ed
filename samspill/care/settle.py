"""What people decide about a finding, each decision with a way back."""

from django.db import transaction

from samspill.care import duplicates, repairs
from samspill.care.models import Finding
from samspill.kit import clock
from samspill.kit.events import emit
from samspill.workspace.models import Agent

State = Finding.State


class NotOpen(Exception):
    """Somebody has decided already, or the matter is no longer so."""


class NothingToUndo(Exception):
    """The finding is open, or what was done cannot be taken back."""


@transaction.atomic
def accept(finding: Finding, *, by: str) -> Finding:
    """Repair what was found: two records become one, or a field is set right.

    Raises NotOpen, CannotMerge, CannotRepair.
    """
    held = _open(finding)
    if held.kind == Finding.Kind.DUPLICATE:
        duplicates.accept(held, by=by)
    else:
        repairs.repair(held, by=by)
    return _settle(held, State.ACCEPTED, by)


@transaction.atomic
def reject(finding: Finding, *, by: str) -> Finding:
    """It stays as it is; it is not found again unless there is new evidence. Raises NotOpen."""
    return _settle(_open(finding), State.REJECTED, by)


@transaction.atomic
def undo(finding: Finding, *, by: str) -> Finding:
    """Take the decision back: the finding is open again. Raises NothingToUndo, CannotUndo, CannotRepair."""
    held = _held(finding)
    if held.state not in (State.ACCEPTED, State.REJECTED):
        raise NothingToUndo
    if held.state == State.ACCEPTED and held.kind == Finding.Kind.DUPLICATE:
        duplicates.take_back(held, by=by)
    elif held.state == State.ACCEPTED:
        repairs.take_back(held, by=by)
    held.state, held.settled_at, held.settled_by = State.OPEN, None, ""
    return _keep(held, "finding.reopened", by)


@transaction.atomic
def assign(finding: Finding, owner: Agent | None, *, by: str) -> Finding:
    """Somebody else looks at it."""
    held = _held(finding)
    held.owner = owner
    return _keep(held, "finding.assigned", by, owner=owner.pk if owner else None)


def _held(finding: Finding) -> Finding:
    rows = Finding.objects.select_for_update(of=("self",)).select_related("contact", "other", "merge")
    return rows.get(pk=finding.pk)


def _open(finding: Finding) -> Finding:
    held = _held(finding)
    if held.state != State.OPEN:
        raise NotOpen
    return held


def _settle(held: Finding, state: str, by: str) -> Finding:
    held.state, held.settled_at, held.settled_by = state, clock.now(), by[:40]
    return _keep(held, f"finding.{state}", by)


def _keep(held: Finding, kind: str, by: str, **facts: object) -> Finding:
    held.save(update_fields=["state", "merge", "undo", "owner", "settled_at", "settled_by"])
    emit(kind, actor=by, contact=held.contact_id, finding=held.pk, **facts)
    return held
