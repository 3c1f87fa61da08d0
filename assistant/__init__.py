"""The assistant: one turn from a citizen's message to approved sentences, and everything around it."""
