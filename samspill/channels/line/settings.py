from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class LineForm(ChannelForm):
    """What the LINE Developers console shows under Basic settings and Messaging API."""

    kind = "line"
    secrets = ("channel_secret", "token")

    channel_secret = secret_field(_("Channel secret"))
    token = secret_field(_("Channel access token"))


register(LineForm)
