"""What one message tells, in one step: language, mood, urgency and meaning."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from samspill.intelligence.choice import DEFAULT, EncoderChoice
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.language import detect
from samspill.intelligence.mood import read
from samspill.intelligence.mood_head import Heads, Row
from samspill.intelligence.mood_store import load_heads, train_heads
from samspill.intelligence.moving import Moving, moving
from samspill.intelligence.wire import Analysis

SENTIMENT = {"frustrated": "negative", "impatient": "negative", "neutral": "neutral", "satisfied": "positive"}


@dataclass(frozen=True)
class Understanding:
    """The loaded models, and the folder they are kept in."""

    encoder: Encoder
    heads: Heads
    folder: Path

    def over(self, encoder: Encoder) -> "Understanding":
        """The same models over another encoder."""
        return replace(self, encoder=encoder)

    def taught(self, own: Sequence[Row]) -> "Understanding":
        """With heads trained anew on our sentences and the company's `own`, the latest first; seconds."""
        return replace(self, heads=train_heads(self.folder, self.encoder, own))

    def analyse(
        self, text: str, expected: Sequence[str] = (), history: Sequence[str] = (), parts: Sequence[str] = ()
    ) -> Analysis:
        """Language, mood, urgency and query vector [384] of one message, and the query vectors of `parts`."""
        vector = self.encoder.embed([text], "query")[0]  # apart: in a batch vectors differ a little
        language = detect(text, expected, history)
        reading = read(self.heads, text, vector, language.code)
        scores = reading.scores
        return Analysis(
            language=language.code,
            language_confidence=language.confidence,
            sentiment=SENTIMENT[reading.mood],
            negative=scores["frustrated"] + scores["impatient"],
            neutral=scores["neutral"],
            positive=scores["satisfied"],
            vector=vector,
            mood=reading.mood,
            moods=dict(scores),
            urgency=reading.urgency,
            reasons=[asdict(reason) for reason in reading.reasons],
            parts=self.encoder.embed(parts, "query"),
        )

    def explain(self, text: str, mood: str, language: str = "") -> list[Moving]:
        """The words without which the text would sound less like `mood`; embeds it once for each of them."""
        return moving(self.encoder, self.heads.mood, text, mood, language)


def load(folder: Path, choice: EncoderChoice = DEFAULT) -> Understanding:
    """All models kept under `folder`, over the chosen encoder, warmed up; raises ModelUnavailable."""
    encoder, home = choice.open(folder), choice.home(folder)
    home.mkdir(parents=True, exist_ok=True)
    understanding = Understanding(encoder, load_heads(home, encoder), home)
    understanding.analyse("Hei, hvor er pakken min?")
    return understanding
