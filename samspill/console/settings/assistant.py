from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from samspill.assistant.check_llm import check_llm
from samspill.assistant.configure import configure
from samspill.assistant.models import AssistantSettings
from samspill.console.access import requires
from samspill.kit import crypto


class AssistantForm(forms.ModelForm):
    llm_key = forms.CharField(
        label=gettext_lazy("LLM key"),
        required=False,
        max_length=400,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted, never shown again. Leave it empty to keep the present one."),
    )

    class Meta:
        model = AssistantSettings
        fields = ["name", "brain", "llm_url", "llm_model"]
        help_texts = {
            "name": gettext_lazy("How it introduces itself. It always says that it is an assistant."),
            "brain": gettext_lazy("If a language model is slow or down, the local models answer."),
            "llm_url": gettext_lazy("Any OpenAI-compatible endpoint, e.g. http://127.0.0.1:8080/v1"),
        }

    def clean(self) -> dict[str, object]:
        """A language model needs an address and a name."""
        facts = super().clean()
        if facts.get("brain") == AssistantSettings.Brain.LLM:
            for name in ("llm_url", "llm_model"):
                if not facts.get(name):
                    self.add_error(name, _("Needed when a language model decides."))
        return facts


@requires("admin")
def assistant(request: HttpRequest) -> HttpResponse:
    """How the assistant presents itself and what decides its answers."""
    kept = AssistantSettings.current()
    form = AssistantForm(request.POST or None, instance=kept)
    if form.is_valid():
        configure(**form.cleaned_data, by=request.user.actor)
        messages.success(request, _("Saved."))
        return redirect("console:settings_assistant")
    context = {"form": form, "has_key": bool(kept.llm_key_sealed)}
    return render(request, "console/settings/assistant.html", context)


@require_POST
@requires("admin")
def try_it(request: HttpRequest) -> HttpResponse:
    """Ask the language model, as filled in on the page, one harmless thing."""
    form = AssistantForm(request.POST, instance=AssistantSettings())
    if not form.is_valid() or not form.cleaned_data["llm_url"]:
        return render(request, "console/settings/tried.html", {})
    key = form.cleaned_data["llm_key"] or crypto.unseal(AssistantSettings.current().llm_key_sealed)
    check = check_llm(form.cleaned_data["llm_url"], form.cleaned_data["llm_model"], key)
    return render(request, "console/settings/tried.html", {"check": check})
