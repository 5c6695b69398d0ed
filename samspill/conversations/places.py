"""Every place where a conversation's words lie, so that one word can be changed in all of them."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from samspill.conversations.models import Attachment, Conversation, Draft, Inbound

Change = Callable[[str], str]
Place = Callable[[Conversation, Change], None]
_others: list[Place] = []


def register(place: Place) -> None:
    """Make known another place where words of a conversation lie; floors above do this when they are imported."""
    _others.append(place)


def change_everywhere(held: Conversation, change: Change) -> None:
    """Rewrite messages, files' names, deliveries, drafts, summaries and facts, and what is kept on floors above."""
    rewrite(held, change, "subject", "summary", "facts", "page", "trend")
    for message in held.messages.all():
        rewrite(message, change, "text", "extras", "reading")
    for file in Attachment.objects.filter(message__conversation=held):
        rewrite(file, change, "name")
    for delivery in Inbound.objects.filter(message__conversation=held):
        rewrite(delivery, change, "raw", "headers")
    for draft in Draft.objects.filter(conversation=held):
        rewrite(draft, change, "text")
    for handover in held.handovers.all():
        rewrite(handover, change, "summary", "facts")
    for place in _others:
        place(held, change)


def rewrite(row: Model, change: Change, *fields: str) -> None:
    """Change these fields of a row, whatever they are made of; a row without the word is not written."""
    before = {field: getattr(row, field) for field in fields}
    after = {field: changed(value, change) for field, value in before.items()}
    different = {field: value for field, value in after.items() if value != before[field]}
    if different:
        type(row)._default_manager.filter(pk=row.pk).update(**different)


def changed(value: Any, change: Change) -> Any:
    """The same text, bytes, list or dictionary with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, (bytes, memoryview)):
        return change(bytes(value).decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if isinstance(value, dict):
        return {name: changed(part, change) for name, part in value.items()}
    return [changed(part, change) for part in value] if isinstance(value, list) else value


def replacing(names: Mapping[str, str]) -> Change:
    """Puts one word in the place of another: whole words, in any case, also as JSON writes them."""
    if not names:
        return lambda text: text
    forms = {form: new for old, new in names.items() for form in (old, json.dumps(old)[1:-1])}
    found = {form.casefold(): new for form, new in forms.items()}
    longest = sorted(forms, key=len, reverse=True)
    pattern = re.compile("|".join(_whole(form) for form in longest), re.IGNORECASE)
    return lambda text: pattern.sub(lambda hit: found.get(hit[0].casefold(), hit[0]), text)


def _whole(word: str) -> str:
    before = r"(?<![^\W_])" if word[0].isalnum() and word[0] < "\u3000" else ""
    after = r"(?![^\W_])" if word[-1].isalnum() and word[-1] < "\u3000" else ""
    return before + re.escape(word) + after
