"""How far an intent model's scores can be trusted, and whether a sentence is anything it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from samspill.intelligence.scores import Floats, chance, shares

# Fitted by bench/understanding/known.py on validation parts, half of the labels taken for unknown.
SURE, ENERGY, BIAS = 0.64, 1.21, 2.75
SAME = 0.02  # of the examples may come or go before it is found out anew
HEATS = np.geomspace(0.3, 3.0, 25)
TRUST = 0.3  # where too little was held out to find a better one
UNHEARD = (0.0, np.inf)  # energy tells nothing until it is known what is usual
TRUSTS = (0.0, 0.15, TRUST, 0.6, 0.9)


@dataclass(frozen=True)
class Knowing:
    """`trust` is the weight of the nearest examples, `heat` divides the scores; the middles and spreads are those of
    sentences it should know. `examples` is how many there were when this was found out, 0 where it was assumed.
    """

    heat: float = 1.0
    sure: tuple[float, float] = (1.5, 1.5)
    energy: tuple[float, float] = UNHEARD
    examples: int = 0
    trust: float = TRUST

    @classmethod
    def fit(
        cls, scores: Floats, around: Floats, energy: Floats, right: Floats, examples: int = 0
    ) -> "Knowing":
        """From what meaning and words say [n, k], what the nearest examples say [n, k], energy [n] and the right
        class [n] of sentences held out of `examples`."""
        trust = min(TRUSTS, key=lambda one: _coolest(scores + one * around, right)[0])
        heat = _coolest(scores + trust * around, right)[1]
        sure = _sureness((scores + trust * around) / heat)
        return cls(heat, _spread(sure), _spread(energy), examples, trust)

    def mixed(self, scores: Floats, around: Floats) -> Floats:
        """Both views [n, k] in one."""
        both: Floats = scores + self.trust * around
        return both

    def holds_for(self, examples: int) -> bool:
        """Whether it still says the truth of a model that learns from so many."""
        return abs(examples - self.examples) <= SAME * self.examples

    def probabilities(self, scores: Floats) -> Floats:
        """[n, k], each row adding up to 1."""
        return shares(scores / self.heat)

    def known(self, scores: Floats, energy: Floats) -> Floats:
        """[n], the chance that a sentence is of any class."""
        return chance(BIAS + self.evidence(scores, energy) @ (SURE, ENERGY))

    def evidence(self, scores: Floats, energy: Floats) -> Floats:
        """[n, 2]: how sure and how much energy, counted in spreads from what is usual for known sentences."""
        sure = _standard(_sureness(scores / self.heat), self.sure)
        return np.stack([sure, _standard(energy, self.energy)], axis=1)

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        return {"values": np.array([self.heat, *self.sure, *self.energy, self.examples, self.trust])}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Knowing":
        """The other way round; raises KeyError or ValueError on anything else."""
        heat, *rest = map(float, kept["values"])
        if len(rest) < 6:  # an earlier version measured something else than energy
            rest = [*rest[:2], *UNHEARD, 0, TRUST]
        return cls(heat, (rest[0], rest[1]), (rest[2], rest[3]), int(rest[4]), rest[5])


def _coolest(scores: Floats, right: Floats) -> tuple[float, float]:
    """The least mean surprise that any heat leads to, and that heat."""
    rows = np.arange(len(right))
    losses = [-np.log(shares(scores / heat)[rows, right] + 1e-12).mean() for heat in HEATS]
    return min(zip(map(float, losses), map(float, HEATS), strict=True))


def _sureness(scores: Floats) -> Floats:
    best = np.clip(shares(scores).max(1), 1e-6, 1 - 1e-6)
    odds: Floats = np.log(best / (1 - best))
    return odds


def _spread(values: Floats) -> tuple[float, float]:
    return float(values.mean()), float(values.std() or 1.0)


def _standard(values: Floats, spread: tuple[float, float]) -> Floats:
    return np.clip((values - spread[0]) / spread[1], -6, 3)
