"""Learns labels from embedded examples in seconds; kept as plain numbers, never as pickled code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.scores import Floats, shares


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
    ) -> "Classifier":
        """Learn from float32 [n, 384] and n labels of at least two kinds; classes weigh the same.

        With `languages` (n codes) each language is centred, so that one learns from the other.
        """
        from sklearn.linear_model import LogisticRegression

        means = _means(vectors, languages) if languages else {}
        model = LogisticRegression(C=strength, class_weight="balanced", max_iter=1_000)
        model.fit(_centred(vectors, languages, means), labels)
        weights, bias = model.coef_.T, model.intercept_
        if weights.shape[1] == 1:  # two classes share one column there
            weights, bias = np.hstack([-weights, weights]) / 2, np.hstack([-bias, bias]) / 2
        return cls(
            tuple(map(str, model.classes_)), weights.astype(np.float32), bias.astype(np.float32), means
        )

    def probabilities(self, vectors: Vectors, languages: Sequence[str] | None = None) -> Floats:
        """[n, labels], each row adding up to 1."""
        return shares(_centred(vectors, languages, self.means) @ self.weights + self.bias)

    def save(self, path: Path) -> None:
        """Write one .npz file."""
        with path.open("wb") as file:
            self.write(file)

    def write(self, file: IO[bytes]) -> None:
        """The same into an open file."""
        kept: dict[str, Any] = {"labels": np.array(self.labels), "weights": self.weights, "bias": self.bias}
        kept |= {f"mean:{code}": mean for code, mean in self.means.items()}
        np.savez(file, **kept)

    @classmethod
    def load(cls, path: Path) -> "Classifier":
        """Read what `save` wrote; raises OSError, ValueError or KeyError on anything else."""
        with path.open("rb") as file:
            return cls.read(file)

    @classmethod
    def read(cls, file: IO[bytes]) -> "Classifier":
        """The same from an open file."""
        with np.load(file, allow_pickle=False) as kept:
            means = {
                name.removeprefix("mean:"): kept[name] for name in kept.files if name.startswith("mean:")
            }
            return cls(tuple(map(str, kept["labels"])), kept["weights"], kept["bias"], means)


def _means(vectors: Vectors, languages: Sequence[str]) -> dict[str, Floats]:
    codes = np.array(languages)
    means = {str(code): vectors[codes == code].mean(0) for code in sorted(set(languages))}
    return means | {"": vectors.mean(0)}


def _centred(vectors: Vectors, languages: Sequence[str] | None, means: Mapping[str, Floats]) -> Floats:
    if not means:
        return vectors
    middle = means[""]
    codes = languages or [""] * len(vectors)
    return vectors - np.stack([means.get(code, middle) for code in codes])
