"""Our intents beside those of NLP.js, on the same rows, one after another in the same hour.

python -m bench.peers MODELS TRAIN.jsonl TEST.jsonl [--nlpjs NODE_MODULES] [--most 600]

Who is not installed is left out; how to install them: bench/peers/README.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bench.peers.rows import Told, labelled, write

HERE = Path(__file__).parent
PATIENCE = 3_600  # seconds one contestant may take


def main() -> None:
    """Print one table."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        train = write(labelled(wanted.train), folder / "train.jsonl")
        test = write(labelled(wanted.test, wanted.most), folder / "test.jsonl")
        counts = [len(path.read_text("utf8").splitlines()) for path in (train, test)]
        print(
            f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {counts[0]} rows learned, {counts[1]} asked"
        )
        print(f"{'':26} accuracy  train s   p50 ms   p95 ms  memory MB  load")
        for command, settings in _contestants(wanted, train, test):
            _show(_asked(command, settings))


def _contestants(
    wanted: argparse.Namespace, train: Path, test: Path
) -> Iterator[tuple[Sequence[str], Mapping[str, str]]]:
    rows = [str(train), str(test)]
    for what in ("intents", "whole"):
        yield [sys.executable, "-m", "bench.peers.ours", str(wanted.models), *rows, what], {}
    if wanted.nlpjs:
        yield ["node", str(HERE / "nlpjs.js"), *rows], {"NODE_PATH": str(wanted.nlpjs)}


def _asked(command: Sequence[str], settings: Mapping[str, str]) -> Told:
    done = subprocess.run(
        command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode:
        sys.exit(f"{command[0]} failed:\n{done.stderr[-2000:]}")
    told: Told = json.loads(done.stdout.strip().splitlines()[-1])
    return told


def _show(told: Told) -> None:
    figures = f"{told['train_s']:9.1f}{told['p50']:9.2f}{told['p95']:9.2f}{told['memory']:11.0f}"
    print(f"{told['name']:26}{told['accuracy']:9.3f}{figures}{os.getloadavg()[0]:6.1f}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("models", "train", "test"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--nlpjs", type=Path)
    parser.add_argument("--most", type=int, default=0, help="rows that are asked at most")
    return parser.parse_args()


if __name__ == "__main__":
    main()
