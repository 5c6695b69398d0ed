"""Sentences of one meaning put together, whatever their language. Knows no database."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from samspill.intelligence.encoder import Vectors, unit
from samspill.intelligence.titles import learned

MOST_COMPARED = 3_000  # each with each takes a tenth of a gigabyte; the rest joins what was found
FEWEST = 4  # sentences that make an intent worth showing
APART = 0.66  # mean distance (1 - cosine) up to which two groups are one; chosen on five public packs
NEAR = 0.45  # cosine with a group's middle from which a sentence joins it
USUAL = 20  # a language with few sentences borrows the middle of questions in general

Labels = NDArray[np.int64]


def groups(vectors: Vectors, languages: Sequence[str], *, fewest: int = FEWEST) -> Labels:
    """For each of n vectors float32 [n, 384] the number of its group from 0, the biggest first; -1 for none."""
    if len(vectors) < fewest:
        return np.full(len(vectors), -1)
    points = centred(vectors, languages)
    sample = np.unique(np.linspace(0, len(points) - 1, min(len(points), MOST_COMPARED)).astype(int))
    found = _ordered(_near_each_other(points[sample]), fewest)
    labels = np.full(len(points), -1)
    labels[sample] = found
    return _joined(points, labels)


def centred(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Directions from the middle of each language, so that those of one meaning lie together in all."""
    spoken, whole, usual = np.array(languages), vectors.mean(0), learned().middles
    points = np.zeros_like(vectors, np.float32)
    for language in set(languages):
        own = spoken == language
        middle = (vectors[own].sum(0) + USUAL * usual.get(language, whole)) / (own.sum() + USUAL)
        points[own] = vectors[own] - middle
    return unit(points)


def _near_each_other(points: Vectors) -> Labels:
    from sklearn.cluster import AgglomerativeClustering

    model = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage="average", distance_threshold=APART
    )
    labels: Labels = model.fit_predict(points)
    return labels


def _ordered(labels: Labels, fewest: int) -> Labels:
    sizes = Counter(labels.tolist()).most_common()
    order = {label: place for place, (label, size) in enumerate(sizes) if size >= fewest}
    return np.array([order.get(label, -1) for label in labels.tolist()])


def _joined(points: Vectors, labels: Labels) -> Labels:
    """Those without a group join the one whose middle is near."""
    if labels.max(initial=-1) < 0:
        return labels
    middles = unit(np.stack([points[labels == one].mean(0) for one in range(labels.max() + 1)]))
    alone = np.flatnonzero(labels < 0)
    for part in np.array_split(alone, max(1, len(alone) // 2_000)):
        likeness = points[part] @ middles.T
        best = likeness.argmax(1)
        labels[part] = np.where(likeness.max(1) >= NEAR, best, -1)
    return labels


def central(vectors: Vectors, languages: Sequence[str]) -> list[int]:
    """The places of n sentences of one group, the most typical first."""
    points = unit(vectors)
    return [int(place) for place in np.argsort(-(points @ unit(points.mean(0, keepdims=True)).T).ravel())]
