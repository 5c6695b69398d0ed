"""The intents people have accepted, one page each, and those proposed to them."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samspill.console.access import requires
from samspill.console.answering import again
from samspill.console.training.around import address, gone, show
from samspill.flows.catalogue import build
from samspill.flows.texts import pick
from samspill.kit import languages
from samspill.training import intents, labels, overview
from samspill.training.errors import NotPossible
from samspill.training.models import Example, Intent

State = Intent.State
A_PAGE = 50


class IntentForm(forms.ModelForm):
    """Name and destination of an intent."""

    class Meta:
        model = Intent
        fields = ["title", "leads_to", "flow"]

    def __init__(self, *arguments, **named) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*arguments, **named)
        self.fields["flow"] = forms.ChoiceField(
            label=_("Flow"), required=False, choices=[("", "–"), *flows()],
            help_text=_("Only for “A flow”."),
        )  # fmt: skip

    def clean(self) -> dict[str, object]:
        """A flow must be named where the intent leads to one."""
        facts = super().clean() or {}
        if facts.get("leads_to") == Intent.LeadsTo.FLOW and not facts.get("flow"):
            self.add_error("flow", _("Please choose the flow."))
        return facts


def flows() -> list[tuple[str, str]]:
    """(name, title) of every flow a customer can ask for."""
    reader = languages.from_django(translation.get_language() or "en")
    return [(flow.name, pick(flow.title, reader)) for flow in build().offered()]


@require_safe
@requires("lead")
def listed(request: HttpRequest) -> HttpResponse:
    """Every accepted intent with its sentences counted."""
    return show(request, "intents", {"rows": overview.rows(State.ACCEPTED), "flows": dict(flows())})


@require_safe
@requires("lead")
def proposals(request: HttpRequest) -> HttpResponse:
    """Intents found in histories, to be accepted, named, merged or dismissed."""
    page = Paginator(overview.rows(State.PROPOSED), 20).get_page(request.GET.get("page"))
    rows = overview.with_examples(list(page.object_list))
    return show(request, "proposals", {"rows": rows, "page": page, "choices": labels.choices()})


@requires("lead")
def intent(request: HttpRequest, pk: int) -> HttpResponse:
    """One intent: its name, where it leads, and its sentences."""
    shown = get_object_or_404(Intent, pk=pk)
    form = IntentForm(request.POST or None, instance=get_object_or_404(Intent, pk=pk))
    if form.is_valid():
        intents.rename(shown, form.cleaned_data["title"], request.user)
        intents.lead(shown, form.cleaned_data["leads_to"], form.cleaned_data["flow"], request.user)
        messages.success(request, _("Saved."))
        return redirect(address("intent", pk))
    found = Example.objects.filter(intent__in=overview.family(shown), dropped_at=None).order_by("-pk")
    context = {
        "intent": shown,
        "form": form,
        "page": Paginator(found.defer("vector"), A_PAGE).get_page(request.GET.get("page")),
        "choices": labels.choices(),
        "suggested": Example.objects.filter(intent=None, dropped_at=None, suggested=shown.name).count(),
        "merged": Intent.objects.filter(merged_into=shown).order_by("title"),
    }
    return show(request, "intent", context)


@require_POST
@requires("lead")
def new(request: HttpRequest) -> HttpResponse:
    """Begin an intent by hand."""
    try:
        made = intents.create(request.POST.get("title", ""), request.user)
    except NotPossible:
        messages.error(request, _("Please give it a name."))
        return redirect("console:training")
    return redirect(address("intent", made.pk))


@require_POST
@requires("lead")
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """The model learns a proposal; a name given with it counts."""
    shown = get_object_or_404(Intent, pk=pk)
    if request.POST.get("title", "").strip():
        intents.rename(shown, request.POST["title"], request.user)
    if "rename" in request.POST:
        return gone(request, _("Saved."), "console:training_proposals")
    intents.accept(shown, request.user)
    return gone(
        request, _("Accepted. The model learns it."), "console:training_proposals", address("unaccept", pk)
    )


@require_POST
@requires("lead")
def unaccept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an acceptance back: it is a proposal again."""
    intents.unaccept(get_object_or_404(Intent, pk=pk), request.user)
    return again(request, "console:training_proposals")


@require_POST
@requires("lead")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """It is the same as another one."""
    shown = get_object_or_404(Intent, pk=pk)
    back = _list_of(shown)
    try:
        into = labels.intent_for(request.POST.get("into", ""))
        intents.merge(shown, into, request.user)
    except (LookupError, NotPossible):
        return gone(request, _("That cannot be merged."), back)
    words = _("Merged into “%(title)s”.") % {"title": into.title}
    return gone(request, words, back, address("restore", pk))


def _list_of(shown: Intent) -> str:
    """The page it is listed on."""
    return "console:training_proposals" if shown.state == State.PROPOSED else "console:training"


@require_POST
@requires("lead")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody needs it."""
    shown = get_object_or_404(Intent, pk=pk)
    back = _list_of(shown)
    intents.dismiss(shown, request.user)
    return gone(request, _("Dismissed."), back, address("restore", pk))


@require_POST
@requires("lead")
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merge or a dismissal back."""
    intents.restore(get_object_or_404(Intent, pk=pk), request.user)
    return again(request, "console:training")
