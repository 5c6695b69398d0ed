"""The searchable knowledge in this process's memory, read anew within a second of any change."""

import threading
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from samspill.intelligence.encoder import DIMENSIONS, Vectors
from samspill.intelligence.settled import settled
from samspill.intelligence.shelf import Chunk as Passage
from samspill.intelligence.shelf import Shelf
from samspill.intelligence.terms import words
from samspill.intelligence.titles import Titles
from samspill.knowledge import revision
from samspill.knowledge.library import Library, Text
from samspill.knowledge.models import Article, Chunk
from samspill.knowledge.passages import QUESTIONS_FROM
from samspill.knowledge.vectors import encoder_name

PAUSE_S = 1.0  # a big import changes the knowledge many times a second
LONGEST_PAUSE_S = 6.0
SHARE = 8  # for each second of reading as many without, so that an import leaves the processor to the chat
PUBLIC, AGENTS = "public", "agents"
UNREAD = np.zeros(DIMENSIONS, np.float16)  # the vector of a passage the encoder has not come to yet


class _Place:
    """One audience's library in this process."""

    def __init__(self, audience: str) -> None:
        self.audience, self.library, self.looked_at = audience, Library(), -PAUSE_S
        self.pause = PAUSE_S
        self.reading = threading.Lock()

    def get(self) -> Library:
        """The library, read anew if it changed; nobody waits for that who could use the one before."""
        if time.monotonic() - self.looked_at < self.pause:
            return self.library
        if self.reading.acquire(blocking=self.library.number < 0):
            try:
                self._look()
            finally:
                self.reading.release()
        return self.library

    def _look(self) -> None:
        begun, number = time.monotonic(), revision.current()
        if number != self.library.number:
            self.library = _read(self.audience, number, self.library)
        self.looked_at = time.monotonic()
        self.pause = min(max(PAUSE_S, SHARE * (self.looked_at - begun)), LONGEST_PAUSE_S)


_places = {audience: _Place(audience) for audience in (PUBLIC, AGENTS)}


def library(audience: str = PUBLIC) -> Library:
    """What `audience` may find now: at most about a second older than the database."""
    return _places[audience].get()


def forget() -> None:
    """Read everything anew at the next search, as after a test emptied the database."""
    _places.update({audience: _Place(audience) for audience in (PUBLIC, AGENTS)})


def _read(audience: str, number: int, before: Library) -> Library:
    texts = {text.translation: text for text in _texts(audience)}
    of_article: dict[int, dict[str, Text]] = {}
    by_language: dict[str, list[Passage]] = {}
    for text in texts.values():
        of_article.setdefault(text.article, {})[text.language] = text
        by_language.setdefault(text.language, []).extend(text.passages)
    shelves = {code: _shelf(code, own, before) for code, own in sorted(by_language.items())}
    questions = list(_questions(texts.values()))
    asked = {plain(passage.text): text for text, passage in questions}
    read = [(text, passage) for text, passage in questions if passage.vector is not UNREAD]
    titled = tuple(text for text, _ in read)
    return Library(number, texts, of_article, shelves, asked, _titles(read), titled)


def plain(question: str) -> str:
    """The words of a question, whatever its case and signs."""
    return " ".join(words(question))


def _questions(texts: Iterable[Text]) -> Iterator[tuple[Text, Passage]]:
    """Titles, and the questions linked to an article."""
    for text in texts:
        for passage, position in zip(text.passages, text.positions, strict=True):
            if position == 0 or position >= QUESTIONS_FROM:
                yield text, passage


def _titles(read: list[tuple[Text, Passage]]) -> Titles | None:
    if not read or not settings.ENCODER.shipped:  # what titles match by was fitted to the shipped encoder
        return None
    vectors = np.array([passage.vector for _, passage in read], np.float32)
    return Titles(vectors, [text.language for text, _ in read], [text.article for text, _ in read])


def _shelf(language: str, passages: list[Passage], before: Library) -> tuple[int, Shelf]:
    """Building one takes about a millisecond a passage, so that of an unchanged language is kept."""
    print_ = hash(tuple((one.id, one.text, one.vector is UNREAD) for one in passages))
    known = before.shelves.get(language)
    if known and known[0] == print_:
        return known
    return print_, Shelf(language, passages, _generic())


def _generic() -> Vectors:
    """The mean passage of the world, as the encoder sees it; nothing where that is not known."""
    generic = settled().generic_passage
    return generic if settings.ENCODER.shipped else np.zeros_like(generic)


def _texts(audience: str) -> Iterable[Text]:
    chunks = Chunk.objects.exclude(translation__published=None).order_by("translation_id", "position")
    if audience == PUBLIC:
        chunks = chunks.filter(translation__article__visibility=Article.Visibility.PUBLIC)
    slugs = dict(Article.objects.values_list("pk", "slug"))
    rows = chunks.values_list(
        "pk", "position", "text", "vector", "encoder",
        "translation_id", "translation__article_id", "translation__language",
        named=True,
    )  # fmt: skip
    for _, group in groupby(rows, key=attrgetter("translation_id")):
        yield _text(list(group), slugs)


def _text(rows: list, slugs: dict[int, str]) -> Text:  # type: ignore[type-arg]
    first, title = rows[0], rows[0].text
    language, article = first.translation__language, first.translation__article_id
    passages = tuple(
        Passage(row.pk, first.translation_id, language, title, row.text, _vector(row), article)
        for row in rows
    )
    positions = tuple(row.position for row in rows)
    return Text(article, first.translation_id, language, slugs[article], passages, positions)


def _vector(row: Any) -> NDArray[np.float16]:
    if row.vector is None or row.encoder != encoder_name():
        return UNREAD
    return np.frombuffer(row.vector, np.float16, DIMENSIONS)
