"""Opens the product that an evaluation asks: the real one, or a scratch one of just what was named."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.bootstrap import build_product, build_scratch_product
from assistant.product import Product
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Opening:
    """What to open. It can be sent to another process, which then asks the same product."""

    settings: Settings
    catalogue: Path | None = None
    corpus: Path | None = None

    @property
    def is_scratch(self) -> bool:
        """True where the real knowledge base plays no part."""
        return self.catalogue is not None or self.corpus is not None


@contextmanager
def opened(opening: Opening) -> Iterator[Product]:
    """The product; what is scratch is gone afterwards."""
    if not opening.is_scratch:
        with build_product(opening.settings, say=_quiet) as product:
            yield product
        return
    with (
        tempfile.TemporaryDirectory(prefix="xiaoshen-eval-") as scratch,
        build_scratch_product(
            opening.settings, Path(scratch), catalogue=opening.catalogue, documents=opening.corpus, say=_quiet
        ) as product,
    ):
        yield product


def _quiet(_line: str) -> None:
    """Evaluations have a progress bar of their own."""
