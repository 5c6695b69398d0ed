"""The templates that WhatsApp has approved, as we know them."""

from contextlib import suppress
from typing import Any

from django.db import transaction

from samspill.channels.errors import Refused, Unreachable
from samspill.channels.meta import graph
from samspill.channels.models import Template
from samspill.channels.payload import part, parts, word
from samspill.conversations.models import Inbox

MOST_PAGES = 20


def learn_templates(inbox: Inbox) -> int:
    """Ask WhatsApp for its approved templates; those it no longer names can no longer be sent. Returns how many.

    Only those that are text alone, with places {{1}}, {{2}} … Raises Refused or Unreachable.
    """
    found = {(row["name"], row["language"]): row["text"] for row in _asked(inbox)}
    with transaction.atomic():
        Template.objects.filter(inbox=inbox).update(approved=False)
        for (name, language), text in found.items():
            Template.objects.update_or_create(
                inbox=inbox, name=name, language=language, defaults={"text": text, "approved": True}
            )
    return len(found)


def learn_all() -> None:
    """Ask for every number that has said where its templates are; one that does not answer keeps what it has."""
    for inbox in Inbox.objects.filter(channel="whatsapp", enabled=True):
        if inbox.settings.get("business_account_id"):
            with suppress(Refused, Unreachable):
                learn_templates(inbox)


def _asked(inbox: Inbox) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    query = {"fields": "name,language,status,components", "limit": "100"}
    for _page in range(MOST_PAGES):
        account = inbox.settings.get("business_account_id", "")
        answer = graph.get(inbox, f"{account}/message_templates", **query)
        rows += [row for row in map(_read, parts(answer, "data")) if row]
        after = word(part(answer, "paging", "cursors"), "after", 1000)
        if not after or "next" not in part(answer, "paging"):
            break
        query["after"] = after
    return rows


def _read(told: dict[str, Any]) -> dict[str, str] | None:
    components = {word(component, "type"): component for component in parts(told, "components")}
    if word(told, "status") != "APPROVED" or "BODY" not in components:
        return None
    if word(components.get("HEADER"), "format") not in ("", "TEXT") or "{{" in word(
        components.get("HEADER"), "text"
    ):
        return None
    text = word(components["BODY"], "text", 2000)
    return {"name": word(told, "name", 100), "language": word(told, "language", 12), "text": text}
