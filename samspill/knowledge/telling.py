"""What a passage says, and the headings and questions in it, which say what is spoken about and not what is so."""

from collections.abc import Iterator
from dataclasses import dataclass

from samspill.intelligence.sentences import sentences

ENDS = ".!…:。！：」）)"


@dataclass(frozen=True)
class Part:
    """Sentences and list items that belong together, and the headings and questions over them."""

    heads: tuple[str, ...]
    said: tuple[str, ...]


def parts(passage: str) -> tuple[Part, ...]:
    """The passage, cut at each heading or question; a passage of nothing else counts as said."""
    found: list[tuple[list[str], list[str]]] = [([], [])]
    for sentence in _units(passage):
        heads, said = found[-1]
        if _tells(sentence):
            said.append(sentence)
        elif said:
            found.append(([sentence], []))
        else:
            heads.append(sentence)
    whole = tuple(Part(tuple(heads), tuple(said)) for heads, said in found if said)
    return whole or tuple(Part((), tuple(heads)) for heads, _ in found if heads)


def told(passage: str) -> tuple[str, ...]:
    """Its sentences and list items."""
    return tuple(sentence for part in parts(passage) for sentence in part.said)


def _units(passage: str) -> Iterator[str]:
    """Its sentences; a list item stays whole."""
    for line in passage.splitlines():
        yield from [line] if line.startswith("•") else sentences(line)


def _tells(sentence: str) -> bool:
    return sentence.startswith("•") or sentence[-1] in ENDS
