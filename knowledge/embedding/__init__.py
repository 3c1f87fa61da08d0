"""Sentence vectors: the role, the ONNX runtime, and how the model comes out of a wheel."""
