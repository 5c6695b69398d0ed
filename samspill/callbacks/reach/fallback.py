"""When in doubt the classic way: first come, first served, within the legal hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .board import Waiting
from .clock import DAY, HOUR
from .knowing import Knowledge
from .rules import Rules

Legal = Callable[[Waiting, int], bool]


def first_come(
    waiting: Sequence[Waiting], now: int, rules: Rules, legal: Legal
) -> list[tuple[float, Waiting]]:
    """Whoever may be called now: those not yet tried before the others, the oldest first."""
    free = [w for w in waiting if now >= w.earliest and rules.may(now, w.called) and legal(w, now)]
    return [(0.0, w) for w in sorted(free, key=lambda w: (len(w.called), w.request.created, w.request.id))]


@dataclass
class Guard:
    """Says why the model may not be used now, or nothing: missing, old, failing, unsure or slow."""

    oldest: int = 10 * DAY
    seconds: float = 5.0
    pause: int = HOUR
    judged: int = 600
    margin: float = 0.02
    resting_until: int = 0
    reason: str = ""

    def doubt(self, knowledge: Knowledge | None, now: int) -> str:
        """A word for what is wrong with the model, empty when nothing is."""
        if knowledge is None:
            return "missing"
        if now < self.resting_until:
            return self.reason
        if knowledge.fitted_at and now - knowledge.fitted_at > self.oldest:
            return "old"
        return "unsure" if self._worse_than_guessing(knowledge) else ""

    def rest(self, reason: str, now: int, pause: int = 0) -> None:
        """Leave the model alone for a while."""
        self.reason, self.resting_until = reason, now + (pause or self.pause)

    def took(self, seconds: float, now: int) -> None:
        """A plan that took too long makes the model rest, not for long: the next one starts from most plans made."""
        if seconds > self.seconds:
            self.rest("slow", now, self.pause // 4)

    def _worse_than_guessing(self, knowledge: Knowledge) -> bool:
        told = list(knowledge.calibration.told)[-self.judged :]
        if len(told) < self.judged:
            return False
        odds, answered = np.array(told, dtype=float).T
        odds = knowledge.calibration.tell(odds)
        loss = float(np.mean(np.logaddexp(0, -np.where(answered > 0, odds, -odds))))
        share = min(max(float(answered.mean()), 1e-3), 1 - 1e-3)
        guessing = -(share * np.log(share) + (1 - share) * np.log(1 - share))
        return bool(loss > guessing + self.margin)
