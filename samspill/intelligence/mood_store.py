"""The heads on disk: trained when they are missing, and anew when the company has corrected a reading.

What is kept are numbers only; the company's sentences are never written here.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Encoder, Vectors
from samspill.intelligence.mood_head import TASKS, Heads, Row, sentences, shipped, train
from samspill.intelligence.weights import RECIPE

VERSION = 1
HEAVIEST = 10  # a sentence of the company counts as so many of ours,
OWN_SHARE = 1_500  # and all of them together as no more than so many
MOST_OWN = 500
AT_ONCE = 4  # so that messages of customers need not wait behind a whole lesson
POINTER = "mood-learned.txt"


def load_heads(folder: Path, encoder: Encoder) -> Heads:
    """The heads kept under `folder`, trained there in some seconds when they are missing or unreadable."""
    learned = _pointer(folder)
    try:
        return _load(folder, learned)
    except (OSError, ValueError, KeyError):
        return train_heads(folder, encoder, ())


def train_heads(folder: Path, encoder: Encoder, own: Sequence[Row]) -> Heads:
    """Learn the shipped sentences and the company's `own`, the latest first; kept in `folder` from now on."""
    own = list(own)[:MOST_OWN]
    rows, vectors = list(shipped()), _shipped_vectors(folder, encoder)
    if own:
        weight = max(1, min(HEAVIEST, OWN_SHARE // len(own)))
        rows += [row for row in own for _ in range(weight)]
        vectors = np.concatenate([vectors, np.repeat(_embedded(own, encoder), weight, axis=0)])
    heads = train(rows, vectors, mark(own))
    _keep(folder, heads)
    return heads


def _embedded(own: Sequence[Row], encoder: Encoder) -> Vectors:
    texts = [row.text for row in own]
    parts = [encoder.embed(texts[at : at + AT_ONCE], "query") for at in range(0, len(texts), AT_ONCE)]
    return np.concatenate(parts)


def mark(own: Sequence[Row]) -> str:
    """A short name for these rows; '' for none."""
    return _short(repr([tuple(row) for row in own])) if own else ""


def _shipped_vectors(folder: Path, encoder: Encoder) -> Vectors:
    path = folder / f"mood-{_edition()}.vectors.npy"
    try:
        kept = np.load(path, allow_pickle=False)
        if kept.shape[0] == len(shipped()):
            return np.asarray(kept, np.float32)
    except (OSError, ValueError):
        pass
    texts = list(dict.fromkeys(row.text for row in shipped()))
    place = {text: at for at, text in enumerate(texts)}
    vectors = encoder.embed(texts, "query")[[place[row.text] for row in shipped()]]
    _swap(path, lambda scratch: np.save(scratch, vectors.astype(np.float16)), ".npy")
    return np.asarray(vectors.astype(np.float16), np.float32)


def _load(folder: Path, learned: str) -> Heads:
    mood, urgency = (Classifier.load(_path(folder, task, learned)) for task in TASKS)
    return Heads(mood, urgency, learned)


def _keep(folder: Path, heads: Heads) -> None:
    before = _pointer(folder)
    for task in TASKS:
        _swap(_path(folder, task, heads.learned), getattr(heads, task).save, ".npz")
    _swap(folder / POINTER, lambda scratch: scratch.write_text(heads.learned), ".txt")
    if before and before != heads.learned:
        for task in TASKS:
            _path(folder, task, before).unlink(missing_ok=True)


def _path(folder: Path, task: str, learned: str) -> Path:
    return folder / f"{task}-{_edition()}{'-' if learned else ''}{learned}.npz"


def _pointer(folder: Path) -> str:
    try:
        name = (folder / POINTER).read_text("utf8")
    except (OSError, ValueError):
        return ""
    return name if name.isalnum() and len(name) < 40 else ""


@cache
def _edition() -> str:
    return f"{RECIPE}-{VERSION}-{_short(sentences('sentiment') + sentences('urgency'))}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf8", "surrogatepass")).hexdigest()[:12]


def _swap(path: Path, write: Callable[[Path], object], suffix: str) -> None:
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=suffix)
    os.close(handle)
    write(Path(scratch))
    os.replace(scratch, path)
