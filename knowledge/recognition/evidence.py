"""The evidence for each item in a request: how near it comes to the item's sheet and to the ways people ask for it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.items import Audience, ServiceItem
from knowledge.recognition.bridge import KnownItems, SheetBridge
from knowledge.recognition.head import TrainedHead
from knowledge.recognition.lexical import LexicalIndex, SpelledNames, WordsOfItems
from knowledge.recognition.views import View
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Vectors

Matrix = NDArray[np.float32]

FEATURES = (
    "phrase_best",
    "phrase_third",
    "phrase_words",
    "phrase_lead",
    "head",
    "sheet_best",
    "sheet_mean",
    "name",
    "sheet_words",
    "name_words",
    "sheet_lead",
    "bridge_best",
    "bridge_mean",
    "bridge_name",
    "bridge_lead",
    "guess_name",
    "guess_best",
    "covered",
    "spelled",
    "denied",
    "has_phrases",
    "in_head",
    "bundle",
    "single",
    "other_audience",
    "sounds_other",
)
NONE_FEATURES = (
    "none_head",
    "phrase_best",
    "none_phrase",
    "none_lead",
    "sheet_best",
    "phrase_words",
    "covered",
    "bridge_best",
)
_TOGETHER = re.compile(
    r"一起|一次|一趟|一并|一口气|联办|一件事|整套|全套|一窗|合在|打包|同步|一站|一条龙|all at once|one[- ]stop|together"
)
_COMPANY = re.compile(
    r"公司|企业|单位|厂|我司|店|HR|人事|法人|员工|商户|客户|门店|company|business|firm|employee|staff", re.I
)
_PERSON = re.compile(
    r"我妈|我爸|老公|老婆|爱人|儿子|女儿|孙|孩子|宝宝|娃|爷爷|奶奶|父亲|母亲|老伴|"
    r"my (son|daughter|wife|husband|mother|father)",
    re.I,
)
_FLOOR = -9.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row an item with FEATURES, and the NONE_FEATURES for "fits nothing"."""

    items: Matrix
    none: Matrix


class CatalogueIndex:
    """A catalogue made ready for comparison. Immutable; build another when the catalogue changes."""

    def __init__(
        self,
        items: Sequence[ServiceItem],
        sheets: tuple[Sequence[View], Vectors],
        phrases: tuple[Sequence[View], Vectors],
        *,
        head: TrainedHead,
        bridge: SheetBridge,
        known: KnownItems,
    ) -> None:
        self.slugs = tuple(item.slug for item in items)
        self._head = head
        self._bridge = bridge
        self._known = known
        self._bundle = np.array([item.is_bundle for item in items], dtype=np.float32)
        self._for_person = np.array([Audience.PERSON in item.audience for item in items], dtype=bool)
        self._for_company = np.array([Audience.COMPANY in item.audience for item in items], dtype=bool)
        self._sheets = _Owned(sheets[0], sheets[1], len(items))
        self._turned = np.ascontiguousarray(bridge.sheets(sheets[1]))
        of_items = [row for row, view in enumerate(phrases[0]) if view.owner >= 0]
        of_none = [row for row, view in enumerate(phrases[0]) if view.owner < 0]
        self._phrases = _Owned([phrases[0][row] for row in of_items], phrases[1][of_items], len(items))
        self._none_vectors = phrases[1][of_none]
        self._columns = head.columns(self.slugs)
        self._names = SpelledNames([[plain_wording(name) for name in (item.name, *item.aliases)] for item in items])
        self._lexicon = WordsOfItems([*sheets[0], *(view for view in phrases[0] if view.owner >= 0)], len(items))

    def is_bundle(self, place: int) -> bool:
        """Whether the item at that place is a bundle (一件事)."""
        return bool(self._bundle[place])

    def evidence(self, text: str, vector: Vectors, audience: str | None = None) -> Evidence:
        """Evidence for one text whose vector is given."""
        said, denied = without_denials(text)
        phrase_near, phrase_words = self._phrases.nearness(vector), self._phrases.words(said)
        sheet_near, sheet_words = self._sheets.nearness(vector), self._sheets.words(said)
        phrase_best, sheet_best = self._phrases.best(phrase_near), self._sheets.best(sheet_near)
        bridge_near = self._sheets.grouped(np.einsum("nd,d->n", self._turned, self._bridge.requests(vector)))
        bridge_best = self._sheets.best(bridge_near)
        guess_near = self._sheets.grouped(np.einsum("nd,d->n", self._turned, self._known.guess(vector)))
        known = self._phrases.present
        head, head_none = self._head_evidence(vector)
        together = 1.0 if _TOGETHER.search(text) else 0.0
        columns = [
            phrase_best,
            self._phrases.third(phrase_near),
            self._phrases.best(phrase_words),
            (phrase_best - phrase_best.max(initial=0)) * known,
            head,
            sheet_best,
            self._sheets.mean(sheet_near),
            self._sheets.first(sheet_near),
            self._sheets.best(sheet_words),
            self._sheets.first(sheet_words),
            sheet_best - sheet_best.max(initial=-1),
            bridge_best,
            self._sheets.mean(bridge_near),
            self._sheets.first(bridge_near),
            bridge_best - bridge_best.max(initial=-1),
            self._sheets.first(guess_near),
            self._sheets.best(guess_near),
            self._lexicon.covered(said),
            self._names.nearness(said),
            self._sheets.first(self._sheets.words(denied)) if denied else np.zeros(len(self.slugs), dtype=np.float32),
            known,
            (self._columns >= 0).astype(np.float32),
            self._bundle * together,
            self._bundle * (1 - together),
            self._other_audience(audience),
            self._other_audience(sounds_like(text)),
        ]
        none_near = float(np.einsum("nd,d->n", self._none_vectors, vector).max()) if len(self._none_vectors) else 0.0
        none = [
            head_none,
            float(phrase_best.max(initial=0)),
            none_near,
            none_near - float(phrase_best.max(initial=0)),
            float(sheet_best.max(initial=0)),
            float(bridge_best.max(initial=0)),
            float(columns[FEATURES.index("phrase_words")].max(initial=0)),
            float(columns[FEATURES.index("covered")].max(initial=0)),
        ]
        return Evidence(np.stack(columns, axis=1).astype(np.float32), np.array(none, dtype=np.float32))

    def _head_evidence(self, vector: Vectors) -> tuple[Matrix, float]:
        """Log probabilities of the trained head, 0 for items it was not trained on, so that a bias can stand in."""
        covered = self._columns >= 0
        if not covered.any():
            return np.zeros(len(self.slugs), dtype=np.float32), 0.0
        logs = self._head.log_probabilities(vector)
        found = np.where(covered, np.maximum(logs[np.maximum(self._columns, 0)], _FLOOR) - _FLOOR, 0.0)
        return found.astype(np.float32), float(max(logs[self._head.none_column], _FLOOR) - _FLOOR)

    def _other_audience(self, audience: str | None) -> Matrix:
        match audience:
            case Audience.PERSON:
                wrong = ~self._for_person
            case Audience.COMPANY:
                wrong = ~self._for_company
            case _:
                wrong = np.zeros(len(self.slugs), dtype=bool)
        return wrong.astype(np.float32)


# Negation as Chinese and English build it: a negator before what is denied, up to the end of the clause. At the end of
# a message only the unmistakable ones count (「是换证,不是补办」): 「户口本没有了」 denies nothing; 是不是 asks.
_NEGATOR = (
    r"(?:我说的|而)?(?:(?<!是)不是|并非|(?<!想)不想|(?<!要)不要|(?<!用)不用|不必|不打算|不需要|(?<!办)不办|"
    r"不光|不只|先不|(?:先别|别再?)(?=[给帮办弄搞说])|not |don't (?:want|need|mean) |instead of |rather than )"
)
_DENIAL = re.compile(
    rf"(?:{_NEGATOR}|(?<!有)没有?)[^,，。;；!！?？]*[,，。;；!！?？]\s*|(?<=[,，。;；!！?？])\s*{_NEGATOR}[^,，。;；!！?？]+$",
    re.IGNORECASE,
)
_ONLY = re.compile(r"^(?:我?[^,，]{0,6})?(?:不光|不只|不单|不仅)")


def without_denials(text: str) -> tuple[str, str]:
    """What is asked and what is said not to be meant: 「不是落户,是打分」 asks for 打分 and denies 落户."""
    denied = [found.group() for found in _DENIAL.finditer(text) if not _ONLY.match(found.group())]
    if not denied:
        return text, ""
    said = text
    for clause in denied:
        said = said.replace(clause, " ", 1)
    return (said, " ".join(denied)) if said.strip() else (text, "")


def sounds_like(text: str) -> str | None:
    """Whom a request is for by its words: 个人, 法人, or None where they do not say."""
    company, person = bool(_COMPANY.search(text)), bool(_PERSON.search(text))
    if company == person:
        return None
    return Audience.COMPANY if company else Audience.PERSON


class _Owned:
    """Texts grouped by the item that owns them, with the group-wise figures recognition needs."""

    def __init__(self, views: Sequence[View], vectors: Vectors, items: int) -> None:
        self._vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        self._lexical = LexicalIndex([view.text for view in views])
        owners = np.array([view.owner for view in views], dtype=np.int64)
        counts = np.bincount(owners, minlength=items) if len(owners) else np.zeros(items, dtype=np.int64)
        self.present = (counts > 0).astype(np.float32)
        widest = int(counts.max(initial=1))
        # a column of the grid for each item that has texts: their places, filled up with a place that scores zero
        self._having = np.flatnonzero(counts)
        self._grid = np.full((max(widest, 1), len(self._having)), len(owners), dtype=np.int64)
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        columns = np.cumsum(counts > 0) - 1
        for row, owner in enumerate(owners):
            self._grid[row - starts[owner], columns[owner]] = row
        self._counts = counts[self._having].astype(np.float32)

    def nearness(self, vector: Vectors) -> Matrix:
        # not `@`: the threads of BLAS wait for each other longer than this product takes on a busy machine
        return self.grouped(np.einsum("nd,d->n", self._vectors, vector))

    def words(self, text: str) -> Matrix:
        return self.grouped(self._lexical.scores(text))

    def grouped(self, scores: Matrix) -> Matrix:
        return np.append(scores, np.float32(0))[self._grid]

    def best(self, grouped: Matrix) -> Matrix:
        return self._of_all(grouped.max(axis=0))

    def first(self, grouped: Matrix) -> Matrix:
        return self._of_all(grouped[0])

    def mean(self, grouped: Matrix) -> Matrix:
        return self._of_all(grouped.sum(axis=0) / self._counts)

    def third(self, grouped: Matrix) -> Matrix:
        """The third best of each group: one lucky phrase is less than three."""
        place = min(3, grouped.shape[0])
        return self._of_all(-np.partition(-grouped, place - 1, axis=0)[place - 1])

    def _of_all(self, figures: Matrix) -> Matrix:
        """For every item, zero for those without texts: among thousands only some have ways of asking."""
        if len(figures) == len(self.present):
            return np.asarray(figures)
        everyone = np.zeros(len(self.present), dtype=np.float32)
        everyone[self._having] = figures
        return everyone
