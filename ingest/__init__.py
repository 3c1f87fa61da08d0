"""From the file an office sends to passages of a dated version."""
