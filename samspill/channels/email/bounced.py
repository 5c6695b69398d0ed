"""A report that a mail of ours did not arrive, brought to the message it speaks of."""

from django.utils.translation import gettext as _

from samspill.channels.dispatch import fail
from samspill.channels.email import markers
from samspill.channels.email.letter import clean
from samspill.contacts.models import Identity
from samspill.contacts.recognise import address_hash, recognise
from samspill.conversations.models import Conversation, Dispatch, Inbound, Message
from samspill.conversations.receive import notice, open_conversation
from samspill.conversations.undelivered import undelivered
from samspill.kit import clock
from samspill.mail.mail import Bounce, Mail

RECENT_DAYS = 5
NOBODY = Bounce("", "", permanent=True)


def bring_in(inbound: Inbound, mail: Mail) -> Message:
    """The message that was sent is marked, and the report stands below it; a report on nothing known is kept apart."""
    bounce = mail.bounce or NOBODY
    dispatch = _which(inbound, mail, bounce)
    if dispatch is None:
        return _apart(inbound, mail)
    if bounce.permanent and dispatch.state != Dispatch.State.FAILED:
        fail(dispatch, _reason(bounce))
    held = Conversation.objects.select_for_update(of=("self",)).get(pk=dispatch.message.conversation_id)
    return undelivered(
        held,
        _reason(bounce),
        f"bounce:{inbound.dedup_key}",
        extras={"mail": "bounce", "of": dispatch.message_id, "permanent": bounce.permanent},
        raise_again=bounce.permanent,
    )


def _reason(bounce: Bounce) -> str:
    # the server's words may hold the address, which stands in the conversation already but not in an error
    words = " ".join(word for word in clean(bounce.says).split() if "@" not in word)
    return f"{bounce.status} {words}".strip()[:300] or _("The mail could not be delivered.")


def _which(inbound: Inbound, mail: Mail, bounce: Bounce) -> Dispatch | None:
    known = Dispatch.objects.select_related("message__conversation", "inbox", "identity")
    ours = [markers.ours(one) for one in (bounce.original, *mail.in_reply_to, *mail.references) if one]
    for message in [both[1] for both in ours if both]:
        if found := known.filter(message=message).first():
            return found
    marked = markers.conversations(mail.text)
    if marked:
        return known.filter(message__conversation=marked[0]).order_by("-pk").first()
    return _by_address(inbound, bounce)


def _by_address(inbound: Inbound, bounce: Bounce) -> Dispatch | None:
    if not bounce.address:
        return None
    recent = Dispatch.objects.select_related("message__conversation", "inbox", "identity").filter(
        inbox=inbound.inbox_id,
        identity__kind=Identity.Kind.EMAIL,
        identity__value_hash=address_hash(Identity.Kind.EMAIL, bounce.address),
        sent_at__gt=clock.ago(days=RECENT_DAYS),
    )
    return recent.order_by("-sent_at").first()


def _apart(inbound: Inbound, mail: Mail) -> Message:
    scope = str(inbound.inbox_id)
    identity = recognise(Identity.Kind.EXTERNAL, "mail-delivery", scope=scope, name=_("Mail delivery"))
    held = open_conversation(inbound.inbox, identity)
    text = clean(mail.text).strip()[:20_000]
    return notice(held, identity, text, f"bounce:{inbound.dedup_key}", extras={"mail": "bounce"})
