"""Cuts an article into passages small enough to be found."""

import re
from collections.abc import Iterator

from samspill.intelligence.sentences import sentences

MAX_TOKENS = 180
MIN_TOKENS = 40  # a smaller section says too little alone and joins the next one

_FENCE = re.compile(r"^\s*(```|~~~)")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_ITEM = re.compile(r"^\s*([-*+]|\d+[.)])\s+")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"(\*\*|__|`+|~~|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|^\s*>\s?|<[^<>\n]{1,200}>)", re.M)
_BREAK = re.compile(r"(  |\\|<br */?>)$")  # what ends a line for readers too
_QUOTE = re.compile(r"^\s*>\s?")
_RULE = re.compile(r"\s*(=+|(?:[-*_]\s*){3,})\s*")  # under a heading, or between sections
_NO_SPACE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
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
        if heading or (not fenced and (not line.strip() or _RULE.fullmatch(line))):
            if lines:
                yield starts, plain("\n".join(lines))
            lines, starts = ([heading.group(1)], True) if heading else ([], starts and not lines)
        elif not _FENCE.match(line):
            under_heading = starts and len(lines) == 1
            _add(lines, _ITEM.sub("• ", _QUOTE.sub("", line)), own=fenced or under_heading)
    if lines:
        yield starts, plain("\n".join(lines))


def _add(lines: list[str], line: str, *, own: bool) -> None:
    """A line of a paragraph goes on with the one before, as readers see it."""
    ended = _BREAK.search(lines[-1]) if lines else None
    if own or not lines or ended or line.startswith(("•", "|")):
        if ended:
            lines[-1] = lines[-1][: ended.start()]
        lines.append(line)
        return
    lines[-1] = _joined(lines[-1].rstrip(), line.lstrip())


def _joined(before: str, after: str) -> str:
    if after.startswith("•"):
        return f"{before}\n{after}"
    return before + ("" if _NO_SPACE.match(before[-1:]) and _NO_SPACE.match(after[:1]) else " ") + after


def _pieces(block: str, limit: int) -> Iterator[str]:
    if tokens(block) <= limit:
        yield block
        return
    held = ""
    for sentence in (part for whole in sentences(block) for part in _hard_cut(whole, limit)):
        if held and tokens(held + sentence) > limit:
            yield held
            held = ""
        held = _joined(held, sentence).strip()
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
