"""How far an intent model's scores can be trusted, and whether a sentence is anything it knows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from samspill.intelligence.scores import Floats, chance, shares

# Fitted by bench/understanding/known.py on validation parts, half of the labels taken for unknown.
SURE, ENERGY, NEAREST, BIAS = 0.60, 1.03, 0.25, 2.79
SAME = 0.02  # of the examples may come or go before it is found out anew
HEATS = np.geomspace(0.3, 3.0, 25)
TRUST = 0.3  # where too little was held out to find a better one
UNHEARD = (0.0, np.inf)  # tells nothing until it is known what is usual
TRUSTS = (0.0, 0.15, TRUST, 0.6, 0.9)


class Seen(NamedTuple):
    """What an intent model sees in n sentences: what meaning and words say [n, k], how strongly all labels together
    are called [n] (the free energy of Liu et al. 2020), what the nearest examples say [n, k], and how near the
    nearest one is [n]."""

    scores: Floats
    energy: Floats
    around: Floats
    nearest: Floats


@dataclass(frozen=True)
class Knowing:
    """`trust` is the weight of the nearest examples, `heat` divides the scores; the middles and spreads are those of
    sentences it should know. `examples` is how many there were when this was found out, 0 where it was assumed.
    """

    heat: float = 1.0
    sure: tuple[float, float] = (1.5, 1.5)
    energy: tuple[float, float] = UNHEARD
    nearest: tuple[float, float] = UNHEARD
    examples: int = 0
    trust: float = TRUST

    @classmethod
    def fit(cls, seen: Seen, right: Floats, examples: int = 0) -> "Knowing":
        """From what was seen in sentences held out of `examples`, and their right class [n]."""
        trust = min(TRUSTS, key=lambda one: _coolest(seen.scores + one * seen.around, right)[0])
        mixed = seen.scores + trust * seen.around
        heat = _coolest(mixed, right)[1]
        sure, energy, nearest = map(_spread, (_sureness(mixed / heat), seen.energy, seen.nearest))
        return cls(heat, sure, energy, nearest, examples, trust)

    def holds_for(self, examples: int) -> bool:
        """Whether it still says the truth of a model that learns from so many."""
        return abs(examples - self.examples) <= SAME * self.examples

    def probabilities(self, seen: Seen) -> Floats:
        """[n, k], each row adding up to 1."""
        return shares(self._cooled(seen))

    def known(self, seen: Seen) -> Floats:
        """[n], the chance that a sentence is of any class."""
        return chance(BIAS + self.evidence(seen) @ (SURE, ENERGY, NEAREST))

    def evidence(self, seen: Seen) -> Floats:
        """[n, 3]: how sure, how much energy and how near, counted in spreads from what is usual for known sentences."""
        sure = _sureness(self._cooled(seen))
        parts = ((sure, self.sure), (seen.energy, self.energy), (seen.nearest, self.nearest))
        return np.stack([_standard(values, spread) for values, spread in parts], axis=1)

    def _cooled(self, seen: Seen) -> Floats:
        return (seen.scores + self.trust * seen.around) / self.heat

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        spreads = (*self.sure, *self.energy, *self.nearest)
        return {"values": np.array([self.heat, *spreads, self.examples, self.trust])}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Knowing":
        """The other way round; raises KeyError or ValueError on anything else."""
        heat, *rest = map(float, kept["values"])
        sure = (rest[0], rest[1])
        if len(rest) < 8:  # an earlier version measured other things
            return cls(heat, sure)
        return cls(heat, sure, (rest[2], rest[3]), (rest[4], rest[5]), int(rest[6]), rest[7])


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
