"""A system of one's own: it brings messages in by the REST API and is told of ours by a signed webhook."""

import hashlib
import hmac
import json
from typing import Any

from samspill.channels import outgoing, service
from samspill.channels.errors import Refused, Unreachable, Unreadable
from samspill.channels.port import register
from samspill.conversations.models import Dispatch, Inbound, Inbox, Message
from samspill.kit import clock


class Api:
    """An inbox of channel `api`; without an address its reader fetches by himself."""

    kind = "api"

    def bring_in(self, inbound: Inbound) -> Message | None:
        """Nothing is stored to be read later: the REST API takes messages at once."""
        raise Unreadable("garbled")

    def send(self, dispatch: Dispatch) -> str:
        """Post a message of ours; the id stays the same when it is posted again."""
        _post(dispatch.inbox, "message.sent", f"message:{dispatch.message_id}", _told(dispatch.message))
        return f"message:{dispatch.message_id}"

    def check(self, inbox: Inbox) -> list[str]:
        """Post a word that says nothing, and see whether it is taken."""
        if not inbox.settings.get("url"):
            return []
        try:
            _post(inbox, "ping", f"ping:{clock.now().timestamp()}", {})
        except (Refused, Unreachable) as error:
            return [str(error).partition(":")[0]]
        return []


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What stands under a post: HMAC-SHA256 over the moment, a dot and the body."""
    made = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={made.hexdigest()}"


def _post(inbox: Inbox, event: str, id: str, data: dict[str, Any]) -> None:
    body = json.dumps({"id": id, "event": event, "data": data}, separators=(",", ":")).encode()
    moment = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Samspill-Delivery": id,
        "X-Samspill-Timestamp": moment,
        "X-Samspill-Signature": signature(service.secret(inbox, "webhook_secret"), moment, body),
    }
    url = str(inbox.settings.get("url", ""))
    service.ask(inbox, "POST", url, reads=lambda status, answer: "", content=body, headers=headers)


def _told(message: Message) -> dict[str, Any]:
    return {
        "id": message.pk,
        "conversation": message.conversation_id,
        "contact": message.conversation.contact_id,
        "from": message.author,
        "text": message.text,
        "language": message.language,
        "at": message.created_at.isoformat(),
        "files": [{"name": file.name, "url": outgoing.link(file)} for file in outgoing.files(message)],
        **{name: message.extras[name] for name in ("choices", "sources") if name in message.extras},
    }


register(Api())
