"""The short list of words that are clear without any model, in every language of the house."""

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from samspill.flows.values import plain

MAX_AFFIRMATION = 80

_HAN = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_POLITE = re.compile(
    r"^(?:please|bitte|takk|vennligst|kan du|could you|請|麻煩)[\s,]+"
    r"|[\s,，]+(?:please|thanks|thank you|bitte|danke|takk|er du snill|謝謝|tack|tak)$"
)


def means(text: str, kind: str, language: str = "") -> bool:
    """Whether a message is, or contains, one of the words listed for this kind.

    With a language only its words and the English ones count: `peru` is stop in Finnish, elsewhere a country.
    """
    short = _bare(text)
    return short in _whole(kind, language) or any(part.search(short) for part in _parts(kind))


def yes_or_no(text: str, language: str = "") -> bool | None:
    """True, False, or None when a message is neither."""
    if means(text, "no", language):
        return False
    return True if means(text, "yes", language) else None


def affirms(text: str, language: str = "") -> bool:
    """Whether a short message says yes in so many words and no nowhere, whatever a model thinks."""
    if len(text) > MAX_AFFIRMATION or "?" in text or "？" in text:
        return False
    parts = [plain(part) for part in re.split(r"[.,;!。，；！\n]+", text) if part.strip()]
    says = {kind: any(_opens_with(part, kind, language) for part in parts) for kind in ("yes", "no")}
    return says["yes"] and not says["no"]


def _opens_with(part: str, kind: str, language: str) -> bool:
    return any(part == word or part.startswith(f"{word} ") for word in _whole(kind, language))


def wants_person(text: str) -> bool:
    """Whether a message asks for a human, and does not say the opposite."""
    return means(text, "person") and not any(no in _bare(text) for no in _listed("not_person", ""))


def _bare(text: str) -> str:
    short = plain(text[:500]).replace("’", "'")
    short = re.sub(r"[,，.!！?？。]+", " ", short)
    short = re.sub(r"\s+", " ", short).strip()
    return short if short in _polite_words() else _POLITE.sub("", short).strip()


@cache
def _polite_words() -> frozenset[str]:
    return frozenset(word for kind in ("person", "yes", "no", "cancel") for word in _listed(kind, "whole"))


@cache
def _whole(kind: str, language: str) -> frozenset[str]:
    return frozenset(_listed(kind, "whole", language))


@cache
def _parts(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(word) for word in _listed(kind, "part"))


def _pattern(word: str) -> re.Pattern[str]:
    """Words of languages with spaces match whole words only."""
    return re.compile(re.escape(word) if _HAN.search(word) else rf"(?<!\w){re.escape(word)}(?!\w)")


@cache
def _listed(kind: str, how: str, language: str = "") -> tuple[str, ...]:
    found: Any = _words().get(kind, {})
    languages: Mapping[str, list[str]] = (found.get(how, {}) if how else found) or {}
    chosen = (
        [languages.get(language, []), languages.get("en", [])]
        if language in languages
        else languages.values()
    )
    return tuple(plain(word) for words in chosen for word in words)


@cache
def _words() -> Mapping[str, Any]:
    file = resources.files("samspill.assistant").joinpath("data/words.yml")
    loaded: Mapping[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded
