"""The sample company's data files."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def read(name: str) -> Any:
    """The content of samspill/sample/<name>.yml."""
    text = files("samspill.sample").joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return yaml.load(text, yaml.CSafeLoader) if hasattr(yaml, "CSafeLoader") else yaml.safe_load(text)
