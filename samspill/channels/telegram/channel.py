"""A Telegram bot."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from samspill.channels import outgoing, service
from samspill.channels.errors import Refused, Unreachable
from samspill.channels.fetch import Found, Places, fetch
from samspill.channels.heard import Heard, Media
from samspill.channels.messaging import Messaging
from samspill.channels.outgoing import Piece
from samspill.channels.payload import number, part, word
from samspill.channels.port import register
from samspill.channels.telegram.incoming import message_id, read
from samspill.channels.telegram.webhook import secret_token
from samspill.conversations.attach import path
from samspill.conversations.models import Attachment, Dispatch, Inbox

LONGEST, DATA = 4096, 64
MOST_BYTES = 10 * 1024 * 1024
HEARS = ("message", "edited_message", "callback_query", "message_reaction", "my_chat_member")


class Telegram(Messaging):
    """A bot that is written to."""

    kind = "telegram"

    def read(self, entry: dict[str, object], inbox: Inbox) -> Heard:
        """What one stored entry says."""
        return read(entry, inbox)

    def pieces(self, dispatch: Dispatch) -> Sequence[Piece]:
        """Texts, the last with its buttons, then files."""
        message = dispatch.message
        text, offered = outgoing.words(message), outgoing.choices(message)
        fits = all(len(value.encode()) <= DATA for _label, value in offered)
        text = text if fits else outgoing.listed(text, offered)
        said: list[Piece] = [{"text": part} for part in outgoing.split(text, LONGEST, outgoing.utf16)]
        if said and offered and fits:
            rows = [[{"text": label, "callback_data": value}] for label, value in offered]
            said[-1]["reply_markup"] = {"inline_keyboard": rows}
        return said + [{"file": file.pk} for file in outgoing.files(message)]

    def give(self, dispatch: Dispatch, piece: Piece, number: int) -> str:
        """Post one piece."""
        inbox, chat = dispatch.inbox, dispatch.identity.value
        if "file" in piece:
            sent = _send_file(inbox, chat, Attachment.objects.get(pk=piece["file"]))
        else:
            plain = {"link_preview_options": {"is_disabled": True}}
            sent = call(inbox, "sendMessage", json={"chat_id": chat, **plain, **piece})
        return message_id(part(sent, "result"))

    def fetch(self, inbox: Inbox, media: Media) -> Found:
        """A file: where it lies is asked for."""
        told = part(call(inbox, "getFile", json={"file_id": media.id}), "result")
        if number(told, "file_size") > MOST_BYTES:
            raise Refused("too_large")
        base = service.address("telegram")
        url = f"{base}/file/bot{service.secret(inbox, 'token')}/{word(told, 'file_path', 1000)}"
        return fetch(url, Places(("api.telegram.org",), own=service.own("telegram")))

    def check(self, inbox: Inbox) -> list[str]:
        """Whether the key is good and Telegram posts to our address."""
        try:
            call(inbox, "getMe")
            told = part(call(inbox, "getWebhookInfo"), "result")
        except (Refused, Unreachable) as error:
            return [str(error).partition(":")[0]]
        return [] if word(told, "url", 1000) == hook_address(inbox) else ["webhook_missing"]

    def connect(self, inbox: Inbox) -> None:
        """Tell Telegram where to post and what to show. Raises Refused or Unreachable."""
        given = {"url": hook_address(inbox), "secret_token": secret_token(inbox), "allowed_updates": HEARS}
        call(inbox, "setWebhook", json=given)


def hook_address(inbox: Inbox) -> str:
    """Where Telegram posts for an inbox."""
    return f"{settings.URL}/hooks/{inbox.key}/"


def call(inbox: Inbox, method: str, **given: Any) -> dict[str, Any]:
    """Have Telegram do something. Raises Refused or Unreachable."""
    url = f"{service.address('telegram')}/bot{service.secret(inbox, 'token')}/{method}"
    return service.ask(inbox, "POST", url, reads=_reads, **given)


def _send_file(inbox: Inbox, chat: str, file: Attachment) -> dict[str, Any]:
    photo = file.kind in ("image/jpeg", "image/png", "image/webp")
    method, field = ("sendPhoto", "photo") if photo else ("sendDocument", "document")
    with path(file.sha256).open("rb") as content:
        return call(inbox, method, data={"chat_id": chat}, files={field: (file.name, content, file.kind)})


def _reads(status: int, answer: dict[str, Any]) -> str:
    said = word(answer, "description", 200).casefold()
    if status == 403:
        return "blocked"
    if status == 404:
        return "credentials"  # no bot has this key
    if status == 400 and (
        "chat not found" in said or "user is deactivated" in said or "peer_id_invalid" in said
    ):
        return "bad_address"
    return ""


register(Telegram())
