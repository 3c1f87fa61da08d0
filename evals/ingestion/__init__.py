"""Measures of ingestion: known texts rendered into formats, fidelity, and other readers on the same files."""
