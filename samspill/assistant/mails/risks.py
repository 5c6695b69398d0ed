"""Words that need a person's judgement: threats of law, accidents, data protection, cancellation, money, complaints."""

import re
from functools import cache
from importlib import resources

import yaml

from samspill.flows.values import plain

_HAN = re.compile(r"[぀-ヿ㐀-鿿가-힯]")


def risks(text: str, language: str) -> dict[str, str]:
    """What kinds of risk the text speaks of, each with the words that say so; the words of every language count."""
    bare = re.sub(r"\s+", " ", plain(text).replace("’", "'"))
    found = {}
    for kind, tongues in _patterns().items():
        hit = next(
            (hit for tongue in _order(tongues, language) if (hit := tongues[tongue].search(bare))), None
        )
        if hit:
            found[kind] = hit[0]
    return found


def _order(tongues: dict[str, re.Pattern[str]], language: str) -> list[str]:
    """The mail's own language and English; all of them where the language is not one of the list."""
    own = [tongue for tongue in (language, "en") if tongue in tongues]
    return own if language in tongues else list(tongues)


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    file = resources.files("samspill.assistant").joinpath("data/risks.yml")
    listed = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        kind: {tongue: _one_of(words) for tongue, words in tongues.items()}
        for kind, tongues in listed.items()
    }


def _one_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(_pattern(plain(word)) for word in sorted(words, key=len, reverse=True)))


def _pattern(word: str) -> str:
    if _HAN.search(word):
        return re.escape(word)
    stem = word.rstrip("*")
    return rf"(?<!\w){re.escape(stem)}" + (r"\w*" if word.endswith("*") else r"(?!\w)")
