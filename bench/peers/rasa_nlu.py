"""Rasa as a contestant; run by the Python it is installed in, so it imports nothing of ours.

python rasa_nlu.py TRAIN.jsonl TEST.jsonl FOLDER
"""

import asyncio
import json
import os
import resource
import sys
import time
from collections import defaultdict
from pathlib import Path

# what `rasa init` writes, without the parts that find entities
CONFIG = """
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 100
  entity_recognition: false
  constrain_similarities: true
policies: []
"""


def main(train: Path, test: Path, folder: Path) -> None:
    """Learn, read and print one line of JSON."""
    begun = time.perf_counter()
    model = _taught(_rows(train), folder)
    seconds = time.perf_counter() - begun
    from rasa.core.agent import Agent

    agent = Agent.load(model)
    times, right = asyncio.run(_read(agent, _rows(test)))
    times.sort()
    told = {"name": "Rasa 3.6, DIET", "accuracy": right / len(times), "train_s": seconds}
    middle, late = (times[int(share * len(times))] for share in (0.5, 0.95))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**told, "p50": middle, "p95": late, "memory": memory}))


def _rows(path: Path) -> "list[dict[str, str]]":
    return [json.loads(line) for line in path.read_text("utf8").splitlines()]


def _taught(rows: "list[dict[str, str]]", folder: Path) -> str:
    """Trained in this process, so that the memory of training counts as it does for the others."""
    from rasa.model_training import train_nlu

    examples = defaultdict(list)
    for row in rows:
        examples[row["label"]].append(" ".join(row["text"].translate({91: 40, 93: 41}).split()))
    blocks = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in texts)}
        for label, texts in examples.items()
    ]
    (folder / "nlu.json").write_text(json.dumps({"version": "3.1", "nlu": blocks}))
    (folder / "nlu.json").rename(folder / "nlu.yml")  # every JSON text is a YAML text
    (folder / "config.yml").write_text(CONFIG)
    return train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder))


async def _read(agent: object, rows: "list[dict[str, str]]") -> "tuple[list[float], int]":
    times, right = [], 0
    await agent.parse_message("Hello")
    for row in rows:
        begun = time.perf_counter()
        found = await agent.parse_message(row["text"])
        times.append(1_000 * (time.perf_counter() - begun))
        right += found["intent"]["name"] == row["label"]
    return times, right


if __name__ == "__main__":
    os.environ.update(RASA_TELEMETRY_ENABLED="false", TF_CPP_MIN_LOG_LEVEL="3")
    main(*map(Path, sys.argv[1:4]))
