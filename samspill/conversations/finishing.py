"""What is done to an agent's words in the moment they are sent, by floors above that know what the words promise."""

from collections.abc import Callable

from samspill.conversations.models import Message

Finish = Callable[[Message], None]
_finishers: list[Finish] = []


def register(finish: Finish) -> None:
    """Have `finish` look at every answer of an agent before it goes out, in the same transaction.

    It may change the text. Floors above do this when they are imported.
    """
    if finish not in _finishers:
        _finishers.append(finish)


def finish(message: Message) -> None:
    """Let everybody who made themselves known look at this answer."""
    for one in _finishers:
        one(message)
