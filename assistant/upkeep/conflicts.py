"""Two sources in force that disagree: on a number, a material, a condition, or by two versions of a law."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from rapidfuzz import fuzz

from assistant.upkeep.claims import Claim, claims_of_passage, claims_of_statement, common_years
from assistant.upkeep.item_conflicts import material_conflicts, number_conflicts
from assistant.upkeep.sense_conflicts import sense_conflicts
from assistant.upkeep.subjects import Subjects
from knowledge.life.layers import depth_of, holds_in
from knowledge.life.naming_laws import law_key
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.passages import DocumentVersion, Passage
from knowledge.roles import KnowledgeBase
from knowledge.statements_of import item_statements, policy_statements

# How alike two sentences must be but for their numbers, and how much their sources' titles must have in common, to
# speak of one thing. Set on planted conflicts and on what is found in 950 real regulations: docs/knowledge-life.md.
_SAME_WORDING, _SAME_SUBJECT, _SAME_SUBJECT_OF_FEW_WORDS = 82, 0.5, 0.8
_FEW_WORDS = 20  # characters: 自受理之日起5日内办结 says nothing of what is handled
_KEYS, _COMMON_KEYS, _TOO_COMMON = 6, 2, 200
# Fines depend on the deed, which stands in another sentence; adoption and amendment are the source's own.
_NOT_COMPARED = re.compile(
    r"罚款|违法所得|拘留|处罚|责令|吊销|罚金|徒刑|滞纳金|次会议|会议通过|修正|修订|令第|复议|起诉|依照本|违反本|前款|前条"
)
# Of these there is one under a name; two 通知 may well have the same title.
_ONE_TEXT = re.compile(r"..(?:法|条例|办法|规定|细则|规则)$")


@dataclass(frozen=True, slots=True)
class Held:
    """A document in force with its passages."""

    version: DocumentVersion
    passages: tuple[Passage, ...]


def conflicts_in(knowledge: KnowledgeBase, as_of: date) -> tuple[Finding, ...]:
    """All conflicts among what is in force on the day."""
    items, policies = knowledge.items(as_of), knowledge.policies(as_of)
    documents = [
        Held(version, knowledge.passages(version.id))
        for version in knowledge.published_documents()
        if version.is_in_force(as_of)
    ]
    stated = [c for item in items for s in item_statements(item) for c in claims_of_statement(s, item.region)]
    stated += [
        c
        for policy in policies
        if not policy.period.is_over(as_of)
        for s in policy_statements(policy)
        for c in claims_of_statement(s, policy.region)
    ]
    written = [c for held in documents for p in held.passages for c in claims_of_passage(p, held.version)]
    passages = [(held.version, passage) for held in documents for passage in held.passages]
    found = [
        *same_law_twice([held.version for held in documents]),
        *same_wording_other_number([*stated, *written]),
        *number_conflicts(items, passages),
        *material_conflicts(items, passages),
        *sense_conflicts(items, passages),
    ]
    return tuple({finding.id: finding for finding in found}.values())


def same_law_twice(versions: Sequence[DocumentVersion]) -> Iterator[Finding]:
    """Two documents that are versions of one law, both in force: the older one has to end where the newer begins."""
    named: defaultdict[tuple[str, str], list[DocumentVersion]] = defaultdict(list)
    for version in versions:
        key = law_key(version.title)
        if _ONE_TEXT.search(key):
            named[key, version.region].append(version)
    for (key, _), same in named.items():
        for older, newer in pairwise(sorted(same, key=_age)):
            if _age(older) == _age(newer) or older.sha256 == newer.sha256:
                continue
            yield Finding(
                id=finding_id(WorkKind.CONFLICT, "same_law", older.source, newer.source),
                kind=WorkKind.CONFLICT,
                code="two_versions_in_force",
                severity=Severity.HIGH,
                title=key,
                what=f"同一份文件有两个版本都在施行：{_dated(older)}和{_dated(newer)}",
                mend="旧的应在新的施行前一天失效：核对后撤回旧的，或补上它的失效日期",
                places=tuple(
                    Place(source=v.source, title=v.title, text=_dated(v), version=v.id) for v in (older, newer)
                ),
            )


def same_wording_other_number(claims: Sequence[Claim]) -> Iterator[Finding]:
    """Sentences on one subject that are alike but for a number: each with the one of the other source most like it."""
    compared = [claim for claim in claims if not _NOT_COMPARED.search(claim.text)]
    subjects = Subjects(claim.place.title for claim in compared)
    alike: list[tuple[float, int, int]] = []
    for one, other in _candidates(compared):
        if _may_speak_of_one(compared[one], compared[other], subjects):
            ratio = fuzz.ratio(compared[one].wording, compared[other].wording, score_cutoff=_SAME_WORDING)
            if ratio:
                alike.append((ratio, one, other))
    paired: set[tuple[int, str]] = set()
    for _, one, other in sorted(alike, key=lambda found: (-found[0], found[1:])):
        mine, theirs = compared[one], compared[other]
        keys = {(one, theirs.place.source), (other, mine.place.source)}
        if paired.isdisjoint(keys):
            paired |= keys
            if [q.value for q in mine.number] != [q.value for q in theirs.number]:
                yield _number_finding(mine, theirs)


def _candidates(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Places of pairs that share some of their rarest words."""
    counts = Counter(term for claim in claims for term in claim.terms)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        for term in sorted(claim.terms, key=lambda term: (counts[term], term))[:_KEYS]:
            if counts[term] <= _TOO_COMMON:
                holders[term].append(place)
    shared: Counter[tuple[int, int]] = Counter()
    for places in holders.values():
        shared.update(
            pair for pair in combinations(places, 2) if claims[pair[0]].place.source != claims[pair[1]].place.source
        )
    yield from (pair for pair, count in shared.items() if count >= _COMMON_KEYS)


def _may_speak_of_one(one: Claim, other: Claim, subjects: Subjects) -> bool:
    """Same units and subject, of one layer, about no different years, and not two items of a catalogue."""
    few = min(len(one.wording), len(other.wording)) < _FEW_WORDS
    least = _SAME_SUBJECT_OF_FEW_WORDS if few else _SAME_SUBJECT
    if one.units != other.units or subjects.in_common(one.place.title, other.place.title) < least:
        return False
    both_items = one.place.source.startswith("items/") and other.place.source.startswith("items/")
    if both_items or law_key(one.place.title) == law_key(other.place.title):
        return False
    return _same_layer(one, other) and common_years((one, other))


def _same_layer(one: Claim, other: Claim) -> bool:
    """A district may deviate from its city, and a city from the country; sheets restate what others rule."""
    sheet = not (one.place.source.startswith("documents/") and other.place.source.startswith("documents/"))
    meet = holds_in(one.region, other.region) or holds_in(other.region, one.region)
    return meet and (sheet or depth_of(one.region) == depth_of(other.region))


def _number_finding(one: Claim, other: Claim) -> Finding:
    first, second = sorted((one, other), key=lambda claim: claim.place.anchor or claim.place.source)
    values = ((a.written, b.written) for a, b in zip(first.number, second.number, strict=True) if a.value != b.value)
    here, there = next(values)
    sheet = any(not claim.place.source.startswith("documents/") for claim in (one, other))
    return Finding(
        id=finding_id(WorkKind.CONFLICT, "number", first.place.source, first.text, second.place.source, second.text),
        kind=WorkKind.CONFLICT,
        code="number_differs",
        severity=Severity.HIGH if sheet else Severity.MEDIUM,
        title=first.place.title,
        what=f"两处说法几乎相同而数字不同：「{first.place.title}」写{here}，「{second.place.title}」写{there}",
        mend="核对两处原文：过时的一处撤回或补上失效日期，抄错的一处改正",
        places=(first.place, second.place),
    )


def _age(version: DocumentVersion) -> tuple[date, str]:
    return (version.effective_from or version.issued_on or date.min, version.name)


def _dated(version: DocumentVersion) -> str:
    day = version.effective_from or version.issued_on
    return f"{version.name}（{f'自{day}起' if day else '没有施行日期'}）"
