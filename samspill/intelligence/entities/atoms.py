"""Cuts a text into the words and numbers that days and hours are made of."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from samspill.intelligence.entities.lexicon import Lexicon
from samspill.intelligence.entities.numerals import HAN, han

BREAK = "!"
_H = f"[{HAN}]"
_FREE = r"(?:(?<![a-zà-ɏ\d#€$£¥_])(?<![a-z]-)|(?<=\bkl))"
_NUMERIC = rf"""
    (?P<iso>(?<![\w-])\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}(?!\d))
    |(?P<kanji>(?:(?:\d{{4}}|{_H}{{4}})\s?年\s?)?(?:(?<!\d)\d{{1,2}}|{_H}{{1,3}})\s?月\s?(?:\d{{1,2}}|{_H}{{1,3}})\s?[日號号]?)
    |(?P<hao>(?:(?<!\d)\d{{1,2}}|{_H}{{1,3}})\s?[號号](?![樓楼之]))
    |(?P<dotted>{_FREE}\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{4}}|\d\d)?(?!\d))
    |(?P<dashed>{_FREE}\d{{1,2}}-\d{{1,2}}-\d{{4}}(?!\d))
    |(?P<slashed>{_FREE}\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?(?![\d/]))
    |(?P<clock>{_FREE}\d{{1,2}}[:：]\d\d(?!\d))
    |(?P<dots>{_FREE}\d{{1,2}}\.\d{{1,2}}(?![\d%]|\.\d|,\d))
    |(?P<nth>{_FREE}\d{{1,2}}(?:st|nd|rd|th)(?!\w))
    |(?P<number>{_FREE}\d{{1,4}}(?:[.,]\d{{1,2}})?(?![\d%]|[.,]\d|-\d{{3}}))
"""
_GAP = re.compile(r"\.?[\s,，、]{0,4}")
_PIECES = re.compile(rf"\d+|{_H}+")


@dataclass(frozen=True)
class Atom:
    """A piece of the text with its meaning; `kind` is one letter, see data/times.yaml."""

    kind: str
    start: int
    end: int
    value: Any = None
    parts: tuple["Atom", ...] = ()


def atoms(text: str, words: Lexicon) -> list[Atom]:
    """The pieces in order; a break stands where something else lies between."""
    found: list[Atom] = []
    pattern, at = _pattern(words.joined), 0
    while hit := pattern.search(text, at):
        one = _READ[str(hit.lastgroup)](hit, words)
        at = one.end if one else hit.end()
        if one:
            found += _between(text, found[-1], one) if found else ()
            found.append(one)
    if found and _is_nth(text, found[-1]):
        found.append(Atom(".", found[-1].end, found[-1].end + 1))
    return found


def _is_nth(text: str, last: Atom) -> bool:
    return (
        last.kind == "N"
        and 1 <= last.value <= 31
        and last.value % 1 == 0
        and text[last.end : last.end + 1] == "."
    )


@lru_cache(maxsize=64)
def _pattern(joined: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?P<latin>[a-zà-ɏ]+)|(?=[\d{HAN}])(?:{_NUMERIC})|(?=[぀-ヿ㐀-鿿가-힯])(?:(?P<joined>{joined})|"
        rf"(?P<han>{_H}{{1,7}}))|(?P<sign>[-–—~～&@])",
        re.VERBOSE,
    )


def _between(text: str, before: Atom, after: Atom) -> list[Atom]:
    gap = text[before.end : after.start]
    if not gap or gap.isspace():
        return []
    if not _GAP.fullmatch(gap):
        return [Atom(BREAK, before.end, after.start)]
    if _is_nth(text, before):
        return [Atom(".", before.end, before.end + 1)]
    return [Atom(BREAK, before.end, after.start)] if gap[0] == "." and before.kind not in _SHORT else []


_SHORT = frozenset("wMKkNU.")  # may be written with a full stop


def _word(hit: re.Match[str], words: Lexicon) -> Atom | None:
    text, start = hit.string, hit.start()
    for phrase in words.phrases.get(hit[0], ()):
        end = start + len(phrase)
        if text.startswith(phrase, start) and not _goes_on(text, end, phrase):
            return _meant(words, phrase, start, end)
    return None


def _goes_on(text: str, end: int, phrase: str) -> bool:
    return phrase[-1].isalpha() and end < len(text) and text[end].isalpha() and text[end] < "぀"


def _meant(words: Lexicon, word: str, start: int, end: int) -> Atom:
    kind, value = words.meanings[word]
    return Atom(kind, start, end, float(value) if kind in "NS" else value)


def _joined(hit: re.Match[str], words: Lexicon) -> Atom | None:
    return _meant(words, hit[0], *hit.span())


def _sign(hit: re.Match[str], words: Lexicon) -> Atom | None:
    return _meant(words, hit[0], *hit.span()) if hit[0] in words.meanings else None


def _numeral(hit: re.Match[str], words: Lexicon) -> Atom | None:
    number = han(hit[0])
    return None if number is None else Atom("N", *hit.span(), float(number))


def _number(hit: re.Match[str], words: Lexicon) -> Atom:
    return Atom("N", *hit.span(), float(hit[0].replace(",", ".")))


def _numbers(kind: str) -> Callable[[re.Match[str], Lexicon], Atom]:
    return lambda hit, words: Atom(kind, *hit.span(), _pieces(hit[0]))


def _pieces(text: str) -> tuple[int, ...]:
    found = (int(piece) if piece[0] in "0123456789" else han(piece) for piece in _PIECES.findall(text))
    return tuple(number for number in found if number is not None)


def _clock(hit: re.Match[str], words: Lexicon) -> Atom:
    return Atom("T", *hit.span(), (*_pieces(hit[0]), hit[0][0] == "0"))


def _nth(hit: re.Match[str], words: Lexicon) -> Atom:
    return Atom("S", *hit.span(), float(hit[0][:-2]))


_READ: dict[str, Callable[[re.Match[str], Lexicon], Atom | None]] = {
    "iso": _numbers("y"),
    "kanji": _numbers("z"),
    "hao": _numbers("h"),
    "dotted": _numbers("e"),
    "dashed": _numbers("e"),
    "slashed": _numbers("s"),
    "clock": _clock,
    "dots": _numbers("x"),
    "nth": _nth,
    "number": _number,
    "joined": _joined,
    "han": _numeral,
    "latin": _word,
    "sign": _sign,
}
