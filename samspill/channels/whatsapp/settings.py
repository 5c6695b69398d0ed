from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class WhatsAppForm(ChannelForm):
    """What Meta shows under WhatsApp → API Setup and App settings → Basic."""

    kind = "whatsapp"
    secrets = ("token", "app_secret")

    phone_number_id = forms.RegexField(r"^\d{5,20}$", label=_("Phone number ID"))
    business_account_id = forms.RegexField(
        r"^\d{5,20}$",
        label=_("WhatsApp Business account ID"),
        required=False,
        help_text=_("Needed for templates."),
    )
    token = secret_field(_("Access token of a system user"))
    app_secret = secret_field(_("App secret"))


register(WhatsAppForm)
