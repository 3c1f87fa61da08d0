"""Parent clauses: an item (项) comes with the words that lead its list, wherever its article (条) was cut."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.steps.quoting import Quote
from guardrails.orders import steers
from knowledge.clauses import clause_named
from knowledge.passages import Passage
from knowledge.roles import KnowledgeBase
from knowledge.statements import Statement
from knowledge.statements_of import passage_statement

# the ranks of lists within an article, highest first
_MARKS = (
    r"[（(]\s?[〇零一二三四五六七八九十百]{1,4}\s?[）)]",
    r"\d{1,2}\s?[.．、](?!\d)",
    r"[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[)）]",
    r"[①-⑳]",
)
_RANKED = [re.compile(rf"\s*(?:{mark})") for mark in _MARKS]
_ANY_MARK = rf"\s*(?:{'|'.join(_MARKS)})"
_ENDS = re.compile(rf"(?<=[。！？!?\n])|(?<=[；;:：])(?={_ANY_MARK})")
_OPENS_AN_ARTICLE = re.compile(r"\s*第[^第条]{1,9}条")
_SPACE = re.compile(r"\s+")
_OMITTED = "……"


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence of an article; `rank` is that of the list it stands in, 0 outside of every list."""

    text: str
    rank: int
    statement: Statement

    @property
    def leads(self) -> bool:
        """True where a list may follow it."""
        return self.text.endswith((":", "："))

    @property
    def is_safe(self) -> bool:
        """Numbers of garbled text are never said, and nothing that tries to command the assistant."""
        return not self.statement.garbled and not (self.statement.suspicious and self._may_be_an_order())

    def _may_be_an_order(self) -> bool:
        return steers(self.text) or not steers(self.statement.text)  # reported, and not to be seen: it was hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What stands above a quotation: its `text`, ending in the mark of omission where something is left out.

    `sentences` are the leading sentences alone, highest first; `statements` those that they stand in.
    """

    text: str
    sentences: tuple[str, ...]
    statements: tuple[Statement, ...]


def parents_of(passages: Iterable[Statement], knowledge: KnowledgeBase) -> tuple[Statement, ...]:
    """The passages of the same version that begin the articles which these continue, in reading order.

    A passage that was cut down to its clause brings its whole self. What is among the given is not given back.
    """
    given = tuple(passages)
    known = {(s.id, s.version, s.text) for s in given}
    found: dict[tuple[str, str], Statement] = {}
    continuing = [s for s in given if clause_named(s.clause or "") is not None and not _OPENS_AN_ARTICLE.match(s.text)]
    for version in dict.fromkeys(s.version for s in continuing):
        document, whole = knowledge.version(version), knowledge.passages(version)
        if document is None:
            continue
        for place in (ordinal_of(s) for s in continuing if s.version == version):
            above = (passage_statement(p, document) for p in _article_up_to(whole, place))
            found.update({(version, s.id): s for s in above if (s.id, s.version, s.text) not in known})
    return tuple(found.values())


def ordinal_of(statement: Statement) -> int:
    """The place of a passage's statement in its document."""
    number = statement.id.rpartition("#p")[2]
    return int(number) if number.isdigit() else 0


def _article_up_to(whole: Sequence[Passage], ordinal: int) -> list[Passage]:
    """The article's passages up to this one. An annex may count its articles anew: only what is joined to it."""
    out: list[Passage] = []
    for passage in reversed([p for p in whole if p.ordinal <= ordinal]):
        if out and (_article(passage) is None or _article(passage) != _article(out[0])):
            break
        out.insert(0, passage)
        if _OPENS_AN_ARTICLE.match(passage.text):
            break
    return out


def _article(passage: Passage) -> tuple[int, int] | None:
    named = clause_named(passage.clause or "")
    return (named.article, named.inserted) if named is not None else None


@dataclass(frozen=True, slots=True)
class Led:
    """A quotation with what leads it, and the statements it stands in: those of the lead, its own last."""

    text: str
    statements: tuple[Statement, ...]


def led(quotes: Iterable[Quote], around: Iterable[Statement]) -> Iterator[Led]:
    """The quotations, each sentence once: the words that lead a list stand before the first of its items.

    Further items of the same list follow that one, so that they are read as its items.
    """
    context = tuple(around)
    lists: dict[tuple[str, ...], list[tuple[Quote, Lead | None]]] = {}
    for quote in dict.fromkeys(quotes):
        lead = lead_of(quote.text, quote.statement, context)
        # what leads a list opens it also where it is quoted for its own sake
        key = (_article_named(quote.statement), *(lead.sentences if lead else (quote.text,)))
        lists.setdefault(key, []).append((quote, lead))
    said: dict[str, list[str]] = {}  # by article: two of them may lead their lists with the same words
    seen: set[str] = set()
    for quote, lead in (pair for together in lists.values() for pair in together):
        here = said.setdefault(_article_named(quote.statement), [])
        text = _unsaid(quote.text, (quote.text, *here), here)
        if not text or text in seen:
            continue
        above = _unsaid(lead.text, lead.sentences, here) if lead is not None else ""
        here += [quote.text, *(lead.sentences if lead is not None else ())]
        seen.add(text)
        statements = (*lead.statements, quote.statement) if lead is not None and above else (quote.statement,)
        yield Led(above + text, tuple(dict.fromkeys(statements)))


def _article_named(statement: Statement) -> str:
    named = clause_named(statement.clause or "")
    place = f"{named.article}-{named.inserted}" if named is not None else statement.id
    return f"{statement.source} {statement.version} {place}"


def _unsaid(text: str, sentences: Iterable[str], said: Sequence[str]) -> str:
    """The text without those of the sentences at its beginning that were said, alone or in a quotation."""
    for sentence in sentences:
        if text.startswith(sentence) and any(sentence in other for other in said):
            text = text[len(sentence) :].removeprefix(_OMITTED).lstrip()
    return text


def lead_of(quoted: str, statement: Statement, around: Iterable[Statement]) -> Lead | None:
    """The words that lead the list in which the quotation stands; None where it stands in none."""
    parts, at, begins = _located(quoted, statement, around)
    if at is None:
        return None
    rank, places = parts[at].rank, [at]
    for place in range(at - 1, -1, -1):
        part = parts[place]
        if rank == 0 or (part.rank < rank and not (part.leads and part.is_safe)):
            break
        if part.rank < rank:
            rank, places = part.rank, [place, *places]
    if len(places) == 1:
        return None
    text = ""
    for above, below in pairwise(places):
        joined = below == above + 1 and (below != at or begins)
        text += parts[above].text + ("" if joined else _OMITTED)
    leads = [parts[place] for place in places[:-1]]
    return Lead(
        text=text,
        sentences=tuple(part.text for part in leads),
        statements=tuple(dict.fromkeys(part.statement for part in leads)),
    )


def _located(quoted: str, statement: Statement, around: Iterable[Statement]) -> tuple[list[_Part], int | None, bool]:
    """The article's sentences up to the quotation's passage, its place there, and whether it begins that sentence."""
    near = {statement.id: statement}
    for one in around:
        same = clause_named(one.clause or "") is not None and _article_named(one) == _article_named(statement)
        # a clause that was cut out stands in its whole passage, which has the same id
        if same and ordinal_of(one) <= ordinal_of(statement) and not _holds(near.get(one.id), one):
            near[one.id] = one
    own = near.pop(statement.id)
    above = sorted(near.values(), key=ordinal_of)
    parts = [part for s in above for part in _parts(s)]
    wanted = _bare(quoted)
    position = _bare(own.text).find(wanted)
    first, passed = len(parts), 0
    parts += _parts(own)
    for place in range(first, len(parts)):
        length = len(_bare(parts[place].text))
        if 0 <= position < passed + length:
            return parts, place, position == passed
        passed += length
    return parts, None, False


def _holds(known: Statement | None, other: Statement) -> bool:
    return known is not None and len(known.text) >= len(other.text)


def _parts(statement: Statement) -> list[_Part]:
    out: list[_Part] = []
    for line in statement.text.split("\n"):
        of_line = _rank(line)
        out += [_Part(text.strip(), _rank(text) or of_line, statement) for text in _ENDS.split(line) if text.strip()]
    return out


def _rank(text: str) -> int:
    return next((rank for rank, mark in enumerate(_RANKED, start=1) if mark.match(text)), 0)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
