"""The rows every contestant gets, in the same order, and what each of them has to tell."""

import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypedDict

import numpy as np

from samspill.intelligence.packs import read_rows

SEED = 42


class Told(TypedDict):
    """What one contestant found; times in ms but for `train_s`, memory in MB."""

    name: str
    accuracy: float
    train_s: float
    p50: float
    p95: float
    memory: float


def labelled(path: Path, most: int = 0) -> list[tuple[str, str]]:
    """Text and label of each row, mixed: who learns row by row would be harmed by rows in order of their labels."""
    found = [(str(row["text"]), str(row["label"])) for row in read_rows(path)]
    random.Random(SEED).shuffle(found)
    return found[:most] if most else found


def write(rows: Sequence[tuple[str, str]], path: Path) -> Path:
    """JSON Lines of text and label, for programs in other languages."""
    path.write_text(
        "".join(json.dumps({"text": text, "label": label}) + "\n" for text, label in rows), "utf8"
    )
    return path


def examined(name: str, train_s: float, test: Sequence[tuple[str, str]], read: Callable[[str], str]) -> Told:
    """Ask for every row, one after another, and count what was right."""
    read("Hello")
    times, right = [], 0
    for text, label in test:
        begun = time.perf_counter()
        right += read(text) == label
        times.append(1_000 * (time.perf_counter() - begun))
    return {
        "name": name,
        "accuracy": right / len(test),
        "train_s": train_s,
        "p50": float(np.percentile(times, 50)),
        "p95": float(np.percentile(times, 95)),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
