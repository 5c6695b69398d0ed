"""Answers a question with one to three sentences that stand in an article, or says that none does."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.terms import words
from samspill.knowledge.index import PUBLIC, library
from samspill.knowledge.search import Result, find
from samspill.knowledge.telling import leads, told
from samspill.knowledge.vectors import quick_encoder

CANDIDATES = 4
MOST = 3  # sentences in an answer
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
    read = [(said, *_nearness(vector, said, leads(one))) for one in passages if (said := told(one))]
    if not read:
        return []
    said, near, led = max(read, key=lambda one: float(one[2].max()))
    first = int(np.argmax(led))
    last = first + 1
    while last < min(len(said), first + MOST) and near[last] >= near[first] - NEIGHBOURS:
        last += 1
    return list(said[first:last])


def _nearness(
    vector: Vectors, said: tuple[str, ...], asked: tuple[tuple[str, int], ...]
) -> tuple[Vectors, Vectors]:
    """Cosines, with a small lead for what stands first: authors answer first and add exceptions after. And the same
    where what follows a question is as near as the question."""
    texts = said + tuple(question for question, _ in asked)
    places = np.array([*range(len(said)), *(at for _, at in asked)])
    near: Vectors = _sentence_vectors(texts) @ vector - LEAD * places.astype(np.float32)
    led = near[: len(said)].copy()
    np.maximum.at(led, places, near)
    return near[: len(said)], led


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
