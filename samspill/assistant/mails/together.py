"""Mails that came in together are answered together."""

import logging
from collections.abc import Sequence

from samspill.assistant.take_turn import take_turn
from samspill.kit.once import reading_once

log = logging.getLogger(__name__)


@reading_once()
def answer_all(messages: Sequence[int]) -> list[int]:
    """Answer each as `take_turn` does; returns those that failed, to be tried again by themselves."""
    failed = []
    for pk in messages:
        try:
            take_turn(pk)
        except Exception as error:  # noqa: BLE001  one mail must not keep the others waiting
            log.warning("message %s: %s", pk, type(error).__qualname__)
            failed.append(pk)
    return failed
