"""What a slot accepts: turns an answer into a value, or says no."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from samspill.flows.commands import Value
from samspill.flows.flow import LANGUAGES, Slot
from samspill.flows.spans import meant
from samspill.flows.state import Choice
from samspill.flows.texts import locale, look_up, pick
from samspill.intelligence.entities.context import Context
from samspill.intelligence.entities.email import find_emails
from samspill.intelligence.entities.entity import Entity
from samspill.intelligence.entities.numbers import OrderNumbers
from samspill.intelligence.entities.phones import find_phones
from samspill.intelligence.entities.times import find_times

LONGEST = 1_000
_NUMBER = re.compile(r"-?\d{1,12}(?:[.,]\d{1,6})?")
_DIALLED = re.compile(r"(?<!\w)[+(]{0,2}\d[\d ()./-]{1,24}")
FEW = 6  # digits from which a number in a sentence may be meant to be called


@dataclass(frozen=True)
class Surroundings:
    """What a value is read against: language, moment, country, the company's order numbers, the run's data."""

    language: str = "en"
    now: str = ""
    numbers: OrderNumbers = field(default_factory=OrderNumbers)
    data: Mapping[str, Any] | None = None
    country: str = "NO"

    def context(self, *expects: str) -> Context:
        """The same for finding entities; a fixed moment when none was given, so that replays agree."""
        try:
            now = datetime.fromisoformat(self.now)
        except ValueError:
            now = datetime(2000, 1, 1, tzinfo=UTC)
        return Context(self.language, self.country, now, self.numbers, expects=frozenset(expects))


def accept(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    """The value in its own form, or None when the slot cannot take it."""
    if isinstance(raw, str):
        raw = unicodedata.normalize("NFKC", raw[:LONGEST]).strip()
    reader = _READERS.get(slot.type)
    return reader(slot, raw, around) if reader else None


def choices_of(slot: Slot, around: Surroundings) -> list[Choice]:
    """The buttons of a choice, those from data first; a fixed one of the same value only lends its words."""
    rows = look_up(slot.choices_from, around.data or {}) if slot.choices_from else []
    dynamic = [_from_row(row) for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    fixed = [Choice(label=pick(option.label, around.language), value=option.value) for option in slot.choices]
    found = [choice for choice in dynamic if choice.value]
    known = {choice.value for choice in found}
    return found + [choice for choice in fixed if choice.value not in known]


def same(one: str, other: str) -> bool:
    """Whether two short texts are the same for a reader."""
    return plain(one) == plain(other)


def plain(text: str) -> str:
    """Lower case, one width, no punctuation at the ends."""
    return unicodedata.normalize("NFKC", text).casefold().strip(" \t\n.,!?;:…。！？，、\"'«»()")


def find_email(text: str) -> str | None:
    """The first e-mail address in a text, in lower case."""
    return next((found.value for found in find_emails(unicodedata.normalize("NFKC", text))), None)


def find_phone(text: str, around: Surroundings) -> str | None:
    """The first phone number a text names, as +47…, read as the writer's country writes them."""
    found = find_phones(unicodedata.normalize("NFKC", text), around.context().regions)
    return next((one.value for one in found), None)


def find_when(kind: str, text: str, around: Surroundings) -> str | None:
    """The first day, hour or moment a text names, for a slot of type `date`, `time` or `moment`."""
    wanted = {"date": ("date", "datetime"), "time": ("time", "datetime"), "moment": ("datetime",)}[kind]
    for found in find_times(text, around.context(kind)):
        if found.kind.removesuffix("_range") in wanted:
            return _as(kind, found)
    return None


def _as(kind: str, found: Entity) -> str:
    begins = found.value.split("/")[0]
    if kind == "date":
        return begins[:10]
    return begins[11:16] if kind == "time" and "T" in begins else begins


def find_country(text: str, language: str) -> str | None:
    """The country a text names in any of the house's languages, as its two-letter code."""
    wanted = plain(text)
    if len(wanted) == 2 and wanted.isascii():
        code = wanted.upper()
        return code if code in locale("en").territories else None
    for tongue in dict.fromkeys((language, *LANGUAGES)):
        for code, name in locale(tongue).territories.items():
            if len(code) == 2 and code.isalpha() and plain(name) == wanted:
                return str(code)
    return None


def _from_row(row: Mapping[str, Any]) -> Choice:
    value = row.get("value") or row.get("id") or row.get("sku") or ""
    label = row.get("label") or row.get("name") or value
    return Choice(label=str(label), value=str(value))


def _text(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    return str(raw) or None


def _choice(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    if isinstance(raw, bool):
        return None
    wanted = plain(str(raw))
    options = choices_of(slot, around)
    for choice in options:
        if wanted in (plain(choice.value), plain(choice.label)):
            return choice.value
    return _by_words(slot, wanted) or _by_place(wanted, options) or _by_time(slot, str(raw), around)


def _by_words(slot: Slot, wanted: str) -> str | None:
    for option in slot.choices:
        listed = [word for words in option.words.values() for word in words]
        if wanted in {plain(word) for word in [*listed, *option.label.values()]}:
            return option.value
    return None


def _by_place(wanted: str, options: list[Choice]) -> str | None:
    if wanted.isascii() and wanted.isdigit() and len(wanted) <= 2 and 0 < int(wanted) <= len(options):
        return options[int(wanted) - 1].value
    return None


def _by_time(slot: Slot, text: str, around: Surroundings) -> str | None:
    """Where the choices are spans of time: the one that holds the day or hour the text names."""
    rows = look_up(slot.choices_from, around.data or {}) if slot.choices_from else None
    if not isinstance(rows, list):
        return None
    return meant([row for row in rows if isinstance(row, Mapping)], text, around.context("moment"))


def _yes_no(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    if isinstance(raw, bool):
        return raw
    return {"yes": True, "true": True, "no": False, "false": False}.get(plain(str(raw)))


def _order_number(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    if isinstance(raw, float | bool):
        return None
    return around.numbers.read(str(raw))


def _email(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    text = str(raw).strip().lower()
    return text if find_email(text) == text else None


def _phone(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    """A number as +47…; one that is none as it was typed, so that a tool can say what is wrong with it."""
    text = str(raw)
    if (found := find_phone(text, around)) or around.numbers.find(text):
        return found
    typed = _DIALLED.search(text)
    if typed is None:
        return None
    digits = re.sub(r"\D", "", typed[0])
    return typed[0].strip() if len(digits) >= FEW or typed[0].strip() == text else None


def _number(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    if isinstance(raw, bool):
        return None
    match = _NUMBER.fullmatch(str(raw).strip())
    if not match:
        return None
    value = float(match[0].replace(",", "."))
    return int(value) if value.is_integer() else value


def _when(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    return find_when(slot.type, str(raw), around)


def _country(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    return find_country(str(raw), around.language)


def _code(slot: Slot, raw: Value, around: Surroundings) -> Value | None:
    digits = re.sub(r"[\s-]", "", str(raw))
    return digits if re.fullmatch(r"[0-9]{6}", digits) else None


_READERS: Mapping[str, Callable[[Slot, Value, Surroundings], Value | None]] = {
    "text": _text,
    "choice": _choice,
    "order_line": _choice,
    "yes_no": _yes_no,
    "order_number": _order_number,
    "email": _email,
    "phone": _phone,
    "number": _number,
    "date": _when,
    "time": _when,
    "moment": _when,
    "country": _country,
    "code": _code,
}
