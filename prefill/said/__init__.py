"""What the citizen said in the conversation, read into facts for a form: deterministic, and careful before complete."""
