"""The life of knowledge: working days, layers, differences, what depends on what, and the work that all this leaves."""
