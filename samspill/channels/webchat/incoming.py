"""What a browser sends when its visitor says something."""

import json
import re
from dataclasses import dataclass

LONGEST = 4000
MOST_FILES = 6
ASKS = {"person"}
_ID = re.compile(r"[\w-]{8,64}")


class Refused(Exception):
    """The delivery cannot be taken as it is; `code` names the reason."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Incoming:
    """One thing said; `id` is made by the browser and stays the same when it is sent again."""

    id: str
    text: str
    page: str = ""
    value: str = ""
    asks: str = ""
    files: tuple[str, ...] = ()

    @property
    def extras(self) -> dict[str, object]:
        """What goes beside the text."""
        return {name: value for name in ("value", "asks") if (value := getattr(self, name))}


def parse(raw: bytes) -> Incoming:
    """Read a delivery. Raises Refused."""
    body = parse_object(raw)
    incoming = Incoming(
        id=word(body, "id", 64),
        text=word(body, "text", LONGEST + 1),
        page=word(body, "page", 400),
        value=word(body, "value", 200),
        asks=word(body, "asks", 20),
        files=_files(body),
    )
    _check(incoming)
    return incoming


def parse_object(raw: bytes) -> dict[str, object]:
    """A JSON object. Raises Refused."""
    try:
        body = json.loads(raw or b"{}")
    except (ValueError, RecursionError):
        raise Refused("garbled") from None
    if not isinstance(body, dict):
        raise Refused("garbled")
    return body


def word(body: dict[str, object], name: str, most: int) -> str:
    """A text of the object, cut to `most`, without what a database cannot keep; empty when missing."""
    value = body.get(name, "")
    if not isinstance(value, str):
        raise Refused("garbled")
    return value.replace("\0", "").encode("utf-8", "ignore").decode().strip()[:most]


def _files(body: dict[str, object]) -> tuple[str, ...]:
    keys = body.get("files", [])
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise Refused("garbled")
    return tuple(dict.fromkeys(key.replace("\0", "")[:40] for key in keys))


def _check(incoming: Incoming) -> None:
    if not _ID.fullmatch(incoming.id) or (incoming.asks and incoming.asks not in ASKS):
        raise Refused("garbled")
    if not incoming.text and not incoming.files:
        raise Refused("empty")
    if len(incoming.text) > LONGEST:
        raise Refused("too_long")
    if len(incoming.files) > MOST_FILES:
        raise Refused("too_many_files")
