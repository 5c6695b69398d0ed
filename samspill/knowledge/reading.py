"""Articles in files: Markdown folders, HTML pages, JSON Lines. Nothing is written here."""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from samspill.kit import languages
from samspill.knowledge.from_html import markdown_of

THEIR_NAMES = {"no": "nb", "zh": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-cn": "zh-Hans"}
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.M)


@dataclass(frozen=True)
class Page:
    """One text from outside; `source` names its article, the same in every language."""

    source: str
    language: str
    title: str
    body: str
    summary: str = ""
    category: str = ""


@dataclass(frozen=True)
class Skipped:
    """A text that cannot become an article, and why."""

    source: str
    reason: str


def read(path: Path, language: str = "") -> Iterator[Page | Skipped]:
    """Everything under `path`; `language` holds where a text does not say its own."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    for file in files:
        name = file.relative_to(path if path.is_dir() else path.parent)
        if file.name.removesuffix(".gz").endswith(".jsonl"):
            yield from _lines(file, language)
        elif file.suffix in {".md", ".markdown"} and file.stem.lower() != "readme":
            yield _checked(_markdown(name, _text(file)), language)
        elif file.suffix in {".html", ".htm"}:
            yield _checked(_html(name, _text(file)), language)


def _lines(file: Path, language: str) -> Iterator[Page | Skipped]:
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError:
                yield Skipped(f"{file.name}:{number}", "this line is not JSON")
                continue
            if isinstance(row, dict) and "text" in row:
                yield _checked(_row(row, f"{file.name}:{number}"), language)
            else:
                yield Skipped(f"{file.name}:{number}", "there is no text")


def _row(row: dict[str, Any], place: str) -> dict[str, str]:
    source = str(row.get("group") or row.get("id") or place)
    kept = {name: str(row.get(name) or "") for name in ("title", "summary", "category")}
    return kept | {"source": source, "language": str(row.get("lang") or ""), "body": str(row["text"])}


def _markdown(name: Path, text: str) -> dict[str, str]:
    facts: dict[str, Any] = {}
    if text.startswith("---\n") and "\n---" in text[4:]:
        head, text = text[4:].split("\n---", 1)
        facts = _facts(head)
    folder, source = _language_folder(name)
    kept = {key: str(facts.get(key) or "") for key in ("title", "summary", "category")}
    return kept | {"source": source, "language": str(facts.get("language") or folder), "body": text.strip()}


def _facts(head: str) -> dict[str, Any]:
    try:
        facts = yaml.safe_load(head)
    except yaml.YAMLError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _html(name: Path, text: str) -> dict[str, str]:
    folder, source = _language_folder(name)
    title, spoken, body = markdown_of(text)
    return {"source": source, "language": spoken or folder, "title": title, "body": body}


def _language_folder(name: Path) -> tuple[str, str]:
    """nb/delivery/cost.md is the Norwegian text of the article delivery/cost."""
    parts = name.with_suffix("").parts
    if len(parts) > 1 and _code(parts[0]):
        return parts[0], "/".join(parts[1:])
    return "", "/".join(parts)


def _checked(facts: dict[str, str], language: str) -> Page | Skipped:
    code = _code(facts["language"] or language)
    if not code:
        return Skipped(
            facts["source"], f"its language ({facts['language'] or language or 'none'}) is not known"
        )
    if not facts["body"].strip():
        return Skipped(facts["source"], "it is empty")
    title, body = _titled(facts["title"], facts["body"])
    return Page(facts["source"], code, title, body, facts.get("summary", ""), facts.get("category", ""))


def _titled(title: str, body: str) -> tuple[str, str]:
    """A text without a title gets its first heading, which then leaves the text, or its first words."""
    heading = _HEADING.search(body)
    if not title and heading and not body[: heading.start()].strip():
        title, body = heading.group(1), body[heading.end() :]
    first = " ".join(body.split())[:80]
    return (title or first).strip()[:200], body.strip() or title


def _code(name: str) -> str:
    found = THEIR_NAMES.get(name.lower(), name)
    return next(
        (code for code in (found, found.split("-")[0]) if code in languages.NAMES and code != "und"), ""
    )


def _text(file: Path) -> str:
    return file.read_text(encoding="utf8", errors="replace")
