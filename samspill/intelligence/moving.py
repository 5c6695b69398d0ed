"""The words that moved the model, found by leaving each one out; for somebody who asks, not for every message."""

import re
from typing import NamedTuple

from samspill.intelligence.classify import Classifier
from samspill.intelligence.clean import clean
from samspill.intelligence.encoder import Encoder

MOST_PIECES = 32
MOST_SHOWN = 5
LEAST = 0.03  # a smaller change is noise
_PIECE = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]{1,2}|[^\W\u3040-\u30ff\u3400-\u9fff]+|[!?]{2,}")


class Moving(NamedTuple):
    """A word, and by how much the score of the mood falls without it."""

    words: str
    by: float


def moving(encoder: Encoder, head: Classifier, text: str, mood: str, language: str = "") -> list[Moving]:
    """Up to five words of the text's beginning, the most telling first."""
    plain = clean(text)
    pieces = list(_PIECE.finditer(plain))[:MOST_PIECES]
    if not pieces or mood not in head.labels:
        return []
    texts = [plain, *(plain[: piece.start()] + plain[piece.end() :] for piece in pieces)]
    scores = head.probabilities(encoder.embed(texts, "query"), [language] * len(texts))
    column = scores[:, head.labels.index(mood)]
    found = [
        Moving(piece.group(), round(float(column[0] - rest), 3))
        for piece, rest in zip(pieces, column[1:], strict=True)
    ]
    return sorted((one for one in found if one.by >= LEAST), key=lambda one: -one.by)[:MOST_SHOWN]
