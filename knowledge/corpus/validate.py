"""All problems of a folder of sheets, in one list: what `xiaoshen knowledge check` prints."""

from pathlib import Path

from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.problem import Problem
from knowledge.corpus.requests import request_problems


def validate_folder(folder: Path) -> tuple[Problem, ...]:
    """Every problem of the sheets, and of the ways of asking where the folder has them, by file and line."""
    catalogue = load_catalogue(folder)
    asking = request_problems(folder / "asking", frozenset(item.slug for item in catalogue.items))
    return (*catalogue.problems, *asking)
