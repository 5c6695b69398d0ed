"""Changing an inbox: a configured mouth of a channel."""

from django.db import transaction

from samspill.conversations.models import Inbox
from samspill.kit import crypto
from samspill.kit.events import emit


@transaction.atomic
def add_inbox(channel: str, name: str, *, by: str) -> Inbox:
    """Open another mouth of a channel."""
    inbox = Inbox.objects.create(channel=channel, name=name, settings={"secret": crypto.token(32)})
    emit("inbox.added", actor=by, inbox=inbox.pk)
    return inbox


@transaction.atomic
def configure(inbox: Inbox, *, name: str, enabled: bool, settings: dict[str, object], by: str) -> None:
    """Keep the inbox's name and what is set; settings that are not named stay as they are."""
    held = Inbox.objects.select_for_update().get(pk=inbox.pk)
    held.name, held.enabled, held.settings = name, enabled, held.settings | settings
    held.save(update_fields=["name", "enabled", "settings"])
    emit("inbox.configured", actor=by, inbox=inbox.pk)


@transaction.atomic
def renew_secret(inbox: Inbox, *, by: str) -> str:
    """Make a new key for signed visitors and return it; tokens signed with the old one stop counting."""
    held = Inbox.objects.select_for_update().get(pk=inbox.pk)
    held.settings["secret"] = crypto.token(32)
    held.save(update_fields=["settings"])
    emit("inbox.secret_renewed", actor=by, inbox=inbox.pk)
    return str(held.settings["secret"])
