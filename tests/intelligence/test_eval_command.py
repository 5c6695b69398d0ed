"""`samspill eval` on files as anybody might have them."""

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from samspill.boot.cli_eval import evaluate
from samspill.intelligence import local_encoder
from samspill.intelligence.local_encoder import LocalEncoder

WANTED = {
    "delivery": ["Where is my parcel?", "When will it arrive?", "Track my order", "My package is late"],
    "refund": ["I want my money back", "How do I return this?", "Refund please", "Can I send it back?"],
}
TEST = [
    {"text": "Where is the package?", "label": "delivery", "lang": "en"},
    {"text": "Jeg vil ha pengene tilbake", "label": "refund", "lang": "nb"},
    {"text": "Wann kommt mein Paket?", "label": "delivery", "lang": "de"},
]


@pytest.fixture
def run(models: Path, encoder: LocalEncoder, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SAMSPILL_MODELS", str(models))
    monkeypatch.setattr(local_encoder, "local_encoder", {models: encoder}.__getitem__)  # read from disk once

    def go(*arguments: object) -> tuple[int, str]:
        done = CliRunner().invoke(evaluate, [str(one) for one in arguments])
        return done.exit_code, done.output

    return go


@pytest.fixture
def train(tmp_path: Path) -> Path:
    rows = [{"text": text, "label": label, "lang": "en"} for label, texts in WANTED.items() for text in texts]
    return write(tmp_path / "train.jsonl.gz", rows)


@pytest.fixture
def test(tmp_path: Path) -> Path:
    return write(tmp_path / "test.jsonl", TEST)


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    content = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def test_intents_by_language(run, train: Path, test: Path) -> None:
    code, said = run("intents", "--train", train, "--test", test, "--json")
    found = json.loads(said)
    assert (code, found["n"], found["accuracy"]) == (0, 3, 1.0)
    assert {language: part["n"] for language, part in found["lang"].items()} == {"de": 1, "en": 1, "nb": 1}


def test_shots_and_seed_choose_the_rows(run, train: Path, test: Path) -> None:
    found = [
        json.loads(
            run("intents", "--train", train, "--test", test, "--shots", 2, "--seed", seed, "--json")[1]
        )
        for seed in (1, 1)
    ]
    assert found[0]["train"] == 4
    assert found[0]["accuracy"] == found[1]["accuracy"]


def test_strange_sentences(run, train: Path, test: Path, tmp_path: Path) -> None:
    strange = write(
        tmp_path / "oos.jsonl", [{"text": "Who won the war of 1812?"}, {"text": "Write me a poem"}]
    )
    code, said = run("oos", "--train", train, "--test", test, "--oos", strange, "--json")
    found = json.loads(said)
    assert code == 0
    assert found["auroc"] > 0.8
    assert {"recall_at_threshold", "accuracy", "lang", "threshold"} <= found.keys()


def test_sentiment(run, tmp_path: Path) -> None:
    said = {
        "negative": ["Awful service", "I am very angry", "Never again", "This is broken and nobody cares"],
        "positive": ["Great, thank you", "I love it", "Very happy with it", "Wonderful help"],
    }
    rows = [{"text": text, "label": label, "lang": "en"} for label, texts in said.items() for text in texts]
    train, test = write(tmp_path / "a.jsonl", rows), write(tmp_path / "b.jsonl", rows)
    found = json.loads(run("sentiment", "--train", train, "--test", test, "--json")[1])
    assert (found["auroc_negative"], found["macro_f1"], found["negative"]) == (1.0, 1.0, "negative")


def test_language_with_and_without_those_expected(run, test: Path) -> None:
    plain = json.loads(run("language", "--test", test, "--json")[1])
    hinted = json.loads(run("language", "--test", test, "--languages", "en,nb,de", "--json")[1])
    assert hinted["accuracy"] == 1.0 >= plain["accuracy"]
    assert set(hinted["lang"]) == {"en", "nb", "de"}


def test_search(run, tmp_path: Path) -> None:
    texts = {"a": "Returns are free within 30 days.", "b": "We open at nine in the morning."}
    corpus = write(
        tmp_path / "corpus.jsonl",
        [{"id": key, "title": "", "text": text, "lang": "en"} for key, text in texts.items()],
    )
    queries = write(tmp_path / "queries.jsonl", [{"id": "q", "text": "When do you open?", "lang": "en"}])
    (tmp_path / "qrels.tsv").write_text("q\tb\t1\n")
    files = ("--corpus", corpus, "--queries", queries, "--qrels", tmp_path / "qrels.tsv", "--json")
    found = json.loads(run("retrieval", *files)[1])
    assert (found["mrr10"], found["recall5"], found["lang"]["en"]["n"]) == (1.0, 1.0, 1)
    assert json.loads(run("answers", *files)[1])["n"] == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"no json", "JSON Lines"),
        (b'{"text": "a"}', "row 1"),
        (b'["text"]', "row 1"),
        (b"\xff\xfe\x00", "JSON Lines"),
    ],
)
def test_a_bad_file_is_named(run, test: Path, tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "bad.jsonl").write_bytes(content)
    code, said = run("intents", "--train", tmp_path / "bad.jsonl", "--test", test)
    assert code == 1
    assert "bad.jsonl" in said
    assert told in said
