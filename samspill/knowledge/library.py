"""What one audience may find, in this process's memory: texts, shelves and codes, never changed once it was read."""

from dataclasses import dataclass, field
from functools import cached_property

from samspill.intelligence.search import HybridIndex
from samspill.intelligence.shelf import Chunk as Passage
from samspill.intelligence.shelf import Shelf
from samspill.intelligence.titles import Titles
from samspill.knowledge.codes import codes


@dataclass(frozen=True)
class Text:
    """A published text: its title, and its passages by position."""

    article: int
    translation: int
    language: str
    slug: str
    passages: tuple[Passage, ...]
    positions: tuple[int, ...]

    @property
    def title(self) -> str:
        """Its title."""
        return self.passages[0].title

    @property
    def url(self) -> str:
        """Where the public reads it."""
        return f"/help/{self.language}/a/{self.slug}/"

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code it speaks of."""
        return frozenset().union(*(codes(passage.text) for passage in self.passages))


@dataclass(frozen=True)
class Library:
    """Everything one audience may find, as of one revision."""

    number: int = -1
    texts: dict[int, Text] = field(default_factory=dict)  # by translation
    of_article: dict[int, dict[str, Text]] = field(default_factory=dict)  # by article, then language
    shelves: dict[str, tuple[int, Shelf]] = field(default_factory=dict)  # by language, with a fingerprint
    asked: dict[str, Text] = field(default_factory=dict)  # by title or linked question, see `plain`
    titles: Titles | None = None  # the same by meaning, in any language
    titled: tuple[Text, ...] = ()  # whose title stands in that row

    @cached_property
    def index(self) -> HybridIndex:
        """Finds passages by words and by meaning."""
        return HybridIndex([shelf for _, shelf in self.shelves.values()])

    @cached_property
    def codes(self) -> frozenset[str]:
        """Every code that any text speaks of."""
        return frozenset().union(*(text.codes for text in self.texts.values()))

    @cached_property
    def titles_with_codes(self) -> tuple[tuple[frozenset[str], Text], ...]:
        """The texts whose title names a code, with the codes it names."""
        named = ((codes(text.title), text) for text in self.texts.values())
        return tuple((found, text) for found, text in named if found)

    def about(self, asked: frozenset[str]) -> Text | None:
        """The text of the one article whose title names all these codes."""
        named = [text for found, text in self.titles_with_codes if asked and asked <= found]
        return named[0] if len({text.article for text in named}) == 1 else None
