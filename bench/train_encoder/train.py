"""Learns the adapter contrastively: same intent, same meaning in another language, question and its passage.

python -m bench.train_encoder.train PACKS WHEELS OUT.npz [--steps N] [--without assistant,clinc]
"""

import argparse
import math
import random
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bench.train_encoder.packs import Corpus, gather
from bench.train_encoder.transformer import Transformer, padded
from samspill.intelligence.clean import clean
from samspill.intelligence.packed import parse
from samspill.intelligence.tokens import Tokens, own_tokens, write_tokens
from samspill.intelligence.weights import installed_source

RANK = 10
TEMPERATURE = 0.05
CLASSES, EACH = 56, 2
PAIRS, PASSAGES, PASSAGE_TOKENS = 48, 20, 96
SHARES = {"clinc": 20, "assistant": 24, "bitext": 6, "dstc11": 4, "nlupp": 5, "smalltalk": 4}
TRANSLATIONS, ANSWERED = 22, 15
RATE, WARM = 6e-4, 60
TOGETHER = 28


class Teacher:
    """Draws batches and gives the loss of each."""

    def __init__(self, model: Transformer, tokens: Tokens, corpus: Corpus, seed: int) -> None:
        self.model, self.tokens, self.corpus = model, tokens, corpus
        self.chance = random.Random(seed)
        self.kinds: list[tuple[int, Callable[[], Tensor]]] = [
            *((SHARES[name], lambda name=name: self._intents(name)) for name in corpus.intents),
            (TRANSLATIONS, self._translations),
            (ANSWERED, self._passages),
        ]

    def loss(self) -> Tensor:
        """Of one batch of a kind drawn by its share."""
        shares, kinds = zip(*self.kinds, strict=True)
        return self.chance.choices(kinds, shares)[0]()

    def _vectors(self, texts: list[str], kind: str, longest: int = 64) -> Tensor:
        ids = [self.tokens(f"{kind}: {clean(text)}") for text in texts]
        ids = [one if len(one) <= longest else [*one[: longest - 1], one[-1]] for one in ids]
        order = sorted(range(len(ids)), key=lambda row: len(ids[row]))
        parts = [order[at : at + TOGETHER] for at in range(0, len(order), TOGETHER)]  # little padding
        vectors = torch.cat([self.model(*padded([ids[row] for row in part])) for part in parts])
        return vectors[torch.tensor(order).argsort()]

    def _intents(self, name: str) -> Tensor:
        pack = self.corpus.intents[name]
        labels = self.chance.sample(sorted(pack), min(CLASSES, len(pack)))
        texts = [text for label in labels for text in self._some(pack[label])]
        classes = torch.tensor([place for place, label in enumerate(labels) for _ in range(EACH)])
        return _same_label(self._vectors(texts, "query", 40), classes)

    def _some(self, texts: list[str]) -> list[str]:
        return self.chance.sample(texts, EACH)

    def _translations(self) -> Tensor:
        pairs = self.chance.sample(self.corpus.translations, PAIRS)
        return _pairs(*(self._vectors(list(side), "query", 48) for side in zip(*pairs, strict=True)))

    def _passages(self) -> Tensor:
        asked, answers = zip(*self.chance.sample(self.corpus.passages, PASSAGES), strict=True)
        return _pairs(
            self._vectors(list(asked), "query"), self._vectors(list(answers), "passage", PASSAGE_TOKENS)
        )


def _same_label(vectors: Tensor, classes: Tensor) -> Tensor:
    """Supervised contrastive loss (Khosla et al. 2020): near those of the same class, far from all others."""
    own = torch.eye(len(vectors), dtype=torch.bool)
    scores = (vectors @ vectors.T / TEMPERATURE).masked_fill(own, -math.inf)
    shares = scores - scores.logsumexp(1, keepdim=True)
    same = (classes[:, None] == classes[None, :]) & ~own
    return -(shares.masked_fill(~same, 0).sum(1) / same.sum(1)).mean()


def _pairs(left: Tensor, right: Tensor) -> Tensor:
    """Each with its own and none of the others, both ways round."""
    scores = left @ right.T / TEMPERATURE
    own = torch.arange(len(left))
    return (
        torch.nn.functional.cross_entropy(scores, own) + torch.nn.functional.cross_entropy(scores.T, own)
    ) / 2


def main() -> None:
    """Train and write the adapter, with a checkpoint every 100 steps."""
    wanted = _arguments()
    torch.manual_seed(wanted.seed)
    packed = parse(installed_source().read_bytes())
    write_tokens(packed, spm := wanted.out.with_suffix(".spm"))
    model = Transformer(packed, RANK)
    teacher = Teacher(
        model, own_tokens(spm), gather(wanted.packs, wanted.wheels, wanted.without), wanted.seed
    )
    optimiser = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.01)
    pace = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _pace(step, wanted.steps))
    began, losses = time.monotonic(), []
    for step in range(1, wanted.steps + 1):
        optimiser.zero_grad()
        loss = teacher.loss()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        pace.step()
        losses.append(loss.item())
        if step % 20 == 0:
            print(
                f"{step} loss {np.mean(losses[-60:]):.3f} {(time.monotonic() - began) / step:.2f} s a step",
                flush=True,
            )
        if step % 100 == 0 or step == wanted.steps:
            np.savez(wanted.out, **model.adapter(wanted.share))


def _pace(step: int, steps: int) -> float:
    return min(1.0, step / WARM) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, step / steps))))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    for name in ("packs", "wheels", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--steps", type=int, default=900)
    # Between the publisher's weights and the learned ones lies what does well on both kinds of data:
    # Wortsman et al. 2022, "Robust fine-tuning of zero-shot models".
    parser.add_argument("--share", type=float, default=0.4)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--without", type=lambda names: tuple(names.split(",")), default=())
    return parser.parse_args()


if __name__ == "__main__":
    main()
