"""One parser a format: bytes in, blocks of text with positions out."""
