"""Mails that came in together are answered together."""

import logging
from collections.abc import Iterator, Sequence

from samspill.assistant.mails.answer import answer
from samspill.assistant.take_turn import AROUND, take_turn
from samspill.conversations.models import Message
from samspill.kit.once import reading_once

log = logging.getLogger(__name__)
AT_ONCE = 8  # so few that the first answers are out soon, and that no chat waits long for the text model
BESIDES = ("conversation__contact__identities", "conversation__identity__codes")


@reading_once()
def answer_all(messages: Sequence[int]) -> list[int]:
    """Answer each as `take_turn` does; returns those that failed, to be tried again by themselves."""
    failed = []
    for portion in _portions(messages):
        try:
            _answer(portion)
        except Exception as error:  # noqa: BLE001  one mail must not keep the others waiting
            log.warning("messages together: %s", type(error).__qualname__)
            failed += _one_by_one(portion)
    return failed


def _portions(messages: Sequence[int]) -> Iterator[list[int]]:
    """A few at once, of each conversation one: what is said to the first counts for the second."""
    threads = dict(Message.objects.filter(pk__in=messages).values_list("pk", "conversation_id"))
    portion: dict[int, int] = {}
    for pk in messages:
        if threads[pk] in portion or len(portion) == AT_ONCE:
            yield list(portion.values())
            portion = {}
        portion[threads[pk]] = pk
    if portion:
        yield list(portion.values())


def _answer(portion: Sequence[int]) -> None:
    mails = Message.objects.filter(pk__in=portion, turn=None, letter__isnull=False).order_by("pk")
    answer(mails.select_related(*AROUND).prefetch_related(*BESIDES))


def _one_by_one(portion: Sequence[int]) -> list[int]:
    failed = []
    for pk in portion:
        try:
            take_turn(pk)
        except Exception as error:  # noqa: BLE001  as above
            log.warning("message %s: %s", pk, type(error).__qualname__)
            failed.append(pk)
    return failed
