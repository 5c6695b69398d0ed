"""Every label a sentence can get: the company's intents, and those that ship with the assistant.

The assistant stands above this floor and makes its labels known when it is wired.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from samspill.training.errors import UnknownIntent
from samspill.training.models import Intent

State = Intent.State


@dataclass(frozen=True)
class Label:
    """A label that ships. People may choose it where `offered`; `leads_to` a flow or nothing special."""

    name: str
    title: str
    offered: bool = True
    leads_to: str = Intent.LeadsTo.ANSWER
    flow: str = ""


_source: Callable[[], Iterable[Label]] = tuple


def register(source: Callable[[], Iterable[Label]]) -> None:
    """Make the labels of the assistant known. Called by its adapter alone."""
    global _source
    _source = source


def shipped() -> dict[str, Label]:
    """The assistant's own labels by name, titled in the reader's language."""
    return {label.name: label for label in _source()}


def choices() -> list[tuple[str, str]]:
    """(name, title) of all that a person may choose, the company's own first."""
    own = list(Intent.objects.filter(state=State.ACCEPTED).order_by("title").values_list("name", "title"))
    taken = {name for name, _ in own}
    return own + [
        (one.name, one.title) for one in shipped().values() if one.offered and one.name not in taken
    ]


def needs() -> set[str]:
    """The labels that name one need: the company's intents and the flows, not "a question" or "a complaint"."""
    ships = shipped()
    own = Intent.objects.filter(state=State.ACCEPTED).values_list("name", flat=True)
    return {name for name in own if name not in ships} | {one.name for one in ships.values() if one.flow}


def titles() -> dict[str, str]:
    """The title of every label by its name, those of merged intents too."""
    known = {label.name: label.title for label in shipped().values()}
    own = {intent.name: intent for intent in Intent.objects.all()}
    resolved = {intent.pk: root(intent, own.values()) for intent in own.values()}
    return known | {name: resolved[intent.pk].title for name, intent in own.items()}


def root(intent: Intent, known: Iterable[Intent]) -> Intent:
    """The intent it was merged into, however often, among the `known` ones; itself where it was not."""
    by_id = {one.pk: one for one in known}
    seen = set()
    while intent.merged_into_id in by_id and intent.pk not in seen:
        seen.add(intent.pk)
        intent = by_id[intent.merged_into_id]
    return intent


def intent_for(label: str) -> Intent:
    """The accepted intent of this name; one is made for a label that ships. Raises UnknownIntent."""
    found = Intent.objects.filter(name=label).first()
    if found:
        found = root(found, Intent.objects.all())
    ships = shipped().get(label)
    if ships and (found is None or (found.name == label and found.state == State.RETIRED)):
        facts = {"title": ships.title[:120], "leads_to": ships.leads_to, "flow": ships.flow}
        again = {"state": State.ACCEPTED, "was": ""}
        found, _ = Intent.objects.update_or_create(name=label, defaults=again, create_defaults=facts | again)
    if found is None or found.state != State.ACCEPTED:
        raise UnknownIntent(label)
    return found
