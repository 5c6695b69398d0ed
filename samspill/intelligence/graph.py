"""Writes the e5 transformer, its adapter merged in, as an ONNX graph with int8 weights."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from samspill.intelligence.adapter import Adapter
from samspill.intelligence.packed import Packed

Array = NDArray[np.float32] | NDArray[np.int64]
RUNTIME = "com.microsoft"  # the operators onnxruntime has besides the standard ones


def write_graph(packed: Packed, adapter: Adapter, path: Path) -> None:
    """Write the int8 graph to `path`: inputs words [n, t, 384] and mask [n, t], output vectors [n, 384]."""
    exact = path.with_suffix(".float.onnx")
    onnx.save(_Graph(packed, adapter).model(), str(exact))
    quantize_dynamic(
        exact,
        path,
        op_types_to_quantize=["MatMul", "Attention"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},  # it cannot tell what Attention gives
    )
    exact.unlink()


class _Graph:
    """A BERT encoder, node by node; a value is the name of the node output that carries it."""

    def __init__(self, packed: Packed, adapter: Adapter) -> None:
        self.packed, self.adapter, self.shape = packed, adapter, packed.shape
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def model(self) -> onnx.ModelProto:
        value = self._positions("words")
        hidden = self._attention_mask()
        for layer in range(self.shape.layers):
            value = self._layer(value, hidden, f"l{layer}.")
        self._pool(value)
        return self._wrap()

    def _wrap(self) -> onnx.ModelProto:
        size = self.shape.hidden
        words = helper.make_tensor_value_info("words", TensorProto.FLOAT, ["n", "t", size])
        mask = helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["n", "t"])
        out = helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", size])
        graph = helper.make_graph(self.nodes, "e5", [words, mask], [out], list(self.constants.values()))
        versions = [helper.make_opsetid("", 18), helper.make_opsetid(RUNTIME, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)

    def _constant(self, name: str, value: Array) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def _axes(self, *axes: int) -> str:
        return self._constant("axes" + "_".join(map(str, axes)), np.array(axes, np.int64))

    def _number(self, value: float) -> str:
        return self._constant(f"number{value}", np.array(value, np.float32))

    def _node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        name = f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], **attributes))
        return name

    def _linear(self, value: str, name: str, out: int, into: int) -> str:
        product = self._node("MatMul", value, self._constant(name + ".w", self._matrix(name, out, into).T))
        return self._node("Add", product, self._constant(name + ".b", self.packed.floats(name + ".b")))

    def _matrix(self, name: str, out: int = 0, into: int = 0) -> NDArray[np.float32]:
        shape = (out or self.shape.hidden, into or self.shape.hidden)
        return self.packed.weights(name + ".w").reshape(shape) + self.adapter.change(name)

    def _normalise(self, value: str, name: str) -> str:
        scale, bias = (self._constant(name + end, self.packed.floats(name + end)) for end in (".w", ".b"))
        return self._node("LayerNormalization", value, scale, bias, axis=-1, epsilon=self.shape.epsilon)

    def _positions(self, words: str) -> str:
        size = self.shape.hidden
        places = self.packed.floats("emb.pos").reshape(self.shape.positions, size)
        kind = self.packed.floats("emb.type").reshape(-1, size)[0]
        length = self._node("Gather", self._node("Shape", words), self._axes(1))
        table = self._constant("places", places + kind)
        rows = self._node("Slice", table, self._axes(0), length, self._axes(0))
        return self._normalise(self._node("Add", words, rows), "emb.ln")

    def _attention_mask(self) -> str:
        return self._node("Cast", "mask", to=TensorProto.INT32)

    def _layer(self, value: str, hidden: str, name: str) -> str:
        size, inner = self.shape.hidden, self.shape.inner
        seen = self._linear(self._attention(value, hidden, name), name + "ao", size, size)
        value = self._normalise(self._node("Add", value, seen), name + "aln")
        wide = self._gelu(self._linear(value, name + "fi", inner, size))
        thought = self._linear(wide, name + "fo", size, inner)
        return self._normalise(self._node("Add", value, thought), name + "oln")

    def _attention(self, value: str, hidden: str, name: str) -> str:
        # one node of the runtime's own: it is fused, and quantised as a whole
        matrix = self._constant(
            name + "qkv.w", np.concatenate([self._matrix(name + one).T for one in "qkv"], 1)
        )
        bias = self._constant(
            name + "qkv.b", np.concatenate([self.packed.floats(f"{name}{one}.b") for one in "qkv"])
        )
        heads = self.shape.heads
        return self._node("Attention", value, matrix, bias, hidden, domain=RUNTIME, num_heads=heads)

    def _gelu(self, value: str) -> str:
        bell = self._node("Erf", self._node("Div", value, self._number(float(np.sqrt(2)))))
        gate = self._node("Add", bell, self._number(1.0))
        return self._node("Mul", self._node("Mul", value, gate), self._number(0.5))

    def _pool(self, value: str) -> None:
        column = self._node("Unsqueeze", "mask", self._axes(2))
        total = self._node("ReduceSum", self._node("Mul", value, column), self._axes(1), keepdims=0)
        count = self._node("ReduceSum", "mask", self._axes(1), keepdims=1)
        mean = self._node("Div", total, count)
        self.nodes.append(helper.make_node("LpNormalization", [mean], ["vectors"], axis=-1, p=2))
