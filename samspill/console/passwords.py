from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from samspill.workspace.models import Agent

_rules = lazy(lambda: " ".join(password_validators_help_texts()[1:2]), str)


class NewPassword(forms.Form):
    """A password that is good enough, for `self.agent`."""

    agent: Agent | None = None
    password = forms.CharField(
        label=_("Password"),
        help_text=_rules(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """Refuse what is short, common or like the agent's own name."""
        validate_password(self.cleaned_data["password"], self.agent)
        return self.cleaned_data["password"]
