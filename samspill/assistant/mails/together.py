"""Mails that came in together: what each sounds like is known before the first of them is answered."""

import logging
from collections.abc import Callable, Sequence

from samspill.assistant.take_turn import take_turn
from samspill.conversations.models import Message
from samspill.conversations.understand import keep_reading, recent_before, take_in_mail
from samspill.kit.once import reading_once

log = logging.getLogger(__name__)
MANY = 6  # from so many on an urgent one would wait behind the others


def read_first(messages: Sequence[int]) -> None:
    """Language, mood and urgency of each where many came at once; few are read as they are answered."""
    if len(messages) >= MANY:
        _each(messages, _read)


def answer_all(messages: Sequence[int]) -> list[int]:
    """Answer each as `take_turn` does; returns those that failed, to be tried again by themselves."""
    return _each(messages, take_turn)


def _read(pk: int) -> None:
    message = Message.objects.select_related("conversation__contact").get(pk=pk)
    if "by" not in message.reading:
        keep_reading(message, take_in_mail(message, recent_before(message), ()))


def _each(messages: Sequence[int], work: Callable[[int], None]) -> list[int]:
    failed = []
    with reading_once():
        for pk in messages:
            try:
                work(pk)
            except Exception as error:  # noqa: BLE001  one mail must not keep the others waiting
                log.warning("message %s: %s", pk, type(error).__name__)
                failed.append(pk)
    return failed
