"""Finds articles by words and by meaning, in any language, and shows them in the reader's."""

from dataclasses import dataclass, replace

import numpy as np

from samspill.intelligence.confidence import shipped
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.search import Lookup
from samspill.intelligence.shelf import Chunk as Passage
from samspill.knowledge.codes import codes
from samspill.knowledge.index import PUBLIC, UNREAD, library, plain
from samspill.knowledge.library import Library, Text
from samspill.knowledge.passages import SUMMARY
from samspill.knowledge.telling import told
from samspill.workspace.current import workspace

EMPTY = Text(0, 0, "", "", (), ())
SNIPPET = 170
LEAD = 0.005  # authors answer first and add exceptions after
SAYING = 2  # passages of an article that are looked through for the sentence


@dataclass(frozen=True)
class Result:
    """One article that fits, in the language its reader understands best; `score` ranks within one search."""

    article: int
    translation: int
    language: str
    title: str
    url: str
    snippet: str
    score: float
    confidence: float  # 0 … 1: that the article answers; the first result's, the rest have 0
    passages: tuple[Passage, ...]  # those that say it, the nearest first
    exact: bool = False  # the question is the article's title, or was linked to it
    titled: bool = False  # its title asks the same in other words or another language

    @property
    def certain(self) -> bool:
        """Whether the article is taken to answer."""
        return self.exact or self.titled or self.confidence >= shipped().threshold


def search(
    text: str, language: str, limit: int = 8, vector: Vectors | None = None, audience: str = PUBLIC
) -> list[Result]:
    """The articles nearest to `text`, best first. Without its vector [384] the words alone decide."""
    return find(library(audience), text, language, limit, vector)


def find(shelves: Library, text: str, language: str, limit: int, vector: Vectors | None) -> list[Result]:
    """The same in a library the caller holds."""
    if not shelves.texts or not text.strip():
        return []
    wishes = (language, "en", workspace().language)
    lookup, sure = _look_up(shelves, text, wishes, vector)
    asked = codes(text) & shelves.codes  # others are numbers of orders and the like
    if asked and not asked <= _text_of(shelves, lookup).codes:
        sure = 0.0
    found = [
        _result(shelves, hit.chunk, hit.score, 0.0 if place else sure, wishes, vector)
        for place, hit in enumerate(lookup.hits(limit, prefer=language))
    ]
    named = _named(shelves, text, wishes, vector, sure, asked)
    return [named, *(one for one in found if one.article != named.article)][:limit] if named else found


def _named(
    shelves: Library,
    text: str,
    wishes: tuple[str, ...],
    vector: Vectors | None,
    sure: float,
    asked: frozenset[str],
) -> Result | None:
    """The article whose title is the question, word for word, or in meaning where nothing else is certain."""
    exact = shelves.asked.get(plain(text))
    if exact:
        return replace(_result(shelves, exact.passages[0], 1.0, 1.0, wishes, None), exact=True)
    if sure >= shipped().threshold:
        return None
    about = shelves.about(asked)
    chance = 1.0
    if about is None:
        match = shelves.titles.match(vector, wishes[0]) if shelves.titles and vector is not None else None
        if match is None or not match.sure:
            return None
        about, chance = shelves.titled[match.row], match.chance
    if not asked <= about.codes:
        return None
    return replace(_result(shelves, about.passages[0], 1.0, chance, wishes, vector), titled=True)


def _text_of(shelves: Library, lookup: Lookup) -> Text:
    return shelves.texts[lookup.passage(int(lookup.ranking[0])).article] if len(lookup.ranking) else EMPTY


def _look_up(
    shelves: Library, text: str, wishes: tuple[str, ...], vector: Vectors | None
) -> tuple[Lookup, float]:
    """In the reader's language if that is certain enough, else in all: one may ask in another."""
    everything = shelves.index.look_up(text, vector)
    own = next((wish for wish in wishes if wish in shelves.shelves), None)
    near = everything.within(own) if own else everything
    in_own, in_all = shipped().of(near), shipped().of(everything)
    return (near, in_own) if in_own >= max(in_all, shipped().threshold) else (everything, in_all)


def _result(
    shelves: Library, hit: Passage, score: float, sure: float, wishes: tuple[str, ...], vector: Vectors | None
) -> Result:
    texts = shelves.of_article[hit.group or 0]
    text = next((texts[wish] for wish in wishes if wish in texts), shelves.texts[hit.article])
    passages = _saying(text, hit, vector)
    return Result(
        article=text.article,
        translation=text.translation,
        language=text.language,
        title=text.title,
        url=text.url,
        snippet=_short(passages[0].text),
        score=score,
        confidence=sure,
        passages=passages,
    )


def _saying(text: Text, hit: Passage, vector: Vectors | None) -> tuple[Passage, ...]:
    """The passages that say it. An article that is named word for word is quoted from its beginning."""
    pairs = zip(text.passages, text.positions, strict=True)
    said = [one for one, position in pairs if 0 < position < SUMMARY] or [text.passages[0]]
    if vector is not None and not any(one.vector is UNREAD for one in said):
        nearness = np.array([one.vector for one in said], np.float32) @ vector - LEAD * np.arange(len(said))
        return tuple(said[at] for at in np.argsort(-nearness)[:SAYING])
    return (hit,) if hit in said else (said[0],)


def _short(text: str) -> str:
    one_line = " ".join(told(text)).replace("• ", "")
    return one_line if len(one_line) <= SNIPPET else one_line[: SNIPPET - 1].rsplit(" ", 1)[0] + "…"
