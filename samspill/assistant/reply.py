"""What the engine says becomes one message."""

from collections.abc import Sequence
from typing import Any

from samspill.assistant.circumstances import Circumstances
from samspill.conversations.models import Message
from samspill.conversations.reply import speak
from samspill.flows.state import Say


def reply(here: Circumstances, says: Sequence[Say]) -> Message | None:
    """Say it all in one message, once for each turn; announcing a hand-over is the assistant's last word."""
    if not says:
        return None
    author = Message.Author.ASSISTANT
    return speak(
        here.conversation,
        "\n\n".join(said.text for said in says if said.text),
        f"turn:{here.message.pk}",
        extras=_extras(here, says),
        language=here.language,
        author=author,
    )


def _extras(here: Circumstances, says: Sequence[Say]) -> dict[str, Any]:
    sources = [_source(answer) for answer in here.answers if answer]
    cards = [said.card for said in says if said.card]
    choices = [choice.model_dump() for choice in says[-1].choices]
    found = {"sources": sources, "card": cards[-1] if cards else None, "choices": choices}
    return {name: value for name, value in found.items() if value}


def _source(answer: Any) -> dict[str, Any]:
    return {
        "article": answer.article,
        "title": answer.title,
        "url": answer.url,
        "language": answer.language,
    }
