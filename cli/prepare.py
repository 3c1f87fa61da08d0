"""`xiaoshen prepare`: build what serving needs ahead of time; serving does the same when it is missing."""

import time

from cli.options import Home, settings_for
from cli.output import console_for


def prepare(home: Home = None) -> None:
    """Build the sentence model, the database and the indexes, and say how long each took."""
    from assistant.bootstrap import build_product  # imported late: --help must not load a model

    console = console_for(None)
    began = time.perf_counter()
    with build_product(settings_for(home), say=lambda line: console.print(f"  {line}")) as product:
        items = len(product.knowledge.items(product.today()))
    console.print(f"Ready: {items} service items, {time.perf_counter() - began:.0f} s.")
