"""Fits the language model and writes it where the product reads it.

python -m bench.language.train PACKAGES_FOLDER PACKS_FOLDER [PIECES_A_LANGUAGE [EPOCHS]]

Needs scipy, which scikit-learn brings, and msgpack besides the product's own packages. README.md names the packages.
"""

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, vstack

from bench.language.corpus import ARABIC, CYRILLIC, LATIN, Corpus
from samspill.intelligence.grams import WORDS, grams, letters, spoken
from samspill.intelligence.letter_model import BITS, MODEL, address

GROUPS = {"Latn": LATIN, "Cyrl": CYRILLIC, "Arab": ARABIC}
CODES = [code for codes in GROUPS.values() for code in codes]
HARD = frozenset("nb nn da sv de en".split())  # close to one another, or met most: more to learn from
BATCH = 4096
RATE, DECAY = 0.06, 0.93


def main(packages: Path, packs: Path, pieces: int = 6_500, epochs: int = 6) -> None:
    """Train on fresh pieces and write the model file."""
    corpus = Corpus(packages, packs)
    hashes, owners = [], []
    for number, code in enumerate(CODES):
        for text in corpus.pieces(code, pieces * (1 + 2 * (code in HARD))):
            if words := WORDS.findall(spoken(text)):
                hashes.append(grams([letters(words)])[0])
                owners.append(number)
    fit(hashes, np.array(owners), epochs, MODEL)


def fit(hashes: list[np.ndarray], owners: np.ndarray, epochs: int, path: Path) -> None:
    """Choose the runs of letters that tell most, weigh them, write them as small whole numbers."""
    checks = choose(hashes, owners)
    table = matrix(hashes, checks)
    weights, bias = regress(table, owners, epochs)
    scale = np.quantile(np.abs(weights[np.abs(weights) > 0]), 0.9995) / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    np.savez_compressed(
        path, weights=small, checks=checks, bias=bias.astype(np.float32), scale=np.float32(scale),
        languages=np.array([code.split("-")[0] for code in CODES]), scripts=np.array([group for group, codes in GROUPS.items() for _ in codes]),
    )  # fmt: skip
    print(f"{len(owners)} pieces, {path.stat().st_size / 1e6:.2f} MB, scale {scale:.4f}")


def choose(hashes: list[np.ndarray], owners: np.ndarray) -> np.ndarray:
    """For each place of the table, the check of the run of letters that tells most about the language there."""
    identity = [h >> np.uint64(64 - BITS - 8) for h in hashes]
    seen, rows = [], []
    for number in range(len(CODES)):
        mine = np.concatenate([identity[i] for i in np.flatnonzero(owners == number)])
        values, counts = np.unique(mine, return_counts=True)
        often = counts >= 3
        seen.append(values[often])
        rows.append(counts[often] / len(mine))
    values, inverse = np.unique(np.concatenate(seen), return_inverse=True)
    shares = np.zeros((len(values), len(CODES)), np.float32)
    shares[inverse, np.repeat(np.arange(len(CODES)), [len(one) for one in seen])] = np.concatenate(rows)
    telling = _telling(shares)
    best = np.argsort(telling)
    checks = np.zeros(1 << BITS, np.uint8)
    checks[(values >> np.uint64(8))[best]] = (values & np.uint64(255))[best]  # the last one written stays
    print(f"{len(values)} runs of letters for {1 << BITS} places")
    return checks


def _telling(shares: np.ndarray) -> np.ndarray:
    """How much is learned about the language within its alphabet, times how often."""
    total = np.zeros(len(shares))
    start = 0
    for codes in GROUPS.values():
        part = shares[:, start : start + len(codes)] + 1e-7
        whole = part.sum(1, keepdims=True)
        total += (part * np.log(part / whole * len(codes))).sum(1)
        start += len(codes)
    return total


def matrix(hashes: list[np.ndarray], checks: np.ndarray) -> csr_matrix:
    """Pieces × places of the table, counts."""
    parts = []
    for begin in range(0, len(hashes), 20_000):
        rows = [address(one, checks) for one in hashes[begin : begin + 20_000]]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.concatenate(rows)
        part = csr_matrix((np.ones(len(columns), np.float32), columns, ends), (len(rows), 1 << BITS))
        part.sum_duplicates()
        parts.append(part)
    return vstack(parts, format="csr")


def regress(table: csr_matrix, owners: np.ndarray, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """Softmax within each alphabet, by Adagrad."""
    chance = np.random.default_rng(7)
    weights = np.zeros((table.shape[1], len(CODES)), np.float32)
    bias = np.zeros(len(CODES), np.float32)
    pace = np.full_like(weights, 1e-6)
    inside = _inside()
    for epoch in range(epochs):
        loss, order = 0.0, chance.permutation(len(owners))
        for begin in range(0, len(order), BATCH):
            rows = order[begin : begin + BATCH]
            batch, mine = table[rows], owners[rows]
            logits = np.where(inside[mine], batch @ weights + bias, -1e9)
            logits -= logits.max(1, keepdims=True)
            shares = np.exp(logits)
            shares /= shares.sum(1, keepdims=True)
            loss -= float(np.log(shares[np.arange(len(rows)), mine] + 1e-9).sum())
            shares[np.arange(len(rows)), mine] -= 1
            slope = np.asarray(batch.T @ shares) / len(rows)
            pace += slope**2
            weights -= RATE * DECAY**epoch * slope / np.sqrt(pace)
            bias -= 0.01 * shares.mean(0)
        print(f"epoch {epoch}: {loss / len(owners):.4f}", flush=True)
    return weights, bias


def _inside() -> np.ndarray:
    groups = np.array([group for group, codes in GROUPS.items() for _ in codes])
    return groups[:, None] == groups[None, :]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *map(int, sys.argv[3:]))
