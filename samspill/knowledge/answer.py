"""Answers a question with one to three sentences that stand in an article, or says that none does."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.terms import words
from samspill.knowledge.index import PUBLIC, library
from samspill.knowledge.search import Result, find
from samspill.knowledge.telling import Part, parts, told
from samspill.knowledge.vectors import quick_encoder

CANDIDATES = 4
MOST = 3  # sentences in an answer
ITEMS = 5  # the same where it is a list
NEIGHBOURS = 0.09  # too much said is easier to bear than the half that matters left out
LEAD = 0.012  # a sentence later in the passage must be this much nearer
REMEMBERED = 2_000  # passages whose sentences keep their vectors in memory


@dataclass(frozen=True)
class Answer:
    """Sentences taken word for word from an article. Without `text` nothing answers; `candidates` help."""

    text: str = ""
    article: int = 0
    translation: int = 0
    title: str = ""
    url: str = ""
    language: str = ""
    confidence: float = 0.0
    candidates: list[Result] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.text)


def find_answer(
    question: str, language: str, vector: Vectors | None = None, audience: str = PUBLIC
) -> Answer:
    """What the articles say to `question`, in `language` where they speak it. Falsy below the threshold."""
    shelf = library(audience)
    found = find(shelf, question, language, CANDIDATES, vector)
    if not found or not found[0].certain:
        return Answer(candidates=found, confidence=found[0].confidence if found else 0.0)
    best = found[0]
    return Answer(
        text=_said(question, vector, best),
        article=best.article,
        translation=best.translation,
        title=best.title,
        url=best.url,
        language=best.language,
        confidence=best.confidence,
        candidates=found,
    )


def _said(question: str, vector: Vectors | None, best: Result) -> str:
    """The sentences that say it, from the one of the passages that holds the nearest one."""
    passages = [one.text for one in best.passages]
    if best.exact:
        return _joined(list(told(passages[0])[:MOST]))
    try:
        said = _near_in_meaning(vector, passages) if vector is not None else []
    except ModelUnavailable:
        said = []
    return _joined(said or _near_in_words(question, passages[0]))


def _near_in_meaning(vector: Vectors, passages: list[str]) -> list[str]:
    read = [near for one in passages for near in _nearness(vector, parts(one))]
    if not read:
        return []
    part, near, led = max(read, key=lambda one: float(one[2].max()))
    best = int(np.argmax(led))
    most = ITEMS if part.said[best].startswith("•") else MOST
    asked = led[best] > near[best]  # what stands under the question that was asked answers it
    first, last = (0, most) if asked else _window(near, best, most)
    return list(part.said[first:last])


def _nearness(vector: Vectors, found: tuple[Part, ...]) -> Iterator[tuple[Part, Vectors, Vectors]]:
    """Each part with the cosines of its sentences, and the same where the first is as near as what stands over it.

    What stands first has a small lead: authors answer first and add exceptions after.
    """
    texts = tuple(text for part in found for text in (*part.said, *part.heads))
    near, place, at = _sentence_vectors(texts) @ vector if texts else np.empty(0), 0, 0
    for part in found:
        size = len(part.said)
        said = near[at : at + size] - LEAD * np.arange(place, place + size, dtype=np.float32)
        led = said.copy()
        if part.heads:
            led[0] = max(led[0], near[at + size : at + size + len(part.heads)].max() - LEAD * place)
        yield part, said, led
        at, place = at + size + len(part.heads), place + size


def _window(near: Vectors, best: int, most: int) -> tuple[int, int]:
    """The best sentence with those beside it that are hardly less near, the nearer side first."""
    first, last, floor = best, best + 1, near[best] - NEIGHBOURS
    while last - first < most:
        before = near[first - 1] if first else -1.0
        after = near[last] if last < len(near) else -1.0
        if max(before, after) < floor:
            break
        first, last = (first - 1, last) if before > after else (first, last + 1)
    return first, last


def _near_in_words(question: str, passage: str) -> list[str]:
    said, asked = told(passage), set(words(question))
    shared = [len(asked & set(words(sentence))) for sentence in said]
    return list(said[int(np.argmax(shared)) :][:2]) if said else []


def _joined(said: list[str]) -> str:
    return "\n".join(said) if any(one.startswith("•") for one in said) else _spaced(said)


def _spaced(said: list[str]) -> str:
    wide = any(one[-1:] in "。！？" for one in said)
    return ("" if wide else " ").join(said)


_kept: OrderedDict[tuple[str, ...], Vectors] = OrderedDict()
_keeping = Lock()


def _sentence_vectors(said: tuple[str, ...]) -> Vectors:
    known = _kept.get(said)
    if known is None:
        known = quick_encoder().embed(said, "passage")
        with _keeping:
            _kept[said] = known
            if len(_kept) > REMEMBERED:
                _kept.popitem(last=False)
    return known
