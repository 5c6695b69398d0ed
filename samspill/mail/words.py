"""What mail programs and people write around a mail, in every language we know: one YAML file each in `languages`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "languages"
FROM, SENT, TO, SUBJECT = "from", "sent", "to", "subject"
# scripts that put no space between words
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True)
class Words:
    """The tables of all languages together; every entry in small letters, patterns are for text in small letters."""

    verbs: re.Pattern[str]  # "wrote"
    verb_languages: Mapping[str, frozenset[str]]  # who says it so
    ours: Mapping[str, re.Pattern[str]]  # per language: words that show that a person speaks, not a program
    quoting: tuple[str, ...]  # "quoting", at the start
    leads: tuple[str, ...]  # "on", at the start
    headers: Mapping[str, str]  # name of a header → from, sent, to, cc, subject, more
    original: tuple[str, ...]
    forwarded: tuple[str, ...]
    above: tuple[str, ...]
    devices: tuple[tuple[str, str], ...]  # what stands before and after the device
    apps: tuple[tuple[str, str], ...]  # "get {app}"
    device_starts: tuple[str, ...]
    device_ends: tuple[str, ...]
    closings: frozenset[str]
    disclaimers: tuple[str, ...]
    footers: tuple[str, ...]
    reply: frozenset[str]
    forward: frozenset[str]


@cache
def words() -> Words:
    """All tables, read once."""
    tables = _tables()
    devices, apps = tuple(_around(_all(tables, "devices"))), tuple(_around(_all(tables, "apps")))
    return Words(
        verbs=pattern(_all(tables, "wrote")),
        verb_languages=_verb_languages(tables),
        ours={name: _people(table.get("ours", [])) for name, table in tables.items()},
        quoting=tuple(_all(tables, "quoting")),
        leads=tuple(_all(tables, "lead")),
        headers=_headers(tables),
        original=tuple(_all(tables, "original")),
        forwarded=tuple(_all(tables, "forwarded")),
        above=tuple(_all(tables, "above")),
        devices=devices,
        apps=apps,
        device_starts=tuple(before for before, _ in devices + apps if before),
        device_ends=tuple(after.rstrip(" .") for _, after in devices + apps if after),
        closings=frozenset(_all(tables, "closings")),
        disclaimers=tuple(_all(tables, "disclaimers")),
        footers=tuple(_all(tables, "footers")),
        reply=frozenset(_all(tables, "reply")),
        forward=frozenset(_all(tables, "forward")),
    )


def pattern(entries: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all entries, the longest first; whole words where the script has words."""
    longest = sorted(entries, key=len, reverse=True)
    spaced = "|".join(re.escape(entry) for entry in longest if not UNSPACED.search(entry))
    unspaced = "|".join(re.escape(entry) for entry in longest if UNSPACED.search(entry))
    return re.compile(
        "|".join(filter(None, [rf"(?<!\w)(?:{spaced})(?!\w)" if spaced else "", unspaced])) or r"(?!)"
    )


def _bounded(entry: str) -> str:
    escaped = re.escape(entry)
    return escaped if UNSPACED.search(entry) else rf"(?<!\w){escaped}(?!\w)"


def _people(entries: Iterable[str]) -> re.Pattern[str]:
    """Like `pattern`, but "I." may be an initial."""
    return re.compile("|".join(rf"{_bounded(entry)}(?!\.)" for entry in entries) or r"(?!)")


@cache
def _tables() -> dict[str, dict[str, Any]]:
    return {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}


def _all(tables: Mapping[str, Mapping[str, Any]], key: str) -> Iterator[str]:
    """Every entry once, the longest first."""
    found = {entry.casefold() for table in tables.values() for entry in table.get(key, [])}
    yield from sorted(found, key=lambda entry: (-len(entry), entry))


def _verb_languages(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, table in tables.items():
        for verb in table.get("wrote", []):
            found.setdefault(verb.casefold(), set()).add(name)
    return {verb: frozenset(names) for verb, names in found.items()}


def _headers(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for table in tables.values():
        for kind, names in table.get("header", {}).items():
            for name in names:
                found.setdefault(name.casefold(), kind)
    return found


def _around(entries: Iterable[str]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        before, _, after = entry.partition("{}")
        yield before, after
