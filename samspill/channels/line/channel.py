"""A LINE official account."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from samspill.channels import outgoing, service
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Found, Places, fetch
from samspill.channels.heard import Heard, Media
from samspill.channels.line.incoming import read
from samspill.channels.messaging import Messaging
from samspill.channels.outgoing import Piece
from samspill.channels.payload import parts, word
from samspill.channels.port import register
from samspill.conversations.models import Attachment, Dispatch, Inbox

LONGEST, REPLIES, LABEL, DATA = 5000, 13, 20, 300
_SAME_MESSAGE = uuid.UUID("6f6b1c1e-6d2f-4f6c-9a34-2f7c0a4f9b51")


class Line(Messaging):
    """An account that is written to."""

    kind = "line"

    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says."""
        return read(entry, inbox)

    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """Texts, the last with its quick replies, after the files: LINE drops quick replies once more is said."""
        message = dispatch.message
        text, offered = outgoing.words(message), outgoing.choices(message)
        fits = len(offered) <= REPLIES and all(
            len(label) <= LABEL and len(value) <= DATA for label, value in offered
        )
        text = text if fits else outgoing.listed(text, offered)
        said: list[Piece] = [
            {"type": "text", "text": part} for part in outgoing.split(text, LONGEST, outgoing.utf16)
        ]
        if said and offered and fits:
            said[-1]["quickReply"] = {"items": [_reply(label, value) for label, value in offered]}
        return [_file(file) for file in outgoing.files(message)] + said

    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Push one piece; the same piece is never delivered twice, even after a crash: LINE knows its key."""
        key = str(uuid.uuid5(_SAME_MESSAGE, f"{settings.URL}:{dispatch.pk}:{number}"))
        answer = call(
            dispatch.inbox,
            "POST",
            "v2/bot/message/push",
            json={"to": dispatch.identity.value, "messages": [piece]},
            more={"X-Line-Retry-Key": key},
        )
        sent = parts(answer, "sentMessages")
        return word(sent[0], "id") if sent else key

    def name_of(self, inbox: Inbox, value: str) -> str:
        """What somebody is called."""
        return word(call(inbox, "GET", f"v2/bot/profile/{value}"), "displayName")

    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A file that lies with LINE; one that lies elsewhere is not fetched."""
        if not media.id:
            raise Refused("host")
        url = f"{service.address('line_data')}/v2/bot/message/{media.id}/content"
        return fetch(url, Places(("api-data.line.me",), own=service.own("line_data")), _headers(inbox))

    def check(self, inbox: Inbox) -> list[str]:
        """Whether the key is good and LINE posts to our address."""
        try:
            call(inbox, "GET", "v2/bot/info")
            told = call(inbox, "GET", "v2/bot/channel/webhook/endpoint")
        except (Refused, Unreachable) as error:
            return [str(error).partition(":")[0]]
        here = word(told, "endpoint", 1000) == f"{settings.URL}/hooks/{inbox.key}/"
        return [] if here and told.get("active") else ["webhook_missing"]


def call(
    inbox: Inbox, method: str, path: str, more: dict[str, str] | None = None, **given: Any
) -> dict[str, Any]:
    """Have LINE do something. Raises Refused or Unreachable."""
    url = f"{service.address('line')}/{path}"
    headers = _headers(inbox) | (more or {})
    return service.ask(inbox, method, url, reads=_reads, taken={409}, headers=headers, **given)


def _headers(inbox: Inbox) -> dict[str, str]:
    return {"Authorization": f"Bearer {service.secret(inbox, 'token')}"}


def _reads(status: int, answer: dict[str, Any]) -> str:
    said = word(answer, "message", 200).casefold()
    if status == 429 and "monthly limit" in said:
        return "quota"
    if status == 400 and ("to" in said.split() or "failed to send" in said):
        return "bad_address"
    return ""


def _reply(label: str, value: str) -> dict[str, Any]:
    action = {"type": "postback", "label": label, "data": value, "displayText": label}
    return {"type": "action", "action": action}


def _file(file: Attachment) -> Piece:
    where = outgoing.link(file)
    if file.kind in ("image/jpeg", "image/png") and where.startswith("https://"):
        return {"type": "image", "originalContentUrl": where, "previewImageUrl": where}
    return {"type": "text", "text": f"{file.name}: {where}"}


register(Line())
