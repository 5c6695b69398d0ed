"""Text into the terms a keyword index counts: word stems, and pieces of words against typos and compounds."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import Stemmer

_WORD = re.compile(r"\w+")
_WIDE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))  # kana, Han, Hangul
_CLASS = "".join(f"{first}-{last}" for first, last in _WIDE)
_SCRIPT_RUN = re.compile(f"[{_CLASS}]+|[^{_CLASS}]+")
_STEMMERS = {
    "nb": "norwegian", "nn": "norwegian", "da": "danish", "sv": "swedish", "de": "german", "en": "english",
    "nl": "dutch", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "fi": "finnish",
    "ru": "russian", "tr": "turkish", "ro": "romanian", "hu": "hungarian",
}  # fmt: skip
PIECE = 4


def words(text: str) -> list[str]:
    """Lower-case words and runs of Chinese, Japanese or Korean characters, in order."""
    normal = unicodedata.normalize("NFKC", text).lower()
    return [run for word in _WORD.findall(normal) for run in _SCRIPT_RUN.findall(word)]


def stems(text: str, language: str) -> list[str]:
    """Stemmed words; a run of characters without spaces gives its characters and pairs."""
    stem = _stemmer(language.split("-")[0])
    return [term for word in words(text) for term in (_pairs(word) if _wide(word) else [stem(word)])]


def pieces(text: str) -> list[str]:
    """Four-letter pieces of every word with its ends marked; pairs where words have no spaces."""
    return [piece for word in words(text) for piece in (_pairs(word) if _wide(word) else _cut(f"_{word}_"))]


def _wide(word: str) -> bool:
    return any(first <= word[0] <= last for first, last in _WIDE)


def _pairs(run: str) -> list[str]:
    return [*run, *(run[at : at + 2] for at in range(len(run) - 1))]


def _cut(word: str) -> Iterator[str]:
    for at in range(max(1, len(word) - PIECE + 1)):
        yield word[at : at + PIECE]


@cache
def _stemmer(language: str):  # type: ignore[no-untyped-def]
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name).stemWord if name else str
