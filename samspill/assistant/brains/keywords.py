"""The plain fallback: which example a message looks like, letter by letter, when no model is there."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from samspill.assistant.brains.examples import Example
from samspill.flows.values import plain

_CJK = re.compile(r"[㐀-鿿]")


@dataclass(frozen=True)
class Keywords:
    """Compares a message with every example by the rare pieces they share."""

    examples: Sequence[Example]

    def scores(self, text: str) -> dict[str, float]:
        """For each label the likeness, 0 to 1, of its nearest example."""
        asked = self._weighed(pieces(text))
        best: dict[str, float] = {}
        for example, known in zip(self.examples, self._known, strict=True):
            likeness = sum(weight * known[piece] for piece, weight in asked.items() if piece in known)
            best[example.label] = max(best.get(example.label, 0.0), likeness)
        return best

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        counted = Counter(piece for example in self.examples for piece in set(pieces(example.text)))
        return {piece: math.log(1 + len(self.examples) / count) for piece, count in counted.items()}

    @cached_property
    def _known(self) -> list[dict[str, float]]:
        return [self._weighed(pieces(example.text)) for example in self.examples]

    def _weighed(self, found: Sequence[str]) -> dict[str, float]:
        # A piece no example has tells that the message is about something else, so it counts as rare.
        unseen = math.log(1 + len(self.examples))
        weights = {piece: self._rarity.get(piece, unseen) for piece in found}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {piece: weight / length for piece, weight in weights.items()}


def pieces(text: str) -> list[str]:
    """Whole words, three-letter pieces for typos, and one or two characters where words have no spaces."""
    short = plain(text[:300])
    words = re.findall(r"\w+", short)
    letters = [f"_{word}_"[at : at + 3] for word in words if not _CJK.search(word) for at in range(len(word))]
    han = [word for word in words if _CJK.search(word)]
    pairs = [word[at : at + 2] for word in han for at in range(len(word) - 1)]
    return [
        *(f"={word}" for word in words if word not in han),
        *letters,
        *pairs,
        *(sign for word in han for sign in word),
    ]
