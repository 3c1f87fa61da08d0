"""Writes the ONNX graph of a BERT sentence encoder: token ids in, one unit vector a text out.

Every matrix stays packed in 4 bits and is bit for bit what the wheel holds: words are unpacked after the lookup (54 MB
instead of 384 MB), layers inside onnxruntime's own operator for such blocks. A short text is no work for a processor,
it waits for the weights: an eighth of the bytes is half of the time. Activations are rounded to 8 bits, 32 at a time
and apart for each token, so a text has the same vector alone and in a batch.
"""

from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from knowledge.embedding.wheel import BLOCK, E5Weights, Floats

_EPSILON = 1e-12
_OPSET = 20
_ROUNDED_ACTIVATIONS = 4  # the operator's name for 8-bit activations; 1 keeps floats, which takes a third longer
_KINDS = ("q", "k", "v")


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

    def split(self, value: str, outputs: list[str]) -> None:
        """Into equal parts along the last axis."""
        self.nodes.append(helper.make_node("Split", [value], outputs, axis=-1, num_outputs=len(outputs)))

    def normalize(self, value: str, name: str, weight: Floats, bias: Floats) -> str:
        scale, shift = self.constant(f"{name}.w", weight), self.constant(f"{name}.b", bias)
        return self.add("LayerNormalization", [value, scale, shift], f"{name}.out", axis=-1, epsilon=_EPSILON)

    def linear(self, value: str, name: str, matrix: "_Packed", bias: Floats) -> str:
        product = self.product(value, name, matrix)
        return self.add("Add", [product, self.constant(f"{name}.b", bias)], f"{name}.out")

    def product(self, value: str, name: str, matrix: "_Packed") -> str:
        """With the transposed matrix, which stays in blocks of 4 bits."""
        blocks, scales = self.constant(f"{name}.w", matrix.blocks), self.constant(f"{name}.scales", matrix.scales)
        return self.add(
            "MatMulNBits",
            [value, blocks, scales],
            f"{name}.product",
            domain="com.microsoft",
            K=matrix.blocks.shape[1] * BLOCK,
            N=matrix.blocks.shape[0],
            bits=4,
            block_size=BLOCK,
            accuracy_level=_ROUNDED_ACTIVATIONS,
        )


@dataclass(frozen=True, slots=True)
class _Packed:
    """A matrix [out, in] as the operator reads it: bytes [out, blocks, 16], neighbors in one byte, and scales."""

    blocks: NDArray[np.uint8]
    scales: Floats


def packed(scales: NDArray[np.float16], nibbles: NDArray[np.uint8]) -> _Packed:
    """From the wheel's order, where byte n holds the weights n and n + 16 of a block, to 2n and 2n + 1."""
    order = np.concatenate([nibbles & 15, nibbles >> 4], axis=-1)
    return _Packed(np.asarray(order[..., 0::2] | order[..., 1::2] << 4, dtype=np.uint8), scales.astype(np.float32))


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


def _layer(graph: _Graph, value: str, name: str, weights: E5Weights) -> str:
    hidden, ffn = weights.shape.hidden, weights.shape.ffn

    def of(short: str, rows: int, columns: int) -> _Packed:
        return packed(*weights.blocks(f"{name}.{short}.w", rows, columns))

    def linear(inputs: str, short: str, rows: int, columns: int) -> str:
        return graph.linear(inputs, f"{name}.{short}", of(short, rows, columns), weights.plain(f"{name}.{short}.b"))

    def normalize(inputs: str, short: str) -> str:
        shift = weights.plain(f"{name}.{short}.b")
        return graph.normalize(inputs, f"{name}.{short}", weights.plain(f"{name}.{short}.w"), shift)

    parts = [of(kind, hidden, hidden) for kind in _KINDS]
    merged = _Packed(np.concatenate([one.blocks for one in parts]), np.concatenate([one.scales for one in parts]))
    split = [f"{name}.{kind}.part" for kind in _KINDS]
    graph.split(graph.product(value, f"{name}.qkv", merged), split)
    bias = graph.constant(f"{name}.qkv.b", np.concatenate([weights.plain(f"{name}.{kind}.b") for kind in _KINDS]))
    seen = graph.add(
        "MultiHeadAttention",
        [*split, bias, "mask32"],
        f"{name}.seen",
        domain="com.microsoft",
        num_heads=weights.shape.heads,
    )
    out = graph.add("Add", [linear(seen, "ao", hidden, hidden), value], f"{name}.residual")
    value = normalize(out, "aln")
    out = graph.add("Gelu", [linear(value, "fi", ffn, hidden)], f"{name}.gelu")
    out = graph.add("Add", [linear(out, "fo", hidden, ffn), value], f"{name}.residual2")
    return normalize(out, "oln")


def _pool(graph: _Graph, value: str) -> str:
    mask = graph.add("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
    mask = graph.add("Unsqueeze", [mask, "last"], "mask1")
    kept = graph.add("Mul", [value, mask], "kept")
    axis = graph.constant("axis", np.array([1], np.int64))
    total = graph.add("ReduceSum", [kept, axis], "total", keepdims=0)
    count = graph.add("ReduceSum", [mask, axis], "count", keepdims=0)
    mean = graph.add("Div", [total, count], "mean")
    return graph.add("LpNormalization", [mean], "vector", axis=-1, p=2)


def encoder_graph(weights: E5Weights) -> onnx.ModelProto:
    """The whole network: inputs `input_ids` and `attention_mask` (int64 [batch, length]), output `vector`."""
    graph = _Graph()
    graph.add("Cast", ["attention_mask"], "mask32", to=TensorProto.INT32)
    value = _embed(graph, weights)
    for layer in range(weights.shape.layers):
        value = _layer(graph, value, f"l{layer}", weights)
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
