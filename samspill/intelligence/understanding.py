"""What one message tells, in one step: language, mood and meaning."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from samspill.intelligence.choice import DEFAULT, EncoderChoice
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.language import detect
from samspill.intelligence.sentiment import Sentiment, load_sentiment
from samspill.intelligence.wire import Analysis


@dataclass(frozen=True)
class Understanding:
    """The loaded models."""

    encoder: Encoder
    sentiment: Sentiment

    def over(self, encoder: Encoder) -> "Understanding":
        """The same models over another encoder."""
        return replace(self, encoder=encoder)

    def analyse(self, text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Analysis:
        """Language, sentiment and query vector [384] of one message."""
        vector = self.encoder.embed([text], "query")[0]
        language = detect(text, expected, history)
        mood = self.sentiment.mood(vector, language.code)
        return Analysis(
            language=language.code,
            language_confidence=language.confidence,
            sentiment=mood.label,
            negative=mood.negative,
            neutral=mood.neutral,
            positive=mood.positive,
            vector=vector,
        )


def load(folder: Path, choice: EncoderChoice = DEFAULT) -> Understanding:
    """All models kept under `folder`, over the chosen encoder, warmed up; raises ModelUnavailable."""
    encoder, home = choice.open(folder), choice.home(folder)
    home.mkdir(parents=True, exist_ok=True)
    understanding = Understanding(encoder, load_sentiment(home, encoder))
    understanding.analyse("Hei, hvor er pakken min?")
    return understanding
