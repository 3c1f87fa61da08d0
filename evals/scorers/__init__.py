"""Pure scoring: rows and cases in, measures out."""
