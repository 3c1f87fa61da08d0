"""Implementations of the dense and lexical index roles."""
