"""One-click repairs of one record: what was there before is kept sealed, so that each can be taken back."""

import json
from typing import Any

from samspill.care.finding import proposal
from samspill.care.models import Finding
from samspill.contacts.models import Contact, Identity
from samspill.contacts.organise import organisation_of
from samspill.contacts.update import update
from samspill.conversations.models import Conversation
from samspill.kit import clock, crypto
from samspill.kit.events import emit

PLAIN = ("name", "language", "country")


class CannotRepair(Exception):
    """There is no repair for this, or what it changed was changed again since; `code` says which: none, changed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def repair(finding: Finding, *, by: str) -> None:
    """Write what the finding proposes, and keep in the finding what it replaces. Raises CannotRepair."""
    wanted = proposal(finding)
    if not wanted:
        raise CannotRepair("none")
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=finding.contact_id)
    after = _wanted(contact, wanted)
    before = {name: _now(contact, name, new) for name, new in after.items()}
    for name, new in after.items():
        _write(contact, name, new, by)
    finding.undo = {"before": crypto.seal(json.dumps(before)), "after": crypto.seal(json.dumps(after))}


def take_back(finding: Finding, *, by: str) -> None:
    """Write back what was there before the repair. Raises CannotRepair where it was changed again since."""
    before, after = (
        json.loads(crypto.unseal(finding.undo.get(part, "")) or "{}") for part in ("before", "after")
    )
    contact = Contact.objects.select_for_update(no_key=True, of=("self",)).get(pk=finding.contact_id)
    if not before or any(_now(contact, name, new) != new for name, new in after.items()):
        raise CannotRepair("changed")
    for name, old in before.items():
        _write(contact, name, old, by)
    finding.undo = {}


def _wanted(contact: Contact, wanted: dict[str, Any]) -> dict[str, Any]:
    """The values by what they are written to."""
    if "domain" in wanted:
        return {"organisation_id": organisation_of(wanted["domain"]).pk}
    if "unreachable" in wanted:
        return {f"unreachable:{wanted['unreachable']}": True}
    if "conversations" in wanted:
        rows = Conversation.objects.filter(pk__in=wanted["conversations"])
        return {f"conversation:{pk}": owner for pk, owner in rows.values_list("pk", "identity__contact")}
    return wanted


def _now(contact: Contact, name: str, new: Any) -> Any:
    kind, _colon, pk = name.partition(":")
    if kind == "unreachable":
        return Identity.objects.filter(pk=pk, unreachable_at__isnull=False).exists()
    if kind == "conversation":
        return Conversation.objects.values_list("contact", flat=True).get(pk=pk)
    if kind == "inactive":
        return bool(contact.attributes.get("inactive"))
    return getattr(contact, name)


def _write(contact: Contact, name: str, new: Any, by: str) -> None:
    kind, _colon, pk = name.partition(":")
    if kind == "unreachable":
        Identity.objects.filter(pk=pk).update(unreachable_at=clock.now() if new else None)
        emit(
            "identity.unreachable" if new else "identity.reachable",
            actor=by,
            contact=contact.pk,
            identity=int(pk),
        )
    elif kind == "conversation":
        Conversation.objects.filter(pk=pk).update(contact=new)
        emit("conversation.given", actor=by, contact=new, conversation=int(pk))
    elif kind == "inactive":
        kept = {key: value for key, value in contact.attributes.items() if key != "inactive"}
        update(contact, by=by, attributes=kept | ({"inactive": True} if new else {}))
    else:
        update(contact, by=by, **{name: new})
