"""Passage search: legs, fusion, and the decision whether there is evidence."""
