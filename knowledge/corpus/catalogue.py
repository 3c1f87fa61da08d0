"""A folder of sheets becomes a catalogue: what could be read, and every problem with file and line."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.policy_sheets import read_policy
from knowledge.corpus.problem import Flaw, Problem
from knowledge.corpus.sense import sense_flaws
from knowledge.corpus.shape import SHIPPED, SheetKind, shape_flaws
from knowledge.corpus.yaml_reading import Unreadable, line_of, read_yaml
from knowledge.errors import SheetInvalid
from knowledge.items import ServiceItem
from knowledge.policies import Policy

__all__ = ["SHIPPED", "Catalogue", "Problem", "Sheet", "load_catalogue"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The content of one sheet as plain data: what the truth stores, and reads back with the same reader."""

    file: Path
    kind: SheetKind
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What a folder holds: items ordered by slug, policies by id, and all problems ordered by file and line.

    `sheets` has one entry for each item and policy, under their source names (items/…, policies/…).
    """

    folder: Path
    items: tuple[ServiceItem, ...]
    policies: tuple[Policy, ...]
    problems: tuple[Problem, ...]
    sheets: Mapping[str, Sheet]

    @property
    def left_out(self) -> frozenset[str]:
        """Names (without ending) of the files that a problem keeps out: nothing may conclude that they are gone."""
        return frozenset(problem.file.stem for problem in self.problems if problem.blocks)


@dataclass(slots=True)
class _Draft:
    """One file while it is read."""

    file: Path
    raw: bytes
    flaws: list[Flaw]
    sheet: Sheet | None = None
    item: ServiceItem | None = None
    policy: Policy | None = None
    unreadable: Unreadable | None = None

    @property
    def is_whole(self) -> bool:
        return self.unreadable is None and not any(flaw.blocks for flaw in self.flaws)


def load_catalogue(folder: Path) -> Catalogue:
    """Read `folder/items` and `folder/policies`, or, without these, the sheets in the folder itself.

    A sheet that is broken is left out with its problems; the others load.
    """
    drafts = [_read(file) for file in _files(folder)]
    _compare_sheets(drafts)
    whole = [draft for draft in drafts if draft.is_whole]
    items = sorted((d.item for d in whole if d.item), key=lambda item: item.slug)
    policies = sorted((d.policy for d in whole if d.policy), key=lambda policy: policy.id)
    problems = [problem for draft in drafts for problem in _located(draft)]
    if not drafts:
        message = "no *.yaml here: name a folder with items/ and policies/, or one full of sheets"
        problems.append(Problem(file=folder, line=1, message=message))
    sheets = {_source(d): d.sheet for d in whole if d.sheet}
    return Catalogue(
        folder=folder,
        items=tuple(items),
        policies=tuple(policies),
        problems=tuple(sorted(problems, key=lambda p: (p.file, p.line, p.message))),
        sheets=sheets,
    )


def _files(folder: Path) -> list[Path]:
    parts = [part for part in (folder / "items", folder / "policies") if part.is_dir()]
    return sorted(file for part in parts or [folder] for ending in ("*.yaml", "*.yml") for file in part.glob(ending))


def _read(file: Path) -> _Draft:
    try:
        raw = file.read_bytes()
    except OSError as error:
        problem = Unreadable(1, f"cannot be opened ({error.strerror}): check the file and its permissions")
        return _Draft(file=file, raw=b"", flaws=[], unreadable=problem)
    found = read_yaml(raw)
    if isinstance(found, Unreadable):
        return _Draft(file=file, raw=raw, flaws=[], unreadable=found)
    kind = SheetKind.POLICY if "policy_id" in found else SheetKind.ITEM
    draft = _Draft(file=file, raw=raw, flaws=[*shape_flaws(found, kind), *sense_flaws(found, kind)])
    draft.sheet = Sheet(file, kind, found)
    if draft.is_whole:
        try:
            _build(draft, found, kind)
        except SheetInvalid as error:
            draft.flaws.append(Flaw(path=(), message=str(error)))
    return draft


def _build(draft: _Draft, found: Mapping[str, object], kind: SheetKind) -> None:
    match kind:
        case SheetKind.ITEM:
            draft.item = read_item(found)
        case SheetKind.POLICY:
            draft.policy = read_policy(found)


def _source(draft: _Draft) -> str:
    if draft.item:
        return draft.item.source
    return draft.policy.source if draft.policy else ""


def _compare_sheets(drafts: Iterable[_Draft]) -> None:
    """What only several sheets together show: ids used twice, links that lead nowhere."""
    _repeated(drafts, "slug", lambda draft: draft.item.slug if draft.item else None)
    _repeated(drafts, "policy_id", lambda draft: draft.policy.id if draft.policy else None)
    # the sheets that cannot be read are counted by their file's name: a link to them is not the link's fault
    slugs = {d.item.slug for d in drafts if d.item} | {d.file.stem for d in drafts}
    policies = {d.policy.id for d in drafts if d.policy} | {d.file.stem for d in drafts}
    for draft in drafts:
        draft.flaws.extend(_dangling(draft, slugs, policies))


def _repeated(drafts: Iterable[_Draft], key: str, name_of: Callable[[_Draft], str | None]) -> None:
    named: defaultdict[str, list[_Draft]] = defaultdict(list)
    for draft in drafts:
        name = name_of(draft)
        if name is not None:
            named[name].append(draft)
    for name, users in named.items():
        for draft in users[1:]:
            message = f"{key} {name} is used by {users[0].file.name} already: give this sheet its own"
            draft.flaws.append(Flaw(path=(key,), message=message))


def _dangling(draft: _Draft, slugs: set[str], policies: set[str]) -> Iterator[Flaw]:
    if draft.item:
        for key, links in (("related_items", draft.item.related_items), ("member_items", draft.item.members)):
            for n, link in enumerate(links):
                if link.slug not in slugs:
                    message = f"{key}[{n}].slug: no item {link.slug} in this catalogue: correct or remove the link"
                    yield Flaw(path=(key, n, "slug"), message=message, blocks=False)
    if draft.policy:
        for n, other in enumerate(draft.policy.mutually_exclusive_with):
            if other not in policies:
                message = f"mutually_exclusive_with[{n}]: no policy {other} in this catalogue: correct or remove it"
                yield Flaw(path=("mutually_exclusive_with", n), message=message, blocks=False)


def _located(draft: _Draft) -> Iterator[Problem]:
    if draft.unreadable:
        yield Problem(file=draft.file, line=draft.unreadable.line, message=draft.unreadable.message)
    for flaw in draft.flaws:
        yield Problem(file=draft.file, line=line_of(draft.raw, flaw), message=flaw.message, blocks=flaw.blocks)
