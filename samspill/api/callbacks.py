from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status
from pydantic import AfterValidator, AwareDatetime, model_validator

from samspill.api.contacts import Language
from samspill.api.paging import MOST_ID, After, Limit, Problem, page
from samspill.api.values import Email, Key, Pk, words
from samspill.callbacks import ask as asking
from samspill.callbacks import change, work
from samspill.callbacks.errors import BadNumber, Refused
from samspill.callbacks.link import link
from samspill.callbacks.models import Attempt, Callback
from samspill.callbacks.number import checked
from samspill.callbacks.told import number_problem
from samspill.contacts.models import Contact, Identity
from samspill.contacts.recognise import recognise
from samspill.workspace.current import workspace

router = Router()
State = Literal["", "open", "reached", "late", "unreached", "wrong_number", "expired", "cancelled"]
Outcome = Literal["answered", "no_answer", "voicemail", "busy", "declined", "too_late", "wrong_number"]
REFUSED = {
    "off": "Callbacks are switched off.",
    "never_call": "The contact does not want to be called.",
    "ended": "The callback is over.",
    "taken": "Another agent has this callback.",
    "calling": "A call is going on.",
    "past": "This time is over.",
    "forgotten": "The number has been forgotten.",
}


def _near(moment: datetime) -> datetime:
    if not 2000 < moment.year < 2100:
        raise ValueError("This moment is too far away.")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_near)]


class CallbackOut(Schema):
    """Somebody who asked to be called; `next_at` is when the next call is planned, `link` the customer's own page."""

    id: int
    contact: int = Field(alias="contact_id")
    number: str
    state: str
    mode: str
    source: str
    topic: str
    language: str
    conversation: int | None = Field(alias="conversation_id")
    promised_from: datetime
    promised_by: datetime
    next_at: datetime | None
    chance: float | None
    attempts_made: int
    taken_by: int | None = Field(alias="taken_by_id")
    created_at: datetime
    ended_at: datetime | None
    link: str

    @staticmethod
    def resolve_number(row: Callback) -> str:
        """The number as +4722225555; '' once it is forgotten."""
        return row.identity.value if row.identity else ""

    @staticmethod
    def resolve_link(row: Callback) -> str:
        """What the customer may be sent: it shows and changes this callback, and nothing else of theirs."""
        return settings.URL + link(row, row.contact)


class CallbackPage(Schema):
    """A page of callbacks."""

    rows: list[CallbackOut]
    next: int | None


class SpanIn(Schema):
    """From when to when a call suits the customer."""

    begins: Moment
    ends: Moment

    @model_validator(mode="after")
    def _forward(self) -> "SpanIn":
        if self.ends <= self.begins:
            raise ValueError("It ends before it begins.")
        return self


class CallbackIn(Schema):
    """A wish to be called: of `contact`, else of whoever owns `email`, else of whoever owns the number.

    `wanted`: when it suits; `at`: an appointment. `id` is the caller's own and makes a retry harmless. With an
    `email` the customer is mailed the time and their link.
    """

    number: Annotated[str, words(60, 1)]
    contact: int | None = Field(None, ge=1, le=MOST_ID)
    email: Email | None = None
    name: Annotated[str, words(160)] = ""
    topic: Annotated[str, words(1000)] = ""
    language: Language = ""
    wanted: SpanIn | None = None
    at: Moment | None = None
    id: Key | None = None


class AttemptOut(Schema):
    """One call; `outcome` is '' while it rings."""

    id: int
    callback: int = Field(alias="callback_id")
    position: int
    agent: int | None = Field(alias="agent_id")
    began_at: datetime
    ended_at: datetime | None
    outcome: str


class OutcomeIn(Schema):
    """How a call ended."""

    outcome: Outcome


@router.get("", response=CallbackPage)
def callbacks(
    request: HttpRequest, after: After = 0, limit: Limit = 25, state: State = "", since: Moment | None = None
) -> dict[str, Any]:
    """Callbacks, oldest first; `since`: asked for at this moment or later."""
    rows = _callbacks().filter(state=state) if state else _callbacks()
    return page(rows.filter(created_at__gte=since) if since else rows, after, limit)


@router.post("", response={200: CallbackOut, 201: CallbackOut, 404: Problem, 409: Problem, 422: Problem})
def add(request: HttpRequest, body: CallbackIn) -> Status[Any]:
    """Ask for a call (201); a wish known by its `id`, or an open one for the same number, is given back (200)."""
    key = f"api:{body.id}" if body.id else ""
    if key and (known := _callbacks().filter(key=key).first()):
        return Status(200, known)
    try:
        number = checked(body.number, workspace().country)
        return _ask(request, body, number, key)
    except BadNumber as error:
        return Status(422, {"detail": number_problem(error.code)})
    except Refused as error:
        return _refused(error)


@router.post("/next", response={200: CallbackOut, 204: None})
def take_next(request: HttpRequest) -> Status[Any]:
    """Give the token's agent whoever should be called now (200), or nobody (204); asked again, it is the same one."""
    held = work.take_next(request.auth.created_by)  # type: ignore[attr-defined]
    return Status(200, _callbacks().get(pk=held.pk)) if held else Status(204, None)


@router.get("/{pk}", response={200: CallbackOut, 404: Problem})
def callback(request: HttpRequest, pk: Pk) -> Callback:
    """One callback."""
    return get_object_or_404(_callbacks(), pk=pk)


@router.post("/{pk}/move", response={200: CallbackOut, 404: Problem, 409: Problem})
def move(request: HttpRequest, pk: Pk, body: SpanIn) -> Any:
    """Call in this span instead; 409 when it is over, or a call is going on."""
    found = get_object_or_404(Callback, pk=pk)
    try:
        change.move(found, (body.begins, body.ends), by=_by(request))
    except Refused as error:
        return _refused(error)
    return _callbacks().get(pk=pk)


@router.post("/{pk}/cancel", response={200: CallbackOut, 404: Problem, 409: Problem})
def cancel(request: HttpRequest, pk: Pk) -> Any:
    """Do not call any more; 409 when it is over, or a call is going on."""
    found = get_object_or_404(Callback, pk=pk)
    try:
        change.cancel(found, by=_by(request))
    except Refused as error:
        return _refused(error)
    return _callbacks().get(pk=pk)


@router.get("/{pk}/attempts", response={200: list[AttemptOut], 404: Problem})
def attempts(request: HttpRequest, pk: Pk) -> QuerySet[Attempt]:
    """The calls of a callback, the first one first."""
    return get_object_or_404(Callback, pk=pk).attempts.order_by("position")


@router.post("/{pk}/attempts", response={201: AttemptOut, 404: Problem, 409: Problem})
def begin(request: HttpRequest, pk: Pk) -> Status[Any]:
    """A call by the token's agent begins; while it rings, it is the same one. 409 when it may not be made."""
    found = get_object_or_404(Callback.objects.select_related("contact"), pk=pk)
    try:
        return Status(201, work.call(found, request.auth.created_by))  # type: ignore[attr-defined]
    except Refused as error:
        return _refused(error)


@router.patch("/{pk}/attempts/{attempt}", response={200: CallbackOut, 404: Problem, 409: Problem})
def finish(request: HttpRequest, pk: Pk, attempt: Pk, body: OutcomeIn) -> Any:
    """Say how a call ended; said twice, it is once. Gives the callback with its next step."""
    found = get_object_or_404(Attempt, pk=attempt, callback=pk)
    try:
        work.finish(found, body.outcome, by=_by(request))
    except Refused as error:
        return _refused(error)
    return _callbacks().get(pk=pk)


def _ask(request: HttpRequest, body: CallbackIn, number: str, key: str) -> Status[Any]:
    mail = recognise("email", body.email, name=body.name, language=body.language) if body.email else None
    contact = _contact(body, number, mail)
    newest = Callback.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    wish = asking.Wish(
        number, "api", topic=body.topic, language=body.language, fixed=body.at, key=key, told_at=mail,
        wanted=(body.wanted.begins, body.wanted.ends) if body.wanted else None,
    )  # fmt: skip
    made = asking.ask(contact, wish, by=_by(request))
    return Status(201 if made.pk > newest else 200, _callbacks().get(pk=made.pk))


def _contact(body: CallbackIn, number: str, mail: Identity | None) -> Contact:
    if body.contact:
        return get_object_or_404(Contact, pk=body.contact, merged_into=None)
    if mail:
        return mail.contact
    return recognise("phone", number, name=body.name, language=body.language).contact


def _refused(error: Refused) -> Status[Any]:
    return Status(409, {"detail": REFUSED.get(error.code, "This cannot be done now.")})


def _by(request: HttpRequest) -> str:
    return f"token:{request.auth.pk}"  # type: ignore[attr-defined]


def _callbacks() -> QuerySet[Callback]:
    return Callback.objects.select_related("contact", "identity")
