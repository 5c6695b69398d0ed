from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class SmsForm(ChannelForm):
    """What the Twilio console shows."""

    kind = "sms"
    secrets = ("auth_token",)

    account_sid = forms.RegexField(r"^AC[0-9a-fA-F]{32}$", label=_("Account SID"))
    auth_token = secret_field(_("Auth token"))
    sender = forms.RegexField(
        r"^(\+\d{6,15}|MG[0-9a-fA-F]{32})$",
        label=_("Phone number"),
        help_text=_("As in +4721000000, or the SID of a messaging service (MG…)."),
    )
    mms = forms.BooleanField(label=_("Send files as pictures (MMS); else as links"), required=False)


register(SmsForm)
