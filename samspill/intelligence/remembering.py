"""An encoder that reads each text once."""

from collections.abc import Sequence

import numpy as np

from samspill.intelligence.encoder import Encoder, Kind, Vectors, nothing


class Remembering:
    """Encoder over another one, for a run that asks for the same texts again and again."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[tuple[Kind, str], Vectors] = {}

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384]; only texts never seen reach the model."""
        fresh = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
        for text, vector in zip(fresh, self._encoder.embed(fresh, kind), strict=True):
            self._known[kind, text] = vector
        return np.stack([self._known[kind, text] for text in texts]) if texts else nothing()
