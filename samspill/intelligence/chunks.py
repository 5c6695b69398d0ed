"""Cuts an article into passages small enough to be found, and finds the sentences that answer."""

import re
from collections.abc import Iterator, Sequence

import numpy as np

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.sentences import sentences

MAX_TOKENS = 180
MIN_TOKENS = 40  # a smaller section says too little alone and joins the next one

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*([-*+]|\d+[.)])\s+")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`+|~~|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^\s*>\s?|<[^<>\n]{1,200}>)", re.M)
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def split(markdown: str, limit: int = MAX_TOKENS) -> list[str]:
    """Plain-text passages of about `limit` tokens at most, cut at headings, paragraphs, then sentences."""
    passages: list[str] = []
    held = ""
    for heading, block in _blocks(markdown):
        for piece in _pieces(block, limit):
            joined = f"{held}\n{piece}".strip()
            if held and (tokens(joined) > limit or (heading and tokens(held) >= MIN_TOKENS)):
                passages.append(held)
                joined = piece
            held, heading = joined, False
    return [*passages, held] if held else passages


def tokens(text: str) -> int:
    """About how many tokens the encoder sees: 0.7 a Chinese, Japanese or Korean character, else one per 4."""
    wide = len(_WIDE.findall(text))
    return round(0.7 * wide + (len(text) - wide) / 4)


def plain(markdown: str) -> str:
    """The words a reader sees, without links' addresses and marks."""
    return _MARKS.sub("", _IMAGE_OR_LINK.sub(r"\1", markdown))


def _blocks(markdown: str) -> Iterator[tuple[bool, str]]:
    """Pairs of (starts a section, plain text)."""
    lines: list[str] = []
    fenced = starts = False
    for line in [*markdown.splitlines(), ""]:
        fenced ^= bool(_FENCE.match(line))
        heading = None if fenced else _HEADING.match(line)
        if heading or (not line.strip() and not fenced):
            if lines:
                yield starts, plain("\n".join(lines))
            lines, starts = ([heading.group(1)], True) if heading else ([], starts and not lines)
        elif not _FENCE.match(line):
            lines.append(_ITEM.sub("• ", line))
    if lines:
        yield starts, plain("\n".join(lines))


def _pieces(block: str, limit: int) -> Iterator[str]:
    if tokens(block) <= limit:
        yield block
        return
    held = ""
    for sentence in (part for whole in sentences(block) for part in _hard_cut(whole, limit)):
        if held and tokens(held + sentence) > limit:
            yield held
            held = ""
        held = f"{held} {sentence}".strip()
    if held:
        yield held


def _hard_cut(sentence: str, limit: int) -> Iterator[str]:
    step = limit if _WIDE.search(sentence) else 4 * limit
    while tokens(sentence) > limit:
        space = sentence.rfind(" ", 1, step)
        at = space if space > 0 else step
        yield sentence[:at]
        sentence = sentence[at:].lstrip()
    yield sentence


def best_sentences(
    query: Vectors, found: Sequence[str], vectors: Vectors, most: int = 3, margin: float = 0.02
) -> list[str]:
    """One to `most` neighbouring sentences, in order, that answer a query [384]; vectors are [n, 384].

    Starts at the nearest sentence and takes in neighbours whose cosine is at most `margin` lower.
    """
    if not found:
        return []
    cosines = vectors @ query
    first = last = int(np.argmax(cosines))
    floor = float(cosines[first]) - margin
    while last - first + 1 < most:
        before = cosines[first - 1] if first > 0 else -1
        after = cosines[last + 1] if last + 1 < len(found) else -1
        if max(before, after) < floor:
            break
        first, last = (first - 1, last) if before > after else (first, last + 1)
    return list(found[first : last + 1])
