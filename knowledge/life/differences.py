"""What changed between two versions, clause by clause, word by word: added, removed, changed, moved."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

import rjieba
from rapidfuzz.distance import Indel

from knowledge.passages import Passage
from knowledge.statements import Statement

# Share of the characters that two wordings have in common from which one is the other, changed: under the same label
# a clause may be rewritten further than one that also moved.
_SAME_LABEL, _ANY_LABEL = 0.45, 0.6
_LONGEST_COMPARED = 6000  # characters; above it word spans would take long and say little
_ARTICLE = re.compile(r"^第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?")
_TOKEN = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|[^\W\dA-Za-z_]+|\s+|.", re.DOTALL)
_SPACE = re.compile(r"\s+")


class ChangeKind(StrEnum):
    """What became of a clause. MOVED: the same words under another number."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class WordKind(StrEnum):
    """What became of some words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words. The SAME and REMOVED ones in order are the old wording, the SAME and ADDED ones the new."""

    kind: WordKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause of a version: 第十五条, or the part of a sheet. `anchor` is the id of its (first) statement."""

    label: str
    heading: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """One clause that is not what it was; `before` is None where it is added, `after` where it is removed."""

    kind: ChangeKind
    before: Clause | None
    after: Clause | None
    words: tuple[Words, ...]

    @property
    def label(self) -> str:
        """The name under which the clause is found now, or was found."""
        shown = self.after or self.before
        return shown.label if shown else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes in the order of the new version; removed clauses stand where they were."""

    changes: tuple[ClauseChange, ...]
    unchanged: int


def clauses_of_passages(source: str, passages: Sequence[Passage]) -> tuple[Clause, ...]:
    """The clauses of a document version: its articles where it has them, else what its passages are."""
    grouped: dict[tuple[str, str], list[Passage]] = {}
    for passage in passages:
        article = _ARTICLE.match(passage.clause or "")
        label = article.group() if article else passage.clause or ""
        key = ("" if article else passage.heading, label or f"#{passage.ordinal}")
        grouped.setdefault(key, []).append(passage)
    return tuple(
        Clause(
            label="" if label.startswith("#") else label,
            heading=found[0].heading,
            text="\n".join(p.text for p in found),
            anchor=f"{source}#p{found[0].ordinal}",
        )
        for (_, label), found in grouped.items()
    )


def clauses_of_statements(statements: Iterable[Statement]) -> tuple[Clause, ...]:
    """The parts of an item's or a policy's sheet."""
    return tuple(
        Clause(
            label=s.id.partition("#")[2],
            heading=s.question or "",
            text=f"{s.text}［{s.status}］" if not s.may_be_stated else s.text,
            anchor=s.id,
        )
        for s in statements
    )


def difference_of(before: Sequence[Clause], after: Sequence[Clause]) -> Difference:
    """Compare. A clause that only got another number is MOVED; one with another wording CHANGED."""
    pairs = _paired(before, after)
    partner = {new: old for old, new in pairs}
    kept = {old for old, _ in pairs}
    gone = [index for index in range(len(before)) if index not in kept]
    changes: list[ClauseChange] = []
    unchanged = 0
    for index, clause in enumerate(after):
        old = partner.get(index)
        while gone and (old is None or gone[0] < old) and _stood_before(gone[0], index, partner):
            changes.append(_removed(before[gone.pop(0)]))
        change = _added(clause) if old is None else _between(before[old], clause)
        if change is None:
            unchanged += 1
        else:
            changes.append(change)
    changes.extend(_removed(before[index]) for index in gone)
    return Difference(tuple(changes), unchanged)


def _stood_before(gone: int, index: int, partner: dict[int, int]) -> bool:
    """True where all that stood before the removed clause has been told."""
    return all(old > gone for new, old in partner.items() if new >= index)


def _paired(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int, int]]:
    """Same words first, then the same label, then the most alike."""
    old_left, new_left = set(range(len(before))), set(range(len(after)))
    olds, news = [_bare(c) for c in before], [_bare(c) for c in after]
    pairs: list[tuple[int, int]] = []

    def pair(old: int, new: int) -> None:
        pairs.append((old, new))
        old_left.discard(old)
        new_left.discard(new)

    by_text: dict[str, list[int]] = {}
    for old in range(len(before)):
        by_text.setdefault(olds[old], []).append(old)
    for new, text in enumerate(news):
        same = [old for old in by_text.get(text, ()) if old in old_left]
        if same:
            pair(min(same, key=lambda old: (before[old].label != after[new].label, abs(old - new))), new)
    for new in sorted(new_left):
        label = after[new].label
        same = [old for old in old_left if label and before[old].label == label]
        best = max(same, key=lambda old: _alike(olds[old], news[new]), default=None)
        if best is not None and _alike(olds[best], news[new]) >= _SAME_LABEL:
            pair(best, new)
    scored = sorted(((_alike(olds[old], news[new]), old, new) for old in old_left for new in new_left), reverse=True)
    for score, old, new in scored:
        if score >= _ANY_LABEL and old in old_left and new in new_left:
            pair(old, new)
    return pairs


def _alike(one: str, other: str) -> float:
    return Indel.normalized_similarity(one, other)


def _bare(clause: Clause) -> str:
    """The wording without the article's own number and without spaces."""
    return _SPACE.sub("", _ARTICLE.sub("", clause.text.lstrip()))


def _between(before: Clause, after: Clause) -> ClauseChange | None:
    if _bare(before) == _bare(after):
        if before.label == after.label:
            return None
        same = (Words(WordKind.SAME, after.text),)
        return ClauseChange(kind=ChangeKind.MOVED, before=before, after=after, words=same)
    words = word_difference(before.text, after.text)
    return ClauseChange(kind=ChangeKind.CHANGED, before=before, after=after, words=words)


def _added(clause: Clause) -> ClauseChange:
    return ClauseChange(kind=ChangeKind.ADDED, before=None, after=clause, words=(Words(WordKind.ADDED, clause.text),))


def _removed(clause: Clause) -> ClauseChange:
    words = (Words(WordKind.REMOVED, clause.text),)
    return ClauseChange(kind=ChangeKind.REMOVED, before=clause, after=None, words=words)


def word_difference(before: str, after: str) -> tuple[Words, ...]:
    """The words that went and came. A number with its decimals counts as one word, so that 500 never becomes 5»3«00."""
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return (Words(WordKind.REMOVED, before), Words(WordKind.ADDED, after))
    old, new = _tokens(before), _tokens(after)
    found: list[Words] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Words(WordKind.SAME, "".join(new[j1:j2])))
            continue
        if i2 > i1:
            found.append(Words(WordKind.REMOVED, "".join(old[i1:i2])))
        if j2 > j1:
            found.append(Words(WordKind.ADDED, "".join(new[j1:j2])))
    return tuple(found)


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for match in _TOKEN.finditer(text):
        run = match.group()
        tokens.extend(rjieba.cut(run, True) if len(run) > 1 and "\u3400" <= run[0] <= "\u9fff" else [run])
    return tokens
