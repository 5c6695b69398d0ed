"""WhatsApp by Meta's Cloud API."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from samspill.channels import service
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Found, Places, fetch
from samspill.channels.health import well
from samspill.channels.heard import Heard, Media
from samspill.channels.messaging import Messaging
from samspill.channels.meta import graph
from samspill.channels.outgoing import Piece
from samspill.channels.payload import number, part, parts, word
from samspill.channels.port import register
from samspill.channels.whatsapp.compose import compose
from samspill.channels.whatsapp.incoming import read
from samspill.conversations.attach import path
from samspill.conversations.models import Attachment, Dispatch, Inbox

# where Meta gives out the files of messages
HOSTS = ("lookaside.fbsbx.com", "fbcdn.net", "whatsapp.net")


class WhatsApp(Messaging):
    """A number that is written to."""

    kind = "whatsapp"
    has_window = True

    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says."""
        return read(entry, inbox)

    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """Texts, the last with its buttons or list, then files; or a template."""
        return compose(dispatch.message)

    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Post one piece; its file is uploaded first."""
        if "file" in piece:
            piece = _upload(dispatch.inbox, Attachment.objects.get(pk=piece["file"]))
        body = {"messaging_product": "whatsapp", "recipient_type": "individual", **_to(dispatch), **piece}
        answer = graph.post(dispatch.inbox, f"{_number(dispatch.inbox)}/messages", json=body)
        sent = parts(answer, "messages")
        return word(sent[0], "id", 255) if sent else ""

    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A file: where it lies is asked for, and good for minutes."""
        told = graph.get(inbox, media.id)
        if number(told, "file_size") > 10 * 1024 * 1024:
            raise Refused("too_large")
        return fetch(word(told, "url", 4000), Places(HOSTS, own=service.own("graph")), graph.headers(inbox))

    def check(self, inbox: Inbox) -> list[str]:
        """Whether the key is good for the number; when it runs out is noted."""
        try:
            graph.get(inbox, _number(inbox), fields="verified_name,display_phone_number")
            token = service.secret(inbox, "token")
            told = part(graph.get(inbox, "debug_token", input_token=token), "data")
        except (Refused, Unreachable) as error:
            return [str(error).partition(":")[0]]
        ends = number(told, "expires_at")
        well(inbox, expires_at=datetime.fromtimestamp(ends, UTC) if ends else None)
        return []


def _to(dispatch: Dispatch) -> dict[str, str]:
    value = dispatch.identity.value
    return {"to": value} if dispatch.identity.kind == "phone" else {"recipient": value}


def _number(inbox: Inbox) -> str:
    return str(inbox.settings.get("phone_number_id", ""))


def _upload(inbox: Inbox, file: Attachment) -> dict[str, Any]:
    with path(file.sha256).open("rb") as content:
        answer = graph.post(
            inbox,
            f"{_number(inbox)}/media",
            data={"messaging_product": "whatsapp", "type": file.kind},
            files={"file": (file.name, content, file.kind)},
        )
    form = _form(file)
    about = {"id": word(answer, "id", 255)} | ({"filename": file.name} if form == "document" else {})
    return {"type": form, form: about}


def _form(file: Attachment) -> str:
    kind, _slash, form = file.kind.partition("/")
    allowed = {
        "image": ("jpeg", "png"),
        "video": ("mp4", "3gpp"),
        "audio": ("aac", "amr", "mpeg", "mp4", "ogg"),
    }
    most = {"image": 5, "video": 16, "audio": 16}.get(kind, 0) * 1024 * 1024
    return kind if form in allowed.get(kind, ()) and file.size <= most else "document"


register(WhatsApp())
