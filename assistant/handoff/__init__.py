"""From a citizen's wish for a person to the end of that conversation: sixty seconds, or an honest choice."""
