"""The prompts, as files: who changes one reads there what it is for and what changed last."""
