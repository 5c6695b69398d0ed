"""Words, signs and moments that speak about mood and urgency whatever a model thinks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

MOST = 800  # characters; of a longer text the beginning and the end count
SHORT = 30
HOUSE = ("nb", "de", "zh-Hant", "en")  # read for a message in an unknown language
_NEIGHBOURS = {"nn": "nb", "da": "nb", "zh-Hans": "zh-Hant", "zh-Hant": "zh-Hans"}
_WITHOUT_SPACES = ("zh-Hant", "zh-Hans", "ja", "ko")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LOUD = re.compile(r"(?<![\w-])[A-ZÆØÅÄÖÜ]{4,}(?![\w-])")
_SIGNS = {
    "angry_face": re.compile("[😠😡🤬👿💢🖕👎😤🙄💩]+"),
    "sad_face": re.compile("[😞😢😭😩😫😔☹💔]+|:-?\\("),
    "glad_face": re.compile("[😊😀😁😃😄🙂😍🥰❤💚👍🙏🎉👏🤩😘💯]+|[:;]-?\\)"),
    "exclaiming": re.compile(r"!{2,}"),
    "asking": re.compile(r"\?{2,}"),
}


@dataclass(frozen=True)
class Sign:
    """One thing found in a text: of which kind, and as it was written."""

    kind: str
    words: str


def signs(text: str, language: str) -> list[Sign]:
    """Everything that speaks in a cleaned text, each kind with at most three different words."""
    found: dict[str, dict[str, None]] = {}
    for kind, words in _all(text, language):
        kept = found.setdefault(kind, {})
        if len(kept) < 3:
            kept[words] = None
    _settle(found)
    return [Sign(kind, words) for kind, kept in found.items() for words in kept]


def _all(text: str, language: str) -> Iterator[tuple[str, str]]:
    codes = _read_for(language)
    if len(text) < SHORT:
        codes = tuple(dict.fromkeys((*codes, *HOUSE)))  # its language may have been misheard
    text = text if len(text) <= MOST else f"{text[: MOST - 300]} … {text[-300:]}"
    yield from _phrases(text, codes)
    if _UNSPACED.search(text):
        yield from _pieces(text.lower(), codes)
    if soon := _soon(text, codes):
        yield "deadline", soon
    for kind, pattern in _SIGNS.items():
        if match := pattern.search(text):
            yield kind, match.group()[:8]
    if loud := _shouted(text):
        yield "shouting", loud


def _settle(found: dict[str, dict[str, None]]) -> None:
    """What one kind says takes the ground from another."""
    if "calm" in found:
        for kind in ("urgent", "deadline"):
            found.pop(kind, None)
    if "sarcasm" in found or "?" in "".join(found.get("asking", ())):
        found.pop("thanks", None)
    if "strong" in found:
        found.pop("praise", None)


def _read_for(language: str) -> tuple[str, ...]:
    if language not in _lists():
        return HOUSE
    codes = (language, _NEIGHBOURS.get(language, ""), "en")
    return tuple(dict.fromkeys(code for code in codes if code))


def _phrases(text: str, codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    matches = list(_WORD.finditer(text))
    words = [match.group().lower().replace("’", "'") for match in matches]
    openings = _openings(codes)
    for at, word in enumerate(words):
        for phrase, kind in openings.get(word, ()):
            if words[at : at + len(phrase)] == phrase:
                yield kind, text[matches[at].start() : matches[at + len(phrase) - 1].end()]


def _pieces(text: str, codes: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for code in codes:
        for piece, kind in _unspaced(code):
            if piece in text:
                yield kind, piece


def _soon(text: str, codes: tuple[str, ...]) -> str:
    lowered = text.lower()
    for code in codes:
        if (pattern := _deadlines(code)) and (match := pattern.search(lowered)):
            return text[slice(*match.span())] if len(lowered) == len(text) else match.group()
    return ""


def _shouted(text: str) -> str:
    """Two or more loud words that are a good part of what was written; a code or a name is not shouting."""
    loud = _LOUD.findall(text)
    letters = sum(letter.isalpha() for letter in text)
    return " ".join(loud[:3]) if len(loud) > 1 and sum(map(len, loud)) > 0.5 * letters else ""


@cache
def _lists() -> Mapping[str, Mapping[str, str]]:
    """language → phrase → kind."""
    tables: dict[str, dict[str, str]] = {}
    for kind, languages in _read("mood_words").items():
        for code, words in languages.items():
            table = tables.setdefault(code, {})
            table |= {" ".join(_WORD.findall(word.lower())): kind for word in words.split(" | ")}
    return tables


@cache
def _openings(codes: tuple[str, ...]) -> Mapping[str, list[tuple[list[str], str]]]:
    """First word → the phrases that begin with it."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for phrase, kind in [pair for code in codes for pair in _lists()[code].items()]:
        words = phrase.split()
        found.setdefault(words[0], []).append((words, kind))
    return found


@cache
def _unspaced(code: str) -> list[tuple[str, str]]:
    return [(piece, kind) for piece, kind in _lists()[code].items() if _UNSPACED.search(piece)]


@cache
def _deadlines(code: str) -> re.Pattern[str] | None:
    patterns = _patterns().get(code)
    if not patterns:
        return None
    edge = "" if code in _WITHOUT_SPACES else r"\b"  # one edge before all of them spares most of the search
    return re.compile(edge + "(?:" + "|".join(patterns) + ")")


@cache
def _patterns() -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = _read("deadlines")
    return found


def _read(name: str) -> Any:
    return yaml.safe_load(files("samspill.intelligence").joinpath(f"data/{name}.yaml").read_text("utf8"))
