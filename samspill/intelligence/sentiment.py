"""How a customer sounds: good enough to rank and to warn, not to state as a fact."""

import os
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import cast

import yaml

from samspill.intelligence.classify import Classifier
from samspill.intelligence.encoder import Encoder, Vectors
from samspill.intelligence.weights import RECIPE

STRENGTH = 4.0  # a stronger fit loses AUROC on German feedback
FILE = f"sentiment-{RECIPE}-1.npz"


@dataclass(frozen=True)
class Mood:
    """Three probabilities that add up to 1."""

    negative: float
    neutral: float
    positive: float

    @property
    def label(self) -> str:
        """The likeliest of the three names."""
        return max(("neutral", "negative", "positive"), key=lambda name: cast(float, getattr(self, name)))


class Sentiment:
    """Mood from the vector of a message, as a query."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier

    def mood(self, vector: Vectors, language: str = "") -> Mood:
        """The mood behind one vector [384]; an unknown language is read as the average one."""
        values = self._classifier.probabilities(vector[None], [language])[0]
        by_name = dict(zip(self._classifier.labels, map(float, values), strict=True))
        return Mood(by_name["negative"], by_name["neutral"], by_name["positive"])


def load_sentiment(folder: Path, encoder: Encoder) -> Sentiment:
    """The model kept in `folder`, trained there in a few seconds when it is missing or unreadable."""
    path = folder / FILE
    try:
        return Sentiment(Classifier.load(path))
    except (OSError, ValueError, KeyError):
        classifier = train_sentiment(encoder)
        _keep(classifier, path)
        return Sentiment(classifier)


def train_sentiment(encoder: Encoder) -> Classifier:
    """Learn from the sentences shipped in data/sentiment.yaml; the same input gives the same model."""
    examples = yaml.safe_load(
        files("samspill.intelligence").joinpath("data/sentiment.yaml").read_text("utf8")
    )
    rows = [
        (text, label, language)
        for language, labels in examples.items()
        for label, texts in labels.items()
        for text in texts
    ]
    texts, labels, languages = zip(*rows, strict=True)
    return Classifier.train(encoder.embed(texts, "query"), labels, languages, STRENGTH)


def _keep(classifier: Classifier, path: Path) -> None:
    handle, scratch = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    os.close(handle)
    classifier.save(Path(scratch))
    os.replace(scratch, path)
