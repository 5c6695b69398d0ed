"""Numbers fitted once on public questions and answers (bench/answers/fit.py) and shipped with the package."""

import base64
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from samspill.intelligence.encoder import Vectors

FILE = "data/answers.json"


@dataclass(frozen=True)
class Settled:
    """Weights of search and of answer confidence."""

    meaning: float  # share of meaning against words in a search score
    centred: float  # share of cosines seen from the language's middle against plain ones
    letters: float  # share of word pieces against whole words
    generic_passage: Vectors  # float32 [384], the mean passage over languages and subjects
    confidence: dict[str, Any]


@cache
def settled() -> Settled:
    """The shipped numbers."""
    kept = json.loads(files("samspill.intelligence").joinpath(FILE).read_text("utf8"))
    mean = np.frombuffer(base64.b64decode(kept["generic_passage"]), "<f2").astype(np.float32)
    return Settled(kept["meaning"], kept["centred"], kept["letters"], mean, kept["confidence"])
