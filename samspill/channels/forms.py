"""The settings of an inbox as its channel asks for them; keys are sealed and never shown again."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.conversations.models import Inbox
from samspill.kit import crypto

KEPT = _("Kept encrypted, never shown again. Leave it empty to keep the present one.")
_known: dict[str, type["ChannelForm"]] = {}


class ChannelForm(forms.Form):
    """What every inbox of an outside service has; a channel adds its own fields and says which are secret."""

    kind: ClassVar[str] = ""
    secrets: ClassVar[tuple[str, ...]] = ()

    name = forms.CharField(label=_("Name"), max_length=80)
    enabled = forms.BooleanField(label=_("The inbox is switched on"), required=False)
    assistant = forms.BooleanField(label=_("The assistant answers first"), required=False)

    @classmethod
    def of(cls, inbox: Inbox, given: Any = None) -> "ChannelForm":
        """The form for an inbox, filled in with what is kept."""
        kept = {"assistant": True} | inbox.settings | {"name": inbox.name, "enabled": inbox.enabled}
        form = cls(given, initial={name: kept[name] for name in kept if name not in cls.secrets})
        for name in cls.secrets:
            present = bool(inbox.settings.get(f"{name}_sealed"))
            form.fields[name].help_text = KEPT if present else form.fields[name].help_text
            form.fields[name].required = not present
        return form

    def chosen(self) -> dict[str, object]:
        """What the inbox keeps; a key that was left empty stays as it is."""
        facts = {name: value for name, value in self.cleaned_data.items() if name not in ("name", "enabled")}
        plain = {name: value for name, value in facts.items() if name not in self.secrets}
        return plain | {f"{name}_sealed": crypto.seal(facts[name]) for name in self.secrets if facts[name]}


def secret_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A field whose content is never drawn."""
    hidden = forms.PasswordInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=1000, widget=hidden, help_text=help_text)


def register(form: type[ChannelForm]) -> None:
    """Make the form of a channel known."""
    _known[form.kind] = form


def form_of(kind: str) -> type[ChannelForm] | None:
    """The form of a channel, None where it has none."""
    return _known.get(kind)


def kinds() -> list[str]:
    """Every channel that can be set up by a form."""
    return list(_known)
