"""Samspill as a contestant: intents alone, or everything that is read from a message.

python -m bench.peers.ours MODELS TRAIN.jsonl TEST.jsonl [whole]
"""

import json
import sys
import time
from pathlib import Path

from bench.peers.rows import examined, labelled
from samspill.intelligence import pii
from samspill.intelligence.entities import find as entities
from samspill.intelligence.entities.context import Context
from samspill.intelligence.intents import IntentModel, spoken
from samspill.intelligence.understanding import Understanding, load


def main(models: Path, train: Path, test: Path, what: str = "intents") -> None:
    """Learn, read and print one line of JSON."""
    understanding = load(models)
    begun = time.perf_counter()
    model = _taught(labelled(train), understanding)
    seconds = time.perf_counter() - begun

    def intent(text: str) -> str:
        vector = understanding.encoder.embed([text], "query")
        return model.read([text], ["en"], vector)[0].label

    def everything(text: str) -> str:
        found = understanding.analyse(text)
        entities.find(text, Context(found.language)), pii.find(text)
        return model.read([text], [found.language], found.vector[None])[0].label

    read = everything if what == "whole" else intent
    name = "Samspill, whole analysis" if what == "whole" else "Samspill, intents alone"
    print(json.dumps(examined(name, seconds, labelled(test), read)))


def _taught(rows: list[tuple[str, str]], understanding: Understanding) -> IntentModel:
    texts, labels = map(list, zip(*rows, strict=True))
    names = list(dict.fromkeys(labels))
    texts, labels = [*texts, *map(spoken, names)], [*labels, *names]
    vectors = understanding.encoder.embed(texts, "query")
    return IntentModel.train(texts, labels, ["en"] * len(texts), vectors)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]), *sys.argv[4:])
