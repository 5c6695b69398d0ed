"""How fast and how right the understanding of text is here.

python -m bench.understanding MODELS_FOLDER [PACKS_FOLDER [EMBEDDINGS.npz]]
"""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bench.answers.observe import PACKS, pack_file
from bench.kept import KeptEncoder
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.evaluate import answers, retrieval
from samspill.intelligence.local_encoder import local_encoder
from samspill.intelligence.packs import read_relevant, read_rows

SERVE = (
    "import sys; from pathlib import Path; from samspill.intelligence.server import serve; "
    "serve(Path(sys.argv[1]), Path(sys.argv[2]))"
)
TEXTS = (
    "Hei, hvor er pakken min? {}",
    "Wo ist mein Paket? {}",
    "我的包裹在哪裡？{}",
    "Where is my parcel? {}",
)
ROUNDS = 100


def main(models: Path, packs: Path | None = None, kept: Path | None = None) -> None:
    """Print a table of speed, and of figures for each pack when there is a folder of packs."""
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "sentencepiece", "numpy", "bm25s")))
    encoder = local_encoder(models)
    _row("embed one short text, this process", lambda text: encoder.embed([text], "query"))
    _served(models)
    if packs:
        for name in PACKS:
            _pack(packs / name, KeptEncoder(encoder, kept))


def _served(models: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        socket = Path(folder) / "model.sock"
        server = subprocess.Popen([sys.executable, "-c", SERVE, str(socket), str(models)])
        client = EncoderClient(socket)
        while not client.healthy():
            time.sleep(0.05)
        _row("analyse one short text, model server", lambda text: client.analyse(text))
        _row("one hop, embedding remembered", lambda _: client.embed(["the same"], "query"))
        server.kill()
        server.wait()


def _row(name: str, act: Callable[[str], object]) -> None:
    times = []
    for number in range(ROUNDS):
        text = TEXTS[number % len(TEXTS)].format(number)
        begun = time.perf_counter()
        act(text)
        times.append(1_000 * (time.perf_counter() - begun))
    print(f"{name:40} p50 {np.median(times):6.2f} ms   p95 {np.percentile(times, 95):6.2f} ms")


def _pack(folder: Path, encoder: KeptEncoder) -> None:
    languages = PACKS[folder.name]
    corpus, queries = (
        [row for row in read_rows(pack_file(folder, stem)) if not languages or row["lang"] in languages]
        for stem in ("corpus", "queries")
    )
    relevant = read_relevant(folder / "qrels.tsv")
    found = retrieval(corpus, queries, relevant, encoder)
    print(f"\n{folder.name:24} MRR@10 hybrid / bm25 / dense   recall@5   answered / wrong")
    judged = answers(corpus, queries, relevant, encoder)
    for code, own in found["lang"].items():
        rest = [found[name]["lang"][code]["mrr10"] for name in ("bm25", "dense")]
        share = judged["lang"][code]
        scores = f"{own['mrr10']:.3f} / {rest[0]:.3f} / {rest[1]:.3f}   {own['recall5']:.3f}"
        print(
            f"  {code:10} n={own['n']:<5} {scores}   {share['answered_correctly']:.3f} / {share['wrong']:.3f}"
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
