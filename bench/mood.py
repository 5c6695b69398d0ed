"""How well mood and urgency rank, on sentences held out by language and on other people's labelled texts.

python -m bench.mood MODELS_FOLDER [PACKS_FOLDER]
"""

import random
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, roc_auc_score
from threadpoolctl import threadpool_limits

from bench.answers.observe import pack_file
from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.mood import MOODS, read
from samspill.intelligence.mood_head import STRENGTH, TASKS, Heads, shipped
from samspill.intelligence.mood_store import load_heads
from samspill.intelligence.packs import read_rows
from samspill.intelligence.scores import shares

# related languages are held out together, or a sister would give the answer away
FAMILIES = (("nb", "nn", "da", "sv"), ("de", "nl"), ("zh-Hant", "zh-Hans", "ja", "ko"))
ROWS = 400
PACKS = {
    "sentiment_airline_tweets_en": "train",
    "sentiment_germeval17_de": "train",
    "sentiment_norec_nb": "validation",
    "sentiment_zh_reviews": "train",
    "emotion_goemotions_en": "train",
    "satisfaction_uss": "train",
}
EMOTIONS = {
    "anger": "negative", "annoyance": "negative", "disappointment": "negative", "disgust": "negative",
    "neutral": "neutral", "gratitude": "positive", "joy": "positive", "admiration": "positive",
}  # fmt: skip
Labelled = tuple[str, str, str]


def main(models: Path, packs: Path | None = None) -> None:
    """Print figures for held-out languages, then for each pack there is."""
    encoder = local_encoder(models)
    heads = load_heads(models, encoder)
    with threadpool_limits(1):
        for task in TASKS:
            _held_out(task, encoder)
    for name, part in PACKS.items() if packs else ():
        _pack(name, _rows(read_rows(pack_file(packs / name, part))), encoder, heads)


def _held_out(task: str, encoder: Encoder) -> None:
    """What the head hears in languages it was not taught, and the temper at which its scores are honest there."""
    rows = [row for row in shipped() if row.task == task]
    vectors = encoder.embed([row.text for row in rows], "query")
    codes, labels = np.array([row.language for row in rows]), np.array([row.label for row in rows])
    logs, right, names = [], [], sorted(set(labels))
    for held in _groups(codes):
        head = Classifier.train(vectors[~held], list(labels[~held]), list(codes[~held]), STRENGTH[task])
        logs.append(np.log(head.probabilities(vectors[held], list(codes[held]))))
        right.append(np.searchsorted(names, labels[held]))
    scores, places = np.concatenate(logs), np.concatenate(right)
    temper = min(np.geomspace(0.2, 2, 24), key=lambda one: _surprise(scores / one, places))
    f1 = f1_score(places, scores.argmax(1), average="macro")
    print(f"{task}: macro F1 {f1:.3f} in unseen languages, temper {temper:.2f}, halfway {temper**0.5:.2f}")


def _groups(codes: np.ndarray) -> list[np.ndarray]:
    groups = [np.isin(codes, family) for family in FAMILIES]
    return [*groups, ~np.logical_or.reduce(groups)]


def _surprise(scores: np.ndarray, right: np.ndarray) -> float:
    return float(-np.log(shares(scores)[np.arange(len(right)), right] + 1e-9).mean())


def _rows(rows: Sequence[Any]) -> list[Labelled]:
    found = list(_labelled(rows))
    random.Random(1).shuffle(found)
    return [row for kind in ("negative", "neutral", "positive") for row in _some(found, kind)]


def _some(rows: Iterable[Labelled], kind: str) -> list[Labelled]:
    return [row for row in rows if row[1] == kind][: ROWS // 3]


def _labelled(rows: Sequence[Any]) -> Iterable[Labelled]:
    for row in rows:
        if "turns" in row:
            yield from _turns(row)
        elif "labels" in row:
            if len(row["labels"]) == 1 and row["labels"][0] in EMOTIONS:
                yield row["text"], EMOTIONS[row["labels"][0]], row["lang"]
        else:
            yield row["text"], row["label"], row["lang"]


def _turns(dialogue: Any) -> Iterable[Labelled]:
    """Raters gave 1 to 5; the middle is neutral."""
    for turn in dialogue["turns"]:
        given = turn["satisfaction"]
        if turn["role"] == "user" and given and turn["text"] != "OVERALL":
            mean = sum(given) / len(given)
            kind = "negative" if mean < 2.5 else "positive" if mean >= 4 else "neutral"
            yield turn["text"], kind, dialogue["lang"]


def _pack(name: str, rows: Sequence[Labelled], encoder: Encoder, heads: Heads) -> None:
    vectors = encoder.embed([text for text, _, _ in rows], "query")
    readings = [
        read(heads, text, vector, code) for (text, _, code), vector in zip(rows, vectors, strict=True)
    ]
    table = np.array([[reading.scores[mood] for mood in MOODS] for reading in readings])
    labels = np.array([label for _, label, _ in rows])
    auroc = {
        "negative": roc_auc_score(labels == "negative", table[:, 0] + table[:, 1]),
        "positive": roc_auc_score(labels == "positive", table[:, 3]),
    }
    upset = np.mean(
        [reading.mood in ("frustrated", "impatient") for reading in np.array(readings)[labels != "negative"]]
    )
    shown = "  ".join(f"AUROC {kind} {value:.3f}" for kind, value in auroc.items())
    print(f"{name:28} n={len(rows):<4} {shown}  unhappy among the others {upset:.2f}")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
