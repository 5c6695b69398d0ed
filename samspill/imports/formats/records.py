"""Records of JSON exports, streamed: arrays, pages of an API, JSON Lines, and zips of these. Never a whole file."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import ijson

Record = dict[str, Any]
Open = Callable[[], IO[bytes]]
LONGEST_LINE = 32 * 1024 * 1024
NESTED = {"payload", "data", "records", "assets"}  # keys that only wrap a list


@dataclass(frozen=True)
class Found:
    """One record: in which list of which file it stands, or why it cannot be read."""

    place: str
    name: str  # of the list or file
    record: Record
    wrong: str = ""


@contextmanager
def files(path: Path) -> Iterator[list[tuple[str, Open]]]:
    """The files of an export by name, each to be opened: one, those of a folder, or those of a zip."""
    if path.is_dir():
        yield [
            (str(f.relative_to(path)), lambda f=f: f.open("rb"))
            for f in sorted(path.rglob("*"))
            if f.is_file()
        ]
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as box:
            names = sorted(info.filename for info in box.infolist() if not info.is_dir())
            yield [(name, lambda name=name: box.open(name)) for name in names]
    else:
        yield [(path.name, lambda: path.open("rb"))]


def records(name: str, opened: Open) -> Iterator[Found]:
    """Every record of one file."""
    stem = Path(name).stem.casefold()
    with opened() as stream:
        by_line = _is_lines(stream)
    with opened() as stream:
        yield from _lines(stream, stem) if by_line else _lists(stream, stem)


def _is_lines(stream: IO[bytes]) -> bool:
    line = stream.readline(LONGEST_LINE).lstrip(b"\xef\xbb\xbf")
    try:
        first = json.loads(line)
    except ValueError:
        return False
    # a page of an API has no id of its own, and its records stand in a list
    return isinstance(first, dict) and ("id" in first or not any(map(_is_list, first.values())))


def _is_list(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_is_list(one) for one in value.values())
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def _lines(stream: IO[bytes], name: str) -> Iterator[Found]:
    for number, line in enumerate(iter(lambda: stream.readline(LONGEST_LINE), b""), 1):
        text = line.strip().lstrip(b"\xef\xbb\xbf")
        if not text:
            continue
        try:
            record = json.loads(text)
        except ValueError:
            record = None
        if isinstance(record, dict):
            yield Found(f"{name}:{number}", name, record)
        else:
            yield Found(f"{name}:{number}", name, {}, "broken_json")


def _lists(stream: IO[bytes], name: str) -> Iterator[Found]:
    """Objects that stand directly in a list; a list named by a key is called so."""
    number = 0
    try:
        events = ijson.parse(_without_mark(stream), multiple_values=True, use_float=True)
        for prefix, event, _value in events:
            if event == "start_map" and prefix.endswith("item") and prefix.count("item") == 1:
                number += 1
                yield Found(f"{name}:{number}", _called(prefix, name), _build(events, prefix))
    except ijson.JSONError:
        yield Found(f"{name}:{number + 1}", name, {}, "broken_json")


def _without_mark(stream: IO[bytes]) -> IO[bytes]:
    if stream.read(3) != b"\xef\xbb\xbf":
        stream.seek(0)
    return stream


def _build(events: Iterator[tuple[str, str, Any]], prefix: str) -> Record:
    builder = ijson.ObjectBuilder()
    builder.event("start_map", None)
    for where, event, value in events:
        builder.event(event, value)
        if event == "end_map" and where == prefix:
            break
    built: Record = builder.value
    return built


def _called(prefix: str, name: str) -> str:
    keys = [key for key in prefix.split(".")[:-1] if key not in NESTED]
    return keys[-1] if keys else name
