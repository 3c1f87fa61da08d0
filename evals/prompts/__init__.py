"""Prompts of evaluations. The product never reads them."""
