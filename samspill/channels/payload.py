"""Reading what an outside service posts: never trusted, never an exception."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from samspill.channels.errors import Unreadable

MOST_KEY = 150


def load(raw: bytes) -> dict[str, Any]:
    """A JSON object without what a database cannot keep. Raises Unreadable."""
    try:
        found = clean(json.loads(raw))
    except (ValueError, RecursionError):
        raise Unreadable("garbled") from None
    if not isinstance(found, dict):
        raise Unreadable("garbled")
    return found


def dump(entry: Mapping[str, Any]) -> bytes:
    """An entry of a batch as it is kept."""
    return json.dumps(entry, separators=(",", ":")).encode()


def clean(value: Any) -> Any:
    """The same without NUL and half characters, in every text it holds."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "ignore").decode()
    if isinstance(value, dict):
        return {clean(name): clean(part) for name, part in value.items()}
    return [clean(part) for part in value] if isinstance(value, list) else value


def part(found: Any, *names: str) -> dict[str, Any]:
    """The object at `a`, `b` …; an empty one where there is none."""
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def parts(found: Any, name: str) -> list[dict[str, Any]]:
    """The objects of a list; whatever else it holds is left out."""
    rows = found.get(name) if isinstance(found, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def word(found: Any, name: str, most: int = 400) -> str:
    """A text or number as text, empty where there is neither."""
    value = found.get(name) if isinstance(found, dict) else None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    return str(value)[:most]


def number(found: Any, name: str) -> int:
    """A whole number, 0 where there is none."""
    text = word(found, name, 18)
    return int(text) if text.isascii() and text.isdigit() else 0


def key(*names: object) -> str:
    """The key of a delivery: its kind and the service's ids, shortened by a hash where they are too long."""
    kind, *ids = (str(name) for name in names)
    whole = ":".join(ids)
    if len(whole) > MOST_KEY:
        whole = hashlib.sha256(whole.encode()).hexdigest()
    return f"{kind}:{whole}"


def digest(entry: Mapping[str, Any]) -> str:
    """What stands for an entry that has no id of its own: the same content is the same delivery."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True).encode()).hexdigest()[:40]
