"""Conversations as every export has them, and what their customer wanted, in their own first words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samspill.intelligence.sentences import sentences
from samspill.training.sentence import tidy

LONGEST_OPENING = 300
FEW_WORDS, FEW_SIGNS = 3, 5  # a sentence this short is a greeting while others follow
_HAN = re.compile(r"[㐀-鿿぀-ヿ]")
_QUOTED = re.compile(r"^\s*(>|-----|_____|On .{5,120} wrote:|Den .{5,120} skrev|Am .{5,120} schrieb)")
_SIGNED = re.compile(r"^(--\s*|Sent from my .*|Sendt fra min .*|Von meinem .* gesendet)$")


@dataclass(frozen=True)
class Turn:
    """Something said; `customer` is None where the export does not tell who said it."""

    text: str
    customer: bool | None = None


@dataclass(frozen=True)
class Talk:
    """One conversation; `why_not` says why it cannot be used."""

    turns: tuple[Turn, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Opening:
    """What a customer wrote first, or why there is nothing: empty, too_short, no_customer, broken …"""

    text: str
    why_not: str = ""


def opening(talk: Talk) -> Opening:
    """The first real sentences of the customer: greetings before them and quotations are left out."""
    if talk.why_not:
        return Opening("", talk.why_not)
    said = list(_of_customer(talk.turns))
    if not said:
        return Opening("", "no_customer" if any(turn.text.strip() for turn in talk.turns) else "empty")
    spoken = [tidy(one) for text in said[:3] for one in sentences(own_words(text[:8_000]))]
    text = _first_real([one for one in spoken if one])
    return Opening(text) if _says_something(text) else Opening("", "too_short" if text else "empty")


def _of_customer(turns: tuple[Turn, ...]) -> Iterator[str]:
    """What the customer said before anybody answered; where nobody tells, the first words are theirs."""
    if all(turn.customer is None for turn in turns):
        yield from [turn.text for turn in turns[:1] if turn.text.strip()]
        return
    begun = False
    for turn in turns:
        if turn.customer and turn.text.strip():
            begun = True
            yield turn.text
        elif begun and turn.customer is False:
            return


def own_words(text: str) -> str:
    """A mail without what it quotes and without its signature."""
    kept = []
    for line in text.splitlines():
        if _SIGNED.match(line.strip()) or (_QUOTED.match(line) and kept):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept)


def _first_real(spoken: list[str]) -> str:
    while len(spoken) > 1 and _short(spoken[0]):
        spoken = spoken[1:]
    text = spoken[0] if spoken else ""
    for more in spoken[1:2]:
        if len(text) + len(more) < LONGEST_OPENING:
            text = f"{text} {more}"
    return text[:LONGEST_OPENING].strip()


def _short(sentence: str) -> bool:
    if "?" in sentence or "？" in sentence:
        return False
    if _HAN.search(sentence):
        return len(sentence) <= FEW_SIGNS
    return len(sentence.split()) <= FEW_WORDS


def _says_something(text: str) -> bool:
    letters = sum(sign.isalpha() for sign in text)
    return letters >= (2 if _HAN.search(text) else 4)
