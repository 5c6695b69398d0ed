"""What stands around an answer by mail, in the mail's own language."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import yaml

from samspill.kit import languages

_HAN = re.compile(r"[぀-ヿ㐀-鿿가-힯]")
_COMPANY = re.compile(
    r"\d|@|\b(?:as|asa|gmbh|ag|kg|ltd|llc|inc|ab|oy|bv|sarl|team|service|support|info)\b", re.I
)


def phrase(language: str, name: str, **values: str) -> str:
    """A sentence of data/mail.yml, else in the language of the house nearest to it."""
    found = known(language).get(name) or known(languages.spoken(language))[name]
    return str(found).format(**values)


def known(language: str) -> Mapping[str, Any]:
    """All phrases of a language; English where there are none."""
    return _phrases().get(language) or _phrases()["en"]


def greeting(language: str, name: str, *, formal: bool) -> str:
    """How the reply begins: with the name where there is one that a person bears."""
    hellos, called = known(language)["hello"], person(name)
    if not called:
        return str(hellos["nobody"])
    said = first_name(called) if known(language)["name"] == "first" else called
    pattern = hellos.get("formal", hellos["plain"]) if formal else hellos["plain"]
    return str(pattern).format(name=said, whole=called)


def person(name: str) -> str:
    """A person's name in the order it is spoken; "" where it is a company's, an address or nothing."""
    name = " ".join(name.strip(" \"'<>").split())
    if "," in name:
        family, _sep, given = name.partition(",")
        name = f"{given.strip()} {family.strip()}".strip()
    if not name or _COMPANY.search(name):
        return ""
    return name if _HAN.search(name) or 1 <= len(name.split()) <= 4 else ""


def first_name(name: str) -> str:
    """What friends say; the whole name where names are not cut that way."""
    return name if _HAN.search(name) else name.split()[0]


def joined(texts: Sequence[str], language: str) -> str:
    """Sentences in one paragraph each line of a list on its own."""
    space = "" if language.startswith(("zh", "ja")) else " "
    return _tidy(space.join(texts)) if all("\n" not in text for text in texts) else "\n".join(texts)


def _tidy(text: str) -> str:
    return re.sub(r" {2,}", " ", text).strip()


@cache
def _phrases() -> Mapping[str, Mapping[str, Any]]:
    file = resources.files("samspill.assistant").joinpath("data/mail.yml")
    loaded: Mapping[str, Mapping[str, Any]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return loaded
