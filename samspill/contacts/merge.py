from django.db import transaction
from django.db.models import Model

from samspill.contacts.models import Contact, Merge
from samspill.kit.events import emit

# identities first: whoever opens a conversation for one of them holds it, and is waited for
MOVES = ("identities", "conversations", "consents", "attachment_set", "return_set")


@transaction.atomic
def merge(kept: Contact, merged: Contact, *, by: str) -> Merge:
    """Take `merged` into `kept`: all that hangs on it moves; the log can move it back.

    Call it only when both are proven to be one person: a verified shared identity.
    """
    moved = {name: _move(merged, kept, name) for name in MOVES}
    Contact.objects.filter(pk=merged.pk).update(merged_into=kept)
    Contact.objects.filter(pk=kept.pk, name="").update(name=merged.name)
    Contact.objects.filter(pk=kept.pk, language="").update(language=merged.language)
    log = Merge.objects.create(kept=kept, merged=merged, moved=moved, by=by)
    emit("contact.merged", actor=by, contact=kept.pk, merged=merged.pk)
    return log


def _move(source: Contact, target: Contact, name: str) -> list[int]:
    rows = getattr(source, name)
    ids = list(rows.values_list("pk", flat=True))
    model: type[Model] = rows.model
    model._default_manager.filter(pk__in=ids).update(contact=target)
    return ids
