"""Fits when to answer, and writes it into the package.

    python -m bench.answers.fit PACKS_FOLDER MODELS_FOLDER [EMBEDDINGS.npz]

Prints how the judgement does on questions, and on whole packs, that it was not fitted on.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier

from bench.answers.observe import PACKS, Seen, load, observe
from bench.kept import KeptEncoder
from samspill.intelligence.confidence import Confidence
from samspill.intelligence.evidence import NAMES
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.settled import FILE

FOLDS = 5
MOST_WRONG, MOST_STRANGE = 0.04, 0.015
# More of anything but these makes an answer likelier; more crowd makes it less likely.
FREE, WORSE = {"terms", "articles"}, {"crowd"}
OUT = Path(__file__).parents[2] / "samspill" / "intelligence" / FILE

Rows = NDArray[np.floating]
Masks = tuple[NDArray[np.bool_], NDArray[np.bool_]]


def main(packs: Path, models: Path, kept: Path | None = None) -> None:
    """Fit on all packs, print what to expect, write the numbers."""
    encoder = KeptEncoder(local_encoder(models), kept)
    loaded = [load(packs, name, encoder) for name in PACKS]
    seen = [observe(pack, loaded) for pack in loaded]
    folds, left_out = _folded(seen), _left_out(seen)
    threshold = _threshold(left_out)
    _write(_fit(seen, [_everything(one) for one in seen], threshold))
    print("threshold", threshold)
    _report("questions not fitted on", folds)
    _report("packs not fitted on", left_out)


def _everything(one: Seen) -> Masks:
    return np.ones(len(one.own), bool), np.ones(len(one.strange), bool)


def _fit(seen: Sequence[Seen], masks: Sequence[Masks], threshold: float) -> Confidence:
    rows, labels, weights = [], [], []
    for one, (own, strange) in zip(seen, masks, strict=True):
        rows += [one.own[own], one.strange[strange]]
        labels += [one.right[own], np.zeros(strange.sum(), bool)]
        # A pack counts by the root of its size, its strange questions nearly as much together as its own.
        size = np.sqrt(own.sum())
        weights += [np.full(own.sum(), size / own.sum()), np.full(strange.sum(), 0.7 * size / strange.sum())]
    weight = np.concatenate(weights)
    model = HistGradientBoostingClassifier(
        max_depth=3, max_iter=90, learning_rate=0.07, min_samples_leaf=25, l2_regularization=10,
        monotonic_cst=[0 if name in FREE else -1 if name in WORSE else 1 for name in NAMES],
    )  # fmt: skip
    model.fit(np.concatenate(rows), np.concatenate(labels), sample_weight=weight / weight.mean())
    return _plain(model, threshold)


def _plain(model: Any, threshold: float) -> Confidence:
    trees = [[_node(node) for node in predictor.nodes] for (predictor,) in model._predictors]
    return Confidence(trees, float(model._baseline_prediction.ravel()[0]), threshold)


def _node(node: Any) -> tuple[float, ...]:
    if node["is_leaf"]:
        return (round(float(node["value"]), 6),)
    limit = float(f"{node['num_threshold']:.6g}")
    return (int(node["feature_idx"]), limit, int(node["left"]), int(node["right"]))


Scored = list[tuple[str, Rows, NDArray[np.bool_], Rows]]


def _folded(seen: Sequence[Seen]) -> Scored:
    """Each question judged by a fit on the other four fifths."""

    def part(size: int, fold: int) -> NDArray[np.bool_]:
        chosen: NDArray[np.bool_] = np.arange(size) % FOLDS == fold
        return chosen

    scores = [(np.zeros(len(one.own)), np.zeros(len(one.strange))) for one in seen]
    for fold in range(FOLDS):
        chosen = [(part(len(one.own), fold), part(len(one.strange), fold)) for one in seen]
        judge = _fit(seen, [(~own, ~strange) for own, strange in chosen], 0.5)
        for one, (own, strange), (kept, odd) in zip(seen, chosen, scores, strict=True):
            kept[own] = judge.probabilities(one.own[own])
            odd[strange] = judge.probabilities(one.strange[strange])
    return [(one.name, kept, one.right, odd) for one, (kept, odd) in zip(seen, scores, strict=True)]


def _left_out(seen: Sequence[Seen]) -> Scored:
    """Each pack judged by a fit on the other packs."""
    found: Scored = []
    for one in seen:
        rest = [other for other in seen if other is not one]
        judge = _fit(rest, [_everything(other) for other in rest], 0.5)
        found.append((one.name, judge.probabilities(one.own), one.right, judge.probabilities(one.strange)))
    return found


def _threshold(scored: Scored) -> float:
    """The lowest one with at most MOST_WRONG, every pack weighing the same, and MOST_STRANGE of a pack's strange ones."""
    for limit in np.arange(0.4, 0.95, 0.01):
        wrong = np.mean([(scores[~right] >= limit).sum() / len(right) for _, scores, right, _ in scored])
        strange = [float((odd >= limit).mean()) for *_, odd in scored]
        if wrong <= MOST_WRONG and max(strange) <= MOST_STRANGE:
            return round(float(limit), 2)
    raise ValueError("no threshold keeps wrong answers low enough")


def _report(title: str, scored: Scored) -> None:
    print(f"{title}: correct / wrong / strange answered")
    for limit in (0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        cells = [f"{name[:14]} {_cell(own, right, odd, limit)}" for name, own, right, odd in scored]
        print(f"  {limit:.2f}  " + "  ".join(cells))


def _cell(scores: Rows, right: NDArray[np.bool_], odd: Rows, limit: float) -> str:
    sure = scores >= limit
    return f"{(sure & right).mean():.2f}/{(sure & ~right).mean():.3f}/{(odd >= limit).mean():.3f}"


def _write(judge: Confidence) -> None:
    kept = json.loads(OUT.read_text())
    kept["confidence"] = {"trees": judge.trees, "bias": round(judge.bias, 6), "threshold": judge.threshold}
    OUT.write_text(json.dumps(kept, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
