"""The shipped language model: how much each run of letters speaks for each language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from samspill.intelligence.grams import Hashes, Places, grams

MODEL = Path(__file__).parent / "data/languages.npz"
BITS = 17  # 2¹⁷ places
_PLACE, _CHECK = np.uint64(64 - BITS), np.uint64(64 - BITS - 8)


@dataclass(frozen=True)
class LetterModel:
    """Whole-number weights [places, languages] of a softmax, and which alphabet each language has."""

    languages: tuple[str, ...]
    groups: dict[str, Places]
    weights: npt.NDArray[np.int8]
    checks: npt.NDArray[np.uint8]
    bias: npt.NDArray[np.float32]
    scale: float

    def scores(self, texts: Sequence[str], counts: Sequence[Sequence[float]] = ()) -> npt.NDArray[np.float32]:
        """Log-odds [n, languages] up to a constant for n texts from `letters`; higher is likelier.

        `counts` says for each letter of each text how much the runs and words that start there count.
        """
        hashes, starts, owners = grams(texts)
        places = (hashes >> _PLACE).astype(np.int64)
        known = self.checks[places] == (hashes >> _CHECK).astype(np.uint8)
        told = self.weights.take(places[known], 0)
        share = np.zeros((len(texts), len(told)), np.float32)
        letters = np.array([one for row in counts for one in row], np.float32)
        share[owners[known], np.arange(len(told))] = self.scale * (letters[starts[known]] if counts else 1.0)
        scores: npt.NDArray[np.float32] = share @ told.astype(np.float32) + self.bias
        return scores

    def places(self, language: str, script: str) -> list[int]:
        """Where a language stands among the scores; Serbian is written in two scripts."""
        return [place for place in self.groups[script] if self.languages[place] == language]


def address(hashes: Hashes, checks: npt.NDArray[np.uint8]) -> Places:
    """Places in the table of those hashes that have one there."""
    places = (hashes >> _PLACE).astype(np.int64)
    known: Places = places[checks[places] == (hashes >> _CHECK).astype(np.uint8)]
    return known


@cache
def letter_model() -> LetterModel:
    """The model in the package, read once."""
    with np.load(MODEL) as kept:
        groups = kept["scripts"]
        return LetterModel(
            languages=tuple(map(str, kept["languages"])),
            groups={str(group): np.flatnonzero(groups == group) for group in np.unique(groups)},
            weights=kept["weights"],
            checks=kept["checks"],
            bias=kept["bias"],
            scale=float(kept["scale"]),
        )
