"""Finds personal numbers and addresses in a text, and takes them out and back in."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import phonenumbers

from samspill.intelligence import checksums

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_EMAIL = re.compile(r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![\w])")
_CARD = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}")
_ELEVEN = re.compile(r"(?<!\d)\d(?:[ ]?\d){10}(?!\d)")
_TAIWAN = re.compile(r"(?<![A-Za-z0-9])[A-Z][1289]\d{8}(?!\d)")
_SEVEN_DIGITS = re.compile(r"(?:\d\D{0,3}){7}")
_PLACEHOLDER = re.compile(r"\[[a-z_]+ \d+\]")


@dataclass(frozen=True)
class Found:
    """One piece of personal data: text[start:end]."""

    kind: str
    start: int
    end: int


def find(text: str, regions: Sequence[str] = ("NO", "DE", "TW")) -> list[Found]:
    """Every e-mail, phone, card, IBAN and national id in order; overlapping ones give way to the longest.

    `regions` are ISO 3166 codes that say how local phone numbers are read.
    """
    plain = text.translate(_FULL_WIDTH)  # one character for one, so that places stay the same
    found = [*_numbers(plain), *_ibans(plain), *_phones(plain, regions)]
    found += [Found("email", *match.span()) for match in _EMAIL.finditer(plain)]
    return _without_overlaps(found)


def _numbers(text: str) -> Iterator[Found]:
    kinds: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
        ("national_id_no", _ELEVEN, checksums.norwegian_id),
        ("national_id_de", _ELEVEN, checksums.german_tax_id),
        ("national_id_tw", _TAIWAN, checksums.taiwanese_id),
        ("card", _CARD, checksums.luhn),
    ]
    for kind, pattern, valid in kinds:
        for match in pattern.finditer(text):
            if valid(re.sub(r"[ -]", "", match.group())):
                yield Found(kind, *match.span())


def _ibans(text: str) -> Iterator[Found]:
    for match in _IBAN.finditer(text):
        length = checksums.IBAN_LENGTHS.get(match.group()[:2])
        end, value = match.start(), ""
        while end < match.end() and len(value) != length:
            value += text[end].strip()
            end += 1
        if checksums.iban(value):
            yield Found("iban", match.start(), end)


def _phones(text: str, regions: Sequence[str]) -> Iterator[Found]:
    if not _SEVEN_DIGITS.search(text):
        return
    for region in regions:
        for match in phonenumbers.PhoneNumberMatcher(text, region):
            yield Found("phone", match.start, match.end)


def _without_overlaps(found: Sequence[Found]) -> list[Found]:
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: one.start - one.end):
        if all(one.end <= other.start or other.end <= one.start for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def redact(text: str, regions: Sequence[str] = ("NO", "DE", "TW")) -> tuple[str, dict[str, str]]:
    """The text with placeholders like `[email 1]`, and what each stands for; equal values share one."""
    names: dict[str, str] = {}
    taken = set(_PLACEHOLDER.findall(text))
    parts, at = [], 0
    for one in find(text, regions):
        value = text[one.start : one.end]
        if value not in names:
            names[value] = _free_name(one.kind, taken)
        parts += [text[at : one.start], names[value]]
        at = one.end
    return "".join([*parts, text[at:]]), {name: value for value, name in names.items()}


def _free_name(kind: str, taken: set[str]) -> str:
    number = 1
    while (name := f"[{kind} {number}]") in taken:
        number += 1
    taken.add(name)
    return name


def restore(text: str, mapping: Mapping[str, str]) -> str:
    """Put the values back, also into a text written about the redacted one."""
    return _PLACEHOLDER.sub(lambda match: mapping.get(match.group(), match.group()), text)
