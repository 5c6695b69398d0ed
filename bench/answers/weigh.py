"""Weighs words against meaning for search, and writes the weights into the package.

    python -m bench.answers.weigh PACKS_FOLDER MODELS_FOLDER [EMBEDDINGS.npz]

Weights come from every second question; the others say what to expect. Run it before bench.answers.fit.
"""

import base64
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.answers.observe import PACKS, Pack, load
from bench.kept import KeptEncoder
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.search import fused, stretched
from samspill.intelligence.settled import FILE, settled

MEANING, CENTRED, LETTERS = np.arange(0.2, 0.84, 0.04), (0.0, 0.2, 0.4, 0.6, 0.8), (0.0, 0.25, 0.5, 0.75)
LEAST = 15  # questions of a language that make a figure
SHORT = 4.0  # how much a point below the better part costs against a point won
OUT = Path(__file__).parents[2] / "samspill" / "intelligence" / FILE

Rows = NDArray[np.float32]
Weights = tuple[float, float, float]


@dataclass(frozen=True)
class Group:
    """Questions of one pack and language: four kinds of evidence [4, articles] each, and the right articles."""

    name: str
    evidence: list[Rows]
    right: list[NDArray[np.bool_]]

    def half(self, start: int) -> "Group":
        """Every second question."""
        return Group(self.name, self.evidence[start::2], self.right[start::2])

    def mrr(self, weights: Weights) -> float:
        """MRR@10 with these weights of meaning, centred and letters."""
        return float(
            np.mean(
                [
                    _gain(_mixed(rows, weights), right)
                    for rows, right in zip(self.evidence, self.right, strict=True)
                ]
            )
        )

    def part(self, place: int) -> float:
        """MRR@10 of one kind of evidence alone."""
        return float(
            np.mean(
                [_gain(rows[place], right) for rows, right in zip(self.evidence, self.right, strict=True)]
            )
        )


def main(packs: Path, models: Path, kept: Path | None = None) -> None:
    """Write the middle of all passages first, then the weights seen from there."""
    encoder = KeptEncoder(local_encoder(models), kept)
    _write(generic_passage=_middle([load(packs, name, encoder) for name in PACKS]))
    settled.cache_clear()
    groups = [group for name in PACKS for group in _groups(load(packs, name, encoder))]
    best = max(product(MEANING, CENTRED, LETTERS), key=lambda weights: _worth(groups, 0, weights))
    _write(
        **dict(zip(("meaning", "centred", "letters"), (round(float(one), 2) for one in best), strict=True))
    )
    print("meaning, centred, letters =", best)
    for group in groups:
        other, now = group.half(1), group.half(1).mrr(best)
        print(
            f"{group.name:32} n={len(other.right):<4} mixed {now:.3f}  words {other.part(0):.3f}  meaning {other.part(2):.3f}"
        )


def _worth(groups: Sequence[Group], start: int, weights: Weights) -> float:
    found = []
    for group in groups:
        half = group.half(start)
        mixed = half.mrr(weights)
        found.append(mixed - SHORT * max(0.0, max(half.part(0), half.part(2)) - mixed))
    return float(np.mean(found))


def _groups(pack: Pack) -> list[Group]:
    found: dict[str, Group] = {}
    for question in pack.asked:
        languages = pack.library.languages_for(question.language)
        lookup = pack.library.index.look_up(question.text, question.vector, languages)
        rows = np.stack(
            [stretched(one) for one in (lookup.words, lookup.letters, lookup.cosines, lookup.centred)]
        )
        names = [pack.library.names[lookup.passage(article).article] for article in range(rows.shape[1])]
        group = found.setdefault(question.language, Group(f"{pack.name} {question.language}", [], []))
        group.evidence.append(rows)
        group.right.append(np.array([name in question.right for name in names]))
    return [group for group in found.values() if len(group.right) >= LEAST]


def _mixed(rows: Rows, weights: Weights) -> Rows:
    meaning, centred, letters = weights
    words = (1 - letters) * rows[0] + letters * rows[1]
    return fused(words, (1 - centred) * rows[2] + centred * rows[3], meaning)


def _gain(scores: Rows, right: NDArray[np.bool_]) -> float:
    if not right.any():
        return 0.0
    place = 1 + int((scores > scores[right].max()).sum())
    return 1 / place if place <= 10 else 0.0


def _middle(packs: Sequence[Pack]) -> str:
    """The mean passage over languages and subjects, float16 in base64."""
    shelves = [shelf for pack in packs for shelf in pack.library.index.shelves]
    means = [np.mean([chunk.vector for chunk in shelf.chunks], axis=0, dtype=np.float32) for shelf in shelves]
    return base64.b64encode(np.mean(means, axis=0).astype("<f2").tobytes()).decode()


def _write(**numbers: object) -> None:
    OUT.write_text(json.dumps(json.loads(OUT.read_text()) | numbers, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
