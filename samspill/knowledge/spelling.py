"""Forgives typing errors and unfinished words by the words the articles really use."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

_WORD = re.compile(r"[^\W\d_]{3,}")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
MOST_WORDS = 40_000
SHORTEST = 4  # a shorter word has too many neighbours
COMPLETIONS = 3


class Spelling:
    """Knows the words of a library."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in words(text))
        self._counts = dict(counts.most_common(MOST_WORDS))

    def repair(self, text: str) -> str:
        """The text with known neighbours of its unknown words added; the last word may be unfinished."""
        asked = words(text)
        added = [fit for word in asked[:-1] if word not in self._counts for fit in self._near(word)]
        if asked:
            added += self._completed(asked[-1], unfinished=not text[-1:].isspace())
        return " ".join([text, *added])

    def _completed(self, word: str, unfinished: bool) -> list[str]:
        longer = self._beginning_with(word) if unfinished and len(word) >= SHORTEST - 1 else []
        return longer or ([] if word in self._counts else list(self._near(word)))

    def _beginning_with(self, start: str) -> list[str]:
        at = bisect_left(self._sorted, start)
        found = self._sorted[at : bisect_left(self._sorted, start + "\uffff")]
        best = sorted(found, key=lambda word: -self._counts[word])[:COMPLETIONS]
        return [word for word in best if word != start]

    def _near(self, word: str) -> Iterator[str]:
        if len(word) >= SHORTEST:
            yield from dict.fromkeys(self._neighbours[s] for s in _shorter(word) if s in self._neighbours)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._counts)

    @cached_property
    def _neighbours(self) -> dict[str, str]:
        """Every known word by itself and by itself less one letter; the most frequent one wins."""
        return {
            shorter: word
            for word in reversed(self._counts)
            if len(word) >= SHORTEST
            for shorter in _shorter(word)
        }


def words(text: str) -> list[str]:
    """Lower-case words of alphabetic scripts, in order."""
    return [word for word in _WORD.findall(text.lower()) if not _WIDE.search(word)]


def _shorter(word: str) -> Iterator[str]:
    yield word
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
