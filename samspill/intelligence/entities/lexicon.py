"""The words of days and hours in one language, with those of the house's languages behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import yaml
from babel import Locale

from samspill.intelligence.entities import numerals

HOUSE = ("nb", "de", "en", "zh-Hant")
_KIN = {"nn": "nb", "no": "nb", "zh": "zh-Hant", "zh-Hans": "zh-Hant", "zh-TW": "zh-Hant", "zh-CN": "zh-Hant"}
_BABEL = {"zh-Hant": "zh_Hant"}
_FIRST = re.compile(r"[^\W\d_]+|[^\w\s]")
_NO_SPACES = re.compile(r"[぀-ヿ㐀-鿿가-힯]")

Meaning = tuple[str, str]  # kind, value


@dataclass(frozen=True)
class Lexicon:
    """`meanings` says what a word is; `phrases` which phrases begin with a word, longest first; `joined` is what is
    written without spaces."""

    meanings: dict[str, Meaning]
    phrases: dict[str, tuple[str, ...]]
    joined: str
    day_first: bool


@lru_cache(maxsize=64)
def lexicon(language: str, country: str) -> Lexicon:
    """The words a reader of this language would understand."""
    own = _KIN.get(language, language)
    meanings: dict[str, Meaning] = {}
    for code in dict.fromkeys((own, *HOUSE)):
        for word, meaning in _words(code).items():
            if code == own or not own or (meaning[0] != "w" and len(word) > 1) or _NO_SPACES.search(word):
                meanings.setdefault(
                    word, meaning
                )  # short words of another language are most often none of it
    longest = sorted(meanings, key=len, reverse=True)
    joined = "|".join(re.escape(word) for word in longest if _NO_SPACES.search(word))
    return Lexicon(meanings, _phrases(longest), joined, _day_first(own, country))


def _phrases(longest: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in longest:
        if not _NO_SPACES.search(word) and (first := _FIRST.match(word)):
            found.setdefault(first[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


@cache
def _words(code: str) -> dict[str, Meaning]:
    listed = _data().get(code, {})
    found = {
        word: (key[0], key[1:].strip()) for key, words in listed.items() for word in str(words).split("|")
    }
    for word, number in numerals.words(code).items():
        found.setdefault(word, ("N", str(number)))
    for word, number in numerals.ordinals(code).items():
        found.setdefault(word, ("S", str(number)))
    for word, meaning in _calendar(code):
        found.setdefault(word, meaning)
    return found


def _calendar(code: str) -> Iterator[tuple[str, Meaning]]:
    if code not in _data():
        return
    yield from _more_names(code)
    tongue = Locale.parse(_BABEL.get(code, code))
    for form in ("wide", "abbreviated"):
        for width in ("format", "stand-alone"):
            for number, name in tongue.days[width][form].items():
                yield name.lower().rstrip("."), ("W" if form == "wide" else "w", str(number))
            for number, name in tongue.months[width][form].items():
                if not name[:1].isdigit():
                    yield name.lower().rstrip("."), ("M", str(number))


def _more_names(code: str) -> Iterator[tuple[str, Meaning]]:
    if code == "zh-Hant":
        for week in ("星期", "週", "周", "禮拜", "礼拜"):
            for number, name in enumerate("一二三四五六日"):
                yield week + name, ("W", str(number))
            yield week + "天", ("W", "6")
    if code == "nb":
        for number, stem in enumerate(("man", "tirs", "ons", "tors", "fre", "lør", "søn")):
            yield f"{stem}dagen", ("W", str(number))
            yield stem, ("w", str(number))
    if code == "de":
        yield "sonnabend", ("W", "5")


def _day_first(code: str, country: str) -> bool:
    if code.startswith("zh") or code in ("ja", "ko"):
        return False
    return not (code == "en" and country in ("US", "TW"))


@cache
def _data() -> dict[str, dict[str, Any]]:
    file = resources.files("samspill.intelligence").joinpath("data/times.yaml")
    found: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found
