"""Specimen documents of invented people, drawn by program and marked as specimens: for tests, measures and the demo."""
