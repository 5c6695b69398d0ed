"""What flows may call: the declarations here, the real things above this floor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel


class ToolResult(BaseModel):
    """What a tool gives back: one of its declared outcomes and plain data."""

    outcome: str = ""
    data: Any = None


Tools = Mapping[str, Callable[..., ToolResult]]


@dataclass(frozen=True)
class Tool:
    """A tool as a flow file sees it; the first outcome is the good one and goes on to the next step."""

    name: str
    arguments: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ("ok",)
    acting: bool = False
    private: bool = False


STANDARD: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool("commerce.find_order", ("number",), ("found", "missing"), private=True),
        Tool("commerce.orders", (), ("found", "none"), private=True),
        Tool(
            "commerce.register_return",
            ("order", "line", "reason"),
            ("registered", "too_late", "refused"),
            acting=True,
            private=True,
        ),
        Tool("commerce.delivery", ("country", "kind"), ("found", "unknown")),
        Tool("identity.start", ("key",), ("sent",)),
        Tool("identity.check", ("code",), ("verified", "wrong", "expired", "locked")),
        Tool("workspace.hours", (), ("found",)),
        Tool("consent.record", ("purpose", "given"), ("recorded",)),
        Tool("knowledge.answer", ("question",), ("found", "unknown")),
        Tool("callback.offer", ("number",), ("possible", "no_number", "not_in_use", "costs", "off")),
        Tool(
            "callback.request",
            ("number", "topic", "when", "wording"),
            ("asked", "past", "refused"),
            acting=True,
        ),
        Tool("conversation.hand_over", ("reason", "summary", "facts"), ("taken", "closed")),
    )
}
