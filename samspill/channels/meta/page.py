"""Messenger and Instagram: the same payloads, the same way to send, other limits."""

from collections.abc import Sequence
from typing import Any

from samspill.channels import outgoing, service
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Found, Places, fetch
from samspill.channels.heard import Heard, Media
from samspill.channels.messaging import Messaging
from samspill.channels.meta import graph
from samspill.channels.meta.incoming import read
from samspill.channels.outgoing import Piece
from samspill.channels.payload import word
from samspill.channels.window import is_open, last_heard
from samspill.conversations.models import Attachment, Dispatch, Inbox, Message
from samspill.kit import clock

# where Meta keeps the files of messages
HOSTS = ("fbcdn.net", "fbsbx.com", "cdninstagram.com", "facebook.com", "fb.com")
MOST_REPLIES, LABEL, PAYLOAD = 13, 20, 1000
HUMAN_DAYS = 7


class PageMessaging(Messaging):
    """A page or an Instagram account that is written to."""

    has_window = True
    longest = 2000
    fields = "name"

    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says."""
        return read(entry, inbox)

    def may_write(self, dispatch: Dispatch) -> bool:
        """Within a day; a person within a week, where Meta has allowed it to this company."""
        conversation = dispatch.message.conversation
        return is_open(conversation) or self._as_human(dispatch)

    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """Texts, the last with its quick replies, then files."""
        message = dispatch.message
        offered = outgoing.choices(message)
        fits = len(offered) <= MOST_REPLIES and all(
            len(label) <= LABEL and len(value) <= PAYLOAD for label, value in offered
        )
        text = outgoing.words(message) if fits else outgoing.listed(outgoing.words(message), offered)
        said: list[Piece] = [{"text": part} for part in outgoing.split(text, self.longest, self.measure)]
        if said and fits and offered:
            said[-1]["quick_replies"] = [_reply(label, value) for label, value in offered]
        return said + [_file(file) for file in outgoing.files(message)]

    def measure(self, text: str) -> int:
        """How long a text is for this service."""
        return outgoing.utf16(text)

    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Post one piece; what comes back as an echo is known by our mark."""
        body: dict[str, Any] = {"recipient": {"id": dispatch.identity.value}, "message": piece | self._mark()}
        if is_open(dispatch.message.conversation):
            body["messaging_type"] = "RESPONSE"
        else:
            body |= {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}
        return word(graph.post(dispatch.inbox, "me/messages", json=body), "message_id", 255)

    def name_of(self, inbox: Inbox, value: str) -> str:
        """What somebody is called."""
        found = graph.get(inbox, value, fields=self.fields)
        return word(found, "name") or word(found, "username")

    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A file, from where Meta keeps files."""
        return fetch(media.url, Places(HOSTS, own=service.own("graph")))

    def check(self, inbox: Inbox) -> list[str]:
        """Whether the token is good for the account of the settings."""
        try:
            found = graph.get(inbox, "me", fields="id,name")
        except (Refused, Unreachable) as error:
            return [str(error).partition(":")[0]]
        wanted = inbox.settings.get("page_id", "")
        return [] if word(found, "id") == wanted or self.kind == "instagram" else ["not_found"]

    def _mark(self) -> dict[str, str]:
        return {"metadata": "samspill"} if self.kind == "messenger" else {}

    def _as_human(self, dispatch: Dispatch) -> bool:
        heard = last_heard(dispatch.message.conversation)
        allowed = bool(dispatch.inbox.settings.get("human_agent"))
        person = dispatch.message.author == Message.Author.AGENT
        return allowed and person and heard is not None and heard > clock.ago(days=HUMAN_DAYS)


def _reply(label: str, value: str) -> dict[str, str]:
    return {"content_type": "text", "title": label, "payload": value}


def _file(file: Attachment) -> Piece:
    kind = file.kind.partition("/")[0]
    form = kind if kind in ("image", "video", "audio") else "file"
    return {"attachment": {"type": form, "payload": {"url": outgoing.link(file), "is_reusable": False}}}
