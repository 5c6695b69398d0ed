"""How far an intent model's scores can be trusted, and whether a sentence is anything it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from samspill.intelligence.scores import Floats, chance, shares

# Fitted by bench/understanding/known.py on validation parts, half of the labels taken for unknown.
SURE, NEAR, BIAS = 1.08, 0.52, 2.51
SAME = 0.02  # of the examples may come or go before it is found out anew
HEATS = np.geomspace(0.3, 3.0, 25)


@dataclass(frozen=True)
class Knowing:
    """`heat` divides the scores; the middles and spreads are those of sentences it should know. `examples` is how
    many there were when this was found out, 0 where it was assumed.
    """

    heat: float = 1.0
    sure: tuple[float, float] = (1.5, 1.5)
    near: tuple[float, float] = (100.0, 100.0)
    examples: int = 0

    @classmethod
    def fit(cls, scores: Floats, near: Floats, right: Floats, examples: int = 0) -> "Knowing":
        """From log-probabilities [n, k], nearness [n] and the right class [n] of sentences held out of `examples`."""
        losses = [
            -np.log(shares(scores / heat)[np.arange(len(right)), right] + 1e-12).mean() for heat in HEATS
        ]
        heat = float(HEATS[int(np.argmin(losses))])
        return cls(heat, _spread(_sureness(scores / heat)), _spread(near), examples)

    def holds_for(self, examples: int) -> bool:
        """Whether it still says the truth of a model that learns from so many."""
        return abs(examples - self.examples) <= SAME * self.examples

    def probabilities(self, scores: Floats) -> Floats:
        """[n, k], each row adding up to 1."""
        return shares(scores / self.heat)

    def known(self, scores: Floats, near: Floats) -> Floats:
        """[n], the chance that a sentence is of any class."""
        return chance(BIAS + self.evidence(scores, near) @ (SURE, NEAR))

    def evidence(self, scores: Floats, near: Floats) -> Floats:
        """[n, 2]: how sure and how near, counted in spreads from what is usual for known sentences."""
        sure = _standard(_sureness(scores / self.heat), self.sure)
        return np.stack([sure, _standard(near, self.near)], axis=1)

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        return {"values": np.array([self.heat, *self.sure, *self.near, self.examples])}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Knowing":
        """The other way round; raises KeyError or ValueError on anything else."""
        heat, *rest = map(float, kept["values"])
        return cls(heat, (rest[0], rest[1]), (rest[2], rest[3]), int(rest[4]) if len(rest) > 4 else 0)


def _sureness(scores: Floats) -> Floats:
    best = np.clip(shares(scores).max(1), 1e-6, 1 - 1e-6)
    odds: Floats = np.log(best / (1 - best))
    return odds


def _spread(values: Floats) -> tuple[float, float]:
    return float(values.mean()), float(values.std() or 1.0)


def _standard(values: Floats, spread: tuple[float, float]) -> Floats:
    return np.clip((values - spread[0]) / spread[1], -6, 3)
