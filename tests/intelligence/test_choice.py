"""Another encoder: chosen by settings, checked, and never mixed with a former one."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from samspill.intelligence.choice import EncoderChoice
from samspill.intelligence.client import EncoderClient
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.remote_encoder import RemoteEncoder
from samspill.intelligence.weights import RECIPE, sha256
from tests.fakes.embeddings_server import EmbeddingsServer, embeddings_server


@pytest.fixture
def endpoint() -> Iterator[EmbeddingsServer]:
    with embeddings_server() as fake:
        yield fake


def _samspill(tmp_path: Path, *arguments: str, **settings: str) -> "subprocess.Popen[str]":
    given = {f"SAMSPILL_{name}": value for name, value in settings.items()}
    environment = {**os.environ, "SAMSPILL_DATA": str(tmp_path), "SAMSPILL_MODELS": str(tmp_path), **given}
    command = [sys.executable, "-m", "samspill", *arguments]
    return subprocess.Popen(
        command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _checked(tmp_path: Path, **settings: str) -> tuple[int, str]:
    process = _samspill(tmp_path, "models", "--check", **settings)
    out, err = process.communicate(timeout=60)
    return process.returncode, out + err


def test_nothing_set_is_the_encoder_that_ships() -> None:
    assert EncoderChoice().name == RECIPE
    assert EncoderChoice().shipped


def test_each_choice_has_a_name_of_its_own() -> None:
    choices = [
        EncoderChoice(),
        EncoderChoice(url="http://a/v1", model="bge"),
        EncoderChoice(url="http://b/v1", model="bge"),
        EncoderChoice(url="http://a/v1", model="bge", shorten=True),
        EncoderChoice(graph="m.onnx", graph_sha256="a" * 64, tokens="t", tokens_sha256="b" * 64),
    ]
    assert len({choice.name for choice in choices}) == len(choices)
    assert len({choice.home(Path("/f")) for choice in choices}) == len(choices)
    assert all(len(choice.name) <= 80 for choice in choices)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (EncoderChoice(url="http://a/v1"), "belong together"),
        (EncoderChoice(model="bge"), "belong together"),
        (EncoderChoice(url="http://a/v1", model="m", graph="g"), "not both"),
        (EncoderChoice(graph="g", tokens="t"), "_SHA256"),
    ],
)
def test_settings_that_contradict_each_other_say_so(choice: EncoderChoice, told: str) -> None:
    with pytest.raises(ModelUnavailable, match=told):
        choice.check()


def test_only_e5_is_told_what_a_text_is_for(endpoint: EmbeddingsServer) -> None:
    RemoteEncoder(endpoint.url, "bge-small").embed(["Hei", ""], "query")
    RemoteEncoder(endpoint.url, "multilingual-e5-small").embed(["Hei"], "passage")
    assert [one["input"] for one in endpoint.asked] == [["Hei", "-"], ["passage: Hei"]]


def test_an_endpoint_can_be_asked_to_shorten(endpoint: EmbeddingsServer) -> None:
    endpoint.dimensions = 1536
    with pytest.raises(ModelUnavailable, match="1×1536"):
        RemoteEncoder(endpoint.url, "large").embed(["Hei"], "query")
    assert RemoteEncoder(endpoint.url, "large", shorten=True).embed(["Hei"], "query").shape == (1, 384)


def test_check_tells_how_it_went(endpoint: EmbeddingsServer, tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("very secret\n")
    status, told = _checked(
        tmp_path, ENCODER_URL=endpoint.url, ENCODER_MODEL="bge", ENCODER_KEY_FILE=str(key)
    )
    assert status == 0
    assert "good, 384 dimensions" in told
    assert endpoint.keys == ["Bearer very secret"]
    endpoint.status = 401
    status, told = _checked(tmp_path, ENCODER_URL=endpoint.url, ENCODER_MODEL="bge", ENCODER_KEY="k")
    assert status == 1
    assert told.strip() == "Error: The embeddings endpoint failed: it answered 401."


def test_a_tampered_file_says_which(tmp_path: Path) -> None:
    graph, tokens = tmp_path / "model.onnx", tmp_path / "t.model"
    graph.write_bytes(b"no graph")
    tokens.write_bytes(b"no tokens")
    files = {"ENCODER_GRAPH": str(graph), "ENCODER_TOKENS": str(tokens)}
    right = {"ENCODER_GRAPH_SHA256": sha256(graph), "ENCODER_TOKENS_SHA256": sha256(tokens)}
    status, told = _checked(tmp_path, **files, **right | {"ENCODER_GRAPH_SHA256": "0" * 64})
    assert status == 1
    assert f"{graph} does not have the expected sha256" in told
    status, told = _checked(tmp_path, **files, **right)
    assert status == 1
    assert "Traceback" not in told
    graph.unlink()
    assert f"{graph} cannot be read" in _checked(tmp_path, **files, **right)[1]


def test_the_model_process_serves_the_endpoint_and_refuses_to_mix(
    endpoint: EmbeddingsServer, tmp_path: Path
) -> None:
    socket, choice = tmp_path / "m.sock", EncoderChoice(url=endpoint.url, model="bge")
    settings = {"ENCODER_URL": endpoint.url, "ENCODER_MODEL": "bge", "MODELS_SOCKET": str(socket)}
    process = _samspill(tmp_path, "models", **settings)
    try:
        client = EncoderClient(socket, encoder_name=choice.name)
        until = time.monotonic() + 60
        while not client.healthy():
            assert process.poll() is None
            assert time.monotonic() < until
            time.sleep(0.1)
        assert np.allclose(np.linalg.norm(client.embed(["Hvor er pakken?"], "query"), axis=1), 1)
        assert client.analyse("Hvor er pakken min?", ["nb"]).language == "nb"
        with pytest.raises(ModelUnavailable, match="another encoder"):
            EncoderClient(socket, encoder_name=RECIPE).embed(["Hei"], "query")
        endpoint.status = 500
        with pytest.raises(ModelUnavailable, match="503"):
            client.embed(["Something never asked before"], "query")
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_an_endpoint_that_is_away_at_the_start_ends_with_one_line(tmp_path: Path) -> None:
    process = _samspill(tmp_path, "models", ENCODER_URL="http://127.0.0.1:9/v1", ENCODER_MODEL="bge")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert told.strip() == "Error: The embeddings endpoint failed: ConnectError."
