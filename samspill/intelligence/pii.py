"""Finds what tells who somebody is, and takes it out and back in."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from samspill.intelligence import checksums
from samspill.intelligence.entities.addresses import find_addresses
from samspill.intelligence.entities.email import find_emails
from samspill.intelligence.entities.entity import Entity, without_overlaps
from samspill.intelligence.entities.names import find_names
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.phones import find_phones
from samspill.intelligence.entities.plain import narrow

REGIONS = ("NO", "DE", "TW")
KINDS = (
    "email", "phone", "name", "address", "card", "iban", "account", "national_id_no", "national_id_de",
    "national_id_tw", "national_id_dk", "national_id_se", "national_id_fi",
)  # fmt: skip
_CARD = re.compile(r"(?<![\d.,-])\d(?:[ -]?\d){12,18}(?![\d]|-\d)")
_IBAN = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
_ELEVEN = re.compile(r"(?<![\d.,])\d(?:[ ]?\d){10}(?!\d)")
_ACCOUNT = re.compile(
    r"(?<![\d.,])\d{4}(?P<gap>[. ])\d\d(?P=gap)\d{5}(?!\d)"
    r"|(?:konto|kto|account)[\w.: ]{0,16}?(?<!\d)(?P<bare>\d{11})(?!\d)",
    re.I,
)
_TAIWAN = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-D1289]\d{8}(?!\d)", re.IGNORECASE)
_DANISH = re.compile(r"(?<![\d-])\d{6}-\d{4}(?![\d-])")
_SWEDISH = re.compile(r"(?<![\d-])(?:19|20)?\d{6}[-+]\d{4}(?![\d-])")
_FINNISH = re.compile(r"(?<![\w-])\d{6}[-+A]\d{3}[0-9A-Y](?!\w)")
_PLACEHOLDER = re.compile(r"\[[a-z_]+ \d+\]")
_DIGIT_RUN = re.compile(r"\d(?:[ .-]?[\dA-Da-d]){7}")
_CHECKED: list[tuple[str, re.Pattern[str], Callable[[str], bool]]] = [
    ("national_id_no", _ELEVEN, checksums.norwegian_id),
    ("national_id_de", _ELEVEN, checksums.german_tax_id),
    ("national_id_tw", _TAIWAN, checksums.taiwanese_id),
    ("national_id_se", _SWEDISH, checksums.swedish_id),
    ("national_id_dk", _DANISH, checksums.danish_id),
    ("national_id_fi", _FINNISH, checksums.finnish_id),
    ("card", _CARD, checksums.card),
]


def find(
    text: str,
    regions: Sequence[str] = REGIONS,
    *,
    known: Sequence[str] = (),
    numbers: OrderNumbers | None = None,
) -> list[Entity]:
    """Every piece of personal data in order, the longest first where two overlap; kinds are those in KINDS.

    `regions` are ISO 3166 codes that say how local phone numbers are read, `known` names and addresses the caller
    has on record, `numbers` the company's own order numbers, which are nobody's phone.
    """
    plain = narrow(text)
    ours = [Entity("", start, end) for start, end, _ in numbers.spans(plain)] if numbers else []
    found = [*ours, *_numbers(plain, regions), *find_addresses(plain), *find_names(plain, known)]
    return [one for one in without_overlaps(found) if one.kind]


def find_numbers(text: str, regions: Sequence[str] = REGIONS) -> list[Entity]:
    """The same without names and postal addresses, which need sentences around them."""
    return without_overlaps(list(_numbers(narrow(text), regions)))


def _numbers(text: str, regions: Sequence[str]) -> Iterator[Entity]:
    """`text` is in ordinary width, one character for one, so that places are those of the original."""
    yield from find_emails(text)
    if not _DIGIT_RUN.search(text):
        return
    for kind, pattern, valid in _CHECKED:
        for match in pattern.finditer(text):
            if valid(re.sub(r"[ +-]", "", match.group()).upper()):
                yield Entity(kind, *match.span(), match.group())
    yield from _ibans(text)
    yield from _accounts(text)
    yield from find_phones(text, regions)


def _ibans(text: str) -> Iterator[Entity]:
    for match in _IBAN.finditer(text):
        length = checksums.IBAN_LENGTHS.get(match.group()[:2].upper())
        end, value = match.start(), ""
        while end < match.end() and len(value) != length:
            value += text[end].strip(" -").upper()
            end += 1
        if checksums.iban(value):
            yield Entity("iban", match.start(), end, value)


def _accounts(text: str) -> Iterator[Entity]:
    for match in _ACCOUNT.finditer(text):
        span = match.span("bare") if match["bare"] else match.span()
        value = re.sub(r"[. ]", "", text[slice(*span)])
        if checksums.norwegian_account(value):
            yield Entity("account", *span, value)


class Mask:
    """Takes personal data out of texts that belong together; equal values share one placeholder like `[email 1]`."""

    def __init__(
        self,
        regions: Sequence[str] = REGIONS,
        *,
        known: Sequence[str] = (),
        numbers: OrderNumbers | None = None,
    ) -> None:
        self.regions, self.known, self.numbers = regions, known, numbers
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def hide(self, text: str) -> str:
        """The text with placeholders; one that stood in a text before is never given out."""
        self._taken |= set(_PLACEHOLDER.findall(text))
        parts, at = [], 0
        for one in find(text, self.regions, known=self.known, numbers=self.numbers):
            parts += [text[at : one.start], self._name(one.kind, text[one.start : one.end])]
            at = one.end
        return "".join([*parts, text[at:]])

    def _name(self, kind: str, value: str) -> str:
        if value not in self._names:
            self._names[value] = _free_name(kind, self._taken)
        return self._names[value]

    @property
    def mapping(self) -> dict[str, str]:
        """What each placeholder stands for; it stays with the caller."""
        return {name: value for value, name in self._names.items()}


def redact(text: str, regions: Sequence[str] = REGIONS) -> tuple[str, dict[str, str]]:
    """The text with placeholders like `[email 1]`, and what each stands for."""
    mask = Mask(regions)
    return mask.hide(text), mask.mapping


def _free_name(kind: str, taken: set[str]) -> str:
    number = 1
    while (name := f"[{kind} {number}]") in taken:
        number += 1
    taken.add(name)
    return name


def restore(text: str, mapping: Mapping[str, str]) -> str:
    """Put the values back, also into a text written about the redacted one."""
    return _PLACEHOLDER.sub(lambda match: mapping.get(match.group(), match.group()), text)
