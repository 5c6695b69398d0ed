"""A post office for tests: mails as bytes, brought in as the product does it."""

import hashlib
from itertools import count
from typing import Any

from samspill.channels.process import process
from samspill.channels.store import store
from samspill.contacts.models import Identity
from samspill.conversations.configure import add_inbox, configure
from samspill.conversations.models import Conversation, Dispatch, Inbound, Inbox, Message
from samspill.conversations.reply import reply, say
from samspill.kit import crypto
from samspill.workspace.models import Agent

INGRID = "Ingrid Berg <ingrid@berg.example>"
LUKAS = "Lukas Weber <lukas@weber.example>"
STRANGER = "Mallory <mallory@elsewhere.example>"
HELP = "help@nordlys.example"
_numbers = count(1)


def mailbox(address: str = HELP, **mail: Any) -> Inbox:
    """An inbox with a mailbox of this address."""
    inbox = add_inbox("email", address, by="system")
    settings = {"assistant": False, "mail": {"address": address, **mail}}
    configure(inbox, name=address, enabled=True, settings=settings, by="system")
    inbox.refresh_from_db()
    return inbox


def server(port: int, user: str = "", password: str = "", host: str = "127.0.0.1") -> dict[str, Any]:
    """One server without encryption, as settings keep it."""
    sealed = crypto.seal(password) if password else ""
    return {"host": host, "port": port, "security": "none", "user": user, "password": sealed}


def letter(
    text: str = "Hei, hvor er pakken min?",
    *,
    sender: str = INGRID,
    to: str = HELP,
    subject: str = "Pakken",
    id: str | None = "",
    **headers: str,
) -> bytes:
    """A plain mail. `id=None` leaves the Message-ID out; header names are given with underscores."""
    number = next(_numbers)
    lines = [f"From: {sender}", f"To: {to}", f"Subject: {subject}", "Date: Sun, 22 Nov 2026 03:00:00 +0000"]
    lines += [] if id is None else [f"Message-ID: <{id or f'made-{number}@mail.example'}>"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    lines += [
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    ]
    return ("\r\n".join([*lines, "", *text.splitlines()]) + "\r\n").encode()


def arrives(inbox: Inbox, raw: bytes) -> Inbound:
    """The mail is stored and brought in."""
    stored = store(inbox, hashlib.sha256(raw).hexdigest(), raw)
    if stored is None:
        return Inbound.objects.get(inbox=inbox, dedup_key=hashlib.sha256(raw).hexdigest())
    process(stored)
    return Inbound.objects.select_related("message__conversation").get(pk=stored)


def comes(inbox: Inbox, text: str = "Hei, hvor er pakken min?", **more: Any) -> Message:
    """A mail arrives and becomes this message."""
    held = arrives(inbox, letter(text, **more))
    assert held.state == "done"
    assert held.message is not None
    return held.message


def answers(conversation: Conversation, agent: Agent, text: str = "Den kommer i morgen.") -> Message:
    """An agent replies."""
    return reply(conversation, agent, text, f"test:{next(_numbers)}", seen=0, anyway=True)


def assistant_answers(conversation: Conversation, text: str = "Den kommer i morgen.") -> Message:
    """The assistant replies."""
    Conversation.objects.filter(pk=conversation.pk).update(in_charge="assistant")
    message = say(conversation, text, f"test:{next(_numbers)}")
    assert message is not None
    return message


def awaiting(message: Message) -> Dispatch:
    """The message on its way out, as the job prepares it."""
    conversation = message.conversation
    return Dispatch.objects.get_or_create(
        message=message, defaults={"inbox": conversation.inbox, "identity": conversation.identity}
    )[0]


def identity(address: str) -> Identity:
    """Whose address this is."""
    from samspill.contacts.recognise import address_hash

    return Identity.objects.get(kind="email", value_hash=address_hash("email", address))
