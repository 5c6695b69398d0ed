from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.console.access import requires
from samspill.conversations.configure import add_inbox, configure, renew_secret
from samspill.conversations.models import Inbox
from samspill.kit import languages

ACCENTS = [
    ("teal", gettext_lazy("Teal")), ("blue", gettext_lazy("Blue")), ("violet", gettext_lazy("Violet")),
    ("pink", gettext_lazy("Pink")), ("red", gettext_lazy("Red")), ("orange", gettext_lazy("Orange")),
    ("green", gettext_lazy("Green")), ("slate", gettext_lazy("Slate")),
]  # fmt: skip
SIDES = [("right", gettext_lazy("At the right")), ("left", gettext_lazy("At the left"))]


class WidgetForm(forms.Form):
    """How the chat looks and whom it answers; greetings are fields of their own, one per language."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    enabled = forms.BooleanField(label=gettext_lazy("The chat is switched on"), required=False)
    assistant = forms.BooleanField(label=gettext_lazy("The assistant answers first"), required=False)
    accent = forms.ChoiceField(label=gettext_lazy("Colour"), choices=ACCENTS, widget=forms.RadioSelect)
    position = forms.ChoiceField(label=gettext_lazy("Place"), choices=SIDES)
    origins = forms.CharField(
        label=gettext_lazy("Websites that may show the chat"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://www.example.com"}),
        help_text=gettext_lazy("One address per line, with https://. Empty means every website."),
    )

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for code, name in languages.CHOICES:
            self.fields[f"greeting_{code}"] = forms.CharField(
                label=name, required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
            )

    def clean_origins(self) -> list[str]:
        """Each line must be an origin: scheme and host, no path."""
        lines = [line.strip().rstrip("/") for line in self.cleaned_data["origins"].splitlines()]
        for line in filter(None, lines):
            parts = urlsplit(line)
            if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path or parts.query:
                raise forms.ValidationError(_("“%(line)s” is no website address.") % {"line": line[:60]})
        return [line for line in lines if line]

    def greetings(self) -> list[forms.BoundField]:
        """The fields for the greeting in each language."""
        return [self[f"greeting_{code}"] for code, _name in languages.CHOICES]

    def chosen(self) -> dict[str, object]:
        """What the inbox keeps."""
        facts = self.cleaned_data
        greeting = {code: facts[f"greeting_{code}"] for code, _name in languages.CHOICES}
        names = ("assistant", "accent", "position", "origins")
        return {name: facts[name] for name in names} | {"greeting": greeting}


@requires("admin")
def inboxes(request: HttpRequest) -> HttpResponse:
    """Every chat; a new one needs only a name."""
    name = request.POST.get("name", "").strip()[:80]
    if name:
        return redirect("console:settings_inbox", add_inbox("webchat", name, by=request.user.actor).pk)
    rows = Inbox.objects.filter(channel="webchat").order_by("pk")
    return render(request, "console/settings/inboxes.html", {"rows": rows})


@requires("admin")
def inbox(request: HttpRequest, pk: int) -> HttpResponse:
    """One chat: how it looks, where it stands, the line to put on a website."""
    shown = get_object_or_404(Inbox, pk=pk, channel="webchat")
    form = WidgetForm(request.POST or None, initial=_initial(shown))
    if form.is_valid():
        facts = form.cleaned_data
        configure(
            shown,
            name=facts["name"],
            enabled=facts["enabled"],
            settings=form.chosen(),
            by=request.user.actor,
        )
        messages.success(request, _("Saved."))
        return redirect("console:settings_inbox", pk)
    return _page(request, shown, form)


@require_POST
@requires("admin")
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a new key for signed visitors and show it once."""
    shown = get_object_or_404(Inbox, pk=pk, channel="webchat")
    fresh = renew_secret(shown, by=request.user.actor)
    shown.refresh_from_db()
    return _page(request, shown, WidgetForm(initial=_initial(shown)), fresh=fresh)


def _page(request: HttpRequest, shown: Inbox, form: WidgetForm, fresh: str = "") -> HttpResponse:
    snippet = f'<script src="{settings.URL}/widget/loader.js" data-inbox="{shown.key}" async></script>'
    context = {"inbox": shown, "form": form, "snippet": snippet, "fresh": fresh}
    return render(request, "console/settings/inbox.html", context)


def _initial(shown: Inbox) -> dict[str, object]:
    kept = {"assistant": True, "accent": "teal", "position": "right"} | shown.settings
    greeting = kept.get("greeting") or {}
    return {
        **kept,
        "name": shown.name,
        "enabled": shown.enabled,
        "origins": "\n".join(kept.get("origins") or []),
        **{f"greeting_{code}": greeting.get(code, "") for code, _name in languages.CHOICES},
    }
