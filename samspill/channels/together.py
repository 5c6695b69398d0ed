"""What one mail says when it stands for several messages of a chat, and the line that stops such mails."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samspill.conversations.models import Dispatch, Message
from samspill.kit import passes


def said_together(message: Message) -> Sequence[Message]:
    """The messages that go out with this one, itself included; what was read meanwhile stays out."""
    ids = message.extras.get("together")
    if not ids:
        return [message]
    return list(Message.objects.filter(pk__in=ids).exclude(delivery=Message.Delivery.READ).order_by("pk"))


def text_of(dispatch: Dispatch) -> str:
    """The text of a mail. After a chat it ends with what answering does, and how to get no more of these."""
    message = dispatch.message
    text = "\n\n".join(one.text.strip() for one in said_together(message))
    if "together" not in message.extras:
        return text.strip()
    end = _(
        "You left our chat before you could read this. Answer this mail to go on.\nNo more such mails: %(url)s"
    )
    return f"{text}\n\n{end % {'url': stop_url(dispatch)}}"


def stop_url(dispatch: Dispatch) -> str:
    """Where the reader says that he wants no more mails after a chat."""
    return f"{settings.URL}/help/stop/{passes.issue('stop', identity=dispatch.identity_id)}/"


def is_read(dispatch: Dispatch) -> bool:
    """Whether the visitor has come back and read in the chat what was to be mailed."""
    message = dispatch.message
    return "together" in message.extras and message.delivery == Message.Delivery.READ


@transaction.atomic
def share_fate(dispatch: Dispatch) -> None:
    """What went out within a mail has the mail's fate."""
    within = [pk for pk in dispatch.message.extras.get("together", []) if pk != dispatch.message_id]
    if not within:
        return
    fate = {"state": dispatch.state, "error": dispatch.error, "sent_at": dispatch.sent_at}
    Dispatch.objects.filter(message__in=within).update(**fate)
    unread = Message.objects.filter(pk__in=within).exclude(delivery=Message.Delivery.READ)
    unread.update(delivery=dispatch.state)
