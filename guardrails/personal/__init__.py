"""How each kind of personal data is recognized; `guardrails.pii` is the door."""
