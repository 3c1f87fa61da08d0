"""Teaching the guard: what harmful and legitimate messages look like, and what a sentence must share with its proof."""
