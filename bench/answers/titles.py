"""Fits when a title asks the same as a question in another language, and writes it into the package.

    python -m bench.answers.titles PACKS_FOLDER MODELS_FOLDER

The middles come from the widget's own sentences, which say the same in every language. Weights and
threshold come from faq_tor alone; faq_cwa and faq_skatteetaten_nb say how they carry over.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from samspill.intelligence import titles
from samspill.intelligence.encoder import Encoder, Vectors
from samspill.intelligence.local_encoder import local_encoder

FIT, REPORT = "faq_tor", ("faq_tor", "faq_cwa", "faq_skatteetaten_nb")
CODES = {"pt-BR": "pt", "zh-CN": "zh-Hans", "zh-TW": "zh-Hant"}
THRESHOLD = 0.6
LEAST = 12  # titles in a language before it counts as a knowledge base
OUT = Path(__file__).parents[2] / "samspill" / "intelligence" / titles.FILE


@dataclass(frozen=True)
class Asked:
    """The questions of one pack in one language, as questions and as titles."""

    groups: list[str]
    questions: Vectors
    titles: Vectors


def main(packs: Path, models: Path) -> None:
    """Fit, print how it carries over, write the numbers."""
    encoder = local_encoder(models)
    kept = _middles(encoder) | {"near": 1.0, "ahead": 1.0, "bias": 0.0, "threshold": THRESHOLD}
    OUT.write_text(json.dumps(kept))
    titles.learned.cache_clear()
    read = {pack: _read(packs / pack, encoder) for pack in REPORT}
    rows, labels = _observed(read[FIT])
    fit = LogisticRegression(C=10).fit(rows, labels)
    near, ahead = map(float, fit.coef_[0])
    kept |= {"near": round(near, 4), "ahead": round(ahead, 4), "bias": round(float(fit.intercept_[0]), 4)}
    OUT.write_text(json.dumps(kept) + "\n")
    titles.learned.cache_clear()
    for pack, asked in read.items():
        _report(pack, asked)


def _middles(encoder: Encoder) -> dict[str, object]:
    found, steps = {}, []
    for file in sorted(files("samspill.widget").joinpath("strings").iterdir(), key=lambda one: one.name):
        said = [text for text in json.loads(file.read_text("utf8")).values() if isinstance(text, str)]
        question = encoder.embed(said, "query").mean(0)
        steps.append(encoder.embed(said, "passage").mean(0) - question)
        found[file.name.removesuffix(".json")] = titles.packed(question)
    return {"middles": found, "step": titles.packed(np.mean(steps, 0))}


def _read(pack: Path, encoder: Encoder) -> dict[str, Asked]:
    rows = [json.loads(line) for line in (pack / "queries.jsonl").read_text("utf8").splitlines()]
    found = {}
    for code in sorted({row["lang"] for row in rows}):
        own = [row for row in rows if row["lang"] == code]
        said = [row["text"] for row in own]
        groups = [row.get("group") or row["id"] for row in own]
        found[CODES.get(code, code)] = Asked(
            groups, encoder.embed(said, "query"), encoder.embed(said, "passage")
        )
    return found


def _pairs(asked: dict[str, Asked]) -> Iterator[tuple[str, Asked, str, Asked]]:
    for one, questions in asked.items():
        for other, known in asked.items():
            if one != other and len(known.groups) >= LEAST:
                yield one, questions, other, known


def _observed(asked: dict[str, Asked]) -> tuple[list[tuple[float, float]], list[bool]]:
    rows, labels = [], []
    for language, questions, other, known in _pairs(asked):
        for near, ahead, right, _ in _tries(language, questions, other, known):
            rows.append((near, ahead))
            labels.append(right)
    return rows, labels


def _tries(
    language: str, questions: Asked, other: str, known: Asked
) -> Iterator[tuple[float, float, bool, bool]]:
    """(near, ahead, right, answerable) of each question, with its title there and with it taken away."""
    there = np.array(known.groups)
    middle = titles._middle(known.titles, other)
    directions = titles._directions(known.titles, middle)
    asked = titles._directions(questions.questions, titles.learned().middle(language))
    for group, near in zip(questions.groups, asked @ directions.T, strict=True):
        for answerable in (True, False):
            left = np.ones(len(there), bool) if answerable else there != group
            if answerable and group not in there:
                continue
            best = int(np.where(left, near, -2).argmax())
            second = float(near[left & (there != there[best])].max())
            yield float(near[best]), float(near[best]) - second, bool(there[best] == group), answerable


def _report(pack: str, asked: dict[str, Asked]) -> None:
    tries = [one for pair in _pairs(asked) for one in _tries(*pair)]
    sure = np.array([titles.learned().chance(near, ahead) >= THRESHOLD for near, ahead, _, _ in tries])
    right, answerable = np.array([one[2] for one in tries]), np.array([one[3] for one in tries])
    print(
        f"{pack}: n={answerable.sum()} correct {(sure & right)[answerable].mean():.3f}"
        f" wrong {(sure & ~right)[answerable].mean():.3f} answered without its title {sure[~answerable].mean():.3f}"
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
