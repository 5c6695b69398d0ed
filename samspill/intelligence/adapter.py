"""What the text model learned beyond its publisher's weights: a low-rank change to some of its matrices.

Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models". `bench/train_encoder` learns it; it is
merged into the weights when the graph is written, so it costs nothing at run time.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

FILE = "data/adapter.npz"
SHA256 = "f08dab3da1b2f22efbfc64d5ce60dae00e13bd0bae3791172b92115c3d4972e6"


@dataclass(frozen=True)
class Adapter:
    """Factors by the name of their matrix: `l5.q.a` [rank, in] and `l5.q.b` [out, rank]."""

    factors: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)

    def change(self, name: str) -> NDArray[np.float32] | float:
        """What to add to the matrix `name` [out, in]; 0 where nothing was learned."""
        if name + ".a" not in self.factors:
            return 0.0
        return self.factors[name + ".b"] @ self.factors[name + ".a"]


def shipped() -> bytes:
    """The adapter's file as it lies in the package."""
    return files("samspill.intelligence").joinpath(FILE).read_bytes()


def parse(content: bytes) -> Adapter:
    """The factors in an .npz file of float16 arrays; raises ValueError on anything else."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        return Adapter({name: kept[name].astype(np.float32) for name in kept.files})
