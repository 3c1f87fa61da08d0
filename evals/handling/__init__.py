"""Trains what reads the intents of messages to a case."""
