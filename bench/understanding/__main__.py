"""How fast and how right the understanding of text is here.

python -m bench.understanding MODELS [--packs PACKS] [--kept EMBEDDINGS.npz] [--only speed,labels,search]
"""

import argparse
import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench.kept import KeptEncoder
from bench.understanding import labels, search, speed
from samspill.intelligence.local_encoder import local_encoder

PARTS = ("speed", "labels", "search")


def main() -> None:
    """Print one row a figure: what was found, and what it must and should be."""
    wanted = _arguments()
    print(
        f"{_processor()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}"
    )
    print(", ".join(f"{name} {version(name)}" for name in ("onnxruntime", "numpy", "scipy", "bm25s")))
    if "speed" in wanted.only:
        speed.report(wanted.models, _show)
    encoder = KeptEncoder(local_encoder(wanted.models), wanted.kept)
    if wanted.packs and "labels" in wanted.only:
        labels.report(wanted.packs, encoder, _show)
    if wanted.packs and "search" in wanted.only:
        search.report(wanted.packs, encoder, _show)


def _show(name: str, found: str, bar: str) -> None:
    print(f"{name:38} {found:60} {bar}", flush=True)


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.split(":")[1].strip() for line in lines if "model name" in line), platform.machine())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("models", type=Path)
    parser.add_argument("--packs", type=Path)
    parser.add_argument("--kept", type=Path)
    parser.add_argument("--only", type=lambda names: names.split(","), default=PARTS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
