"""The wheel's encoder as a torch model: to fine-tune it, and to compare what is served with a second implementation."""

from pathlib import Path

import torch
from transformers import BertConfig, BertModel

from knowledge.embedding.graph import encoder_layers
from knowledge.embedding.wheel import E5Weights, Floats

_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "aln": "attention.output.LayerNorm",
    "oln": "output.LayerNorm",
}


def torch_name(name: str) -> str:
    """`l3.q.w` becomes `encoder.layer.3.attention.self.query.weight`."""
    layer, part, kind = name.split(".")
    return f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{'weight' if kind == 'w' else 'bias'}"


def as_torch_encoder(data_file: Path) -> BertModel:
    """The encoder with the weights of the wheel's data file."""
    weights = E5Weights(data_file)
    shape = weights.shape
    positions = weights.plain("emb.pos").reshape(-1, shape.hidden)
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.ffn,
        max_position_embeddings=len(positions),
        type_vocab_size=len(weights.plain("emb.type")) // shape.hidden,
        layer_norm_eps=1e-12,
        pad_token_id=1,
    )
    tensors: dict[str, Floats] = {
        "embeddings.word_embeddings.weight": weights.matrix("emb.word", shape.vocabulary, shape.hidden),
        "embeddings.position_embeddings.weight": positions,
        "embeddings.token_type_embeddings.weight": weights.plain("emb.type").reshape(-1, shape.hidden),
        "embeddings.LayerNorm.weight": weights.plain("emb.ln.w"),
        "embeddings.LayerNorm.bias": weights.plain("emb.ln.b"),
    }
    tensors |= {torch_name(name): value for name, value in encoder_layers(weights).items()}
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in tensors.items()}, strict=False)
    return model
