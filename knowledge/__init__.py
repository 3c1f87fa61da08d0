"""The trusted knowledge base: truth, derived indexes, recognition and retrieval."""
