"""References to a clause, 第十五条第二款第（三）项, and the passages of a document that they mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cn2an

from knowledge.passages import Passage

_NUMERAL = "零〇一二三四五六七八九十百千两\\d"
_REFERENCE = re.compile(
    rf"第\s?(?P<article>[{_NUMERAL}]{{1,8}})\s?条(?:\s?之\s?(?P<inserted>[{_NUMERAL}]{{1,3}}))?"
    rf"(?:\s?(?:的|中)?\s?第?\s?(?P<paragraph>[{_NUMERAL}]{{1,4}})\s?款)?"
    rf"(?:\s?(?:的|中)?\s?第?\s?[（(]?\s?(?P<item>[{_NUMERAL}]{{1,4}})\s?[）)]?\s?项)?"
)
_ITEM = re.compile(rf"^[（(]\s?([{_NUMERAL}]{{1,4}})\s?[）)]")
_SUB_ITEM = re.compile(r"^(?:\d{1,2}[.．、]|[（(]\s?\d{1,3}\s?[）)]|\d{1,2}[)）]|[①-⑳])")
_OF_AN_ARTICLE = re.compile(rf"^第\s?[{_NUMERAL}]{{1,8}}\s?条(?:之[{_NUMERAL}]{{1,3}})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseReference:
    """An article (条) and, where they are named, its paragraph (款) and item (项); all count from 1.

    `inserted` is the number after 之 of an article put in later (第十五条之一), 0 without one.
    """

    article: int
    inserted: int = 0
    paragraph: int | None = None
    item: int | None = None


def clause_named(text: str) -> ClauseReference | None:
    """The first clause that a text names, in Chinese or Arabic numerals; None where it names none."""
    found = _REFERENCE.search(text)
    if found is None:
        return None
    article = _number(found["article"])
    if article is None:
        return None
    return ClauseReference(
        article=article,
        inserted=_number(found["inserted"]) or 0,
        paragraph=_number(found["paragraph"]),
        item=_number(found["item"]),
    )


def resolve(passages: Sequence[Passage], wanted: ClauseReference) -> tuple[Passage, ...]:
    """The wording of the clause among the passages of one version, in reading order; empty where there is none.

    A passage that holds more than the clause is cut down to it: text, clause and place then name just the clause.
    The place is exact to the line as long as cleaning moved no character between lines.
    """
    article = [p for p in passages if _is_of(p, wanted)]
    if wanted.paragraph is None and wanted.item is None:
        return tuple(article)
    numbered = list(_paragraphs(article))
    if wanted.paragraph is not None:
        numbered = [(number, part) for number, part in numbered if number == wanted.paragraph]
    if wanted.item is None:
        return tuple(part for _, part in numbered)
    return tuple(part for _, part in _items(numbered, wanted.item))


def _is_of(passage: Passage, wanted: ClauseReference) -> bool:
    named = clause_named(passage.clause or "")
    return named is not None and (named.article, named.inserted) == (wanted.article, wanted.inserted)


def _paragraphs(article: Sequence[Passage]) -> list[tuple[int, Passage]]:
    """Each paragraph (款) with its number. Items belong to the paragraph above them."""
    out: list[tuple[int, Passage]] = []
    number = 0
    for passage in article:
        own = clause_named(passage.clause or "")
        if own is not None and own.paragraph is not None:
            number = own.paragraph
            out.append((number, passage))
            continue
        for line in _lines(passage):
            opens = not (_ITEM.match(line.text) or _SUB_ITEM.match(line.text))
            number += 1 if opens or number == 0 else 0
            label = f"{_article_of(passage)}第{_chinese(number)}款"
            if out and out[-1][0] == number and out[-1][1].id == passage.id:
                before = out[-1][1]
                out[-1] = (number, replace(before, text=f"{before.text}\n{line.text}", end=line.end))
            else:
                out.append((number, replace(line, clause=label)))
    return out


def _items(numbered: Sequence[tuple[int, Passage]], wanted: int) -> list[tuple[int, Passage]]:
    """The lines of one item (项): from its number to the next."""
    out: list[tuple[int, Passage]] = []
    for number, part in numbered:
        inside = False
        for line in _lines(part):
            opens = _ITEM.match(line.text)
            if opens is not None:
                inside = _number(opens.group(1)) == wanted
            elif not _SUB_ITEM.match(line.text):
                inside = False
            if inside:
                label = f"{(part.clause or '').split('项')[0]}第（{_chinese(wanted)}）项"
                out.append((number, replace(line, clause=label)))
    return out


def _lines(passage: Passage) -> list[Passage]:
    """The lines of a passage as passages; their places are shares of the passage's own."""
    out: list[Passage] = []
    at = 0
    length, span = max(1, len(passage.text)), passage.end - passage.start
    for text in passage.text.split("\n"):
        begin = passage.start + at * span // length
        end = passage.start + min(span, (at + len(text)) * span // length)
        if text.strip():
            out.append(replace(passage, text=text, start=begin, end=end))
        at += len(text) + 1
    return out


def _article_of(passage: Passage) -> str:
    found = _OF_AN_ARTICLE.match(passage.clause or "")
    return found.group() if found else passage.clause or ""


def _chinese(number: int) -> str:
    """十二, where the library writes 一十二."""
    written: str = cn2an.an2cn(number)
    return written[1:] if written.startswith("一十") else written


def _number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    bare = numeral.replace("〇", "零")
    try:
        return int(bare) if bare.isdigit() else int(cn2an.cn2an(bare, "smart"))
    except ValueError:
        return None
