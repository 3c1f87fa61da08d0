"""What grew old: a basis that was replaced or repealed, a check too long ago, a reference that leads nowhere."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.items import Origin, ServiceItem
from knowledge.life.naming_laws import articles_in, law_key, laws_in, number_of
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.passages import DocumentVersion, Passage
from knowledge.policies import Policy
from knowledge.roles import KnowledgeBase
from knowledge.statements import Statement
from knowledge.statements_of import item_statements, policy_statements

_CHECK_AGAIN_AFTER = timedelta(days=365)  # a portal or a report tells what was so then; a law says when it changes
_REPEALS = re.compile(r"同时废止|予以废止|自行废止|即行废止")
_OWN = re.compile(r"本(?:条例|办法|规定|细则|法|规则)第[零〇一二三四五六七八九十百千\d]+条")
_AMENDED = re.compile(r"[（(](?P<year>(?:19|20)\d{2})\s?年?\s?(?:修正|修订|修改|公布|版)")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?")
_FEWEST_ARTICLES = 5


@dataclass(frozen=True, slots=True)
class _Law:
    """A document in force, by articles."""

    version: DocumentVersion
    passages: tuple[Passage, ...]
    articles: frozenset[int]

    @property
    def last_article(self) -> int:
        return max(self.articles, default=0)


def stale_in(knowledge: KnowledgeBase, as_of: date) -> tuple[Finding, ...]:
    """All that is stale among what is in force on the day."""
    sheets: list[tuple[ServiceItem | Policy, tuple[Statement, ...]]] = [
        *((item, item_statements(item)) for item in knowledge.items(as_of)),
        *((policy, policy_statements(policy)) for policy in knowledge.policies(as_of)),
    ]
    laws = [
        _law(version, knowledge.passages(version.id))
        for version in knowledge.published_documents()
        if version.is_in_force(as_of)
    ]
    newest = _newest(laws)
    repealed = _repealed(laws, as_of)
    found: list[Finding] = []
    for sheet, statements in sheets:
        found.extend(_superseded_basis(sheet, statements, newest, repealed))
        found.extend(_dead_locators(sheet, statements, newest))
        found.extend(_not_checked(sheet, statements, as_of))
    for law in laws:
        found.extend(_dead_references(law, newest))
        found.extend(_still_published(law, repealed))
    return tuple({finding.id: finding for finding in found}.values())


def _law(version: DocumentVersion, passages: tuple[Passage, ...]) -> _Law:
    articles = (n for p in passages for n in articles_in(p.clause or "")[:1])
    return _Law(version, passages, frozenset(articles))


def _newest(laws: Sequence[_Law]) -> dict[str, _Law]:
    """The newest document of each name."""
    newest: dict[str, _Law] = {}
    for law in sorted(laws, key=lambda law: (_since_day(law.version), law.version.name)):
        newest[law_key(law.version.title)] = law
    return newest


def _repealed(laws: Sequence[_Law], as_of: date) -> dict[str, tuple[DocumentVersion, Passage]]:
    """The names of what documents in force repeal, with where they say so."""
    found: dict[str, tuple[DocumentVersion, Passage]] = {}
    for law in laws:
        begun = law.version.effective_from is None or law.version.effective_from <= as_of
        for passage in law.passages if begun else ():
            for sentence in re.split(r"[。；]", passage.text):
                if _REPEALS.search(sentence):
                    for cited in laws_in(sentence):
                        key = law_key(cited.title)
                        if key != law_key(law.version.title) and not cited.articles:
                            found.setdefault(key, (law.version, passage))
    return found


def _superseded_basis(
    sheet: ServiceItem | Policy,
    statements: Sequence[Statement],
    newest: Mapping[str, _Law],
    repealed: Mapping[str, tuple[DocumentVersion, Passage]],
) -> Iterator[Finding]:
    """Facts that rest on a version of a law older than the one in force, or on a repealed one."""
    for origin, resting in _by_origin(statements).items():
        key, year = law_key(origin.title), _year_of(origin)
        law = newest.get(key)
        if key in repealed:
            by, passage = repealed[key]
            what = f"「{sheet.name}」有{len(resting)}处依据《{key}》，它已经被「{by.title}」废止"
            places = (_of_statement(resting[0]), _of_passage(by, passage))
            yield _finding(("repealed_basis", sheet.source, key), Severity.HIGH, sheet.name, what, places)
        elif law is not None and year is not None and _is_newer(law.version, year):
            since = _since_day(law.version).year
            what = f"「{sheet.name}」有{len(resting)}处依据{year}年的《{key}》，现行的是{since}年的版本"
            places = (_of_statement(resting[0]), _whole(law.version))
            yield _finding(("superseded_basis", sheet.source, key), Severity.MEDIUM, sheet.name, what, places)


def _dead_locators(
    sheet: ServiceItem | Policy, statements: Sequence[Statement], newest: Mapping[str, _Law]
) -> Iterator[Finding]:
    """Facts that name an article which the law in force does not have."""
    for statement in statements:
        for ref in statement.sources:
            law = newest.get(law_key(ref.origin.title))
            missing = _missing(articles_in(ref.locator or ""), law)
            if law is not None and missing:
                what = f"「{sheet.name}」写着依据《{law.version.title}》第{missing[0]}条，现行文本里没有这一条"
                key = (statement.id, law.version.source, str(missing[0]))
                places = (_of_statement(statement), _whole(law.version))
                yield _finding(("dead_locator", *key), Severity.MEDIUM, sheet.name, what, places)


def _not_checked(sheet: ServiceItem | Policy, statements: Sequence[Statement], as_of: date) -> Iterator[Finding]:
    """Sheets whose facts rest on a portal or a report that was read too long ago."""
    for origin, resting in _by_origin(statements).items():
        read = _day_of(origin.date)
        told = origin.kind in _NOT_A_LAW and number_of(origin.title) is None
        if told and read is not None and as_of - read > _CHECK_AGAIN_AFTER:
            what = (
                f"「{sheet.name}」有{len(resting)}处依据「{origin.title}」，那是{read:%Y-%m-%d}的内容，一年多没有再核对"
            )
            key = (sheet.source, origin.id)
            yield _finding(("not_checked", *key), Severity.LOW, sheet.name, what, (_of_statement(resting[0]),))


def _dead_references(law: _Law, newest: Mapping[str, _Law]) -> Iterator[Finding]:
    """References of a document to an article of its own, or of another one that is here, that does not exist."""
    version = law.version
    for passage in law.passages:
        if passage.garbled:
            continue
        own = [n for m in _OWN.finditer(passage.text) for n in articles_in(m.group())]
        cited = [(newest.get(law_key(c.title)), c.articles) for c in laws_in(passage.text)]
        for target, articles in ((law, tuple(own)), *cited):
            missing = _missing(articles, target)
            if target is None or not missing:
                continue
            own_words = "本文" if target is law else f"《{target.version.title}》"
            what = f"「{version.title}」{passage.clause or ''}引用{own_words}第{missing[0]}条，但那里没有这一条"
            key = (version.source, passage.clause or passage.text, target.version.source, str(missing[0]))
            yield _finding(
                ("dead_reference", *key), Severity.LOW, version.title, what, (_of_passage(version, passage),)
            )


def _still_published(law: _Law, repealed: Mapping[str, tuple[DocumentVersion, Passage]]) -> Iterator[Finding]:
    """A document that another one repealed and that still answers."""
    found = repealed.get(law_key(law.version.title))
    if found is None or _since_day(found[0]) <= _since_day(law.version):
        return
    by, passage = found
    what = f"「{law.version.title}」已经被「{by.title}」废止，但还在回答"
    places = (_whole(law.version), _of_passage(by, passage))
    yield _finding(
        ("repealed_but_published", law.version.source, by.source), Severity.HIGH, law.version.title, what, places
    )


def _missing(articles: Sequence[int], law: _Law | None) -> list[int]:
    """Articles that the law lacks, where it is held as a whole: a page of it proves nothing."""
    if law is None or len(law.articles) < _FEWEST_ARTICLES or not _is_whole(law):
        return []
    return [n for n in articles if n not in law.articles]


def _is_whole(law: _Law) -> bool:
    return law.articles == frozenset(range(1, law.last_article + 1))


_NOT_A_LAW = frozenset({"portal", "gov", "gov-cited", "news", "third-party", "reprint", "repo", "repo-guide"})


def _by_origin(statements: Sequence[Statement]) -> dict[Origin, list[Statement]]:
    found: defaultdict[Origin, list[Statement]] = defaultdict(list)
    for statement in statements:
        if not statement.id.partition("#")[2].startswith("sources."):
            for ref in statement.sources:
                found[ref.origin].append(statement)
    return found


def _year_of(origin: Origin) -> int | None:
    """Which version of a law a sheet means: the year in its title, else the year of its date."""
    amended = _AMENDED.search(origin.title)
    if amended:
        return int(amended["year"])
    dated = _YEAR.search(origin.date or "")
    return int(dated.group()) if dated and origin.kind == "law" else None


def _is_newer(version: DocumentVersion, year: int) -> bool:
    """True where it was issued in a later year; what is issued in one year often takes effect in the next."""
    if version.issued_on is not None:
        return version.issued_on.year > year
    return version.effective_from is not None and version.effective_from.year > year + 1


def _since_day(version: DocumentVersion) -> date:
    known = [day for day in (version.effective_from, version.issued_on) if day is not None]
    return max(known, default=date.min)


def _day_of(written: str | None) -> date | None:
    found = _DAY.match(written or "")
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"] or 12), int(found["day"] or 28))
    except ValueError:
        return None


def _finding(key: Sequence[str], severity: Severity, title: str, what: str, places: tuple[Place, ...]) -> Finding:
    """`key` begins with the code; the rest says what the finding is about."""
    code = key[0]
    return Finding(
        id=finding_id(WorkKind.STALE, *key),
        kind=WorkKind.STALE,
        code=code,
        severity=severity,
        title=title,
        what=what,
        mend=_MEND[code],
        places=places,
    )


_MEND = {
    "repealed_basis": "找出取代它的规定，逐项核对后改写事项卡片",
    "superseded_basis": "按现行版本逐项核对，改写事项卡片和它注明的条款",
    "dead_locator": "在现行文本里找到对应条款，改正卡片上注明的出处",
    "not_checked": "打开来源核对一遍，更新核对日期；有变化的改写卡片",
    "dead_reference": "核对原文是否漏了内容或引用了旧条号，必要时重新导入",
    "repealed_but_published": "撤回它，或补上失效日期",
}


def _of_statement(statement: Statement) -> Place:
    return Place(
        source=statement.source,
        title=statement.title,
        text=statement.text,
        anchor=statement.id,
        version=statement.version,
        clause=statement.clause,
    )


def _of_passage(version: DocumentVersion, passage: Passage) -> Place:
    return Place(
        source=version.source,
        title=version.title,
        text=passage.text,
        anchor=f"{version.source}#p{passage.ordinal}",
        version=version.id,
        clause=passage.clause,
    )


def _whole(version: DocumentVersion) -> Place:
    begins = f"自{version.effective_from}起" if version.effective_from else ""
    return Place(source=version.source, title=version.title, text=begins, version=version.id)
