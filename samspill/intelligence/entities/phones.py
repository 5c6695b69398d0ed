"""Telephone numbers. A number is only tried where its shape is one that region uses: trying is what costs."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from samspill.intelligence.entities.entity import Entity

_RUN = re.compile(
    r"(?<![\w.,/:#€$£¥@-])(?:\+|00)?\(?\d(?:[ \u00a0./()-]{0,2}\d){6,15}(?![\w€$£¥%@]|[.,:/-]\d)", re.ASCII
)
_DIGIT = re.compile(r"\d", re.ASCII)
_DATE = re.compile(r"\d{1,2}[./-] ?\d{1,2}[./-] ?\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}")
_GROUPED = re.compile(r"\d{1,3}(?:[ .]\d{3}){1,3}(?!\d)")  # 1 299 000 is money or a count
_SHAPES = {
    "NO": re.compile(r"[2-9]\d{7}"),
    "DK": re.compile(r"[2-9]\d{7}"),
    "SE": re.compile(r"0[1-9]\d{6,9}"),
    "FI": re.compile(r"0[1-9]\d{5,10}"),
    "DE": re.compile(r"0[1-9]\d{5,12}"),
    "NL": re.compile(r"0[1-9]\d{8}"),
    "GB": re.compile(r"0[1-9]\d{8,9}"),
    "FR": re.compile(r"0[1-9]\d{8}"),
    "TW": re.compile(r"0[2-9]\d{6,8}"),
    "US": re.compile(r"1?[2-9]\d{2}[2-9]\d{6}"),
}
_OTHERWISE = re.compile(
    r"(?<![a-z])(?:ordre|order|bestilling|bestellung|auftrag|sporing|tracking|sendung|kolli|paket|faktura|invoice|rechnung|kunde|"
    r"kunden|customer|artikkel|artikel|article|serie|serial|sak|ref|konto|account|訂單|追蹤|單號|編號|發票|帳號)"
    r"[\w.-]{0,12}(?:\s(?:er|is|ist|no|nr|number|nummer))?[\s.:：#]{0,3}$",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"(?<![a-zæøåäöü])(?:tlf|tel|telefon|phone|mobil|mobile|ring|call|anrufen|handy|電話|手機)\w*[\s.:：]{0,3}$",
    re.I,
)


def find_phones(text: str, regions: Sequence[str]) -> Iterator[Entity]:
    """Numbers that exist, with the E.164 form; dates, sums and numbers called otherwise are left alone."""
    if len(_DIGIT.findall(text)) < 7:
        return
    for hit in _RUN.finditer(text):
        run, before = hit[0].rstrip(" ()./-"), text[max(0, hit.start() - 32) : hit.start()]
        digits = re.sub(r"\D", "", run)
        if _is_other(run, before):
            continue
        value = next(_numbers(run, digits, regions), None)
        if value:
            yield Entity("phone", hit.start(), hit.start() + len(run), value)


def _is_other(run: str, before: str) -> bool:
    if run[0] == "+" or _SAID.search(before):
        return False
    return bool(_DATE.fullmatch(run) or _GROUPED.fullmatch(run) or _OTHERWISE.search(before))


def _numbers(run: str, digits: str, regions: Sequence[str]) -> Iterator[str]:
    if run[0] == "+" or digits.startswith("00"):
        yield from _parsed("+" + digits.removeprefix("00"), None)
        return
    for region in dict.fromkeys((*regions, *(("US",) if _american(run) else ()))):
        shape = _SHAPES.get(region)
        if shape is None or shape.fullmatch(digits):
            yield from _parsed(digits, region)


def _american(run: str) -> bool:
    return re.fullmatch(r"\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}", run) is not None


def _parsed(number: str, region: str | None) -> Iterator[str]:
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return
    if phonenumbers.is_valid_number(found):
        yield phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
