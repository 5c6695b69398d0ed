"""Search on packs of questions: the product's ranking beside its parts and beside their plain min-max sum."""

from collections.abc import Callable
from pathlib import Path

from bench.answers.observe import PACKS, pack_file
from samspill.intelligence.encoder import Encoder
from samspill.intelligence.evaluate import answers, retrieval
from samspill.intelligence.packs import read_relevant, read_rows

Report = Callable[[str, str, str], None]


def report(packs: Path, encoder: Encoder, show: Report) -> None:
    """MRR@10 and recall@5 by pack and language, and what would have been answered."""
    for name, languages in PACKS.items():
        corpus, queries = (
            [
                row
                for row in read_rows(pack_file(packs / name, stem))
                if not languages or row["lang"] in languages
            ]
            for stem in ("corpus", "queries")
        )
        relevant = read_relevant(packs / name / "qrels.tsv")
        found, judged = (measure(corpus, queries, relevant, encoder) for measure in (retrieval, answers))
        for code, own in found["lang"].items():
            rest = " ".join(
                f"{part} {found[part]['lang'][code]['mrr10']:.3f}" for part in ("sum", "bm25", "dense")
            )
            share = judged["lang"][code]
            answered = f"answered {share['answered_correctly']:.2f} wrong {share['wrong']:.3f}"
            show(f"{name} {code} n={own['n']}", f"{own['mrr10']:.3f} ({rest}) {answered}", "above all")
