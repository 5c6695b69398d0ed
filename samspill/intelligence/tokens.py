"""Text to token ids with sentencepiece: either our own model file or the published one."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import sentencepiece

from samspill.intelligence.packed import Packed

START, PAD, END, UNKNOWN = 0, 1, 2, 3
MAX_TOKENS = 256

Tokens = Callable[[str], list[int]]


def write_tokens(packed: Packed, path: Path) -> None:
    """Write a sentencepiece model whose ids are the rows of the word table."""
    schema: Any = import_module("sentencepiece.sentencepiece_model_pb2")  # protobuf is wanted only here
    model = schema.ModelProto()
    kinds = {START: 3, PAD: 3, END: 3, UNKNOWN: 2}
    for number, (piece, score) in enumerate(zip(packed.pieces, packed.scores, strict=True)):
        kind = 3 if piece == "<mask>" else kinds.get(number, 1)
        model.pieces.add(piece=piece, score=float(score), type=kind)
    _settings(model.trainer_spec, len(packed.pieces))
    model.normalizer_spec.name = "identity"
    model.normalizer_spec.add_dummy_prefix = True
    model.normalizer_spec.escape_whitespaces = True
    path.write_bytes(model.SerializeToString())


def _settings(trainer: Any, size: int) -> None:
    trainer.model_type = 1  # unigram
    trainer.vocab_size = size
    trainer.bos_id, trainer.pad_id = START, PAD
    trainer.eos_id, trainer.unk_id = END, UNKNOWN


def own_tokens(path: Path) -> Tokens:
    """Ids for the word table written by `write_tokens`, at most MAX_TOKENS with both ends."""
    return _tokens(path, offset=0)


def published_tokens(path: Path) -> Tokens:
    """Ids for the published graph: sentencepiece numbers moved up by one, as XLM-R does."""
    return _tokens(path, offset=1)


def _tokens(path: Path, offset: int) -> Tokens:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(path))
    unknown = processor.unk_id()

    def ids(text: str) -> list[int]:
        found = processor.encode(text)[: MAX_TOKENS - 2]
        return [START, *(UNKNOWN if i == unknown else i + offset for i in found), END]

    return ids
