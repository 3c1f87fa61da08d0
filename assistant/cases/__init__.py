"""Cases (办件): what a citizen gets done, kept as events; durable, versioned, resumable on another channel."""
