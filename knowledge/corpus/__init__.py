"""The knowledge that ships, read from YAML: loading, checking with line numbers, counting."""
