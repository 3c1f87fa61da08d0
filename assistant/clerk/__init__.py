"""What a clerk is shown beside a conversation, what is suggested to them, and what became of the suggestions."""
