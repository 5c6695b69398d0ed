"""Two contacts become one, and two again, with everything where it would be had they never been one."""

from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from samspill.contacts.filling import active, fill, known, unfill
from samspill.contacts.models import Contact, Identity, Merge
from samspill.kit import clock
from samspill.kit.events import emit

# identities first: whoever opens a conversation for one of them holds it, and is waited for
MOVES = ("identities", "conversations", "consents", "attachment_set", "return_set", "callbacks")


class CannotMerge(Exception):
    """The two cannot be made one; `code` says why: same, merged."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class CannotUndo(Exception):
    """The merge cannot be taken back; `code` says why: undone, moved."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@transaction.atomic
def merge(kept: Contact, merged: Contact, *, by: str) -> Merge:
    """Take `merged` into `kept`: all that hangs on it moves, what was not known is filled in, the log can undo it.

    By a program only when both are proven to be one person: a verified shared identity. Raises CannotMerge.
    """
    if kept.pk == merged.pk:
        raise CannotMerge("same")
    held = _held(kept.pk, merged.pk)
    if len(held) < 2 or any(contact.merged_into_id for contact in held.values()):
        raise CannotMerge("merged")
    kept, merged = held[kept.pk], held[merged.pk]
    moved = {name: _move(merged, kept, name) for name in MOVES}
    Contact.objects.filter(pk=merged.pk).update(merged_into=kept)
    log = Merge.objects.create(
        kept=kept, merged=merged, moved=moved, offered=known(merged), filled=fill(kept, merged), by=by
    )
    emit("contact.merged", actor=by, contact=kept.pk, merged=merged.pk)
    return log


@transaction.atomic
def undo(log: Merge, *, by: str) -> None:
    """Make the two of a merge two again, as if they had never been one.

    What came since by an address of the merged contact goes with it; what came by the other's stays; also where
    the kept one was taken into a third meanwhile. Raises CannotUndo.
    """
    chain = _chain(log.kept_id)
    held = _held(log.merged_id, *chain)
    log = Merge.objects.select_for_update().get(pk=log.pk)
    if log.undone_at:
        raise CannotUndo("undone")
    if chain != _chain(log.kept_id):  # merged on in this very moment
        raise CannotUndo("moved")
    log.kept, log.merged = held[log.kept_id], held[log.merged_id]
    ids = _identities(log)
    for name in MOVES:
        _give_back(log, name, ids)
    Contact.objects.filter(pk=log.merged_id).update(merged_into=None)
    Merge.objects.filter(pk=log.pk).update(undone_at=clock.now())
    unfill(log)
    emit("contact.unmerged", actor=by, contact=log.kept_id, merged=log.merged_id, merge=log.pk)


def root_of(contact: Contact) -> Contact:
    """The contact this one has been taken into, in the end; itself where it has not been."""
    return Contact.objects.get(pk=_chain(contact.pk)[-1])


def all_of(contact: Contact) -> list[int]:
    """The ids of a contact and of all that were taken into it: those its events were told under."""
    found, fresh = [contact.pk], [contact.pk]
    while fresh:
        fresh = list(Contact.objects.filter(merged_into__in=fresh).values_list("pk", flat=True))
        found += fresh
    return found


def _chain(pk: int) -> list[int]:
    chain = [pk]
    while above := Contact.objects.filter(pk=chain[-1]).values_list("merged_into", flat=True).first():
        chain.append(above)
    return chain


def _held(*pks: int) -> dict[int, Contact]:
    # in one order, so that two merges at once wait for each other instead of both for ever
    rows = Contact.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=pks).order_by("pk")
    return {contact.pk: contact for contact in rows}


def _move(source: Contact, target: Contact, name: str) -> list[int]:
    rows = getattr(source, name)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    _model(name)._default_manager.filter(pk__in=ids).update(contact=target)
    return ids


def _identities(log: Merge) -> list[int]:
    """The merged contact's addresses: those it came with, and those named since from one of them."""
    found = fresh = list(log.moved["identities"])
    while fresh:
        since = Identity.objects.filter(given_by__in=fresh).exclude(pk__in=found)
        fresh = list(since.values_list("pk", flat=True))
        found = [*found, *fresh]
    return found


def _give_back(log: Merge, name: str, identities: list[int]) -> None:
    rows = _model(name)._default_manager.all()
    mine = Q(pk__in=identities) if name == "identities" else Q(identity__in=identities)
    if name != "identities":
        mine |= Q(identity=None, pk__in=log.moved.get(name, []))
    ids = set(rows.filter(mine).values_list("pk", flat=True))
    rows.filter(pk__in=ids).update(contact=log.merged)
    _forget(log, name, ids)


def _forget(log: Merge, name: str, ids: set[int]) -> None:
    """Merges above this one have never moved these."""
    holder: Any = log.kept_id
    while outer := active().filter(merged=holder).first():
        outer.moved[name] = [pk for pk in outer.moved.get(name, []) if pk not in ids]
        outer.save(update_fields=["moved"])
        holder = outer.kept_id


def _model(name: str) -> type[Model]:
    model: type[Model] = getattr(Contact, name).rel.related_model
    return model
