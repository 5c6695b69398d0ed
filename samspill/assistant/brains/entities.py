"""Finds slot values inside what a customer wrote."""

import re
from collections.abc import Iterator
from functools import cache

from samspill.assistant.brains.words import yes_or_no
from samspill.flows.commands import Set, Value
from samspill.flows.flow import Flow, Slot
from samspill.flows.state import Run
from samspill.flows.texts import locale
from samspill.flows.values import Surroundings, accept, choices_of, find_email, find_phone, find_when, plain

_CODE = re.compile(r"(?<!\d)\d(?:[ -]?\d){5}(?!\d)")
_CJK = re.compile(r"[㐀-鿿]")
_COUNTRY_TONGUES = ("nb", "de", "zh-Hant", "en")


def open_answer(slot: Slot, text: str, around: Surroundings) -> Value | None:
    """The answer to the open question, read generously because we asked for it."""
    if slot.type == "text":
        return None
    if slot.type == "order_number":
        return next(iter(around.numbers.find(text) or around.numbers.find_bare(text)), None)
    if slot.type == "yes_no":
        return yes_or_no(text, around.language)
    return accept(slot, text, around) or _inside(slot, text, around)


def mentioned(flow: Flow, text: str, around: Surroundings, run: Run | None = None) -> Iterator[Set]:
    """Values a customer gave without being asked; only those that cannot be mistaken."""
    asked = {name for name, slot in flow.slots.items() if flow.where_asked(name) or slot.optional}
    for name in sorted(asked):
        value = _unasked(flow.slots[name], text, around)
        if value is not None and (run is None or run.slots.get(name) != value):
            yield Set(name, value)


def _unasked(slot: Slot, text: str, around: Surroundings) -> Value | None:
    if slot.type == "order_number":
        return next(iter(around.numbers.find(text)), None)
    if slot.type in ("email", "phone", "choice", "order_line", "country"):
        return _inside(slot, text, around)
    return None


def _inside(slot: Slot, text: str, around: Surroundings) -> Value | None:
    match slot.type:
        case "email":
            return find_email(text)
        case "phone":
            return find_phone(text, around)
        case "code":
            found = _CODE.search(text)
            return accept(slot, found[0], around) if found else None
        case "date" | "time" | "moment":
            return find_when(slot.type, text, around)
        case "choice" | "order_line":
            return _choice(slot, text, around)
        case "country":
            return _country(text, around.language)
    return None


def _choice(slot: Slot, text: str, around: Surroundings) -> str | None:
    """The one choice whose words occur; two different ones are no answer."""
    wanted = plain(text)
    labels = [(choice.value, choice.label) for choice in choices_of(slot, around)]
    words = [
        (option.value, word)
        for option in slot.choices
        for listed in [*option.words.values(), tuple(option.label.values())]
        for word in listed
    ]
    found = {value for value, word in [*labels, *words] if _occurs(plain(word), wanted)}
    if len(found) == 1:
        return found.pop()
    return _by_name(labels, wanted) if slot.choices_from and not found else None


def _by_name(labels: list[tuple[str, str]], wanted: str) -> str | None:
    """One word of a product's name is enough where no other product shares it."""
    found = {
        value
        for value, label in labels
        for word in plain(label).split()
        if len(word) > 2 and _occurs(word, wanted)
    }
    return found.pop() if len(found) == 1 else None


def _country(text: str, language: str) -> str | None:
    wanted = plain(text)
    for tongue in dict.fromkeys((language, *_COUNTRY_TONGUES)):
        for code, name in _countries(tongue):
            if name in wanted and _occurs(name, wanted):
                return code
    return None


@cache
def _countries(tongue: str) -> tuple[tuple[str, str], ...]:
    territories = locale(tongue).territories.items()
    return tuple((str(code), plain(name)) for code, name in territories if len(code) == 2 and code.isalpha())


def _occurs(word: str, text: str) -> bool:
    if not word:
        return False
    if _CJK.search(word):
        return word in text
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
