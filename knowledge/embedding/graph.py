"""Writes the ONNX graph of a BERT sentence encoder: token ids in, one unit vector a text out.

Word embeddings stay packed in 4 bits and are unpacked after the lookup, so 250,037 rows take 54 MB instead of 384 MB
and are bit for bit what the wheel holds. Attention uses the fused operator of onnxruntime's CPU provider.
"""

from collections.abc import Mapping

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.embedding.wheel import BLOCK, E5Weights, Floats, Shape

_EPSILON = 1e-12
_OPSET = 20


def encoder_layers(weights: E5Weights) -> dict[str, Floats]:
    """The twelve layers' tensors by name (`l0.q.w`, `l0.q.b`, …); matrices are [out, in]."""
    hidden, ffn = weights.shape.hidden, weights.shape.ffn
    linear = {"q": (hidden, hidden), "k": (hidden, hidden), "v": (hidden, hidden), "ao": (hidden, hidden)}
    linear |= {"fi": (ffn, hidden), "fo": (hidden, ffn)}
    tensors: dict[str, Floats] = {}
    for layer in range(weights.shape.layers):
        for short, (rows, columns) in linear.items():
            tensors[f"l{layer}.{short}.w"] = weights.matrix(f"l{layer}.{short}.w", rows, columns)
            tensors[f"l{layer}.{short}.b"] = weights.plain(f"l{layer}.{short}.b")
        for short in ("aln", "oln"):
            tensors[f"l{layer}.{short}.w"] = weights.plain(f"l{layer}.{short}.w")
            tensors[f"l{layer}.{short}.b"] = weights.plain(f"l{layer}.{short}.b")
    return tensors


class _Graph:
    """Nodes and constants in the order they are added; each call returns the name of its output."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(
        self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: int | float | str
    ) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], None, None, domain, None, **attributes))
        return output

    def normalize(self, value: str, name: str, weight: Floats, bias: Floats) -> str:
        scale, shift = self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)
        return self.add("LayerNormalization", [value, scale, shift], f"{name}.out", axis=-1, epsilon=_EPSILON)

    def linear(self, value: str, name: str, weight: Floats, bias: Floats) -> str:
        matrix, shift = self.constant(f"{name}.w", weight.T), self.constant(f"{name}.b", bias)
        product = self.add("MatMul", [value, matrix], f"{name}.product")
        return self.add("Add", [product, shift], f"{name}.out")


def _embed(graph: _Graph, weights: E5Weights) -> str:
    hidden = weights.shape.hidden
    scales, nibbles = weights.blocks("emb.word", weights.shape.vocabulary, hidden)
    per_row = hidden // BLOCK
    graph.constant("word.scales", scales)
    graph.constant("word.nibbles", nibbles)
    packed = graph.add("Gather", ["word.nibbles", "input_ids"], "word.packed", axis=0)
    low = graph.add("BitwiseAnd", [packed, graph.constant("fifteen", np.array(15, np.uint8))], "word.low")
    high = graph.add(
        "BitShift", [packed, graph.constant("four", np.array(4, np.uint8))], "word.high", direction="RIGHT"
    )
    both = graph.add("Concat", [low, high], "word.both", axis=-1)
    floats = graph.add("Cast", [both], "word.floats", to=TensorProto.FLOAT)
    centred = graph.add("Sub", [floats, graph.constant("eight", np.array(8, np.float32))], "word.centred")
    scale = graph.add("Gather", ["word.scales", "input_ids"], "word.scale16", axis=0)
    scale = graph.add("Cast", [scale], "word.scale", to=TensorProto.FLOAT)
    scale = graph.add("Unsqueeze", [scale, graph.constant("last", np.array([-1], np.int64))], "word.scale1")
    blocks = graph.add("Mul", [centred, scale], "word.blocks")
    shape = graph.constant("word.shape", np.array([0, 0, per_row * BLOCK], np.int64))
    words = graph.add("Reshape", [blocks, shape], "word.rows")
    # every text is one segment, so the token type row is a constant added to each position
    positions = weights.plain("emb.pos").reshape(-1, hidden) + weights.plain("emb.type").reshape(-1, hidden)[0]
    length = graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    zero = graph.constant("zero", np.array([0], np.int64))
    place = graph.add("Slice", [graph.constant("positions", positions), zero, length, zero], "place")
    summed = graph.add("Add", [words, place], "embedded")
    return graph.normalize(summed, "emb.ln", weights.plain("emb.ln.w"), weights.plain("emb.ln.b"))


def _layer(graph: _Graph, value: str, name: str, shape: Shape, tensors: Mapping[str, Floats]) -> str:
    merged = np.concatenate([tensors[f"{name}.{part}.w"].T for part in "qkv"], axis=1)
    bias = np.concatenate([tensors[f"{name}.{part}.b"] for part in "qkv"])
    inputs = [value, graph.constant(f"{name}.qkv.w", merged), graph.constant(f"{name}.qkv.b", bias), "mask32"]
    seen = graph.add("Attention", inputs, f"{name}.seen", domain="com.microsoft", num_heads=shape.heads)
    out = graph.linear(seen, f"{name}.ao", tensors[f"{name}.ao.w"], tensors[f"{name}.ao.b"])
    out = graph.add("Add", [out, value], f"{name}.residual")
    value = graph.normalize(out, f"{name}.aln", tensors[f"{name}.aln.w"], tensors[f"{name}.aln.b"])
    out = graph.linear(value, f"{name}.fi", tensors[f"{name}.fi.w"], tensors[f"{name}.fi.b"])
    out = graph.add("Gelu", [out], f"{name}.gelu")
    out = graph.linear(out, f"{name}.fo", tensors[f"{name}.fo.w"], tensors[f"{name}.fo.b"])
    out = graph.add("Add", [out, value], f"{name}.residual2")
    return graph.normalize(out, f"{name}.oln", tensors[f"{name}.oln.w"], tensors[f"{name}.oln.b"])


def _pool(graph: _Graph, value: str) -> str:
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", [mask, "last"], "mask1")
    kept = graph.add("Mul", [value, mask], "kept")
    axis = graph.constant("axis", np.array([1], np.int64))
    total = graph.add("ReduceSum", [kept, axis], "total", keepdims=0)
    count = graph.add("ReduceSum", [mask, axis], "count", keepdims=0)
    mean = graph.add("Div", [total, count], "mean")
    return graph.add("LpNormalization", [mean], "vector", axis=-1, p=2)


def encoder_graph(weights: E5Weights, layers: Mapping[str, Floats]) -> onnx.ModelProto:
    """The whole network: inputs `input_ids` and `attention_mask` (int64 [batch, length]), output `vector`."""
    graph = _Graph()
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    value = _embed(graph, weights)
    for layer in range(weights.shape.layers):
        value = _layer(graph, value, f"l{layer}", weights.shape, layers)
    output = _pool(graph, value)
    ids = [
        helper.make_tensor_value_info(n, TensorProto.INT64, ["batch", "length"])
        for n in ("input_ids", "attention_mask")
    ]
    vector = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", weights.shape.hidden])
    body = helper.make_graph(graph.nodes, "sentence_encoder", ids, [vector], graph.constants)
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("com.microsoft", 1)]
    model = helper.make_model(body, opset_imports=opsets, producer_name="xiaoshen")
    model.ir_version = 10
    return model
