"""The panel's own words, in the language of whoever reads them."""

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from django.http import HttpRequest

DEFAULT = "en"
_NEAREST = {"no": "nb", "nn": "nb", "zh": "zh-Hant"}


@cache
def words(language: str) -> dict[str, Any]:
    """Every text of the panel in one of its languages."""
    file = resources.files("samspill.widget").joinpath("strings", f"{language}.json")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded


@cache
def spoken() -> frozenset[str]:
    """The languages the panel speaks."""
    folder = resources.files("samspill.widget").joinpath("strings")
    return frozenset(file.name.removesuffix(".json") for file in folder.iterdir())


def language_of(request: HttpRequest) -> str:
    """The language of the page around the panel, else of the browser."""
    accepted = request.headers.get("Accept-Language", "").split(",")
    return _first([request.GET.get("language", ""), *(part.split(";")[0] for part in accepted)])


def _first(tags: Iterable[str]) -> str:
    by_lower = {code.lower(): code for code in spoken()}
    for tag in tags:
        wanted = tag.strip().lower()
        short = wanted.split("-")[0]
        for code in (wanted, _NEAREST.get(short, short).lower()):
            if code in by_lower:
                return by_lower[code]
    return DEFAULT
