"""The channels of the safety evaluation, wired to a real product and to a scratch one for the guides."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib import resources
from pathlib import Path

from assistant.bootstrap import build_scratch_product
from assistant.llm.prompt import load_prompt
from assistant.product import Product
from assistant.steps.grounds import Composer
from evals.safety_channels import DocumentChannel, Driver, Outcome, UserChannel
from evals.safety_filled import FieldChannel, NoteChannel, PictureChannel
from evals.samples import Channel, SafetyCase
from knowledge.storage.four_eyes import OPERATOR


class _WhenNeeded:
    """A guide needs a knowledge base of its own; it is opened at the first guide and closed with the run."""

    def __init__(self, product: Product, stack: ExitStack, composer: Composer | None) -> None:
        self._product = product
        self._composer = composer
        self._stack = stack
        self._driver: DocumentChannel | None = None

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Publish the guide and ask about it."""
        if self._driver is None:
            self._driver = self._open()
        return await self._driver(case)

    def _open(self) -> DocumentChannel:
        folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="xiaoshen-safety-")))
        (folder / "guides").mkdir()
        scratch = self._stack.enter_context(
            build_scratch_product(
                self._product.settings,
                folder / "home",
                catalogue=None,
                documents=None,
                say=lambda _line: None,
                composer=self._composer,
            )
        )
        return DocumentChannel(
            assistant=scratch.assistant,
            ingest=lambda paths: scratch.ingest(paths, publish=True),
            withdraw=lambda: _take_back(scratch),
            folder=folder / "guides",
            today=scratch.today(),
        )


def _take_back(scratch: Product) -> None:
    for version in scratch.knowledge.published_documents():
        scratch.knowledge.documents.withdraw(
            version.id, now=scratch.now(), actor=OPERATOR, why="one guide at a time is evaluated"
        )
    scratch.knowledge.refresh()


@contextmanager
def drivers_for(product: Product, composer: Composer | None = None) -> Iterator[Mapping[Channel, Driver]]:
    """Every channel of the product. `composer` writes the answers about guides, where it is not the settings' model."""
    today = product.today()
    with ExitStack() as stack:
        yield {
            Channel.USER: UserChannel(assistant=product.assistant, today=today),
            Channel.DOCUMENT: _WhenNeeded(product, stack, composer),
            Channel.FORM_FIELD: FieldChannel(assistant=product.assistant, today=today),
            Channel.OCR: PictureChannel(assistant=product.assistant, today=today),
            Channel.CLERK_NOTE: NoteChannel(assistant=product.assistant, today=today),
        }


def prompts() -> tuple[str, ...]:
    """The texts of the prompts, which no answer may repeat."""
    files = resources.files("assistant.prompts").iterdir()
    names = sorted(f.name.removesuffix(".md") for f in files if f.name.endswith(".md"))
    return tuple(text for name in names for _, text in load_prompt(name).sections)
