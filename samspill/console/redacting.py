"""Taking personal data out of a message."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.console.answering import done, with_toast
from samspill.console.conversation import find
from samspill.contacts.on_record import words_on_record
from samspill.conversations import redact as verbs
from samspill.conversations.models import Message, Redaction
from samspill.conversations.redact import NothingChosen, Piece, TooLate
from samspill.intelligence import pii
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.kit import clock, languages
from samspill.workspace.current import workspace

LABELS = {
    "email": gettext_lazy("e-mail address"),
    "phone": gettext_lazy("phone number"),
    "name": gettext_lazy("name"),
    "address": gettext_lazy("postal address"),
    "card": gettext_lazy("card number"),
    "iban": gettext_lazy("bank account"),
    "account": gettext_lazy("bank account"),
}
ID = gettext_lazy("national id")
OTHER = gettext_lazy("removed")
MOST_OTHER = 200


@dataclass(frozen=True)
class Part:
    """A stretch of the message; with a kind it is personal data that can be taken out."""

    text: str
    kind: str = ""
    start: int = 0

    @property
    def label(self) -> str:
        """What it is, in the reader's words."""
        return str(_label(self.kind)) if self.kind else ""


@requires("agent")
def redact(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    """GET shows the message with what was found in it; POST takes the chosen pieces out."""
    said = get_object_or_404(Message, pk=message, conversation=find(pk))
    if request.method == "POST":
        return _act(request, said)
    parts = parts_of(said)
    still = Redaction.objects.filter(conversation=pk, at__gt=clock.ago(minutes=verbs.UNDO_MINUTES)).exclude(
        sealed=""
    )
    context = {
        "conversation": said.conversation,
        "message": said,
        "parts": parts,
        "found": any(part.kind for part in parts),
        "still": still.select_related("by").order_by("-pk"),
        "minutes": verbs.UNDO_MINUTES,
    }
    return render(request, "console/conversation/redacting.html", context)


@require_POST
@requires("agent")
def unredact(request: HttpRequest, pk: int, redaction: int) -> HttpResponse:
    """Put back what a redaction took out."""
    row = get_object_or_404(Redaction, pk=redaction, conversation=find(pk))
    try:
        verbs.put_back(row, by=request.user)
    except TooLate:
        return done(request, pk, _("It is gone for good by now."))
    return done(request, pk, _("The text is as it was."))


def parts_of(said: Message) -> list[Part]:
    """The message cut into personal data and the rest."""
    company, parts, at = workspace(), [], 0
    regions = dict.fromkeys((company.country, *pii.REGIONS))
    known, numbers = words_on_record(said.conversation.contact), OrderNumbers(company.order_number)
    for one in pii.find(said.text, [*regions], known=known, numbers=numbers):
        parts += [Part(said.text[at : one.start]), Part(said.text[one.start : one.end], one.kind, one.start)]
        at = one.end
    return [part for part in [*parts, Part(said.text[at:])] if part.text]


def _act(request: HttpRequest, said: Message) -> HttpResponse:
    pk, wanted = said.conversation_id, set(request.POST.getlist("piece"))
    chosen = [(part.text, part.kind) for part in parts_of(said) if part.kind and str(part.start) in wanted]
    other = request.POST.get("other", "").strip()[:MOST_OTHER]
    try:
        made = verbs.redact(said, _pieces(said, [*chosen, (other, "other")]), by=request.user)
    except NothingChosen:
        return done(request, pk, _("Nothing was chosen, and nothing was changed."))
    answer = done(request, pk, _("Removed from the whole conversation."))
    if not request.htmx:
        return answer
    undo = reverse("console:unredact", args=[pk, made.pk])
    return with_toast(answer, _("Removed from the whole conversation."), undo=undo, changed=[pk])


def _pieces(said: Message, chosen: list[tuple[str, str]]) -> list[Piece]:
    """With labels in the language of the customer, who reads them too."""
    spoken = languages.spoken(said.conversation.language, workspace().language)
    with translation.override(languages.django_code(spoken)):
        return [Piece(value, kind, str(_label(kind))) for value, kind in chosen if value]


def _label(kind: str) -> object:
    return ID if kind.startswith("national_id") else LABELS.get(kind, OTHER)
