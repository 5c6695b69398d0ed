"""How one message sounds and how much it presses: good enough to rank and to warn, never a fact about a person."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from samspill.intelligence.clean import clean
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.mood_head import COMMON, MOODS, Heads
from samspill.intelligence.mood_words import Sign, signs
from samspill.intelligence.scores import shares
from samspill.intelligence.telling import telling

SURE = 0.45  # a less certain mood is called neutral
# log-odds an explicit sign gives to a mood, whatever the model heard
MOVES: Mapping[str, Mapping[str, float]] = {
    "strong": {"frustrated": 1.6, "satisfied": -1.0},
    "complaint": {"frustrated": 1.2},
    "sarcasm": {"frustrated": 2.2, "satisfied": -2.0},
    "again": {"impatient": 0.8, "frustrated": 0.5},
    "waiting": {"impatient": 1.4},
    "asking": {"impatient": 0.8},
    "shouting": {"frustrated": 0.8},
    "angry_face": {"frustrated": 1.8, "satisfied": -1.0},
    "sad_face": {"frustrated": 0.8},
    "thanks": {"satisfied": 0.6},
    "praise": {"satisfied": 0.8},
    "glad_face": {"satisfied": 1.0},
}
LOUDER = 0.5  # "!!" makes the loudest mood louder
PRESSES = {"urgent": 3.8, "danger": 3.0, "deadline": 2.2, "stakes": 1.2, "exclaiming": 0.3, "calm": -3.5}
RARELY = -math.log(COMMON["calm"] * 2)  # log-odds of urgency where no model is asked
EXPLICIT = ("strong", "complaint", "sarcasm", "again", "angry_face", "shouting")


@dataclass(frozen=True)
class Reason:
    """Something in the text and what it moved: a mood or "urgency", by so many log-odds."""

    kind: str
    words: str
    moves: str
    by: float


@dataclass(frozen=True)
class Reading:
    """Scores of the four moods adding up to 1 (none without a model), urgency 0 … 1, and what moved them."""

    scores: Mapping[str, float] = field(default_factory=dict)
    urgency: float | None = None
    reasons: Sequence[Reason] = ()

    @property
    def mood(self) -> str:
        """The likeliest of the four; neutral when none is likely enough, '' when nobody listened."""
        if not self.scores:
            return ""
        best = max(self.scores, key=lambda name: self.scores[name])
        return best if self.scores[best] >= SURE else "neutral"


def read(heads: Heads, text: str, vector: Vectors, language: str = "") -> Reading:
    """The reading of one message from its text and its query vector [384]; about 0.2 ms, no encoder is run."""
    plain = clean(text)
    found = signs(plain, language)
    heard = np.log(heads.mood.probabilities(vector[None], [language])[0] + 1e-6)
    scores = _moved(dict(zip(heads.mood.labels, map(float, heard), strict=True)), found, plain)
    pressing = heads.urgency.probabilities(vector[None], [language])[0]
    urgency = _urgency(math.log((pressing[1] + 1e-6) / (pressing[0] + 1e-6)), found)
    reasons = _reasons(found)
    return Reading(scores, urgency, [*reasons, *_wording(plain, Reading(scores).mood, reasons)])


def read_without_model(text: str, language: str = "") -> Reading:
    """What the words alone tell: urgency where something speaks of it, and no mood."""
    found = [sign for sign in signs(clean(text), language) if sign.kind in PRESSES]
    if all(sign.kind == "exclaiming" for sign in found):
        return Reading()
    return Reading({}, _urgency(RARELY, found), _reasons(found))


def _moved(logs: dict[str, float], found: Sequence[Sign], text: str) -> dict[str, float]:
    for kind in {sign.kind for sign in found}:
        if kind == "thanks" and "?" in text:
            continue  # a polite question is not contentment
        for mood, by in MOVES.get(kind, {}).items():
            logs[mood] += by
    if any(sign.kind == "exclaiming" for sign in found):
        logs[max(("frustrated", "impatient", "satisfied"), key=lambda mood: logs[mood])] += LOUDER
    values = shares(np.array([logs[mood] for mood in MOODS]))
    return {mood: round(float(value), 4) for mood, value in zip(MOODS, values, strict=True)}


def _urgency(logit: float, found: Sequence[Sign]) -> float:
    logit += sum(PRESSES.get(kind, 0.0) for kind in {sign.kind for sign in found})
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, logit)))), 4)


def _reasons(found: Iterable[Sign]) -> list[Reason]:
    made = []
    for sign in found:
        moves = MOVES.get(sign.kind, {})
        if moves:
            mood = max(moves, key=lambda name: moves[name])
            made.append(Reason(sign.kind, sign.words, mood, moves[mood]))
        if sign.kind in PRESSES:
            made.append(Reason(sign.kind, sign.words, "urgency", PRESSES[sign.kind]))
    return made


def _wording(text: str, mood: str, known: Sequence[Reason]) -> list[Reason]:
    """Words the model is used to in this mood, where no sign has named them already."""
    if mood == "neutral":
        return []
    named = " ".join(reason.words for reason in known)
    return [Reason("wording", word, mood, by) for word, by in telling(text, mood) if word not in named]
