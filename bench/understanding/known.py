"""Fits when a sentence counts as known: SURE, ENERGY, NEAREST and BIAS of samspill/intelligence/knowing.py.

Half of the labels of a pack are taken for unknown, once each half, and CLINC150's out-of-scope rows as they are;
train and validation files only. Each pack is left out once to see whether the numbers carry over.

python -m bench.understanding.known MODELS PACKS KEPT.npz
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.kept import KeptEncoder
from bench.understanding.labels import rows
from samspill.intelligence.evaluate_labels import auroc
from samspill.intelligence.intents import IntentModel
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.packs import Row
from samspill.intelligence.scores import Floats

PACKS = {
    "intent_clinc150": ("train_10", "train"),
    "intent_hwu64": ("train_10",),
    "intent_massive_de": ("train",),
    "intent_bitext_support": ("train",),
    "intent_dstc11_support": ("train",),
}
MOST = 3_000
UNKNOWN = 0.2  # share of messages that are of no label, as far as the fit is concerned


def main(models: Path, packs: Path, kept: Path) -> None:
    """Print the numbers from all packs, and for each pack the AUROC with numbers from the others."""
    encoder = KeptEncoder(local_encoder(models), kept)
    seen = {name: [np.concatenate(part) for part in zip(*_cases(packs / name, files, encoder), strict=True)]
            for name, files in PACKS.items()}  # fmt: skip
    for name, (features, known) in seen.items():
        others = _fit([seen[other] for other in seen if other != name])
        alone = [auroc(features[:, column], known) for column in range(3)]
        together = auroc(features @ others[:3], known)
        print(
            f"{name:24} AUROC sure {alone[0]:.3f}  energy {alone[1]:.3f}  nearest {alone[2]:.3f}  together {together:.3f}  {len(known)} rows"
        )
    print("SURE, ENERGY, NEAREST, BIAS = {:.2f}, {:.2f}, {:.2f}, {:.2f}".format(*_fit(list(seen.values()))))


def _fit(parts: Sequence[Sequence[Floats]]) -> Floats:
    features, known = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    weight = np.where(known, (1 - UNKNOWN) / known.mean(), UNKNOWN / (1 - known.mean()))
    model = LogisticRegression().fit(features, known, sample_weight=weight)
    return np.array([*model.coef_[0], model.intercept_[0]])


def _cases(pack: Path, files: Sequence[str], encoder: KeptEncoder) -> Iterator[tuple[Floats, Floats]]:
    for file in files:
        train = _some(rows(pack, file))
        test = _some(rows(pack, "validation")) if any(pack.glob("validation*")) else train[::5]
        train = [row for row in train if row not in test] if test[0] in train else train
        if (pack / "oos_validation.jsonl").exists():
            yield _features(train, test, rows(pack, "oos_validation"), encoder)
        names = sorted({row["label"] for row in train})
        for half in (set(names[::2]), set(names[1::2])):
            inside, outside = (
                [row for row in test if (row["label"] in half) == wanted] for wanted in (True, False)
            )
            yield _features([row for row in train if row["label"] in half], inside, outside, encoder)


def _some(found: Sequence[Row]) -> list[Row]:
    return list(found[:: -(-len(found) // MOST)])


def _features(
    train: Sequence[Row], inside: Sequence[Row], outside: Sequence[Row], encoder: KeptEncoder
) -> tuple[Floats, Floats]:
    columns = [[row[name] for row in train] for name in ("text", "label", "lang")]
    model = IntentModel.train(*columns, encoder.embed(columns[0], "query"))
    texts = [row["text"] for row in [*inside, *outside]]
    seen = model.look(texts, [row["lang"] for row in [*inside, *outside]], encoder.embed(texts, "query"))
    return model.knowing.evidence(seen), np.arange(len(texts)) < len(inside)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
