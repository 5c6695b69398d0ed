"""What is remembered of one person: attempts and traces in local time, and what follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .clock import Floats, Ints, Moments, moment
from .facts import Person
from .habits import Posterior, Reach, learn
from .profiles import ANSWERED, Parts, Profiles

KEPT = 48


@dataclass
class Memory:
    """One person; `score` are log weights of the types, the rest is derived when somebody asks."""

    person: Person
    index: int
    traits: Ints
    when: list[tuple[int, int, int, int]] = field(default_factory=list)
    outcome: list[int] = field(default_factory=list)
    offset: list[float] = field(default_factory=list)
    at: list[int] = field(default_factory=list)
    trace_when: list[tuple[int, int, int, int]] = field(default_factory=list)
    trace_kind: list[int] = field(default_factory=list)
    trace_at: list[int] = field(default_factory=list)
    score: Floats | None = None
    share: Floats | None = None
    parts: Parts | None = None
    posterior: Posterior | None = None
    learned: bool = False
    counted: tuple[int, int] = (0, 0)
    """attempts and traces already counted in `score`"""

    def __getstate__(self) -> dict[str, Any]:
        """What is derived is not kept."""
        return self.__dict__ | {"share": None, "parts": None, "posterior": None, "learned": False}

    def heard(self, at: int, outcome: int, offset: float) -> None:
        """One more attempt; `offset` is what the circumstances added to the log odds."""
        self.when.append(moment(at, self.person.zone))
        self.at.append(at)
        self.outcome.append(outcome)
        self.offset.append(offset)
        self.forget()

    def noticed(self, at: int, kind: int) -> None:
        """One more trace."""
        self.trace_when.append(moment(at, self.person.zone))
        self.trace_at.append(at)
        self.trace_kind.append(kind)
        self.forget()

    def forget(self) -> None:
        """What was derived is derived anew when somebody asks."""
        self.share, self.learned = None, False

    def believe(self, types: Profiles, reach: Reach, trust: tuple[float, float], weights: Floats) -> None:
        """Derive the shares of the types, the parts of the week they make, and the person's own habits; `trust` in
        attempts and traces, `weights` of the parts."""
        self._count(types, trust)
        assert self.score is not None
        if self.share is None:
            share = np.exp(self.score - self.score.max())
            self.share = share / share.sum()
            self.parts = types.parts(self.share)
        if not self.learned and self.when and self.parts is not None:
            seen = as_moments(self.when[-KEPT:])
            answered = (np.array(self.outcome[-KEPT:]) == ANSWERED).astype(float)
            expected = self.parts.at(seen.slot) @ weights + np.array(self.offset[-KEPT:])
            self.posterior = learn(reach, seen, answered, expected, self.posterior)
        self.learned = True

    def _count(self, types: Profiles, trust: tuple[float, float]) -> None:
        """Let the facts that came since the last time weigh the types."""
        if self.score is None:
            self.score, self.counted = types.start(self.traits), (0, 0)
        calls, traces = self.counted
        if calls < len(self.at):
            heard = [
                types.heard(slot_of(w), o)
                for w, o in zip(self.when[calls:], self.outcome[calls:], strict=True)
            ]
            self.score = self.score + trust[0] * np.sum(heard, axis=0)
        if traces < len(self.trace_at):
            slots = [slot_of(w) for w in self.trace_when[traces:]]
            self.score = self.score + trust[1] * types.noticed(slots, self.trace_kind[traces:])
        self.counted = len(self.at), len(self.trace_at)


def slot_of(when: tuple[int, int, int, int]) -> int:
    return when[1] * 48 + when[0] // 2


def as_moments(when: list[tuple[int, int, int, int]]) -> Moments:
    columns = np.array(when, dtype=np.int64).reshape(-1, 4).T
    return Moments(*columns)
