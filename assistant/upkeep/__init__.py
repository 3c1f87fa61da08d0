"""Looking after the knowledge: what is due, what contradicts, what grew old, what is missing, and mending it."""
