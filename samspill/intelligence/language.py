"""Which language a short message is written in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from samspill.intelligence.grams import WORDS, letters, spoken
from samspill.intelligence.han import han
from samspill.intelligence.letter_model import letter_model
from samspill.intelligence.scripts import writing

UNKNOWN = "und"
OWN_SCRIPT = (
    "el",
    "he",
    "hi",
    "th",
)  # known by their letters alone; Chinese, Japanese and Korean are in `han`
_WORLD = "ok okay okey hm hmm ah oh lol haha test sms pdf iphone app wifi email e-mail mail online xd asdf"
_SAME_EVERYWHERE = frozenset(_WORLD.split())

EXPECTED = 2.5  # log-odds for a language the company serves
HISTORY = 1.5  # log-odds for the language of the message before, halved for each one earlier
# Log-odds of being written to a shop at all, where few speak it or a neighbour is likelier.
RARE = {"nn": -1.0, **dict.fromkeys("ca is sk sl et lv bg mk be fa ur sr".split(), -1.0)}
DOUBT = 0.15  # no language is named below this
LEAST = 2
NAMES = 0.2  # what a word with a capital letter inside a sentence counts
MOST_CLAUSES = 6
BESIDE = 3.0  # log-odds by which a clause must be in another language than the rest

_CLAUSE = re.compile(r"[.!?,;:()\n…–]+\s+|\s+[-–—]\s+|(?<=[。！？，；：])")
Scores = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Detected:
    """An ISO 639 code, with script for Chinese, or "und"; how sure, 0 to 1; and languages of other clauses."""

    code: str
    confidence: float
    also: tuple[str, ...] = ()


def detect(text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Detected:
    """The language of most of `text`; "und" when it carries none, as order numbers do.

    `expected` are the company's languages, `history` those of earlier messages, the latest last.
    """
    said = spoken(text)
    lean = _lean(tuple(expected), tuple(history))
    if asian := han(said, [*reversed(history), *expected]):
        return Detected(*asian, also=_latin_beside(said, lean))
    script = writing(said)
    if script in OWN_SCRIPT:
        return Detected(script, 0.99, _latin_beside(said, lean))
    words = WORDS.findall(said)
    if script not in letter_model().groups or not _says_something(words):
        return Detected(UNKNOWN, 0.0)
    main, *clauses = _scores([words, *_clauses(said)]) + lean
    return _beside(clauses, script, _best(main, script))


def _says_something(words: Sequence[str]) -> bool:
    return any(len(word) > 1 and word.lower() not in _SAME_EVERYWHERE for word in words)


def _clauses(said: str) -> list[list[str]]:
    """The words of each clause, where there are several."""
    found = [words for clause in _CLAUSE.split(said) if len(words := WORDS.findall(clause)) > 1]
    return found[:MOST_CLAUSES] if len(found) > 1 else []


def _scores(parts: Sequence[Sequence[str]]) -> Scores:
    """Log-odds [parts, languages] of some lists of words, read together: each reading costs much the same."""
    texts = [letters(words) for words in parts]
    return letter_model().scores(texts, [_counts(*one) for one in zip(parts, texts, strict=True)])


def _counts(words: Sequence[str], text: str) -> list[float]:
    """Capital letters inside a sentence mark titles and brands, in German also nouns: the rest tells more."""
    plain = _plain(words)
    if all(plain) or sum(plain) < LEAST:
        return [1.0] * len(text)
    counts = [1.0]
    for word, whole in zip(words, plain, strict=True):
        counts += [1.0 if whole else NAMES] * (len(word) + 1)
    return [*counts, 1.0][: len(text)]


def _plain(words: Sequence[str]) -> list[bool]:
    """The first word and those in small letters, except inside a title, as in “Lord of Rings”."""
    small = [not place or word[0].islower() for place, word in enumerate(words)]
    return [
        here and (before or after)
        for before, here, after in zip([True, *small], small, [*small[1:], True], strict=False)
    ]


@lru_cache(1000)
def _lean(expected: tuple[str, ...], history: tuple[str, ...]) -> Scores:
    """Log-odds [languages] from everything but the words."""
    codes = letter_model().languages
    lean = np.array([RARE.get(code, 0.0) for code in codes], np.float32)
    for place, code in enumerate(codes):
        lean[place] += EXPECTED * (code in expected)
        lean[place] += sum(HISTORY / 2**age for age, one in enumerate(reversed(history)) if one == code)
    return lean


def _best(scores: Scores, script: str) -> Detected:
    group = letter_model().groups[script]
    within = scores[group]
    likely = np.exp(within - within.max())
    best = int(likely.argmax())
    confidence = float(likely[best] / likely.sum())
    if confidence < DOUBT:
        return Detected(UNKNOWN, 1 - confidence)
    return Detected(letter_model().languages[group[best]], confidence)


def _beside(clauses: Sequence[Scores], script: str, main: Detected) -> Detected:
    """The same verdict with the languages of clauses that are clearly in another one."""
    if main.code == UNKNOWN:
        return main
    own, others = letter_model().places(main.code, script), []
    for scores in clauses:
        other = _best(scores, script)
        ahead = scores[letter_model().groups[script]].max() - scores[own].max()
        if other.code != UNKNOWN and ahead > BESIDE:
            others.append(other.code)
    return replace(main, also=tuple(dict.fromkeys(others))) if others else main


def _latin_beside(said: str, lean: Scores) -> tuple[str, ...]:
    """The language of the Latin words in a text of another script, when they make a sentence."""
    words = [word for word in WORDS.findall(said) if word.isascii() and len(word) > 1]
    if sum(word.islower() for word in words) < 3:
        return ()
    found = _best(_scores([words])[0] + lean, "Latn")
    return (found.code,) if found.confidence > 0.8 and found.code != UNKNOWN else ()
