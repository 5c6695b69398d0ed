"""Which language a short message is written in."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import yaml

from samspill.intelligence.clean import clean
from samspill.intelligence.han import han
from samspill.intelligence.scores import shares

UNKNOWN = "und"
# py3langid knows these by other names or besides ours; a message in one of the others is unknown to us.
_CODES = ("nn", "da", "sv", "de", "en", "nl", "fr", "es", "it", "pt", "pl", "fi")
_THEIRS = {"no": "nb", **{code: code for code in _CODES}}
_OTHERS = frozenset(["tr", "ro", "cs", "hu", "vi", "id"])
_WORLD = "ok okay okey hm hmm ah oh lol test sms pdf iphone app wifi email e-mail mail"
_SAME_EVERYWHERE = frozenset(_WORLD.split())

WORD = 1.1  # log-odds a telling word gives in a long message; three times that when it stands alone
EXPECTED = 2.0  # log-odds for a language the company serves
HISTORY = 1.5  # log-odds for the language of the message before, halved for each one earlier
STRANGER = -1.5  # log-odds against languages outside our list

_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|(?:[A-Za-z]+-)*[A-Za-z]*\d[A-Za-z0-9-]*")


@dataclass(frozen=True)
class Detected:
    """An ISO 639 code, with script for Chinese, or "und"; and how sure, 0 to 1."""

    code: str
    confidence: float


def detect(text: str, expected: Sequence[str] = (), history: Sequence[str] = ()) -> Detected:
    """The language of `text`; "und" when it carries none, as order numbers do.

    `expected` are the company's languages, `history` those of earlier messages, the latest last.
    """
    spoken = _NOISE.sub(" ", clean(text))
    asian = han(spoken, [*reversed(history), *expected])
    if asian:
        return Detected(*asian)
    words = [word.lower() for word in _WORDS.findall(spoken)]
    if not any(word not in _SAME_EVERYWHERE and len(word) > 1 for word in words) or not _latin(spoken):
        return Detected(UNKNOWN, 0.0)
    scores = _scores(spoken, words)
    _lean(scores, expected, history)
    return _best(scores)


def _latin(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter < "\u0250" for letter in letters) > 0.5 * len(letters)


def _scores(text: str, words: Sequence[str]) -> dict[str, float]:
    scores = {_THEIRS.get(code, code): math.log(max(share, 1e-6)) for code, share in _identify(text)}
    weight = WORD * (1 + 2 / len(words))
    for word in set(words):
        for code in _telling().get(word, ()):
            scores[code] += weight
    for code in _OTHERS:
        scores[code] += STRANGER
    return scores


def _lean(scores: dict[str, float], expected: Sequence[str], history: Sequence[str]) -> None:
    for code in set(expected) & scores.keys():
        scores[code] += EXPECTED
    for age, code in enumerate(reversed(history)):
        if code in scores:
            scores[code] += HISTORY / 2**age


def _best(scores: Mapping[str, float]) -> Detected:
    codes = list(scores)
    likely = shares(np.array([scores[code] for code in codes]))
    best = int(np.argmax(likely))
    if codes[best] in _OTHERS or likely[best] < 0.25:
        return Detected(UNKNOWN, float(1 - likely[best]))
    return Detected(codes[best], float(likely[best]))


@cache
def _telling() -> dict[str, list[str]]:
    lists = yaml.safe_load(
        files("samspill.intelligence").joinpath("data/telling_words.yaml").read_text("utf8")
    )
    found: dict[str, list[str]] = {}
    for code, words in lists.items():
        for word in words.split():
            found.setdefault(word, []).append(code)
    return found


def _identify(text: str) -> list[tuple[str, float]]:
    found: list[tuple[str, float]] = _identifier().rank(text)
    return found


@cache
def _identifier():  # type: ignore[no-untyped-def]
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*_THEIRS, *_OTHERS])
    # The full table of 142 languages is 28 MB that nobody asks again.
    identifier.nb_ptc = identifier.nb_ptc.copy()
    identifier._full_model = (identifier.nb_ptc, identifier.nb_pc, identifier.nb_classes)
    return identifier
