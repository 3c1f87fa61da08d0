"""A sheet and a document that say the same of an item but for a small word: 可以 and 不得, 限 and 不限."""

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from assistant.upkeep.item_conflicts import item_finding, names_of, spoken_of
from guardrails.meaning import MODALITY, NEGATION
from knowledge.items import ServiceItem
from knowledge.life.work import Finding
from knowledge.passages import DocumentVersion, Passage
from knowledge.statements import Facet, Statement
from knowledge.statements_of import item_statements

# How alike they must be without those words. A condition that a document repeats in its own words is rarely above it.
_SAME_BUT_FOR_SENSE = 84
_SHORTEST = 6
_COMPARED = frozenset({Facet.CONDITIONS, Facet.MATERIALS, Facet.CHANNELS, Facet.AGENT, Facet.PROCESS, Facet.RESULT})
_ONLY = re.compile(r"(?<!不)(?:仅|只)?限(?!于?制|期|时|额|度)|仅|只(?!要)")
_ANY = re.compile(r"不限|无限制|均可")
_WORDS = [*NEGATION.words.values(), *MODALITY.words.values(), _ANY, _ONLY]
_TURNS = {"not_allowed", "not_needed"}  # beside another denial these still turn a sentence round
_NOISE = re.compile(r"[\s，,、：:；;。（）()「」“”《》]")
_CONDITION = re.compile(
    r"[^，。；]{0,40}?(?:的|时|情形)，"
)  # what holds in a case of its own says nothing against the rule


def sense_conflicts(
    items: Sequence[ServiceItem], passages: Iterable[tuple[DocumentVersion, Passage]]
) -> Iterator[Finding]:
    """Sentences about an item that a sheet states too, with the opposite sense."""
    sheets = [(item, item_statements(item)) for item in items]
    for spoken in spoken_of(sheets, passages):
        for statement in spoken.statements:
            if _is_compared(statement) and _say_opposite(statement.text, _said_of(spoken.sentence, spoken.item)):
                yield item_finding("condition_differs", statement, spoken, "和文件里的意思相反")


def _is_compared(statement: Statement) -> bool:
    return statement.may_be_stated and statement.question is None and statement.facet in _COMPARED


def _said_of(sentence: str, item: ServiceItem) -> str:
    """The sentence without its subject: 申请补领身份证的，应当… says of the item what its sheet says as 应当…."""
    begun = _CONDITION.match(sentence)
    named = begun is not None and any(name in begun.group() for name in names_of(item))
    return sentence[begun.end() :] if begun is not None and named else sentence


def _say_opposite(one: str, other: str) -> bool:
    plain = _bare(one), _bare(other)
    if min(len(text) for text in plain) < _SHORTEST or fuzz.ratio(*plain) < _SAME_BUT_FOR_SENSE:
        return False
    denied = NEGATION.found_in(one), NEGATION.found_in(other)
    bound = MODALITY.found_in(one), MODALITY.found_in(other)
    free = bool(_ANY.search(one)), bool(_ANY.search(other))
    only = bool(_ONLY.search(one)), bool(_ONLY.search(other))
    if free[0] != free[1] and only[0] != only[1]:
        return True
    if bool(denied[0]) != bool(denied[1]) or (denied[0] ^ denied[1]) & _TURNS:
        return True
    return all(bound) and bound[0].isdisjoint(bound[1])


def _bare(text: str) -> str:
    for pattern in _WORDS:
        text = pattern.sub("", text)
    return _NOISE.sub("", text)
