"""Between numpy and the bytes in the database, and the encoder of this installation."""

from functools import lru_cache

import numpy as np
from django.conf import settings

from samspill.intelligence.client import EncoderClient
from samspill.intelligence.encoder import DIMENSIONS, Vectors
from samspill.intelligence.errors import ModelUnavailable


def encoder_name() -> str:
    """Stands beside each vector; another model has another name, and vectors of two are never compared."""
    return str(settings.ENCODER.name)


@lru_cache
def encoder() -> EncoderClient:
    """The text model, asked over its socket."""
    return EncoderClient(settings.MODELS_SOCKET, encoder_name=encoder_name())


@lru_cache
def quick_encoder() -> EncoderClient:
    """The same for somebody who waits: what takes longer than a second is as good as away."""
    return EncoderClient(settings.MODELS_SOCKET, timeout=settings.MODELS_QUICK_S, encoder_name=encoder_name())


def meaning(text: str) -> Vectors | None:
    """The vector [384] of what somebody asks; None while the text model is away."""
    try:
        return quick_encoder().embed([text], "query")[0]
    except ModelUnavailable:
        return None


def pack(vector: Vectors) -> bytes:
    """float16 bytes of one vector."""
    return vector.astype(np.float16).tobytes()


def unpack(stored: bytes | memoryview) -> Vectors:
    """float32 [384] of what `pack` made."""
    return np.frombuffer(stored, np.float16, DIMENSIONS).astype(np.float32)
