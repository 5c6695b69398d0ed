"""Which words of a text are usual in a mood, learned from the shipped sentences: a hint why the model heard it."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from samspill.intelligence.mood_head import MOODS, shipped

AT_LEAST = 4  # sentences a word must occur in
LEANS = 1.5  # log-odds from which a word tells something
MOST = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")


def telling(text: str, mood: str) -> list[tuple[str, float]]:
    """Up to three words of a cleaned text that are usual in `mood`, the most telling first, with their log-odds."""
    leans = _leans()[mood]
    found = {word: leans[key] for word, key in _tokens(text[:800]) if key in leans}
    return sorted(found.items(), key=lambda pair: -pair[1])[:MOST]


@cache
def _leans() -> Mapping[str, Mapping[str, float]]:
    """mood → word → log-odds against the other moods."""
    rows = [row for row in shipped() if row.task == "mood"]
    counts = {mood: Counter[str]() for mood in MOODS}
    sizes = Counter(row.label for row in rows)
    for row in rows:
        counts[row.label].update({key for _, key in _tokens(row.text)})
    return {mood: _of(mood, counts, sizes) for mood in MOODS}


def _of(mood: str, counts: Mapping[str, Counter[str]], sizes: Counter[str]) -> dict[str, float]:
    others = sizes.total() - sizes[mood]
    found = {}
    for word, count in counts[mood].items():
        elsewhere = sum(counts[other][word] for other in MOODS if other != mood)
        lean = math.log((count + 0.5) / (sizes[mood] + 1)) - math.log((elsewhere + 0.5) / (others + 1))
        if count >= AT_LEAST and lean >= LEANS:
            found[word] = round(lean, 2)
    return found


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Words of three letters and more, and pairs of Chinese characters, each as written and as compared."""
    for match in _WORD.finditer(text):
        word = match.group()
        if _HAN.search(word):
            yield from ((word[at : at + 2],) * 2 for at in range(len(word) - 1))
        elif len(word) > 2:
            yield word, word.lower()
