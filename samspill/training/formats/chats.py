"""Conversations in JSON: a list of {id, turns}, Chatwoot's or Zammad's exports, or one object a line."""

import json
import re
from collections.abc import Iterator
from typing import Any

from samspill.knowledge.from_html import markdown_of
from samspill.training.errors import Unreadable
from samspill.training.formats.roles import customer
from samspill.training.formats.talks import Talk, Turn

_LISTS = ("conversations", "tickets", "chats", "dialogues", "data", "payload", "items", "results", "records")
_TURNS = ("turns", "messages", "articles", "comments", "events", "parts", "conversation_parts")
_TEXTS = ("text", "content", "body", "message", "plain_body", "plain_text")
_ROLES = (
    "role", "sender_type", "message_type", "sender", "author_type", "author", "direction", "from", "type",
)  # fmt: skip
_MARKUP = re.compile(r"</?(p|div|br|span|html|body|table|a|b|i)\b[^>]*>", re.I)


def talks(text: str) -> Iterator[Talk]:
    """One talk for each conversation in the file; raises Unreadable."""
    try:
        data = json.loads(text)
    except RecursionError as error:
        raise Unreadable("not_json") from error
    except ValueError:
        return _lines(text)
    found = _list(data)
    if found is None:
        raise Unreadable("no_talks")
    return (_talk(one) for one in found)


def _lines(text: str) -> Iterator[Talk]:
    lines = [line for line in text.splitlines() if line.strip()]
    found = [_line(line) for line in lines]
    if all(talk.why_not == "broken" for talk in found):
        raise Unreadable("not_json")
    return iter(found)


def _line(line: str) -> Talk:
    try:
        return _talk(json.loads(line))
    except (ValueError, RecursionError):
        return Talk(why_not="broken")


def _list(data: Any, depth: int = 0) -> list[Any] | None:
    if isinstance(data, list):
        return data
    if not isinstance(data, dict) or depth > 3:
        return None
    if any(isinstance(data.get(name), list) for name in _TURNS):
        return [data]
    inside = (_list(data[name], depth + 1) for name in _LISTS if name in data)
    return next((found for found in inside if found is not None), None)


def _talk(one: Any) -> Talk:
    if isinstance(one, str):
        return Talk((Turn(one),))
    if not isinstance(one, dict):
        return Talk(why_not="broken")
    said = next((one[name] for name in _TURNS if isinstance(one.get(name), list)), None)
    turns = [one] if said is None else said
    found = tuple(turn for turn in map(_turn, turns) if turn is not None)
    return Talk(found) if found else Talk(why_not="empty" if not turns else "broken")


def _turn(said: Any) -> Turn | None:
    """None for what is no utterance: internal notes and rows without text."""
    if not isinstance(said, dict) or said.get("private") is True or said.get("internal") is True:
        return None
    text = next((said[name] for name in _TEXTS if isinstance(said.get(name), str)), None)
    if text is None:
        return None
    judged = (customer(said[name]) for name in _ROLES if name in said)
    return Turn(_plain(text), next((one for one in judged if one is not None), None))


def _plain(text: str) -> str:
    return markdown_of(text[:50_000])[2] if _MARKUP.search(text[:2_000]) else text
