"""Tables, repositories and migrations of conversations, on the schema of the knowledge base."""
