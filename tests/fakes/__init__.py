"""Builders and in-memory parts shared by the tests."""
