from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class ApiForm(ChannelForm):
    """Where a system of one's own wants to be told."""

    kind = "api"
    secrets = ("webhook_secret",)

    url = forms.URLField(
        label=_("Address of your system"),
        assume_scheme="https",
        help_text=_("What we write is posted there, signed."),
    )
    webhook_secret = secret_field(_("Secret for the signature"), _("At least 16 characters that you choose."))

    def clean_webhook_secret(self) -> str:
        """A secret that cannot be tried out."""
        secret = str(self.cleaned_data["webhook_secret"])
        if secret and len(secret) < 16:
            raise forms.ValidationError(_("At least 16 characters that you choose."))
        return secret


register(ApiForm)
