"""What must agree between a whole sentence and its evidence: who, before or after, from when, in which order."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from guardrails.proof.alignment import Aligned
from guardrails.proof.clauses import ROLES
from guardrails.proof.contrasts import duty, items, one_of
from guardrails.proof.families import canonical
from guardrails.proof.places import Ground
from guardrails.proof.words import held_by, is_word, said, words_of
from guardrails.quantities import Quantity, quantities

LEAST_KEPT: Final = 0.25  # of the words of the parts it rests on, on the average of its clauses
LEAST_SAID: Final = 0.5  # of a clause's words, anywhere in the evidence
LEAST_OF_A_CONDITION: Final = 0.15  # of its words
_CONDITIONS = re.compile("(?:^|[,，])([^,，]{4,30}的)(?=[,，])")
_PLAINLY: Final = 0.8  # of a clause's words in its parts: so plainly said that a clause before it may only introduce it
MOST_OF_A_START: Final = 0.30  # of the words a term is counted from that are not the evidence's
_CLOSE: Final = 0.75  # of a clause's words in its parts: so close, whoever its place names is meant
_LEAST_OF_A_CLAUSE, _LEAST_OF_A_START = 4, 2

_ALSO = re.compile("也|一样|同样|照样|照常|照旧")
_ALTHOUGH = re.compile("(?:不|没有?|未)(?!但|仅|过|光|止|只)[^,，。;；]{1,10}[,，]?(?:也|还是|照样|照常|仍)")
_ALTHOUGH_HELD = re.compile("也|仍|不影响|无论|不论|均|不再|免|无[须需]|不[必用需]")
_JUST_AS = re.compile("(?:和|跟|与|同)[^,，。;；]{1,12}(?:一样|同样)")
_JUST_AS_HELD = re.compile("同等|等同|相同|一样|同样|一致")
_ENOUGH = re.compile("就行|即可|就可以|都行|就能")
_HOW: Final = {
    "may": re.compile("可以|能(?!力)|可"),
    "must": re.compile("要|得|须|应"),
    "must not": re.compile("不[能得许准]"),
}
_ENOUGH_SAID: Final = 0.6  # of the words of a sentence that says something is enough
_PROMISED = re.compile("肯定|一定|保证|绝对|必然|放心|自动|直接")
_KEPT_PROMISES = re.compile("自动|直接|一定|保证")
_ALL_OF = re.compile("既.{1,12}又|同时.{0,6}(?:具备|满足|符合)|(?:都|全)(?:要|得|须|符合|满足)|缺一不可|加上")
_ONE_OF = re.compile("之一|任一|任选|或者|或")
_CHANGED = re.compile("原为|改为|调整为|年版|旧版|此前|原来|原仅|提高到|压缩|减至|降至|废止|停止执行")
_YEARS = re.compile(r"20\d\d")
_ROOM = re.compile(r"[a-z](?=[座栋号楼口区幢馆厅])|\d+(?=号|楼|室|路|栋)", re.IGNORECASE)
_ORDER = re.compile(r"先([^,，。]{2,14})[,，]?(?:再|然后|后|才)([^,，。]{2,14})")
_START = re.compile(
    r"([^,，。;；:：]{2,14}?)(?<!提)(?:之日起?|那天起?|当天起?|那日起?|起算|算起|起$|之日前|日的?前|前)"
)
_STARTS = re.compile(r"([^,，。;；:：]{2,24})(?:之日|当日|那天|当天|起|日的?\d*|后|前)")
_TO_START = re.compile(r".*(?:自|从|在|要|由)")
_BEFORE_IT = re.compile(r"前(?:的)?$|提前(?:至少)?$"), re.compile(r"(?:之)?前|以前")
_AFTER_IT = (
    re.compile(r"(?:后|起|之日起|内)(?:的|算)?[,，]?$|届满|期满"),
    re.compile(r"以内|之内|内|后|之后|以后"),
)
_CLAUSE_ENDS = re.compile(r"[,，;；:：。!！?？\n]")

Look = Callable[[str, Sequence[Aligned], Ground], str | None]


def told(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where the evidence does not say a clause; one that says what the rest is about may differ."""
    unsaid = [clause for clause in clauses if clause.in_evidence < LEAST_SAID]
    others = [clause for clause in clauses if clause.in_evidence >= LEAST_SAID]
    if not unsaid:
        return None
    if clauses[-1] in others and all(c.in_window >= _PLAINLY and c.longest_new <= 1 for c in others):
        return None
    return f"依据里没有说“{unsaid[0].clause}”。"


def kept(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where the sentence says little of what the parts it rests on say."""
    mean = sum(clause.window_said for clause in clauses) / len(clauses)
    return "句子只说了依据这一处的一小部分。" if mean < LEAST_KEPT else None


def condition(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where a place holds under one condition, and the sentence says nothing of it."""
    mine = held_by(canonical(sentence))
    for clause in clauses:
        conditions = _CONDITIONS.findall(clause.place.text)
        if len(conditions) == 1 and said(conditions[0], mine) < LEAST_OF_A_CONDITION:
            return f"依据说的是“{conditions[0]}”，句子没有说。"
    return None


def extension(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where the sentence widens a rule, or promises that something is enough."""
    if any(_JUST_AS_HELD.search(clause.place.text) for clause in clauses):
        sentence = _JUST_AS.sub("", sentence)
    if _ALTHOUGH.search(sentence) and not any(_ALTHOUGH_HELD.search(clause.place.text) for clause in clauses):
        return "“不……也”是依据没有说的让步。"
    if _ALSO.search(sentence) and not _adds_to_the_same(sentence):
        return "“也、一样”把规定用到了别的情形，不能证明。"
    if _ENOUGH.search(sentence) and not _is_close(clauses):
        return "“就行、即可”说这样就够了，不能证明。"
    if _PROMISED.search(sentence) and not _KEPT_PROMISES.search(ground.text):
        return "依据没有保证。"
    if _ALL_OF.search(sentence) and any(_ONE_OF.search(clause.place.text) for clause in clauses):
        return "依据说的是其中之一，不是都要。"
    return None


def _adds_to_the_same(sentence: str) -> bool:
    """Return whether “also” only goes on: you may do this, and you may also do that."""
    before, *rest = _CLAUSE_ENDS.split(sentence)
    for clause in rest:
        said = {name for name, how in _HOW.items() if how.search(clause) and how.search(before)}
        if _ALSO.search(clause) and not said:
            return False
        before = clause
    return not _ALSO.search(_CLAUSE_ENDS.split(sentence)[0])


def _is_close(clauses: Sequence[Aligned]) -> bool:
    return _mean(clause.in_window for clause in clauses) >= _ENOUGH_SAID and all(
        clause.longest_new <= 1 for clause in clauses
    )


def _mean(values: Iterable[float]) -> float:
    all_values = tuple(values)
    return sum(all_values) / len(all_values)


def versions(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where the evidence tells of an old rule and a new one: it is not clear which is meant."""
    years = {year for source in ground.sources for year in _YEARS.findall(source[:80])}
    if _CHANGED.search(ground.text) or (len(ground.sources) > 1 and len(years) > 1):
        return "依据里有新旧不同的规定，不能确定说的是哪一个。"
    return None


def roles(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where somebody named elsewhere in the evidence does what another does."""
    for clause in filter(lambda text: len(text) >= _LEAST_OF_A_CLAUSE, map(str.strip, _CLAUSE_ENDS.split(sentence))):
        named = [role for role in ROLES.values() if role.search(clause) and role.search(ground.text)]
        near = _pieces_near(clause, ground) if named else ""
        if near:
            near += ",".join(a.window for a in clauses if a.in_window >= _CLOSE and clause in a.clause)
        if near and not all(role.search(near) for role in named):
            return "句子里的办理人、机关或地点，在依据里说的是另一件事。"
    return None


def _pieces_near(clause: str, ground: Ground) -> str:
    """Return the piece that shares the rarest words with a clause, with its neighbours."""
    pieces, worth = ground.pieces, ground.worth_of_pieces(words_of(clause))
    best = max(range(len(pieces)), key=worth.__getitem__, default=None)
    if best is None or not worth[best]:
        return ""
    around = range(max(0, best - 1), min(len(pieces), best + 2))
    return ",".join(pieces[i].text for i in around if pieces[i].place == pieces[best].place)


def direction(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where a term runs before what the evidence lets it run after, or the other way round."""
    mine = [(counted, way) for counted in quantities(sentence) if (way := _way(sentence, counted))]
    if not mine:
        return None
    known: dict[tuple[str, object], set[str]] = {}
    for place in ground.places:
        for counted in quantities(place.text):
            known.setdefault((counted.unit, counted.value), set()).add(_way(place.text, counted))
    for counted, way in mine:
        ways = known.get((counted.unit, counted.value), set()) - {""}
        if ways and way not in ways:
            return f"“{counted.written}”是之前还是之后，和依据不一致。"
    return None


def _way(text: str, counted: Quantity) -> str:
    left, right = text[max(0, counted.start - 6) : counted.start], text[counted.end : counted.end + 5]
    if _BEFORE_IT[0].search(left) or _BEFORE_IT[1].match(right):
        return "before"
    return "after" if _AFTER_IT[0].search(left) or _AFTER_IT[1].match(right) else ""


def start(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where a term is counted from something the evidence does not count from."""
    for match in _START.finditer(sentence):
        text = _TO_START.sub("", match[1])
        if sum(map(is_word, canonical(text))) < _LEAST_OF_A_START:
            continue
        from_what = [held_by(canonical(start[1])) for start in _STARTS.finditer(ground.text)]
        if 1 - max((said(text, held) for held in from_what), default=0.0) > MOST_OF_A_START:
            return f"从“{text}”算起，依据里没有。"
    return None


def order(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where first and then are changed round, or where a door or floor is another."""
    mine = _ORDER.search(sentence)
    theirs = _ORDER.search(ground.text) if mine else None
    if mine and theirs:
        first, then = (held_by(canonical(part)) for part in (theirs[1], theirs[2]))
        if said(mine[1], then) > said(mine[1], first):
            return "先后次序和依据相反。"
    rooms = {room.lower() for room in _ROOM.findall(sentence)}
    if rooms and not rooms <= {room.lower() for room in _ROOM.findall(ground.text)}:
        return "门牌、楼层和依据不一致。"
    return None


LOOKS: Final[tuple[Look, ...]] = (
    told,
    kept,
    condition,
    extension,
    versions,
    direction,
    start,
    order,
    roles,
    one_of,
    duty,
    items,
)
