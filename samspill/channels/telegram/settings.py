from django.utils.translation import gettext_lazy as _

from samspill.channels.forms import ChannelForm, register, secret_field


class TelegramForm(ChannelForm):
    """What @BotFather says."""

    kind = "telegram"
    secrets = ("token",)

    token = secret_field(_("Token of the bot"), _("From @BotFather."))


register(TelegramForm)
