"""Learns labels from embedded examples in seconds; kept as plain numbers, never as pickled code."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.logistic import fit
from samspill.intelligence.scores import Floats, shares

FEW = 20


@dataclass(frozen=True)
class Classifier:
    """Logistic regression over embeddings; `means` are the language centres taken away first."""

    labels: tuple[str, ...]
    weights: Floats  # [384, labels]
    bias: Floats  # [labels]
    means: Mapping[str, Floats] = field(default_factory=dict)

    @classmethod
    def train(
        cls,
        vectors: Vectors,
        labels: Sequence[str],
        languages: Sequence[str] | None = None,
        strength: float = 20.0,
        balance: float = 1.0,
        start: "Classifier | None" = None,
    ) -> "Classifier":
        """Learn from float32 [n, 384] and n labels of at least two kinds.

        With `languages` (n codes) each language is centred, so that one learns from the other. With `balance` 1
        every class weighs the same, with 0 every row. `start`, learned from nearly the same rows, saves time.
        """
        means = _means(vectors, languages) if languages else {}
        rows = _centred(vectors, languages, means).astype(np.float32)
        names, classes = np.unique(np.asarray(labels), return_inverse=True)
        near = (start.weights, start.bias) if start and start.labels == tuple(map(str, names)) else None
        weights, bias = fit(rows, classes, _importance(classes, balance), strength, near)
        return cls(tuple(map(str, names)), weights, bias, means)

    def probabilities(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Floats:
        """[n, labels], each row adding up to 1."""
        return shares(self.scores(self.centred(vectors, languages)))

    def centred(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Vectors:
        """The vectors with the middle of their language taken away."""
        return _centred(vectors, languages, self.means)

    def scores(self, rows: Vectors) -> Floats:
        """[n, labels] before they become probabilities, of centred vectors."""
        found: Floats = rows @ self.weights + self.bias
        return found

    def at_home_in(self, vectors: Vectors, languages: Sequence[str]) -> "Classifier":
        """The same with the middle of unlabelled messages for languages it has no examples of.

        A few messages say little about a language: the middle of all examples counts as FEW of them.
        """
        counts = Counter(languages)
        seen = {
            code: (counts[code] * mean + FEW * self.means[""]) / (counts[code] + FEW)
            for code, mean in _means(vectors, languages).items()
            if code and self.means
        }
        return replace(self, means={**seen, **self.means})

    def save(self, path: Path) -> None:
        """Write one .npz file."""
        with path.open("wb") as file:
            np.savez(file, **self.arrays())

    def arrays(self) -> dict[str, Any]:
        """Plain arrays for a file."""
        means = {f"mean:{code}": mean for code, mean in self.means.items()}
        return {"labels": np.array(self.labels), "weights": self.weights, "bias": self.bias, **means}

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """Read what `save` wrote; raises OSError, ValueError or KeyError on anything else."""
        with np.load(path, allow_pickle=False) as kept:
            return cls.of(kept)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Classifier":
        """From what `arrays` gave; raises KeyError on anything else."""
        means = {name.removeprefix("mean:"): kept[name] for name in kept if name.startswith("mean:")}
        return cls(tuple(map(str, kept["labels"])), kept["weights"], kept["bias"], means)


def _importance(classes: Floats, balance: float) -> Floats:
    counts = np.bincount(classes)
    share: Floats = (len(classes) / (len(counts) * counts[classes])) ** balance
    even: Floats = share / share.mean()
    return even


def _means(vectors: Vectors, languages: Sequence[str]) -> dict[str, Floats]:
    codes = np.array(languages)
    means = {str(code): vectors[codes == code].mean(0) for code in sorted(set(languages))}
    return means | {"": vectors.mean(0)}


def _centred(vectors: Vectors, languages: Sequence[str] | None, means: Mapping[str, Floats]) -> Floats:
    if not means:
        return vectors
    middle = means[""]
    codes = languages or [""] * len(vectors)
    own: Vectors = vectors - np.stack([means.get(code, middle) for code in codes])
    return own
