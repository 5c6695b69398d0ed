"""What the adapter learns from: labelled sentences, translations, and questions with the passage that answers."""

import gettext
import io
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from samspill.intelligence.packs import read_rows

# All under CC BY, CC0, Apache-2.0, MIT, BSD, MPL, ISC or CDLA. BANKING77, xSID, faq_cwa and faq_skatteetaten stay
# out: they prove that the adapter helps where it never looked.
INTENTS = {
    "clinc": ("intent_clinc150/train.jsonl.gz",),
    "assistant": (
        "intent_hwu64/train.jsonl",
        "intent_massive_de/train.jsonl.gz",
        "intent_massive_nb_part/train.jsonl",
    ),
    "dstc11": ("intent_dstc11_support/train.jsonl",),
    "bitext": ("intent_bitext_support/train.jsonl.gz",),
    "nlupp": ("intent_nlupp/train.jsonl",),
    "smalltalk": ("smalltalk_chatterbot/train.jsonl",),
}
LICENCES = ("Apache", "CC BY 3", "CC BY 4", "MPL", "ISC", "MIT")
PROOF = ("cwa", "skatte")
LOCALES = {
    "nb": "nb", "da": "da", "sv": "sv", "de": "de", "nl": "nl", "fr": "fr", "es": "es", "it": "it", "pt_BR": "pt",
    "pl": "pl", "fi": "fi", "tr": "tr", "ja": "ja", "ko": "ko", "ru": "ru", "uk": "uk", "zh_Hant": "zh-Hant",
    "zh_Hans": "zh-Hans", "zh_TW": "zh-Hant", "zh_CN": "zh-Hans", "cs": "cs", "hu": "hu", "ro": "ro", "nb_NO": "nb",
}  # fmt: skip
FOURS = ("nb", "de", "zh-Hant")


@dataclass(frozen=True)
class Corpus:
    """Sentences by pack and label; pairs of translations; pairs of question and passage."""

    intents: dict[str, dict[str, list[str]]]
    translations: list[tuple[str, str]]
    passages: list[tuple[str, str]]


def gather(packs: Path, wheels: Path, without: tuple[str, ...] = ()) -> Corpus:
    """Read everything; `without` names groups of INTENTS to leave out, for the proof."""
    intents = {name: _labelled(packs, files) for name, files in INTENTS.items() if name not in without}
    translations = [*_catalogues(wheels), *_parallel_questions(packs)]
    if "assistant" not in without:
        translations += [(row["text_en"], row["text"]) for row in read_rows(packs / INTENTS["assistant"][2])]
    return Corpus(
        intents, list(dict.fromkeys(translations)), [*_norquad(packs), *_tor(packs), *_articles(packs)]
    )


def _labelled(packs: Path, files: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in (row for file in files for row in read_rows(packs / file)):
        label = row.get("label") or "+".join(sorted(row["labels"]))
        found[label].append(row["text"])
    return {label: texts for label, texts in found.items() if len(set(texts)) > 1}


def _catalogues(wheels: Path) -> Iterator[tuple[str, str]]:
    for wheel in sorted(wheels.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                code = LOCALES.get(name.split("/locale/")[-1].split("/")[0]) if name.endswith(".mo") else None
                if code:
                    yield from _messages(archive.read(name), 1.0 if code in FOURS else 0.25)


def _messages(content: bytes, share: float) -> Iterator[tuple[str, str]]:
    catalogue = gettext.GNUTranslations(io.BytesIO(content))._catalog  # type: ignore[attr-defined]
    chance = random.Random(len(content))
    for source, target in catalogue.items():
        if (
            isinstance(source, str)
            and len(source) > 12
            and target
            and source != target
            and chance.random() < share
        ):
            yield _plain(source), _plain(target)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|&", " ", text).split())


def _parallel_questions(packs: Path) -> Iterator[tuple[str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for row in read_rows(packs / "faq_tor/queries.jsonl"):
        groups[row["group"]].append(row["text"])
    for texts in groups.values():
        yield from ((texts[0], other) for other in texts[1:])


def _norquad(packs: Path) -> Iterator[tuple[str, str]]:
    yield from _answered(packs / "retrieval_norquad_nb")


def _tor(packs: Path) -> Iterator[tuple[str, str]]:
    yield from _answered(packs / "faq_tor")


def _answered(pack: Path) -> Iterator[tuple[str, str]]:
    texts = {row["id"]: row["text"] for row in read_rows(next(pack.glob("corpus.jsonl*")))}
    asked = {row["id"]: row["text"] for row in read_rows(next(pack.glob("queries.jsonl*")))}
    for line in (pack / "qrels.tsv").read_text("utf8").splitlines():
        query, passage = line.split("\t")[:2]
        if query in asked and passage in texts:
            yield asked[query], texts[passage]


def _articles(packs: Path) -> Iterator[tuple[str, str]]:
    for file in sorted((packs / "kb_helpcentre").glob("articles_*.jsonl")):
        for row in read_rows(file):
            allowed = row["licence"].startswith(LICENCES) and not any(part in row["id"] for part in PROOF)
            if allowed and len(row["title"]) > 8 and len(row["text"]) > 80:
                yield row["title"], row["text"]
