"""The sheet's review points and conditions: what the tables say of each, in words, with its basis."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.items import Condition, FactStatus, ReviewPoint, ServiceItem, SourceRef
from prefill.review.documents import DocumentState
from prefill.review.facts import Fact
from prefill.review.result import Code, Finding, PointResult, PointReview
from prefill.review.rules import ItemRules, PointRule, Row, RuleStatus, Standing
from prefill.review.tables import TableResult, facts_of, fits
from prefill.review.values import plain
from prefill.review.vocabulary import Vocabulary, clean_key, is_checked, says_plainly_no, speaks_against

_NOT_SAID = "交来的内容里没有能说明这一点的，由工作人员核对。"
_MEND = "请核对所填内容和材料；如果情况属实，这次还不能办理，可以问窗口或拨打12345。"
_DRAFT = "这一条的规则还没有经部门审核，由工作人员判断。"
_WAIT = "您不用做什么，工作人员会核实；需要补充时会一次告诉您。"

_CLAUSE_IS = {
    FactStatus.SOURCED: "要求有法规或官方指南的出处",
    FactStatus.DERIVED: "要求由材料和表格推出",
    FactStatus.UNVERIFIED: "要求没有核实",
}
_VERDICT = re.compile(r"审核|核验|核查|审查|结论|结果|评估|鉴定|比对|检测|检验|状态")
_SLOT = re.compile(r"\{\w+\}")
_NUMBER_AND_MORE = re.compile(r"\d+[^,，;；(（]{0,3}[,，;；(（]")
_CLAUSE = re.compile(r"[^，,；;。]+[，,；;。]?")


@dataclass(frozen=True, slots=True)
class Judged:
    """A point as reviewed, with the rule and the row that decided it, and what the sheet says of it."""

    review: PointReview
    rule: PointRule | None
    row: Row | None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What the points of one application are judged by. `shaken`: points over which something written casts doubt.

    `draft_waits`: nobody approved the rules, and the city has drafts looked at by a person.
    """

    item: ServiceItem
    rules: ItemRules
    tables: Mapping[str, TableResult]
    facts: Mapping[str, Fact]
    documents: Mapping[str, DocumentState]
    shaken: frozenset[str]
    day: date
    vocabulary: Vocabulary
    draft_waits: bool = False

    def judge(self) -> tuple[Judged, ...]:
        """Every point of the sheet that asks something. Without a rule it is unknown."""
        points: tuple[Condition | ReviewPoint, ...] = (*self.item.conditions, *self.item.review_points)
        rules = {rule.id: rule for rule in self.rules.points}
        asking = [
            (point, rule) for point in points if not ((rule := rules.get(point.id)) and rule.standing is Standing.INFO)
        ]
        return tuple(replace(self._judge(point, rule), text=point.text) for point, rule in asking)

    def _judge(self, point: Condition | ReviewPoint, rule: PointRule | None) -> Judged:
        basis = (rule.basis if rule else "") or basis_of(point.sources, self.item)
        blank = PointReview(
            id=point.id,
            result=PointResult.UNKNOWN,
            reason=_NOT_SAID,
            basis=basis,
            rule=standing_of(self.rules, point.status),
        )
        if rule is None or not rule.is_in_force(self.day) or rule.id not in self.tables:
            return Judged(blank, rule, None)
        decided = self._decided(rule)
        used = {name: self.facts[name] for name in facts_of(rule) if name in self.facts}
        trace = tuple(dict.fromkeys(seen for fact in used.values() for seen in fact.seen))
        said = _said(decided.row, self.facts)
        blank = replace(blank, trace=trace)
        if self.draft_waits and decided.result is not PointResult.UNKNOWN:
            return Judged(replace(blank, reason=_DRAFT), rule, None)
        match decided.result:
            case PointResult.PASS:
                return Judged(self._passed(point, rule, blank), rule, decided.row)
            case PointResult.FAIL if point.status is FactStatus.UNVERIFIED:
                return Judged(replace(blank, reason="这一条规定还没有核实，由工作人员判断。"), rule, None)
            case PointResult.FAIL:
                reason = said or f"不符合：{point.text}"
                return Judged(replace(blank, result=PointResult.FAIL, reason=reason), rule, decided.row)
            case PointResult.UNKNOWN:
                reason = said or (_why_open(used) if self._is_told(rule, used) else _NOT_SAID)
                return Judged(replace(blank, reason=reason), rule, decided.row)

    def _is_told(self, rule: PointRule, used: Mapping[str, Fact]) -> bool:
        """Is what could not be read told? What the office looks at anyway holds nothing up by a mere name or place."""
        seen = (one for fact in used.values() if fact.doubtful for one in fact.seen)
        return rule.standing is Standing.CHECK or any(
            is_checked(one.name)
            or _VERDICT.search(one.name)
            or speaks_against(one.value)
            or self.vocabulary.is_unsure(one.value)
            for one in seen
        )

    def _decided(self, rule: PointRule) -> TableResult:
        """What the table says, unless something left open may make an earlier row say otherwise."""
        decided = self.tables[rule.id]
        is_open = decided.row is not None and self._may_be_otherwise(rule, decided.row)
        return TableResult(PointResult.UNKNOWN, None) if is_open else decided

    def _may_be_otherwise(self, rule: PointRule, row: Row) -> bool:
        """Does an earlier row say otherwise, if what is left open meant what that row asks?"""
        known = {name: fact.value for name, fact in self.facts.items()}
        unsure = {name for name, fact in self.facts.items() if fact.doubtful and self._is_left_open(fact)}
        for earlier in rule.rows[: rule.rows.index(row)]:
            doubted = unsure & set(earlier.cells)
            if earlier.then is row.then or not doubted or any(earlier.cells[name] == "unknown" for name in doubted):
                continue
            if fits({name: cell for name, cell in earlier.cells.items() if name not in doubted}, known):
                return True
        return False

    def _is_left_open(self, fact: Fact) -> bool:
        return any(self.vocabulary.is_unsure(seen.value) or _NUMBER_AND_MORE.match(seen.value) for seen in fact.seen)

    def _passed(self, point: Condition | ReviewPoint, rule: PointRule, blank: PointReview) -> PointReview:
        if any(name in self.documents and self.documents[name].unsigned for name in rule.rests_on):
            return replace(blank, reason="材料还没签名盖章，这一点不能认定。")
        against = next((seen for seen in blank.trace if says_plainly_no(seen.value)), None)
        if against is not None:
            reason = f"{clean_key(against.name)}写着“{against.value}”，由工作人员核对。"
            return replace(blank, reason=reason)
        if point.id in self.shaken:
            return replace(blank, reason="材料里另有说明，由工作人员核对。")
        return replace(blank, result=PointResult.PASS, reason=f"符合：{point.text}")


def reconsidered(one: Judged, findings: Iterable[Finding]) -> Judged:
    """A point that passed on something which leaves a doubt at the second look is open."""
    spots = {(seen.where, seen.name) for finding in findings for seen in finding.trace}
    leans = any((seen.where, seen.name) in spots for seen in one.review.trace)
    if one.review.result is not PointResult.PASS or not leans:
        return one
    return replace(
        one, review=replace(one.review, result=PointResult.UNKNOWN, reason="材料里另有说明，由工作人员核对。")
    )


def standing_of(rules: ItemRules, clause: FactStatus) -> str:
    """What stands behind a decision: who is responsible, whether somebody approved it, and where the clause is from."""
    if rules.status is RuleStatus.APPROVED:
        day = rules.approved_on
        approved = f"{day.year}年{day.month}月{day.day}日审核发布" if day else "已审核"
    else:
        approved = "草稿，部门还没有审核" if rules.points else "还没有规则"
    said = f"{approved}；{_CLAUSE_IS[clause]}"
    return f"{rules.owner}：{said}" if rules.owner else said


def shaken_points(rules: ItemRules, doubtful: Iterable[Finding]) -> frozenset[str]:
    """The points that lean on a material in which something is left open."""
    return frozenset(
        point
        for finding in doubtful
        if (rule := rules.materials.get(finding.where)) is not None
        for point in rule.doubts
    )


def points_findings(judged: Iterable[Judged], found: Iterable[Finding]) -> Iterator[Finding]:
    """What failed and what a person must decide, unless a general check has told it already.

    Where there is a fault, open points wait for the next round: nobody is troubled with half an application.
    """
    told = list(found)
    open_rows: list[tuple[Row, ...]] = []
    for one in sorted(judged, key=lambda part: part.review.result is not PointResult.FAIL):
        finding = _finding(one, told)
        if finding is not None and not _is_doubted(one.review) and one.rule is not None:
            if one.rule.rows in open_rows:
                continue  # the same question under another number
            open_rows.append(one.rule.rows)
        if finding is not None and not any(_tells_the_same(other, finding) for other in told):
            told.append(finding)
            yield finding


def _finding(one: Judged, told: list[Finding]) -> Finding | None:
    rule, review = one.rule, one.review
    if rule is None or review.result is PointResult.PASS:
        return None
    if review.result is PointResult.FAIL:
        code = (one.row.code if one.row else None) or rule.code
        remedy = (one.row.remedy if one.row else "") or _MEND
        return Finding(code=code, where=rule.id, what=review.reason, remedy=remedy, trace=review.trace)
    if rule.standing is not Standing.CHECK and not (one.row or _is_doubted(review)):
        return None
    if any(other.code is not Code.NEEDS_HUMAN for other in told):
        return None
    what = review.reason if _is_doubted(review) else f"“{one.text}”：{review.reason}"
    return Finding(code=Code.NEEDS_HUMAN, where=rule.id, what=what, remedy=_WAIT, trace=review.trace)


def _is_doubted(review: PointReview) -> bool:
    """Something was written, but not clearly: that goes to a person whatever the point's standing."""
    return review.reason != _NOT_SAID


def _why_open(used: Mapping[str, Fact]) -> str:
    doubtful = [seen for fact in used.values() if fact.doubtful for seen in fact.seen]
    if not doubtful:
        return _NOT_SAID
    written = "、".join(dict.fromkeys(f"{clean_key(seen.name)}写着“{seen.value}”" for seen in doubtful))
    return f"{written}，说不准，由工作人员核实。"


def _said(row: Row | None, facts: Mapping[str, Fact]) -> str:
    """The row's sentence with the values of facts in it."""
    text = row.say if row else ""
    for name, fact in facts.items():
        if fact.value is not None:
            text = text.replace("{" + name + "}", plain(fact.value))
    return without_slots(text)


def without_slots(text: str) -> str:
    """The sentence without clauses whose value is not known: nobody ever reads {amount}."""
    if _SLOT.search(text) is None:
        return text
    kept = "".join(clause for clause in _CLAUSE.findall(text) if _SLOT.search(clause) is None)
    if not kept:
        return _SLOT.sub("（没有读到）", text)
    return kept[:-1] + "。" if kept[-1] in "，,；;" else kept


def basis_of(sources: tuple[SourceRef, ...], item: ServiceItem) -> str:
    """The point's own sources, or the laws the item rests on."""
    own = [f"《{source.origin.title}》{source.locator or ''}" for source in sources]
    laws = [f"《{basis.law}》{'、'.join(basis.articles)}" for basis in item.legal_basis]
    return ";".join(own or laws)


def _tells_the_same(told: Finding, finding: Finding) -> bool:
    if told.what == finding.what:
        return True
    told_spots = {(seen.where, seen.name) for seen in told.trace}
    spots = {(seen.where, seen.name) for seen in finding.trace}
    match finding.code:
        case Code.CONDITION_NOT_MET | Code.NEEDS_HUMAN:
            return told.code is finding.code and told_spots == spots and bool(spots)
        case Code.MISMATCH:
            return told.code in {Code.MISMATCH, Code.INVALID_NUMBER} and bool(told_spots & spots)
        case _:
            return told.code is finding.code and bool(told_spots & spots)
