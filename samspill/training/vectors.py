"""The vectors of examples: read by the text model once, kept beside the sentence."""

from collections.abc import Sequence

import numpy as np
from django.db.models import QuerySet

from samspill.intelligence.encoder import DIMENSIONS, Vectors
from samspill.knowledge.vectors import encoder, pack
from samspill.training.models import Example

AT_ONCE = 16  # few, so that a customer's question waits for one small batch at most
SAVED_AT_ONCE = 128


def fill(rows: QuerySet[Example]) -> int:
    """Give every row without a vector its own; returns how many. Raises ModelUnavailable."""
    filled = 0
    while portion := list(rows.filter(vector=None).only("text").order_by("pk")[:SAVED_AT_ONCE]):
        for example, vector in zip(portion, _read([one.text for one in portion]), strict=True):
            example.vector = pack(vector)
        Example.objects.bulk_update(portion, ["vector"])
        filled += len(portion)
    return filled


def _read(texts: Sequence[str]) -> Vectors:
    parts = [encoder().embed(texts[at : at + AT_ONCE], "query") for at in range(0, len(texts), AT_ONCE)]
    return np.concatenate(parts)


def unpacked(stored: Sequence[bytes | memoryview]) -> Vectors:
    """float32 [n, 384] from the bytes of n rows."""
    joined = b"".join(bytes(one) for one in stored)
    return np.frombuffer(joined, np.float16).reshape(-1, DIMENSIONS).astype(np.float32)
