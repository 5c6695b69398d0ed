"""A message of ours on its way out as a mail."""

import logging

from samspill.channels import health
from samspill.channels.email.account import Account, account, our_addresses
from samspill.channels.email.compose import answered_letter, compose, is_automatic
from samspill.channels.email.sent import keep_copy
from samspill.channels.email.smtp import hand_in
from samspill.channels.email.trouble import Trouble
from samspill.channels.email.words import WORDS
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.models import Letter
from samspill.contacts.models import Identity
from samspill.conversations.models import Dispatch, Message
from samspill.kit import rate

log = logging.getLogger(__name__)


def send(dispatch: Dispatch) -> str:
    """Give the message to the mail server; returns its Message-ID. Raises Refused or Unreachable."""
    ours = account(dispatch.inbox)
    _guard(dispatch, ours)
    mail = compose(dispatch, ours)
    try:
        hand_in(mail, ours, dispatch.inbox)
    except Trouble as trouble:
        if trouble.code != "later":  # that mail alone has to wait; everything else is the server's trouble
            health.failing(dispatch.inbox, f"smtp_{trouble.code}", trouble.detail)
        raise Unreachable(trouble.detail or str(WORDS.get(trouble.code, trouble.code))) from trouble
    health.well(dispatch.inbox, "smtp")
    keep_copy(mail, ours, dispatch.inbox)
    sent_id = str(mail["Message-ID"]).strip("<> ")
    _note(dispatch.message, mail, sent_id)
    return sent_id


def _guard(dispatch: Dispatch, ours: Account) -> None:
    if not ours.address:
        raise Refused("no_mailbox")
    to = dispatch.identity.value
    if dispatch.identity.kind != Identity.Kind.EMAIL or "@" not in to:
        raise Refused("no_address")
    if to.casefold() in our_addresses():
        raise Refused("own_address")
    if is_automatic(dispatch.message):
        _guard_automatic(dispatch, to, ours)


def _guard_automatic(dispatch: Dispatch, to: str, ours: Account) -> None:
    last = Letter.objects.filter(
        message__conversation=dispatch.message.conversation_id,
        message__direction=Message.Direction.IN,
        message__lt=dispatch.message_id,
    )
    latest = last.order_by("-message").first()
    if latest and latest.kind != "human":
        raise Refused("program")
    if dispatch.attempts > 1:  # counted before
        return
    try:
        rate.limit("mail", to.casefold(), most=ours.automatic_an_hour, per_s=3600)
    except rate.TooMany:
        raise Refused("too_many") from None


def _note(message: Message, mail, sent_id: str) -> None:  # type: ignore[no-untyped-def]
    answered = answered_letter(message)
    everybody = {name: mail[name].addresses if mail[name] else () for name in ("From", "To", "Cc")}
    plain = {
        name: [{"address": one.addr_spec, "name": one.display_name} for one in addresses]
        for name, addresses in everybody.items()
    }
    Letter.objects.update_or_create(
        message=message,
        defaults={
            "kind": "human",
            "subject": str(mail["Subject"])[:400],
            "sender": plain["From"][0],
            "to": plain["To"],
            "cc": plain["Cc"],
            "mail_id": sent_id,
            "references": [*answered.references, answered.mail_id] if answered and answered.mail_id else [],
            "date": message.created_at,
        },
    )
