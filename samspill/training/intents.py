"""What people decide about intents: accept, name, lead, merge, dismiss, and each of these taken back."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from samspill.kit import crypto
from samspill.kit.events import emit
from samspill.training import labels
from samspill.training.errors import NotPossible
from samspill.training.models import Example, Intent
from samspill.workspace.models import Agent

State = Intent.State
NAME = 40


@transaction.atomic
def create(title: str, by: Agent) -> Intent:
    """Begin an intent that no history proposed; it is accepted at once and waits for examples."""
    words = " ".join(title.split())[:120]
    if not words:
        raise NotPossible("no title")
    intent = Intent.objects.create(name=free_name(words), title=words, state=State.ACCEPTED)
    emit("intent.created", actor=by.actor, intent=intent.pk)
    return intent


def free_name(title: str) -> str:
    """A label no other intent and nothing that ships has; readable where the title has Latin letters."""
    wish = slugify(title)[:NAME].strip("-") or "intent"
    taken = set(Intent.objects.filter(name__startswith=wish).values_list("name", flat=True))
    taken |= set(labels.shipped())
    if wish != "intent" and wish not in taken:
        return wish
    return f"{wish}-{crypto.token(4).lower().strip('-_')}"


@transaction.atomic
def accept(intent: Intent, by: Agent) -> None:
    """The model learns it from now on, with all its sentences."""
    if Intent.objects.filter(pk=intent.pk, state=State.PROPOSED).update(state=State.ACCEPTED):
        emit("intent.accepted", actor=by.actor, intent=intent.pk)


@transaction.atomic
def unaccept(intent: Intent, by: Agent) -> None:
    """Take an acceptance back: it is a proposal again, and the model forgets it."""
    if Intent.objects.filter(pk=intent.pk, state=State.ACCEPTED).update(state=State.PROPOSED):
        emit("intent.unaccepted", actor=by.actor, intent=intent.pk)


@transaction.atomic
def rename(intent: Intent, title: str, by: Agent) -> None:
    """Call it something else; the label the model knows stays."""
    words = " ".join(title.split())[:120]
    if not words:
        raise NotPossible("no title")
    Intent.objects.filter(pk=intent.pk).update(title=words)
    emit("intent.renamed", actor=by.actor, intent=intent.pk)


@transaction.atomic
def lead(intent: Intent, leads_to: str, flow: str, by: Agent) -> None:
    """Change what the assistant does when it is sure that a customer wants this."""
    if leads_to not in Intent.LeadsTo.values or (leads_to == Intent.LeadsTo.FLOW and not flow):
        raise NotPossible("nowhere to lead to")
    where = flow if leads_to == Intent.LeadsTo.FLOW else ""
    Intent.objects.filter(pk=intent.pk).update(leads_to=leads_to, flow=where)
    emit("intent.led", actor=by.actor, intent=intent.pk, leads_to=leads_to, flow=where)


@transaction.atomic
def merge(intent: Intent, into: Intent, by: Agent) -> None:
    """Two were one: its sentences count for the other one. Raises NotPossible for a circle."""
    known = list(Intent.objects.select_for_update())
    target = labels.root(next(one for one in known if one.pk == into.pk), known)
    if target.pk == intent.pk or target.state == State.RETIRED:
        raise NotPossible("merged into itself")
    _retire(intent, target)
    emit("intent.merged", actor=by.actor, intent=intent.pk, into=target.pk)


@transaction.atomic
def dismiss(intent: Intent, by: Agent) -> None:
    """Nobody needs it: the model does not learn it, its sentences rest with it."""
    _retire(intent, None)
    emit("intent.dismissed", actor=by.actor, intent=intent.pk)


def _retire(intent: Intent, into: Intent | None) -> None:
    current = Intent.objects.select_for_update().get(pk=intent.pk)
    was = current.was if current.state == State.RETIRED else current.state
    Intent.objects.filter(pk=intent.pk).update(state=State.RETIRED, was=was, merged_into=into)


@transaction.atomic
def restore(intent: Intent, by: Agent) -> None:
    """Take a merge or a dismissal back: it stands where it stood."""
    current = Intent.objects.select_for_update().get(pk=intent.pk)
    if current.state != State.RETIRED:
        return
    Intent.objects.filter(pk=intent.pk).update(state=current.was or State.PROPOSED, was="", merged_into=None)
    emit("intent.restored", actor=by.actor, intent=intent.pk)


@transaction.atomic
def propose(title: str, members: list[int], history: int | None) -> Intent | None:
    """Put sentences that mean the same before people as an intent; None where others took them meanwhile."""
    waiting = Example.objects.select_for_update().filter(pk__in=members, intent=None, dropped_at=None)
    taken = list(waiting.values_list("pk", flat=True))
    if len(taken) < 2:
        return None
    try:
        with transaction.atomic():
            intent = Intent.objects.create(name=free_name(title), title=title[:120], history_id=history)
    except IntegrityError:
        intent = Intent.objects.create(name=free_name(""), title=title[:120], history_id=history)
    Example.objects.filter(pk__in=taken).update(intent=intent, suggested="")
    emit("intent.proposed", actor="system", intent=intent.pk, examples=len(taken))
    return intent
