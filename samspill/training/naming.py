"""A readable name for sentences that mean the same: the shortest of the most typical ones."""

import re
from collections.abc import Sequence

from samspill.intelligence.encoder import Vectors
from samspill.intelligence.sentences import sentences
from samspill.training.clusters import central

LOOKED_AT = 8
LONGEST = 60
SHORTEST = 8  # signs; fewer in Chinese, where each says more
_HAN = re.compile(r"[㐀-鿿]")
_PLACE = re.compile(r"\[[a-z_]+ \d+\]|\d{3,}")


def name(texts: Sequence[str], languages: Sequence[str], vectors: Vectors, preferred: str) -> str:
    """At most 60 signs, in the `preferred` language if any of the typical sentences is."""
    order = central(vectors, languages)
    own = [place for place in order if languages[place] == preferred]
    typical = [texts[place] for place in (own if len(own) * 5 >= len(order) else order)][:LOOKED_AT]
    candidates = [text for text in map(_plain, typical) if _fits(text)] or [_plain(text) for text in typical]
    return _cut(min(candidates[:4], key=len))


def _plain(text: str) -> str:
    spoken = sentences(text) or [text]
    asked = next((one for one in spoken if one.rstrip().endswith(("?", "？"))), max(spoken, key=len))
    return " ".join(asked.split()).rstrip(" .!。！,，;；")


def _fits(text: str) -> bool:
    shortest = SHORTEST // 2 if _HAN.search(text) else SHORTEST
    return shortest <= len(text) <= LONGEST and not _PLACE.search(text)


def _cut(text: str) -> str:
    if len(text) <= LONGEST:
        return text[:1].upper() + text[1:]
    head = text[: LONGEST - 1]
    whole = head.rsplit(" ", 1)[0] if " " in head[20:] else head
    return f"{whole[:1].upper()}{whole[1:]} …"
