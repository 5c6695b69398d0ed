"""What the language model learns from: pieces of at most forty characters or so, by language."""

import gzip
import random
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import msgpack

from bench.language import written
from bench.language.catalogues import Texts, catalogues
from samspill.intelligence.packs import read_rows

LATIN = ("nb nn da sv de en nl fr es it pt pl fi tr ro cs hu vi id lt sr-Latn sk sl et lv ca is").split()
CYRILLIC = "ru uk bg sr kk mk be".split()
ARABIC = "ar fa ur".split()
_FREQUENT = {"nn": "nb", "sr-Latn": "sh"}
_SAME = {"hr": "sr-Latn", "bs": "sr-Latn"}
_DIALECTS = {"de": ["gsw", "bar"], "nb": ["nb"]}
_CYRILLIC = re.compile(r"[а-я]")
_WORD = re.compile(r"\S+")
_PLAIN = str.maketrans("øæåðþßłđı", "oaadtsldi")
_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})
_SERBIAN = str.maketrans("abcčćdđefghijklmnoprsštuvzžwyxq", "абцчћдђефгхијклмнопрсштувзжвикк")
VOCABULARY = 30_000
Frequent = tuple[list[str], list[float]]


class Corpus:
    """Pieces of text in a language, as many as wanted."""

    def __init__(self, packages: Path, packs: Path, seed: int = 7) -> None:
        self.chance = random.Random(seed)
        self.texts = _texts(packages, packs, self.chance)
        self.frequent = _frequent(next(packages.glob("wordfreq-*.whl")))
        self.everyday = written.everyday()
        self.dialects = written.dialects()

    def pieces(self, code: str, count: int) -> list[str]:
        """`count` short texts of language `code`."""
        sentences = self._sentences(code)
        made = [self._piece(code, sentences) for _ in range(count)]
        return [self._carelessly(self._with_a_name(code, one)) for one in made]

    def _sentences(self, code: str) -> list[str]:
        return sorted(self.texts.get(code, ()))

    def _piece(self, code: str, sentences: Sequence[str]) -> str:
        draw = self.chance.random()
        if draw < 0.06 and code in self.everyday:
            return self._part(self.chance.choice(self.everyday[code]))
        if code in _DIALECTS and draw < 0.14:
            words = self.dialects[self.chance.choice(_DIALECTS[code])]
            return " ".join(self.chance.choices(words, k=self.chance.randint(2, 6)))
        if draw < 0.55 and sentences:
            return self._part(self.chance.choice(sentences))
        if _FREQUENT.get(code, code) not in self.frequent:
            self.frequent[code] = _counted(sentences)
        words, weights = self.frequent[_FREQUENT.get(code, code)]
        text = " ".join(self.chance.choices(words, cum_weights=weights, k=self.chance.randint(1, 7)))
        return written.nynorsk(text) if code == "nn" else text

    def _part(self, sentence: str) -> str:
        """Some words in a row, up to forty characters; sometimes cut in the middle of a word."""
        starts = [word.start() for word in _WORD.finditer(sentence)] or [0]
        start = self.chance.choice(starts[: max(1, len(starts) - 2)]) if self.chance.random() < 0.5 else 0
        piece = sentence[start : start + self.chance.randint(8, 48)]
        return piece if self.chance.random() < 0.3 or " " not in piece else piece.rsplit(" ", 1)[0]

    def _with_a_name(self, code: str, text: str) -> str:
        """Titles and brands stand in any language: some English words now and then."""
        words = text.split()
        if code not in LATIN or code == "en" or len(words) < 3 or self.chance.random() > 0.2:
            return text
        known, weights = self.frequent["en"]
        english = self.chance.choices(known, cum_weights=weights, k=self.chance.randint(1, 3))
        words[(place := self.chance.randint(0, len(words))) : place] = english
        return " ".join(words)

    def _carelessly(self, text: str) -> str:
        """One in fourteen is written without accents, as on a borrowed keyboard."""
        if self.chance.random() > 0.07:
            return text
        if self.chance.random() < 0.3:
            return text.lower().translate(_TWO_LETTERS)
        apart = unicodedata.normalize("NFD", text.lower().translate(_PLAIN))
        return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _texts(packages: Path, packs: Path, chance: random.Random) -> Texts:
    texts = catalogues(packages)
    for code, commands in written.commands(
        next(packages.glob("home_assistant_intents-*.whl")), 3, chance
    ).items():
        texts[code] |= commands
    for code, rows in _packs(packs).items():
        texts[code] |= rows
    for other, code in _SAME.items():
        texts[code] |= texts.pop(other, set())
    texts["sr-Latn"] |= {text for text in texts["sr"] if not _CYRILLIC.search(text.lower())}
    texts["sr"] -= texts["sr-Latn"]
    texts["nn"] |= {
        there
        for here in chance.sample(sorted(texts["nb"]), 15_000)
        if _differ(here, there := written.nynorsk(here))
    }
    return texts


def _differ(here: str, there: str) -> bool:
    """Nynorsk that shows."""
    words = here.split()
    changed = sum(one != other for one, other in zip(words, there.split(), strict=False))
    return changed >= 0.25 * len(words)


def _packs(packs: Path) -> Texts:
    """Rows under CC BY and CC0; every other pack stays out, as proof."""
    sentence = re.compile(r"(?<=[.!?])\s+")
    rows = read_rows(packs / "retrieval_norquad_nb/corpus.jsonl")
    norwegian = {one for row in rows for one in sentence.split(row["text"]) if len(one) > 10}
    norwegian |= {row["text"] for row in read_rows(packs / "intent_massive_nb_part/train.jsonl")}
    return {
        "nb": norwegian,
        "de": {row["text"] for row in read_rows(packs / "intent_massive_de/train.jsonl.gz")},
        "en": {row["text"] for row in read_rows(packs / "intent_hwu64/train.jsonl")},
    }


def _frequent(wordfreq: Path) -> dict[str, Frequent]:
    """Words of wordfreq's small lists with their running shares, flattened so that rare ones come up."""
    found = {}
    with zipfile.ZipFile(wordfreq) as archive:
        for name in archive.namelist():
            if place := re.search(r"small_(\w+)\.msgpack\.gz$", name):
                buckets = msgpack.loads(gzip.decompress(archive.read(name)), raw=False)[1:]
                words = [
                    (word, 10 ** (-0.8 * i / 100)) for i, bucket in enumerate(buckets) for word in bucket
                ]
                words = [(word, share) for word, share in words if not word.isdigit()][:VOCABULARY]
                found[place[1]] = ([word for word, _ in words], list(accumulate(share for _, share in words)))
    found["sr"] = ([_cyrillic(word) for word in found["sh"][0]], found["sh"][1])
    return found


def _cyrillic(word: str) -> str:
    return word.replace("lj", "љ").replace("nj", "њ").replace("dž", "џ").translate(_SERBIAN)


def _counted(sentences: Sequence[str]) -> Frequent:
    words = [
        word for sentence in sentences[:: max(1, len(sentences) // 3000)] for word in sentence.lower().split()
    ]
    return words, list(range(1, len(words) + 1))
