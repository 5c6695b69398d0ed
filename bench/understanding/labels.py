"""Intents, unknown sentences and sentiment on packs in the formats of `samspill eval`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from samspill.intelligence import evaluate_labels as measuring
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.packs import Row, read_rows

FOUR = ("en", "de", "nb", "zh-Hant")
Report = Callable[[str, str, str], None]


def report(packs: Path, encoder: Encoder, show: Report) -> None:
    """Learn from the train files, measure on the validation files; the test files are never read."""
    _banking(packs / "intent_banking77", encoder, show)
    _hwu(packs / "intent_hwu64", encoder, show)
    _clinc(packs / "intent_clinc150", encoder, show)
    _across(packs / "intent_xsid", encoder, show)
    for name in ("airline_tweets_en", "germeval17_de", "norec_nb", "zh_reviews"):
        _sentiment(packs / f"sentiment_{name}", encoder, show)


def _banking(pack: Path, encoder: Encoder, show: Report) -> None:
    for file, bar in (("train_5", ".775 / .81"), ("train_10", ".845 / .88"), ("train", ".938 / .945")):
        show(f"BANKING77 {file}", _accuracy(pack, file, encoder), bar)


def _hwu(pack: Path, encoder: Encoder, show: Report) -> None:
    for file, bar in (("train_10", ".835 / .86"), ("train", ".915 / .925")):
        show(f"HWU64 {file}", _accuracy(pack, file, encoder), bar)


def _accuracy(pack: Path, file: str, encoder: Encoder) -> str:
    found = measuring.intents(rows(pack, file), rows(pack, "validation"), encoder)
    return (
        f"{found['accuracy']:.3f} (macro-F1 {found['macro_f1']:.3f}, learned in {found['train_seconds']} s)"
    )


def _clinc(pack: Path, encoder: Encoder, show: Report) -> None:
    train, test = rows(pack, "train"), rows(pack, "validation")
    show("CLINC150 train", _accuracy(pack, "train", encoder), ".960 / .968")
    # the threshold comes from the strange rows of the training part, the figure from those of validation
    limit = measuring.best_limit(train, test[::2], rows(pack, "oos_train"), encoder)
    found = measuring.out_of_scope(train, test[1::2], rows(pack, "oos_validation"), encoder, limit)
    show(
        "CLINC150 in scope / recall",
        f"{found['accuracy']:.3f} / {found['recall_at_threshold']:.3f}",
        ".94 / .78",
    )
    show("CLINC150 AUROC", f"{found['auroc']:.4f}", ".978 / .985")


def _across(pack: Path, encoder: Encoder, show: Report) -> None:
    all_rows = [row for row in rows(pack, "validation") if row["lang"] in FOUR]
    train = [row for row in all_rows if row["lang"] == "en"]
    found = measuring.intents(train, [row for row in all_rows if row["lang"] != "en"], encoder)
    for code, bar in (("de", ".88 / .93"), ("nb", ".80 / .93"), ("zh-Hant", ".89 / .93")):
        show(f"xSID learned in en, asked in {code}", f"{found['lang'][code]['accuracy']:.3f}", bar)


def _sentiment(pack: Path, encoder: Encoder, show: Report) -> None:
    train = rows(pack, "train")
    test = rows(pack, "validation") if any(pack.glob("validation.*")) else train[4::5]
    kept = [row for row in train if row not in test] if test[0] in train else train
    found: dict[str, Any] = measuring.sentiment(kept, test, encoder)
    shown = f"{found['auroc_negative']:.3f} (accuracy {found['accuracy']:.3f})"
    show(f"{pack.name}: AUROC of negative", shown, "")


def rows(pack: Path, stem: str) -> Sequence[Row]:
    """The rows of a file, packed or not."""
    return read_rows(next(pack.glob(f"{stem}.jsonl*")))
