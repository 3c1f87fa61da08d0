"""A source as a person may open it: what it is, whether it holds, what it says, where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import repeat
from urllib.parse import quote as url_quote
from urllib.parse import urlsplit

from assistant.web.schemas import SourceSheet, WireOrigin, WirePlace, WireStatement
from assistant.web.sse import render
from guardrails.outbound import quote
from knowledge.items import ServiceItem, SourceRef
from knowledge.passages import DocumentVersion, Passage, Place
from knowledge.policies import Policy
from knowledge.statements import Statement
from knowledge.statements_of import passage_statement


@dataclass(slots=True)
class Numbered:
    """The origins of one sheet, each with the number that its statements point to."""

    numbers: dict[tuple[str, str | None], int] = field(default_factory=dict)
    origins: list[WireOrigin] = field(default_factory=list)

    def numbers_of(self, refs: Sequence[SourceRef]) -> list[int]:
        """Numbers of these references, new ones added at the end."""
        return [self._number(ref) for ref in refs]

    def _number(self, ref: SourceRef) -> int:
        key = (ref.origin.id, ref.locator)
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            origin = WireOrigin(
                number=self.numbers[key],
                title=render(quote(ref.origin.title, "origin")),
                url=public_url(ref.origin.url),
                date=ref.origin.date,
                locator=_quoted_text(ref.locator, "origin"),
            )
            self.origins.append(origin)
        return self.numbers[key]


def sheet_of_item(
    item: ServiceItem, statements: Sequence[Statement], *, anchor: str | None, version: str | None, today: date
) -> SourceSheet:
    """The sheet of a service item."""
    numbered = Numbered()
    shown = _shown(statements, anchor)
    return SourceSheet(
        source=item.source,
        title=render(quote(item.name, item.source)),
        kind="item",
        version=item.version,
        is_current_version=version in (None, item.version),
        effective_from=item.effective_from,
        effective_to=None,
        in_force=None if item.effective_from is None else item.effective_from <= today,
        issuer=_quoted_text(item.department, item.source),
        number=None,
        anchor=anchor,
        statements=_statements(shown.statements, numbered),
        unconfirmed=shown.unconfirmed,
        origins=numbered.origins,
        original=None,
        page_pictures=None,
        notes=[],
    )


def sheet_of_policy(
    policy: Policy, statements: Sequence[Statement], *, anchor: str | None, version: str | None, today: date
) -> SourceSheet:
    """The sheet of a policy. Whether it holds is said only where its period was confirmed."""
    numbered = Numbered()
    shown = _shown(statements, anchor)
    period = policy.period
    begun = period.begins is None or period.begins <= today
    known = period.verified and (period.begins is not None or period.ends is not None)
    return SourceSheet(
        source=policy.source,
        title=render(quote(policy.name, policy.source)),
        kind="policy",
        version=policy.version,
        is_current_version=version in (None, policy.version),
        effective_from=period.begins,
        effective_to=period.ends,
        in_force=begun and not period.is_over(today) if known else None,
        issuer=_quoted_text(policy.department, policy.source),
        number=None,
        anchor=anchor,
        statements=_statements(shown.statements, numbered),
        unconfirmed=shown.unconfirmed,
        origins=numbered.origins,
        original=None,
        page_pictures=None,
        notes=_quoted((period.note,) if period.note else (), policy.source),
    )


def sheet_of_document(
    document: DocumentVersion,
    passages: Sequence[Passage],
    *,
    anchor: str | None,
    current: DocumentVersion | None,
    today: date,
    has_original: bool,
) -> SourceSheet:
    """The sheet of one version of a document. `current` is the version in force today."""
    address = f"/api/documents/{url_quote(document.name)}"
    drawn = any(passage.places for passage in passages)
    return SourceSheet(
        source=document.source,
        title=render(quote(document.title, document.source)),
        kind="document",
        version=document.id,
        is_current_version=current is not None and current.id == document.id,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        in_force=document.is_in_force(today),
        issuer=_quoted_text(document.issuer, document.source),
        number=_quoted_text(document.number, document.source),
        anchor=anchor,
        statements=_statements(
            [passage_statement(passage, document) for passage in passages],
            Numbered(),
            [wire_places(passage.places) for passage in passages],
        ),
        unconfirmed=0,
        origins=[],
        original=f"{address}/original?version={document.id}" if has_original else None,
        page_pictures=f"{address}/versions/{document.id}/pages/" if drawn and has_original else None,
        notes=[],
    )


def public_url(url: str) -> str | None:
    """The address where a reader can open it; None for pointers that only we can follow."""
    parts = urlsplit(url)
    return url if parts.scheme in ("http", "https") and parts.netloc else None


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a sheet's statements may be read: values without a source are counted, not shown."""

    statements: list[Statement]
    unconfirmed: int


def _shown(statements: Sequence[Statement], anchor: str | None) -> Shown:
    """The clerk's check points are left out too: they repeat conditions in office words. What was cited stays."""
    for_citizens = [s for s in statements if "#review_points." not in s.id or s.id == anchor]
    sourced = [s for s in for_citizens if s.may_be_stated or s.id == anchor]
    return Shown(sourced, len(for_citizens) - len(sourced))


def wire_places(places: Sequence[Place]) -> list[WirePlace]:
    """Pages and rectangles as the pages want them."""
    return [
        WirePlace(page=p.page, boxes=[(box.left, box.top, box.right, box.bottom) for box in p.boxes]) for p in places
    ]


def _statements(
    statements: Sequence[Statement], numbered: Numbered, places: Sequence[list[WirePlace]] = ()
) -> list[WireStatement]:
    return [
        WireStatement(
            anchor=s.id,
            facet=s.facet,
            question=s.question and render(quote(s.question, s.source)),
            text=render(quote(s.text, s.source, suspicious=s.suspicious)),
            clause=_quoted_text(s.clause, s.source),
            confirmed=s.may_be_stated and not s.garbled,
            origins=numbered.numbers_of(s.sources),
            places=place,
        )
        for s, place in zip(statements, places or repeat(list[WirePlace]()), strict=False)
    ]


def _quoted_text(text: str | None, source: str) -> str | None:
    return render(quote(text, source)) if text else None


def _quoted(notes: Sequence[str], source: str) -> list[str]:
    return [render(quote(note, source)) for note in notes]
