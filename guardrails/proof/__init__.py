"""Whether the evidence says a free sentence: clause by clause, each of them against one place."""
