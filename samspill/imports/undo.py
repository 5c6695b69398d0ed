"""Taking back an import: all that it brought goes, except what somebody has worked on since."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from samspill.callbacks.past import remove_calls, remove_past
from samspill.contacts.models import Contact, Identity, Organisation
from samspill.conversations.attach import path
from samspill.conversations.models import Assignment, Attachment, Conversation, Inbound, Message
from samspill.imports.models import Brought, Import
from samspill.kit import clock, crypto
from samspill.kit.events import emit

PORTION = 200
State = Import.State
Remove = Callable[[Import, Sequence[int]], int]


def undo(pk: int) -> None:
    """Remove in portions; a job that was cut off goes on where it stopped."""
    of = Import.objects.get(pk=pk)
    for kind, remove in STEPS.items():
        while of.state == State.UNDOING and _portion(of, kind, remove):
            of.refresh_from_db()
    _finish(of)


@transaction.atomic
def _portion(of: Import, kind: str, remove: Remove) -> bool:
    held = Import.objects.select_for_update(of=("self",)).get(pk=of.pk)
    rows = list(Brought.objects.filter(of=of, kind=kind).order_by("pk")[:PORTION])
    removed = remove(held, [one.row for one in rows])
    counts = dict(held.counts)
    counts["kept"] = counts.get("kept", 0) + (
        len(rows) - removed if kind in ("conversation", "contact") else 0
    )
    Brought.objects.filter(pk__in=[one.pk for one in rows]).delete()
    Import.objects.filter(pk=of.pk).update(counts=counts)
    return bool(rows)


def _conversations(of: Import, pks: Sequence[int]) -> int:
    """Those nobody has answered in, noted in or taken since."""
    others = Message.objects.filter(conversation=OuterRef("pk")).exclude(extras__contains={"import": of.pk})
    taken = Assignment.objects.filter(conversation=OuterRef("pk"))
    found = Conversation.objects.filter(pk__in=pks).exclude(Exists(others)).exclude(Exists(taken))
    free = list(found.values_list("pk", flat=True))
    _forget_files(Attachment.objects.filter(message__conversation__in=free))
    Inbound.objects.filter(message__conversation__in=free).delete()
    Conversation.objects.filter(pk__in=free).delete()
    return len(free)


def _messages(of: Import, pks: Sequence[int]) -> int:
    """Those it added to conversations that were here before."""
    foreign = Message.objects.filter(pk__in=pks).exclude(
        conversation__in=_kept_conversations(of),
    )
    _forget_files(Attachment.objects.filter(message__in=foreign))
    Inbound.objects.filter(message__in=foreign).delete()
    return len(pks) if foreign.delete() else 0


def _forget_files(going: QuerySet[Attachment]) -> None:
    """Once they are gone, delete what nothing else shows."""
    hashes = set(going.values_list("sha256", flat=True))

    def forget() -> None:
        for sha256 in hashes - set(
            Attachment.objects.filter(sha256__in=hashes).values_list("sha256", flat=True)
        ):
            path(sha256).unlink(missing_ok=True)

    transaction.on_commit(forget)


def _kept_conversations(of: Import) -> QuerySet[Conversation]:
    """Brought by this import and worked on since: they stay whole."""
    prefix = "mail:" if of.form == "mbox" else f"{of.form}:"
    others = Message.objects.filter(conversation=OuterRef("pk")).exclude(extras__contains={"import": of.pk})
    taken = Assignment.objects.filter(conversation=OuterRef("pk"))
    brought = Conversation.objects.filter(inbox=of.inbox, external_id__startswith=prefix)
    return brought.filter(Exists(others) | Exists(taken)).values("pk")  # type: ignore[return-value]


def _contacts(of: Import, pks: Sequence[int]) -> int:
    """Those nothing else hangs on: no conversation, no address from elsewhere, no merge."""
    brought = Brought.objects.filter(of=of, kind="identity", row=OuterRef("pk"))
    own = Identity.objects.filter(contact=OuterRef("pk")).exclude(Exists(brought))
    busy = (
        Q(callbacks__isnull=False)
        | Q(conversations__isnull=False)
        | Q(absorbed__isnull=False)
        | Q(merged_into__isnull=False)
    )
    found = Contact.objects.filter(pk__in=pks).exclude(busy).exclude(Exists(own))
    free = list(found.values_list("pk", flat=True))
    Contact.objects.filter(pk__in=free).delete()
    return len(free)


def _identities(of: Import, pks: Sequence[int]) -> int:
    """Addresses it added to contacts that stay."""
    return Identity.objects.filter(pk__in=pks, conversations=None, verified_at=None).delete()[0]


def _filled(of: Import, pks: Sequence[int]) -> int:
    """Fields it filled are emptied, unless they hold something else by now."""
    facts = dict(Brought.objects.filter(of=of, kind="filled", row__in=pks).values_list("row", "facts"))
    for contact in Contact.objects.filter(pk__in=pks).select_related("organisation"):
        for name, mark in facts[contact.pk].items():
            _empty(contact, name, mark)
        contact.save()
    return len(pks)


def _empty(contact: Contact, name: str, mark: str) -> None:
    outer, _, key = name.partition(".")
    value = contact.attributes.get(key) if key else getattr(contact, outer)
    if crypto.digest("import", str(value)) != mark:
        return
    if key:
        contact.attributes = {k: v for k, v in contact.attributes.items() if k != key}
    else:
        setattr(contact, outer, {"organisation": None, "vip": False}.get(outer, ""))


def _companies(of: Import, pks: Sequence[int]) -> int:
    return Organisation.objects.filter(pk__in=pks, contacts=None).delete()[0]


@transaction.atomic
def _finish(of: Import) -> None:
    if Import.objects.filter(pk=of.pk, state=State.UNDOING).update(
        state=State.UNDONE, finished_at=clock.now()
    ):
        emit("import.undone", actor=of.actor, importing=of.pk)


def _callbacks(of: Import, pks: Sequence[int]) -> int:
    return remove_past(pks, by=of.actor)


def _calls(of: Import, pks: Sequence[int]) -> int:
    """Those it added to requests of an earlier import."""
    remove_calls(pks)
    return len(pks)


STEPS: dict[str, Remove] = {
    "callback": _callbacks,
    "call": _calls,
    "conversation": _conversations,
    "message": _messages,
    "filled": _filled,
    "contact": _contacts,
    "identity": _identities,
    "company": _companies,
}
