"""What the local brain learns from: flow examples, shipped control phrases, the company's article titles."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from samspill.flows.catalogue import Catalogue

QUESTION = "question"


@dataclass(frozen=True)
class Example:
    """One phrase and what it means: a flow's name, or a control intent."""

    text: str
    label: str
    language: str


def training_set(catalogue: Catalogue, titles: Iterable[tuple[str, str]] = ()) -> list[Example]:
    """All examples in a fixed order; `titles` are (language, title of an article)."""
    questions = (Example(title, QUESTION, language) for language, title in titles)
    return list(dict.fromkeys([*_from_flows(catalogue), *control(), *questions]))


def made_of(catalogue: Catalogue) -> str:
    """Hex sha256 of all that ships to be learned: a model of other flows knows another world."""
    shipped = "\n".join(f"{one.label}\t{one.language}\t{one.text}" for one in training_set(catalogue))
    return hashlib.sha256(shipped.encode()).hexdigest()


@cache
def control() -> tuple[Example, ...]:
    """The control phrases that ship."""
    file = resources.files("samspill.assistant").joinpath("data/examples.yml")
    loaded: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return tuple(
        Example(text, label, language)
        for label, languages in loaded.items()
        for language, texts in languages.items()
        for text in texts
    )


def _from_flows(catalogue: Catalogue) -> Iterator[Example]:
    for flow in catalogue.offered():
        for language, phrases in flow.examples.items():
            for phrase in phrases:
                yield Example(phrase, flow.name, language)
