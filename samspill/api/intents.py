from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from samspill.api.paging import After, Limit, Problem, page
from samspill.api.values import Pk, words
from samspill.training import examples, intents
from samspill.training.errors import NothingToLearn
from samspill.training.models import Example, Intent

router = Router()


class IntentOut(Schema):
    """Something customers want: its label for the model, its name, and where it leads."""

    id: int
    name: str
    title: str
    state: str
    leads_to: str
    flow: str


class IntentPage(Schema):
    """A page of intents."""

    rows: list[IntentOut]
    next: int | None


class IntentIn(Schema):
    """A new intent."""

    title: Annotated[str, words(120, 1)]


class ExampleOut(Schema):
    """A sentence the model learns from, personal data removed."""

    id: int
    intent: int | None = Field(alias="intent_id")
    text: str
    language: str
    origin: str
    at: datetime


class ExamplePage(Schema):
    """A page of sentences."""

    rows: list[ExampleOut]
    next: int | None


class ExampleIn(Schema):
    """A sentence as a customer would say it; its language is found where it is not given."""

    text: Annotated[str, words(600, 2)]
    language: Annotated[str, words(12)] = ""


@router.get("", response=IntentPage)
def listed(request: HttpRequest, after: After = 0, limit: Limit = 25) -> dict[str, Any]:
    """Intents, proposed and retired ones too, oldest first."""
    return page(Intent.objects.all(), after, limit)


@router.post("", response={201: IntentOut})
def add(request: HttpRequest, body: IntentIn) -> Status[Intent]:
    """Begin an intent; it is accepted at once and waits for sentences."""
    return Status(201, intents.create(body.title, request.auth.created_by))  # type: ignore[attr-defined]


@router.get("/{pk}/examples", response={200: ExamplePage, 404: Problem})
def sentences(request: HttpRequest, pk: Pk, after: After = 0, limit: Limit = 25) -> dict[str, Any]:
    """The sentences of an intent, oldest first."""
    intent = get_object_or_404(Intent, pk=pk)
    return page(Example.objects.filter(intent=intent, dropped_at=None).defer("vector"), after, limit)


@router.post("/{pk}/examples", response={201: ExampleOut, 404: Problem, 422: Problem})
def teach(request: HttpRequest, pk: Pk, body: ExampleIn) -> Status[Any]:
    """Teach a sentence; one that is known moves to this intent. Training begins a few seconds later."""
    intent = get_object_or_404(Intent, pk=pk, state=Intent.State.ACCEPTED)
    agent = request.auth.created_by  # type: ignore[attr-defined]
    try:
        return Status(201, examples.add(body.text, intent.name, agent, language=body.language))
    except NothingToLearn:
        return Status(422, {"detail": "There is nothing to learn from this sentence."})


@router.delete("/{pk}/examples/{example}", response={204: None, 404: Problem})
def forget(request: HttpRequest, pk: Pk, example: Pk) -> Status[None]:
    """Throw a sentence away."""
    found = get_object_or_404(Example, pk=example, intent=pk, dropped_at=None)
    examples.drop(found, request.auth.created_by)  # type: ignore[attr-defined]
    return Status(204, None)
