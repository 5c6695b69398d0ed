"""The searchable knowledge in this process's memory, read anew within a second of any change."""

import threading
import time
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from samspill.intelligence.encoder import DIMENSIONS, Vectors
from samspill.intelligence.search import HybridIndex
from samspill.knowledge import revision
from samspill.knowledge.models import Article, Chunk
from samspill.knowledge.spelling import Spelling
from samspill.knowledge.vectors import unpack

PAUSE_S = 1.0  # a big import changes the knowledge many times a second
PUBLIC, AGENTS = "public", "agents"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a published text. Position 0 is the title, large ones are linked questions."""

    article: int
    translation: int
    language: str
    position: int
    text: str


@dataclass(frozen=True)
class Library:
    """Everything one audience may find, as of one revision."""

    number: int
    passages: list[Passage]
    vectors: Vectors
    slugs: dict[int, str]

    @cached_property
    def index(self) -> HybridIndex:
        """Finds passages by words and by meaning."""
        texts = [passage.text for passage in self.passages]
        return HybridIndex(texts, [passage.language for passage in self.passages], self.vectors)

    @cached_property
    def spelling(self) -> Spelling:
        """The words the articles use."""
        return Spelling(passage.text for passage in self.passages)

    @cached_property
    def of_article(self) -> dict[int, dict[str, list[int]]]:
        """Row numbers by article and language."""
        rows: dict[int, dict[str, list[int]]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.article, {}).setdefault(passage.language, []).append(row)
        return rows


class _Shelf:
    """One audience's library in this process."""

    def __init__(self, audience: str) -> None:
        self.audience, self.library = audience, Library(-1, [], np.zeros((0, DIMENSIONS), np.float32), {})
        self.looked_at = 0.0
        self.reading = threading.Lock()

    def get(self) -> Library:
        """The library, read anew if it changed; readers of an older one are not made to wait for it."""
        if time.monotonic() - self.looked_at < PAUSE_S:
            return self.library
        if self.reading.acquire(blocking=self.library.number < 0):
            try:
                self._look()
            finally:
                self.reading.release()
        return self.library

    def _look(self) -> None:
        number = revision.current()
        if number != self.library.number:
            self.library = _read(self.audience, number)
            _ = self.library.index
        self.looked_at = time.monotonic()


_shelves = {audience: _Shelf(audience) for audience in (PUBLIC, AGENTS)}


def library(audience: str = PUBLIC) -> Library:
    """What `audience` may find now: at most a second older than the database."""
    return _shelves[audience].get()


def _read(audience: str, number: int) -> Library:
    chunks = Chunk.objects.exclude(translation__published=None).order_by("translation_id", "position")
    if audience == PUBLIC:
        chunks = chunks.filter(translation__article__visibility=Article.Visibility.PUBLIC)
    fields = (
        "translation__article_id",
        "translation_id",
        "translation__language",
        "position",
        "text",
        "vector",
    )
    rows = list(chunks.values_list(*fields))
    slugs = dict(Article.objects.values_list("pk", "slug"))
    return Library(number, [Passage(*row[:5]) for row in rows], _vectors([row[5] for row in rows]), slugs)


def _vectors(stored: list[bytes | None]) -> Vectors:
    """One row each; zeros stand for a passage the encoder has not read yet."""
    vectors = np.zeros((len(stored), DIMENSIONS), np.float32)
    for row, one in enumerate(stored):
        if one is not None:
            vectors[row] = unpack(one)
    return vectors
