"""A message of ours in the pieces that WhatsApp takes."""

from typing import Any

from samspill.channels import outgoing
from samspill.channels.outgoing import Piece
from samspill.conversations.models import Message

LONGEST, WITH_BUTTONS = 4096, 1024
BUTTONS, BUTTON = 3, 20
ROWS, ROW = 10, 24


def compose(message: Message) -> list[Piece]:
    """The pieces, in the order in which they are to arrive."""
    template = message.extras.get("template")
    if template:
        return [_template(template)]
    files: list[Piece] = [{"file": file.pk} for file in outgoing.files(message)]
    return _said(message) + files


def _said(message: Message) -> list[Piece]:
    text, offered = outgoing.words(message), outgoing.choices(message)
    if not offered or not text:
        return [_text(part) for part in _split(text)]
    if len(offered) > ROWS or any(len(label) > ROW or len(value) > 200 for label, value in offered):
        return [_text(part) for part in _split(outgoing.listed(text, offered))]
    *before, last = _split(text, WITH_BUTTONS)
    return [*map(_text, before), _asking(last, offered)]


def _split(text: str, most: int = LONGEST) -> list[str]:
    return outgoing.split(text, most, outgoing.utf16)


def _text(text: str) -> Piece:
    return {"type": "text", "text": {"body": text, "preview_url": False}}


def _asking(text: str, offered: list[tuple[str, str]]) -> Piece:
    buttons = len(offered) <= BUTTONS and all(len(label) <= BUTTON for label, _value in offered)
    about = _buttons(offered) if buttons else _list(offered)
    return {"type": "interactive", "interactive": {**about, "body": {"text": text}}}


def _buttons(offered: list[tuple[str, str]]) -> dict[str, Any]:
    rows = [{"type": "reply", "reply": {"id": value, "title": label}} for label, value in offered]
    return {"type": "button", "action": {"buttons": rows}}


def _list(offered: list[tuple[str, str]]) -> dict[str, Any]:
    rows = [{"id": value, "title": label} for label, value in offered]
    return {"type": "list", "action": {"button": "…", "sections": [{"rows": rows}]}}


def _template(template: dict[str, Any]) -> Piece:
    about: dict[str, Any] = {"name": template["name"], "language": {"code": template["language"]}}
    if template.get("values"):
        filled = [{"type": "text", "text": value} for value in template["values"]]
        about["components"] = [{"type": "body", "parameters": filled}]
    return {"type": "template", "template": about}
