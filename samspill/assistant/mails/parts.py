"""A mail taken apart: its sentences, which of them ask, and what each is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import accumulate, pairwise
from typing import Any

import yaml

from samspill.assistant.brains.intents import Guess
from samspill.assistant.brains.local import TALK, YES_NO
from samspill.assistant.mind import Mind
from samspill.conversations.understand import patient
from samspill.flows.values import plain
from samspill.intelligence.encoder import Vectors
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.sentences import sentences

MOST = 16  # sentences that are looked at; a mail with more goes to a person anyway
WRAPPED = 50  # a line of so many letters that ends without a full stop goes on in the next
LONGEST = 400  # letters of a sentence that matter
_ENDS = tuple(".!?:;…。！？：；")
_LIST = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s")


@dataclass(frozen=True)
class Part:
    """One sentence of a mail; `around` is the sentence with the one before it, which often says what “it” is."""

    text: str
    guess: Guess
    asks: bool
    vector: Vectors | None = None
    around: str = ""


@dataclass(frozen=True)
class Sentences:
    """The sentences of a mail that say something, and its subject where that does."""

    said: tuple[str, ...]
    subject: str

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them, the subject last."""
        return (*self.said, self.subject) if self.subject else self.said

    @property
    def around(self) -> tuple[str, ...]:
        """Each with the one before it; "" where there is none."""
        pairs = (f"{before} {one}" for before, one in pairwise(self.said))
        return ("", *pairs, "")[: len(self.texts)]


def take_apart(text: str, subject: str) -> Sentences:
    """The sentences that say something; greetings and single words are left out."""
    said = [one[:LONGEST] for one in sentences(unwrapped(text)) if tells_something(one)]
    return Sentences(tuple(said[:MOST]), subject[:LONGEST] if tells_something(subject) else "")


def parts_of(found: Sentences, vectors: Vectors | None, language: str, knowing: Mind) -> list[Part]:
    """What each sentence is about; without vectors [n, 384] the keywords tell."""
    guesses = knowing.intents.guesses(found.texts, language, vectors)
    return [
        Part(
            text=one,
            guess=guess.without(YES_NO),
            asks=asks(one, language),
            vector=None if vectors is None else vectors[at],
            around=around,
        )
        for at, (one, guess, around) in enumerate(zip(found.texts, guesses, found.around, strict=True))
    ]


def vectors_of(texts: Sequence[str]) -> Sequence[Vectors | None]:
    """What other texts of a mail mean; None for each while the text model is away."""
    try:
        return list(patient().embed(texts, "query")) if texts else []
    except ModelUnavailable:
        return [None] * len(texts)


def vectors_of_each(mails: Sequence[Sequence[str]]) -> list[Vectors | None]:
    """The vectors [n, 384] of the sentences of each mail; None for all while the text model is away."""
    ends = list(accumulate(map(len, mails)))
    try:
        whole = patient().embed([text for texts in mails for text in texts], "query")
    except ModelUnavailable:
        return [None] * len(mails)
    return [whole[end - len(texts) : end] for end, texts in zip(ends, mails, strict=True)]


def unwrapped(text: str) -> str:
    """The same text with lines that a mail program broke put together again."""
    lines: list[str] = []
    for line in text.splitlines():
        before = lines[-1] if lines else ""
        if len(before) >= WRAPPED and line.strip() and not before.endswith(_ENDS) and not _LIST.match(line):
            lines[-1] = f"{before.rstrip()} {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)


def tells_something(sentence: str) -> bool:
    """Whether a sentence can be about anything: more than a greeting, a name or a word."""
    bare = plain(sentence)
    if re.search(r"[぀-ヿ㐀-鿿가-힯]", bare):
        return len(bare) >= 4
    return len(bare.split()) >= 3 or "?" in sentence


def is_talk(part: Part) -> bool:
    """Whether it surely is a greeting, thanks or the like."""
    return (
        part.guess.sure and part.guess.label in TALK and part.guess.label not in ("complaint", "out_of_scope")
    )


def calls_for_person(part: Part) -> bool:
    """Whether it surely asks for people or complains: a mail tells much in passing that only sounds like it."""
    return part.guess.clear and (part.asks or part.guess.label == "complaint")


def asks(sentence: str, language: str) -> bool:
    """Whether somebody wants to know something, with or without a question mark."""
    if sentence.rstrip(" \"'»”)")[-1:] in "?？":
        return True
    bare = plain(sentence)
    return any(_begins(bare, word) for word in words("asks").get(language, words("asks")["en"]))


def begins_formally(text: str, language: str) -> bool:
    """Whether a mail opens as letters do."""
    bare = plain(text[:80])
    return any(bare.startswith(word) for word in words("formal").get(language, ()))


def _begins(bare: str, word: str) -> bool:
    if re.search(r"[぀-ヿ㐀-鿿가-힯]", word):
        return word in bare
    return bare.startswith(word) and not bare[len(word) :][:1].isalnum()


@cache
def words(kind: str) -> dict[str, Any]:
    """The lists of data/asking.yml by language."""
    file = resources.files("samspill.assistant").joinpath("data/asking.yml")
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded[kind]
