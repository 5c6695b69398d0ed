"""A table as people save it: any usual encoding, any usual delimiter, one row at a time."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import IO

SAMPLE = 256 * 1024
DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp950", "cp1252")  # tried in this order; the last one reads anything


def open_table(path: Path) -> IO[str]:
    """The file as text."""
    stream = path.open("rb")
    sample = stream.read(SAMPLE)
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding(sample), errors="replace", newline="")


def read(path: Path) -> Iterator[list[str]]:
    """The rows of a table, its head first."""
    csv.field_size_limit(16 * 1024 * 1024)
    with open_table(path) as lines:
        sample = lines.read(SAMPLE)
        lines.seek(0)
        yield from csv.reader((line.replace("\0", "") for line in lines), delimiter=delimiter(sample))


def encoding(sample: bytes) -> str:
    """How the bytes are to be read as text."""
    if sample[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    for name in ENCODINGS[:-1]:
        try:
            sample.decode(name)
        except UnicodeDecodeError as error:
            if error.end >= len(sample) - 4 and name == "utf-8-sig" and len(sample) == SAMPLE:
                return name  # only cut in the middle of a letter
            continue
        if name != "cp950" or _looks_chinese(sample.decode(name)):
            return name
    return ENCODINGS[-1]


def _looks_chinese(text: str) -> bool:
    """Western letters read as Big5 give a few odd signs; Chinese text is full of common ones."""
    foreign = [sign for sign in text if ord(sign) > 0x7F]
    chinese = sum("\u4e00" <= sign <= "\u9fff" for sign in foreign)
    return bool(foreign) and chinese > 0.8 * len(foreign) and chinese > 0.05 * len(text)


def delimiter(sample: str) -> str:
    """The sign between the fields: the one that most heads and rows agree on."""
    lines = sample.splitlines()[:20]
    return max(DELIMITERS, key=lambda sign: _agreement(lines, sign))


def _agreement(lines: list[str], sign: str) -> tuple[float, int]:
    counts = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
    if not counts or counts[0] < 2:
        return 0.0, 0
    return sum(count == counts[0] for count in counts) / len(counts), counts[0]
