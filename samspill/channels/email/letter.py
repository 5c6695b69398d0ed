"""What a message has besides its text because it was a mail."""

from typing import Any

from samspill.channels.email.account import Account
from samspill.channels.email.look import safe_html
from samspill.channels.email.proof import proven
from samspill.channels.models import Letter
from samspill.conversations.attach import keep_file
from samspill.conversations.models import Inbound, Message
from samspill.mail.mail import Address, Invitation, Mail

LONGEST = 200_000
MOST_ADDRESSES = 100


def letter_of(message: Message, inbound: Inbound, mail: Mail, account: Account) -> Letter:
    """The rest of a mail, not yet written; its files are."""
    files = [
        keep_file(message, one.content, clean(one.name), content_id=clean(one.content_id))
        for one in mail.files
    ]
    return Letter(
        message=message,
        inbound=inbound,
        kind=mail.kind,
        subject=clean(mail.subject)[:400],
        sender=_plain(mail.sender),
        to=[_plain(one) for one in mail.to[:MOST_ADDRESSES]],
        cc=[_plain(one) for one in mail.cc[:MOST_ADDRESSES]],
        mail_id=clean(mail.message_id)[:400],
        references=[clean(one)[:400] for one in mail.references[-50:]],
        html=clean(safe_html(mail, files)),
        quoted=clean(mail.quoted)[:LONGEST],
        signature=clean(mail.signature)[:LONGEST],
        protection=mail.protection[:20],
        invitations=[_invitation(one) for one in mail.invitations],
        proven=proven(mail, account.authserv_id),
        date=mail.date,
    )


def clean(text: str) -> str:
    """A text without what a database cannot keep."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _plain(one: Address) -> dict[str, str]:
    return {"address": clean(one.address)[:254], "name": clean(one.name)[:160]}


def _invitation(one: Invitation) -> dict[str, Any]:
    return {
        "summary": clean(one.summary)[:400],
        "starts": one.starts.isoformat() if one.starts else None,
        "ends": one.ends.isoformat() if one.ends else None,
        "place": clean(one.place)[:400],
        "organiser": clean(one.organiser)[:254],
        "method": one.method[:20],
    }
