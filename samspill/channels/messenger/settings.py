from django import forms
from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class MessengerForm(ChannelForm):
    """What Meta shows under Messenger → API settings and App settings → Basic."""

    kind = "messenger"
    secrets = ("token", "app_secret")

    page_id = forms.RegexField(r"^\d{5,20}$", label=_("Page ID"))
    token = secret_field(_("Access token of the page"))
    app_secret = secret_field(_("App secret"))
    human_agent = forms.BooleanField(
        label=_("Meta lets our people answer for seven days (Human Agent)"), required=False
    )


register(MessengerForm)
