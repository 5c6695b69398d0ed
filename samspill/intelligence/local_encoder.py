"""The encoder in this process: onnxruntime on one core, word table memory-mapped."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from samspill.intelligence.clean import clean
from samspill.intelligence.encoder import DIMENSIONS, Kind, Vectors, nothing, unit
from samspill.intelligence.errors import ModelUnavailable
from samspill.intelligence.packed import BLOCK, unpack
from samspill.intelligence.tokens import PAD, Tokens, own_tokens, published_tokens
from samspill.intelligence.weights import prepare, sha256

BATCH = 16
# A shorter text pays for the padding up to the longest of its batch, so lengths may differ by a quarter.
STRETCH = 1.25
# fused, these take three times as long as their parts
SLOWER = ["SkipLayerNormFusion", "BiasSkipLayerNormFusion"]

Ids = NDArray[np.int64]


class _Graph(Protocol):
    def __call__(self, ids: Ids, mask: Ids) -> Vectors: ...


class LocalEncoder:
    """Encoder over a local graph; may be shared by threads and survives fork."""

    def __init__(self, tokens: Tokens, graph: _Graph) -> None:
        self._tokens, self._graph = tokens, graph

    def embed(self, texts: Sequence[str], kind: Kind) -> Vectors:
        """float32 [n, 384] of length 1; any string is accepted, the first 256 tokens count."""
        if not texts:
            return nothing()
        ids = [self._tokens(f"{kind}: {clean(text)}") for text in texts]
        vectors = np.empty((len(ids), DIMENSIONS), np.float32)
        for rows in _batches([len(one) for one in ids]):
            vectors[rows] = self._graph(*_padded([ids[row] for row in rows]))
        return vectors


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) == BATCH or lengths[row] > STRETCH * lengths[batch[0]]):
            yield batch
            batch = []
        batch.append(row)
    yield batch


def _padded(ids: list[list[int]]) -> tuple[Ids, Ids]:
    width = max(map(len, ids))
    padded = np.array([one + [PAD] * (width - len(one)) for one in ids], np.int64)
    mask = np.array([[1] * len(one) + [0] * (width - len(one)) for one in ids], np.int64)
    return padded, mask


def local_encoder(folder: Path) -> LocalEncoder:
    """The offline model kept under `folder`, written there first if need be; raises ModelUnavailable."""
    files = prepare(folder)
    session = _session(files.graph)
    words = np.memmap(files.words, BLOCK, "r").reshape(-1, DIMENSIONS // 32)

    def graph(ids: Ids, mask: Ids) -> Vectors:
        rows = unpack(words[ids]).reshape(*ids.shape, DIMENSIONS)
        found: Vectors = session.run(None, {"words": rows, "mask": mask.astype(np.float32)})[0]
        return found

    return LocalEncoder(own_tokens(files.tokens), graph)


def published_encoder(graph: Path, tokens: Path, sha256s: Sequence[str] = ()) -> LocalEncoder:
    """The publisher's own `model.onnx` and `sentencepiece.bpe.model`; `sha256s` in that order when given."""
    for path, expected in zip((graph, tokens), sha256s, strict=False):
        if sha256(path) != expected:
            raise ModelUnavailable(f"{path} does not have the expected sha256 {expected}.")
    return LocalEncoder(published_tokens(tokens), _published_graph(graph))


def _published_graph(path: Path) -> _Graph:
    session = _session(path)
    wanted = {one.name for one in session.get_inputs()}

    def graph(ids: Ids, mask: Ids) -> Vectors:
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = session.run(None, {name: given[name] for name in wanted})[0]
        weights = mask[..., None].astype(np.float32)
        return unit((states * weights).sum(1) / weights.sum(1))

    return graph


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
        )
    except Exception as error:  # onnxruntime raises a class of its own for each failure
        raise ModelUnavailable(f"{path} cannot be loaded: {error}") from error
