"""A finished paper: the only form in which generated documents leave, and only `prefill.papers.making` makes it."""

from dataclasses import dataclass, field
from typing import Final, final

from prefill.papers.request import PaperFormat, PaperKind


@final
class _Maker:
    """Proof that every text in the paper was approved. Private: an architecture test watches who imports it."""


_MAKER: Final = _Maker()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One file to hand out. `withheld` are fields whose value was not printed because the guard stopped it."""

    kind: PaperKind
    format: PaperFormat
    file_name: str
    media_type: str
    title: str
    content: bytes = field(repr=False)
    withheld: tuple[str, ...] = ()
    maker: _Maker = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse a paper that somebody else put together."""
        if self.maker is not _MAKER:
            raise PermissionError("Paper is made by prefill.papers.making.make_papers only: pass a PaperRequest to it.")
