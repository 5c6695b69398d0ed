"""From signs to a score: a sum of weights that are data, made a chance by the logistic curve."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

# these alone are no reason to look: most pairs have them
WEAK = frozenset({"language_agrees", "country_agrees", "similar_writing", "same_domain"})


@dataclass(frozen=True)
class Weights:
    """What data/weights.yml says."""

    start: float
    shown: float
    spread: float
    signs: Mapping[str, float]


@cache
def weights() -> Weights:
    """The model, read once."""
    text = resources.files("samspill.care").joinpath("data", "weights.yml").read_text(encoding="utf-8")
    return Weights(**yaml.safe_load(text))


def weigh(signs: Mapping[str, int]) -> list[dict[str, object]]:
    """Reasons with their weights, the strongest first. `signs` says by how many records each sign is shared."""
    model = weights()
    found = [(sign, round(_weight(model, sign, shared), 2)) for sign, shared in signs.items()]
    return [{"sign": sign, "weight": one} for sign, one in sorted(found, key=lambda row: (-row[1], row[0]))]


def score(reasons: list[dict[str, object]]) -> float:
    """How sure, 0 to 1."""
    total = weights().start + sum(float(str(one["weight"])) for one in reasons)
    return round(1 / (1 + math.exp(-total)), 3)


def _weight(model: Weights, sign: str, shared: int) -> float:
    weight = model.signs[sign]
    rare = weight - model.spread * math.log2(max(shared, 2) / 2)
    return max(0.0, rare) if weight > 0 else weight
