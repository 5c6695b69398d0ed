"""How well labels are learned from somebody's rows and found in others: intents, unknown sentences, sentiment."""

import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from samspill.intelligence.encoder import Encoder, Vectors
from samspill.intelligence.intents import KNOWN, IntentModel, Reading, spoken
from samspill.intelligence.packs import Row
from samspill.intelligence.scores import Floats

LOST = 0.015
NEGATIVE = ("negative", "neg", "-1")
SENTIMENT_STRENGTH = 2.0


def intents(train: Sequence[Row], test: Sequence[Row], encoder: Encoder) -> dict[str, Any]:
    """Accuracy and macro-F1 of the labels learned from `train`, over `test`, whole and by language."""
    model, seconds = _taught(train, encoder)
    readings = _readings(model, test, encoder)
    said = [reading.label for reading in readings]
    return {
        **_by_language(
            test, lambda rows: _figures([_label(test[row]) for row in rows], [said[row] for row in rows])
        ),
        "labels": len(model.labels),
        "train": len(train),
        "train_seconds": round(seconds, 2),
        "calibration_error": _calibration_error(test, readings),
    }


def out_of_scope(
    train: Sequence[Row], test: Sequence[Row], strange: Sequence[Row], encoder: Encoder, limit: float = KNOWN
) -> dict[str, Any]:
    """AUROC of known against unknown sentences; with `limit`, the share of strange ones that are noticed.

    `accuracy` is that of the known ones, one that is taken for strange counting as wrong.
    """
    model, _ = _taught(train, encoder)
    inside, outside = _readings(model, test, encoder), _readings(model, strange, encoder)
    right = np.array([read.label == _label(row) for read, row in zip(inside, test, strict=True)])
    known, unknown = np.array([one.known for one in inside]), np.array([one.known for one in outside])
    figures = {
        **_by_language(test, lambda rows: _noticed(right[rows], known[rows], unknown, limit)),
        "threshold": limit,
        "strange": len(strange),
        "accuracy_without_threshold": round(float(right.mean()), 4),
    }
    return figures | {"curve": [{"threshold": at} | _noticed(right, known, unknown, at) for at in _CURVE]}


def best_limit(train: Sequence[Row], test: Sequence[Row], strange: Sequence[Row], encoder: Encoder) -> float:
    """The threshold that notices most strange validation rows and loses at most LOST of the known ones."""
    found = out_of_scope(train, test, strange, encoder)
    kept = [one for one in found["curve"] if one["accuracy"] >= found["accuracy_without_threshold"] - LOST]
    return float(max(kept, key=lambda one: one["recall_at_threshold"])["threshold"])


def sentiment(train: Sequence[Row], test: Sequence[Row], encoder: Encoder) -> dict[str, Any]:
    """AUROC of the negative label against all others, and macro-F1, learned from `train`."""
    texts, labels, languages = _columns(train)
    model = IntentModel.train(texts, labels, languages, encoder.embed(texts, "query"), SENTIMENT_STRENGTH)
    asked, right, codes = _columns(test)
    vectors = encoder.embed(asked, "query")
    likely = model.at_home_in(vectors, codes).probabilities(asked, codes, vectors)
    said = [model.labels[place] for place in likely.argmax(1)]
    negative = next((place for place, label in enumerate(model.labels) if label.lower() in NEGATIVE), 0)
    bad = np.array([label == model.labels[negative] for label in right])

    def figures(rows: list[int]) -> dict[str, float]:
        found = _figures([right[row] for row in rows], [said[row] for row in rows])
        return found | {"auroc_negative": auroc(likely[rows, negative], bad[rows])}

    return {**_by_language(test, figures), "negative": model.labels[negative], "train": len(train)}


def shots(rows: Sequence[Row], count: int, seed: int) -> list[Row]:
    """`count` rows of each label, drawn with `seed`."""
    mixed = list(rows)
    random.Random(seed).shuffle(mixed)
    taken: dict[str, int] = {}
    kept = []
    for row in mixed:
        taken[_label(row)] = taken.get(_label(row), 0) + 1
        if taken[_label(row)] <= count:
            kept.append(row)
    return kept


def auroc(scores: Floats, positive: Floats) -> float:
    """Chance that a positive row scores higher than another; 0.5 when there is only one kind."""
    from scipy.stats import rankdata

    hits, misses = int(positive.sum()), int((~positive).sum())
    if not hits or not misses:
        return 0.5
    above = rankdata(scores)[positive].sum() - hits * (hits + 1) / 2
    return round(float(above / (hits * misses)), 4)


_CURVE = tuple(round(0.02 * step, 2) for step in range(50))


def _taught(train: Sequence[Row], encoder: Encoder) -> tuple[IntentModel, float]:
    """A label's own words count as one more example of it."""
    texts, labels, languages = _columns(train)
    names = {label: spoken(label) for label in dict.fromkeys(labels)}
    most = max(set(languages), key=languages.count)
    texts, labels = [*texts, *names.values()], [*labels, *names]
    languages += [most] * len(names)
    vectors = encoder.embed(texts, "query")
    began = time.perf_counter()
    return IntentModel.train(texts, labels, languages, vectors), time.perf_counter() - began


def _readings(model: IntentModel, rows: Sequence[Row], encoder: Encoder) -> list[Reading]:
    texts, _, languages = _columns(rows)
    vectors: Vectors = encoder.embed(texts, "query")
    return model.at_home_in(vectors, languages).read(texts, languages, vectors)


def _columns(rows: Sequence[Row]) -> tuple[list[str], list[str], list[str]]:
    return [row["text"] for row in rows], [_label(row) for row in rows], [row.get("lang", "") for row in rows]


def _label(row: Row) -> str:
    return str(row["label"] if "label" in row else "+".join(sorted(row.get("labels", ()))))


def _by_language(rows: Sequence[Row], figures: Callable[[list[int]], Mapping[str, float]]) -> dict[str, Any]:
    codes = sorted({row.get("lang", "") for row in rows})
    places = {
        code: [place for place, row in enumerate(rows) if row.get("lang", "") == code] for code in codes
    }
    return {**figures(list(range(len(rows)))), "lang": {code: figures(part) for code, part in places.items()}}


def _figures(right: Sequence[str], said: Sequence[str]) -> dict[str, float]:
    hits = sum(one == other for one, other in zip(right, said, strict=True))
    return {
        "accuracy": round(hits / max(len(right), 1), 4),
        "macro_f1": round(float(np.mean([_f1(label, right, said) for label in sorted(set(right))])), 4),
        "n": len(right),
    }


def _f1(label: str, right: Sequence[str], said: Sequence[str]) -> float:
    both = sum(one == other == label for one, other in zip(right, said, strict=True))
    return 2 * both / max(right.count(label) + said.count(label), 1)


def _noticed(right: Floats, known: Floats, unknown: Floats, limit: float) -> dict[str, float]:
    scores, inside = np.concatenate([known, unknown]), np.arange(len(known) + len(unknown)) < len(known)
    return {
        "auroc": auroc(scores, inside),
        "recall_at_threshold": round(float((unknown < limit).mean()), 4),
        "accuracy": round(float((right & (known >= limit)).mean()), 4),
        "n": len(known),
    }


def _calibration_error(rows: Sequence[Row], readings: Sequence[Reading]) -> float:
    """Expected calibration error over ten bins of confidence (Guo et al. 2017)."""
    sure = np.array([reading.confidence for reading in readings])
    right = np.array([reading.label == _label(row) for reading, row in zip(readings, rows, strict=True)])
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [
        abs(sure[bins == one].mean() - right[bins == one].mean()) * (bins == one).mean() for one in set(bins)
    ]
    return round(float(sum(gaps)), 4)
