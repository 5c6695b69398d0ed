"""Text messages by Twilio."""

import base64
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from samspill.channels import outgoing, service
from samspill.channels.consent import MESSAGES, opted_out
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Found, Places, fetch
from samspill.channels.heard import Heard, Media
from samspill.channels.messaging import Messaging
from samspill.channels.outgoing import Piece
from samspill.channels.payload import word
from samspill.channels.port import register
from samspill.channels.sms.incoming import error, read
from samspill.contacts.consent import record
from samspill.conversations.models import Dispatch, Inbox

LONGEST = 1600
HOSTS = ("api.twilio.com", "media.twiliocdn.com", "mms.twiliocdn.com", "s3-external-1.amazonaws.com")


class Sms(Messaging):
    """A number that is written to."""

    kind = "sms"

    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says."""
        return read(entry, inbox)

    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """Texts; choices as numbers, files as pictures where the inbox may send them, else as links."""
        message = dispatch.message
        files = outgoing.files(message)
        text = outgoing.listed(outgoing.words(message), outgoing.choices(message))
        if files and not dispatch.inbox.settings.get("mms"):
            text = "\n".join(filter(None, [text, *(outgoing.link(file) for file in files)]))
            files = []
        said: list[Piece] = [{"Body": part} for part in outgoing.split(text, LONGEST)]
        return said + [{"MediaUrl": outgoing.link(file)} for file in files]

    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Post one piece."""
        inbox = dispatch.inbox
        sender = str(inbox.settings.get("sender", ""))
        by = {"MessagingServiceSid": sender} if sender.startswith("MG") else {"From": sender}
        told = {"StatusCallback": f"{settings.URL}/hooks/{inbox.key}/"}
        form = {"To": dispatch.identity.value, **by, **told, **piece}
        try:
            return word(call(inbox, "POST", "Messages.json", data=form), "sid")
        except Refused as refusal:
            if str(refusal) == "opted_out" and not opted_out(dispatch.identity.contact, self.kind):
                record(
                    dispatch.identity.contact, MESSAGES, self.kind, given=False, wording="told by the service"
                )
            raise

    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A picture; Twilio leads from its own address to where it lies."""
        headers = {"Authorization": _basic(*_proof(inbox))}
        return fetch(media.url, Places(HOSTS, own=service.own("twilio")), headers)

    def check(self, inbox: Inbox) -> list[str]:
        """Whether the key is good."""
        try:
            call(inbox, "GET", "")
        except (Refused, Unreachable) as trouble:
            return [str(trouble).partition(":")[0]]
        return []


def call(inbox: Inbox, method: str, path: str, **given: Any) -> dict[str, Any]:
    """Have Twilio do something. Raises Refused or Unreachable."""
    account = str(inbox.settings.get("account_sid", ""))
    where = f"Accounts/{account}/{path}" if path else f"Accounts/{account}.json"
    url = f"{service.address('twilio')}/2010-04-01/{where}"
    return service.ask(inbox, method, url, reads=_reads, auth=_proof(inbox), **given)


def _proof(inbox: Inbox) -> tuple[str, str]:
    return str(inbox.settings.get("account_sid", "")), service.secret(inbox, "auth_token")


def _basic(name: str, key: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{key}".encode()).decode()


def _reads(status: int, answer: dict[str, Any]) -> str:
    code = word(answer, "code")
    if code == "20003":
        return "credentials"
    return error(code) if code and status == 400 else ""


register(Sms())
