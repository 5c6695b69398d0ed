"""The golden set that ships, to begin with."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from samspill.training import golden
from samspill.training.golden_files import Row
from samspill.training.models import Golden
from samspill.workspace.models import Agent

Task = Golden.Task


def load(*, by: Agent | None) -> int:
    """Add what is missing of the set that ships; returns how many sentences came new."""
    sentences = ((row.task, row.text, row.language, row.expected) for row in rows())
    return golden.add_missing(sentences, by=by)


def rows() -> Iterator[Row]:
    """All that ships, task by task."""
    kept = _kept()
    for task in (Task.INTENT, Task.MOOD):
        for expected, by_language in kept[task].items():
            for language, texts in by_language.items():
                yield from (Row(0, task.value, text, language, expected) for text in texts)
    for language, texts in kept[Task.LANGUAGE].items():
        yield from (Row(0, Task.LANGUAGE.value, text, language, language) for text in texts)


@cache
def _kept() -> Any:
    return yaml.safe_load(files("samspill.training").joinpath("data/golden.yml").read_text("utf8"))
