"""Tells the training floor which labels ship: the flows, and what every customer may say."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from samspill.flows.catalogue import build
from samspill.flows.texts import pick
from samspill.kit import languages
from samspill.training.labels import Label, register

PERSON, QUESTION, STRANGE = "human", "question", "out_of_scope"


def shipped() -> Iterator[Label]:
    """Flows by their titles, then control phrases in words."""
    reader = languages.from_django(translation.get_language() or "en")
    for flow in build().offered():
        yield Label(flow.name, pick(flow.title, reader), leads_to="flow", flow=flow.name)
    yield Label(QUESTION, _("A question for the articles"))
    yield Label(PERSON, _("To talk to a person"), leads_to="person")
    yield Label("complaint", _("To complain"))
    yield Label(STRANGE, _("None of our business"))
    for name, title in _small():
        yield Label(name, title, offered=False)


def _small() -> list[tuple[str, str]]:
    return [
        ("greet", _("A greeting")),
        ("thanks", _("Thanks")),
        ("bye", _("Goodbye")),
        ("affirm", _("Yes")),
        ("deny", _("No")),
        ("cancel", _("To stop")),
        ("small_talk", _("Small talk")),
        ("what_can_you_do", _("What the assistant can do")),
    ]


register(shipped)
