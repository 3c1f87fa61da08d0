"""Training of what the knowledge base learns; never imported on the serving path."""
