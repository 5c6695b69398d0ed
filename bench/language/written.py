"""Text made from what was written for this purpose: everyday sentences, dialects, Nynorsk, command patterns."""

import json
import random
import re
import zipfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bench.language.catalogues import CODES, Texts

DATA = Path(__file__).parent / "data"
_WORD = re.compile(r"\w+")
_SMALLEST = re.compile(r"\(([^()\[\]<>{}]*)\)|\[([^()\[\]<>{}]*)\]|<(\w+)>|\{([\w.]+)(?::\w+)?\}")


def everyday() -> dict[str, list[str]]:
    """Sentences customers write."""
    return {code: text.splitlines() for code, text in _data("everyday").items()}


def dialects() -> dict[str, list[str]]:
    """Words of Swiss and Bavarian German."""
    return {code: words.split() for code, words in _data("dialects").items()}


def nynorsk(text: str) -> str:
    """A Bokmål sentence in plausible Nynorsk."""
    return _WORD.sub(lambda found: _nynorsk_word(found[0]), text)


@cache
def _nynorsk_word(word: str) -> str:
    rules = _data("nynorsk")
    known = rules["words"].get(word.lower())
    if known:
        return known.capitalize() if word[0].isupper() else known
    if len(word) < 6 or word[0].isupper():
        return word
    for ending, instead in rules["endings"].items():
        if word.endswith(ending):
            return word.removesuffix(ending) + instead
    return word


@cache
def _data(name: str) -> Any:
    return yaml.safe_load((DATA / f"{name}.yaml").read_text("utf8"))


def commands(package: Path, each: int, chance: random.Random) -> Texts:
    """Sentences from the patterns of home_assistant_intents: `each` from every pattern."""
    found: Texts = defaultdict(set)
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if "/data/" in name:
                spoken = json.loads(archive.read(name))
                written = spoken["language"].lower()
                code = CODES.get(written, written.split("-")[0])
                for pattern in _patterns(spoken):
                    found[code].update(_expanded(pattern, spoken, chance) for _ in range(each))
    return found


def _patterns(spoken: dict[str, Any]) -> list[str]:
    return [
        sentence
        for intent in spoken["intents"].values()
        for block in intent["data"]
        for sentence in block["sentences"]
    ]


def _expanded(pattern: str, spoken: dict[str, Any], chance: random.Random) -> str:
    """One of the sentences a pattern stands for: (a|b) either, [a] perhaps, <rule> and {list} from elsewhere."""
    for _ in range(200):
        found = _SMALLEST.search(pattern)
        if not found:
            break
        pattern = pattern[: found.start()] + _choice(found, spoken, chance) + pattern[found.end() :]
    return " ".join(re.sub(r"[(){}\[\]<>|]", " ", pattern).split())


def _choice(found: re.Match[str], spoken: dict[str, Any], chance: random.Random) -> str:
    either, perhaps, rule, filled = found.groups()
    if either is not None:
        return chance.choice(either.split("|"))
    if perhaps is not None:
        return chance.choice([*perhaps.split("|"), ""])
    if rule is not None:
        return f"({spoken.get('expansion_rules', {}).get(rule, '')})"
    values = spoken.get("lists", {}).get(filled, {}).get("values", [])
    value = chance.choice(values) if values else ""
    return f"({value['in'] if isinstance(value, dict) else value})" if value else ""
