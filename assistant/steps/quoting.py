"""Picks from a passage the sentences that answer a question, word for word."""

import re
from dataclasses import dataclass

from assistant.steps.asking import Asked
from assistant.steps.document_cues import special_terms, without_pointers
from assistant.steps.needs import kinds_in
from assistant.steps.statement_index import WordWeights, terms
from guardrails.orders import free_of_orders
from knowledge.statements import Statement

_SENTENCE = re.compile(r"[^。!?！？;；\n]+[。!?！？;；\n]?[”」』）)]?")
_HEADING = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[）).、]|#)")
_GARBLED = re.compile(r"[!\"#$%&*+=@^~`|<>\\]|\d")
_COUNTED = re.compile(r"(?:多少|几)(?:个|项|次|家|类|人|名|处|种)?(?P<noun>[\u3400-\u9fff]{2,6})")
_MEASURED = re.compile(
    r"(?P<noun>[\u3400-\u9fff]{2,3}?)(?:要|能|已经?|会)?(?:达到|是|为|有|超过|占|提高到)?(?:多少|几)"
)
_ASKS_FOR_A_LIST = re.compile(r"哪[两几三四些]|什么意思|是什么|指什么|包括|分别|哪个|怎么")
_ASKS_A_NUMBER = re.compile(
    r"多少|(?<!哪)几(?![乎率])|多[久长大]|何时|什么时候|哪[一几]?[天年月日]|how (?:many|much|long)|when"
)
_MASK = "□"  # ingestion puts it where a number cannot be read
_LONGEST, _SHORTEST, _A_HEADING = 260, 6, 30
_KIND_WORTH, _TERM_WORTH, _COUNT_WORTH, _PLACE_COST, _NEAR_THE_BEST = 0.15, 0.4, 0.25, 0.04, 0.75


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a passage and how well it answers."""

    statement: Statement
    text: str
    score: float


def best_quotes(asked: Asked, passages: tuple[Statement, ...], most: int) -> list[Quote]:
    """The best sentences of one document, best first; another document would start another answer.

    Numbers of garbled text are never quoted: such sentences are left out.
    """
    # the title alone says nothing: neither is it quoted, nor do its words make a sentence an answer
    sentences = [(s, t, p) for p, s in enumerate(passages) for t in sentences_of(s) if t.rstrip("。 ") not in s.title]
    weights = WordWeights([terms(t) for _, t, _ in sentences])
    wanted = without_pointers(asked.search)
    words, special, kinds = terms(wanted), special_terms(wanted), asked.need.kinds
    counted = _counted(wanted)
    quotes = []
    for statement, text, place in sentences:
        kind = len(kinds & kinds_in(text)) / len(kinds) if kinds else 0.0
        named = sum(term in text for term in special) / len(special) if special else 0.0
        own = (words - terms(statement.title)) or words
        score = weights.overlap(own, terms(text)) + _KIND_WORTH * kind + _TERM_WORTH * named - _PLACE_COST * place
        score += _COUNT_WORTH if counted and counted.search(text) else 0.0
        quotes.append(Quote(statement, text, score))
    quotes.sort(key=lambda q: -q.score)
    if not quotes or quotes[0].score <= 0:
        return []
    if quotes[0].statement.garbled and _MASK in quotes[0].text and _ASKS_A_NUMBER.search(asked.text):
        return []  # the sentence that would answer has lost the number that is asked for; any other is beside the point
    source, least = quotes[0].statement.source, quotes[0].score * _NEAR_THE_BEST
    best = [q for q in quotes if q.statement.source == source and q.score >= least][:most]
    return _with_the_next(best) if _ASKS_FOR_A_LIST.search(asked.text) else best


def _counted(question: str) -> re.Pattern[str] | None:
    """For 多少个点位 and 解决率达到多少: a number close to 点位, to 解决率."""
    counted, measured = _COUNTED.search(question), _MEASURED.search(question)
    if counted is not None:
        noun = re.escape(counted["noun"][:3])
    elif measured is not None:
        noun = re.escape(measured["noun"][-2:])
    else:
        return None
    return re.compile(
        rf"{noun}[^,，。;；]{{0,8}}\d|\d[\d.万亿余多]*(?:个|项|次|家|类|人|名|处|种|%)?[^,，。;；\d]{{0,8}}{noun}"
    )


def _with_the_next(quotes: list[Quote]) -> list[Quote]:
    """What a term means, or which two things it names, often ends in the sentence after."""
    first = quotes[0]
    sentences = sentences_of(first.statement)
    after = sentences[sentences.index(first.text) + 1 :][:1]
    known = {q.text for q in quotes}
    return [first, *(Quote(first.statement, t, first.score) for t in after if t not in known), *quotes[1:]]


def sentences_of(passage: Statement) -> list[str]:
    """The sentences that may be quoted, in order; a short heading goes with the sentence below it."""
    found = [m.group() for m in _SENTENCE.finditer(passage.text)]
    joined: list[str] = []
    heading = ""
    for sentence in found:
        if not heading and len(sentence.strip()) < _A_HEADING and _HEADING.match(sentence.strip()):
            heading = sentence
            continue
        joined.append(heading + sentence)
        heading = ""
    if heading:
        joined.append(heading)
    kept = [t.strip()[:_LONGEST] for t in joined if len(t.strip()) >= _SHORTEST]
    kept = [t for t in kept if not (passage.garbled and _GARBLED.search(t))]
    return free_of_orders(kept) if passage.suspicious else kept
