"""Questions whose answers are known, because both come from the catalogue; made anew when knowledge changes."""
