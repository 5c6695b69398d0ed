"""The text model in PyTorch: frozen weights from the packed file, and a low-rank adapter that learns."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from samspill.intelligence.packed import BLOCK, Packed, unpack

PARTS = ("q", "k", "v", "ao", "fi", "fo")
FROM_LAYER = 5  # those below stay as they are: a third of the time, and nothing lost that was measured


class Linear(nn.Module):
    """y = x W' + b + (x A') B' · scale; only A and B learn."""

    def __init__(self, weight: Tensor, bias: Tensor, rank: int) -> None:
        super().__init__()
        out, into = weight.shape
        self.register_buffer("weight", weight)
        self.register_buffer("bias", bias)
        self.learns = rank > 0
        if self.learns:
            self.a = nn.Parameter(torch.randn(rank, into) / math.sqrt(into))
            self.b = nn.Parameter(torch.zeros(out, rank))

    def forward(self, x: Tensor) -> Tensor:
        y = functional.linear(x, self.weight, self.bias)
        return y + functional.linear(functional.linear(x, self.a), self.b) if self.learns else y


class Transformer(nn.Module):
    """Vectors of length 1 from ids [n, t] and mask [n, t]."""

    def __init__(self, packed: Packed, rank: int) -> None:
        super().__init__()
        shape = self.shape = packed.shape
        size = shape.hidden
        self.words = np.frombuffer(packed.tensors["emb.word"], BLOCK).reshape(-1, size // 32)
        places = packed.floats("emb.pos").reshape(shape.positions, size)
        self.register_buffer("places", torch.tensor(places + packed.floats("emb.type").reshape(-1, size)[0]))
        self.linears = nn.ModuleDict()
        for layer in range(shape.layers):
            for part in PARTS:
                name = f"l{layer}.{part}"
                out = shape.inner if part == "fi" else size
                weight = packed.weights(name + ".w").reshape(out, -1).copy()
                bias = torch.tensor(packed.floats(name + ".b"))
                self.linears[name.replace(".", "_")] = Linear(
                    torch.tensor(weight), bias, rank if layer >= FROM_LAYER else 0
                )
        for name in [
            "emb.ln",
            *(f"l{layer}.{part}" for layer in range(shape.layers) for part in ("aln", "oln")),
        ]:
            for end in (".w", ".b"):
                self.register_buffer((name + end).replace(".", "_"), torch.tensor(packed.floats(name + end)))

    def forward(self, ids: np.ndarray, mask: Tensor) -> Tensor:
        rows = torch.tensor(unpack(self.words[ids]).reshape(*ids.shape, self.shape.hidden))
        x = self._norm(rows + self.places[: ids.shape[1]], "emb.ln")
        seen = mask[:, None, None, :].bool()
        for layer in range(self.shape.layers):
            x = self._layer(x, seen, f"l{layer}_")
        weights = mask[..., None]
        return functional.normalize((x * weights).sum(1) / weights.sum(1), dim=-1)

    def _norm(self, x: Tensor, name: str) -> Tensor:
        name = name.replace(".", "_")
        weight, bias = getattr(self, name + "_w"), getattr(self, name + "_b")
        return functional.layer_norm(x, x.shape[-1:], weight, bias, self.shape.epsilon)

    def _layer(self, x: Tensor, seen: Tensor, name: str) -> Tensor:
        x = self._norm(x + self.linears[name + "ao"](self._attention(x, seen, name)), name + "aln")
        wide = functional.gelu(self.linears[name + "fi"](x))
        return self._norm(x + self.linears[name + "fo"](wide), name + "oln")

    def _attention(self, x: Tensor, seen: Tensor, name: str) -> Tensor:
        n, t, size = x.shape
        heads = [
            self.linears[name + part](x).view(n, t, self.shape.heads, -1).transpose(1, 2)
            for part in ("q", "k", "v")
        ]
        mixed = functional.scaled_dot_product_attention(*heads, attn_mask=seen)
        return mixed.transpose(1, 2).reshape(n, t, size)

    def adapter(self, share: float) -> dict[str, np.ndarray]:
        """A share of what was learned, float16 by the names of the packed file: l5.q.a [rank, in], l5.q.b [out, rank]."""
        return {
            f"{name.replace('_', '.')}.{end}": (by * getattr(linear, end)).detach().numpy().astype(np.float16)
            for name, linear in self.linears.items()
            if linear.learns
            for end, by in (("a", 1.0), ("b", share))
        }


def padded(ids: Sequence[Sequence[int]]) -> tuple[np.ndarray, Tensor]:
    """Ids [n, t] filled up with 1, and the mask."""
    width = max(map(len, ids))
    rows = np.ones((len(ids), width), np.int64)
    mask = torch.zeros(len(ids), width)
    for row, one in enumerate(ids):
        rows[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return rows, mask
