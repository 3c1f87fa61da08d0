"""Reads a conversation into facts for a form: each value with who said it of whom, the last one said wins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prefill.derivations import NOT_FROM_REGISTER
from prefill.facts import Fact, Provenance, SourceKind, field_key
from prefill.forms import FieldType, Form, is_proof
from prefill.said import choosing
from prefill.said.conversation import Conversation, listen
from prefill.said.lexicon import shipped
from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person, people
from prefill.said.phrases import phrase
from prefill.said.senses import Sense, senses_of
from prefill.said.unknown import withheld
from prefill.said.worth import in_the_same_month, span, worth

SOURCE: Final = "您在对话中说的"
_RANGES: Final = {FieldType.DATE_RANGE, FieldType.MONTH_RANGE, FieldType.DATE_TIME_RANGE}
_SURE: Final = {4: 0.97, 3: 0.95, 2: 0.9, 1: 0.85}
_MYSELF: Final = re.compile(
    "(?:我自己|本人|我亲自|自己)(?:来|去|过来|过去|跑|到场|就)?(?:办|跑|弄|申请|经办)|"
    "经办人(?:就)?(?:是|写|填)(?:我|本人)(?!哥|姐|弟|妹|爸|妈|老)"
)
_STAYING: Final = re.compile("(?:住在?|搬到?|借住)(?:了)?(?:我)?[\u4e00-\u9fff]{1,4}家")
_COUNTS: Final = 100
_MONEY_UNITS: Final = frozenset({"元", "块", "块钱", "万元"})
_QUOTES: Final = "'\"“”‘’「」『』《》"
_NEXT_TO, _CLEAR, _WEAK, _BARE = 4, 3, 2, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A value heard for a field, in which clause and how clearly (4 directly beside its words … 1 without them)."""

    value: str
    clause: int
    clearness: int


def read_said(form: Form, messages: Sequence[str], today: date, known: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """Facts the citizen stated for fields of this form. `known` are facts from elsewhere: who the applicant is.

    A fact without a value says that it is not settled yet; what is merely not remembered is no fact.
    Commitments are never read out of words.
    """
    conversation = listen(messages, today)
    proven = {f.key for f in known if f.value}
    senses = [s for s in senses_of(form, shipped()) if not _is_proven(s, proven)]
    heard = _heard(form, senses, conversation, today, known)
    missing = withheld(senses, conversation)
    facts: list[Fact] = []
    for sense in senses:
        name = sense.field.name
        if sense.field.is_commitment:
            continue
        value = heard.get(name)
        gone = missing.get(name)
        if gone is not None and (value is None or gone.outdoes(value.clause)):
            if gone.pending:
                facts.append(_fact(name, None, 1.0, conversation.clauses[gone.clause].text))
        elif value is not None:
            facts.append(_fact(name, value.value, _SURE[value.clearness], conversation.clauses[value.clause].text))
    return tuple(facts)


def _is_proven(sense: Sense, proven: set[str]) -> bool:
    """Whether a register proves the field, so that words change nothing; a child may be another one than certified.

    The applicant's own card proves nothing of the parent who is not the applicant.
    """
    if sense.field.name in NOT_FROM_REGISTER:
        return False
    return any(k in proven and is_proof(k) and not k.startswith("出生医学证明.") for k in sense.field.prefill)


def _fact(name: str, value: str | None, confidence: float, evidence: str) -> Fact:
    return Fact(
        key=field_key(name),
        value=(value.strip(_QUOTES) or value) if value else value,
        provenance=Provenance(kind=SourceKind.SAID, source=SOURCE, confidence=confidence, evidence=evidence),
    )


def _heard(
    form: Form,
    senses: Sequence[Sense],
    conversation: Conversation,
    today: date,
    known: Sequence[Fact],
) -> dict[str, Heard]:
    found: dict[str, Heard] = {}
    ranks = _ranks(senses, conversation, today)
    for position, sense in enumerate(senses):
        value = _by_choice(form, sense, conversation, known) or _by_phrase(sense, conversation)
        if value is None and sense.field.type in _RANGES:
            value = _by_span(sense, conversation, today)
        elif value is None:
            value = _by_mention(senses, position, ranks, conversation, today)
        value = value or _by_myself(sense, conversation, known)
        if value is not None:
            found[sense.field.name] = value
    return found


def _by_choice(form: Form, sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    chosen = choosing.choose(form.item, sense, conversation.clauses, shipped(), known)
    return Heard(value=chosen.value, clause=chosen.clause, clearness=_CLEAR) if chosen else None


def _by_phrase(sense: Sense, conversation: Conversation) -> Heard | None:
    said = phrase(sense, conversation.clauses)
    return Heard(value=said.value, clause=said.clause, clearness=_CLEAR) if said else None


def _by_myself(sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    """我自己办: the applicant is also the one who handles it."""
    name = next((f.value for f in reversed(known) if f.key == "身份证.姓名" and f.value), None)
    if name is None or sense.field.name != "经办人姓名":
        return None
    for clause in reversed(conversation.clauses):
        if _MYSELF.search(clause.text) and not clause.is_question:
            return Heard(value=name, clause=clause.number, clearness=_CLEAR)
    return None


def _by_span(sense: Sense, conversation: Conversation, today: date) -> Heard | None:
    found = span(sense, conversation, today)
    return Heard(value=found[0], clause=found[1], clearness=_CLEAR) if found else None


def _by_mention(
    senses: Sequence[Sense],
    position: int,
    ranks: Sequence[dict[int, int]],
    conversation: Conversation,
    today: date,
) -> Heard | None:
    sense, mine = senses[position], ranks[position]
    listed: list[Heard] = []
    for index, rank in sorted(mine.items()):
        rivals = max((other.get(index, 0) for at, other in enumerate(ranks) if at != position), default=0)
        mention = conversation.mentions[index]
        if rivals > rank or (rivals == rank and position not in _claims(senses, ranks, index, rank)):
            continue
        value = worth(sense, mention, conversation, today)
        if value is not None and sense.field.type is FieldType.DATE and index in conversation.earlier:
            former = worth(sense, conversation.mentions[conversation.earlier[index]], conversation, today)
            value = in_the_same_month(former, value, mention.value)
        if value is not None:
            listed.append(Heard(value=value, clause=mention.clause, clearness=rank))
    listed = _with_unit(sense, listed, conversation)
    for least in (_CLEAR, _WEAK):
        clear = [h for h in listed if h.clearness >= least]
        if clear:
            return _together(clear[-1], listed) if sense.field.name == "出行国家" else clear[-1]
    values = {h.value for h in listed}
    return listed[-1] if len(values) == 1 and sense.cues.alone else None


def _with_unit(sense: Sense, listed: list[Heard], conversation: Conversation) -> list[Heard]:
    """Of sums, those said as money; a bare number beside them (4050, 第30类) names something else."""
    if not sense.money:
        return listed
    as_money = {m.clause for _, m in conversation.of(Kind.AMOUNT) if m.unit in _MONEY_UNITS}
    return [h for h in listed if h.clearness > _BARE or h.clause in as_money] if as_money else listed


def _together(last: Heard, listed: Sequence[Heard]) -> Heard:
    """Several countries in one breath are all meant."""
    values = dict.fromkeys(h.value for h in listed if h.clause == last.clause)
    return Heard(value="、".join(values), clause=last.clause, clearness=last.clearness)


def _claims(senses: Sequence[Sense], ranks: Sequence[dict[int, int]], index: int, rank: int) -> set[int]:
    """The fields that share a mention: the first of each type, so that a day is both the date and the time's day."""
    seen: dict[FieldType, int] = {}
    for at, other in enumerate(ranks):
        if other.get(index, 0) == rank:
            seen.setdefault(senses[at].field.type, at)
    return set(seen.values())


def _ranks(senses: Sequence[Sense], conversation: Conversation, today: date) -> list[dict[int, int]]:
    """For each field, how clearly each mention is meant for it; a correction is meant for what it corrects."""
    corrected = set(conversation.earlier.values())
    ranks: list[dict[int, int]] = []
    for sense in senses:
        mine: dict[int, int] = {}
        for index, mention in enumerate(conversation.mentions):
            if mention.kind not in sense.kinds:
                continue
            corrects = mine.get(conversation.earlier.get(index, -1), 0)
            rank = max(_rank(sense, mention, conversation) or 0, corrects)
            if rank and not _worthless(sense, mention, conversation, today):
                mine[index] = rank
        ranks.append({i: r for i, r in mine.items() if not (i in corrected and _stands(i, mine, conversation))})
    return ranks


def _worthless(sense: Sense, mention: Mention, conversation: Conversation, today: date) -> bool:
    return sense.field.type not in _RANGES and worth(sense, mention, conversation, today) is None


def _stands(index: int, mine: dict[int, int], conversation: Conversation) -> bool:
    return any(old == index and new in mine for new, old in conversation.earlier.items())


def _rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    """How clearly a mention is meant for a field; None where it is somebody else's."""
    text = conversation.clauses[mention.clause].text
    if sense.cues.never and sense.cues.never.search(text[: mention.end]):
        return None
    if sense.role is not None:
        return _role_rank(sense, mention, conversation)
    rank = _beside(sense, mention, conversation) or _earlier_cue(sense, mention, conversation)
    if mention.kind is Kind.PERSON and rank < _CLEAR:
        return None
    stays = mention.kind is Kind.ADDRESS and _STAYING.search(text[: mention.start])
    if mention.owner in sense.owners or sense.cues.anyone or stays:
        return rank or _alone(sense)
    # a day belongs to what happened then, whoever is named beside it; a birthday to the person
    if mention.kind is Kind.AMOUNT and not sense.money:
        return rank or None
    is_event = mention.kind is Kind.DAY and "出生" not in sense.field.name and mention.owner is not Person.EX
    named = any(p.end <= mention.start for p in people(text))
    return (rank or (None if named else _alone(sense))) if is_event else None


def _alone(sense: Sense) -> int | None:
    return _BARE if sense.cues.alone else None


def _role_rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    is_person = mention.kind is Kind.PERSON
    if mention.owner is None:
        if _names_role(sense, mention, conversation):
            return _NEXT_TO
        return _unowned_rank(sense, mention, conversation)
    if mention.owner is Person.SELF and (is_person or Person.SELF not in sense.owners):
        return None
    if mention.owner in sense.owners:
        return _NEXT_TO
    if mention.kind is Kind.DAY and not people(conversation.clauses[mention.clause].text[: mention.start]):
        return _unowned_rank(sense, mention, conversation)
    may_hold = not sense.by_kin and mention.kind in {Kind.PERSON, Kind.IDENTITY}
    return _NEXT_TO if may_hold and _names_role(sense, mention, conversation) else None


def _unowned_rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    """For a value of nobody named: days and the like by their cue, a newborn's name by 取名, others by the form."""
    if mention.kind in {Kind.DAY, Kind.CODE, Kind.AMOUNT, Kind.ADDRESS}:
        return _beside(sense, mention, conversation) or _earlier_cue(sense, mention, conversation) or None
    if None in sense.owners:
        return _beside(sense, mention, conversation) or _alone(sense)
    text = conversation.clauses[mention.clause].text
    if mention.kind is Kind.IDENTITY:
        return _WEAK if _role_introduced(sense, mention, conversation) else None
    is_named = re.search("名字|取名|起名|大名", text[: mention.start])
    return _WEAK if is_named and mention.kind is Kind.PERSON and Person.CHILD in sense.owners else None


def _role_introduced(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """Whether the clause before, in the same message, named somebody in this role."""
    clause = conversation.clauses[mention.clause]
    if clause.number == 0 or sense.role is None:
        return False
    earlier = conversation.clauses[clause.number - 1]
    named = any(m.clause == earlier.number and m.kind is Kind.PERSON for m in conversation.mentions)
    return earlier.message == clause.message and named and sense.role.search(earlier.text) is not None


def _names_role(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """Whether the role is named in the clause (女方…) or right after it (…,他是经办人)."""
    if sense.role is None:
        return False
    after = conversation.clauses[mention.clause + 1].text if mention.clause + 1 < len(conversation.clauses) else ""
    said_after = re.match(f"(?:他|她|这是|那是|是)是?(?:{sense.role.pattern})", after)
    text = conversation.clauses[mention.clause].text
    before = conversation.clauses[mention.clause - 1] if mention.clause else None
    same = before is not None and before.message == conversation.clauses[mention.clause].message
    said_before = same and before and re.match("(?:他|她)?叫", text) and sense.role.search(before.text)
    return bool(sense.role.search(text) or said_after or said_before)


def _beside(sense: Sense, mention: Mention, conversation: Conversation) -> int:
    """4 where the field's words stand before the value, 3 behind it; not beyond another value of its kind."""
    text = conversation.clauses[mention.clause].text
    others = [
        m
        for m in conversation.mentions
        if m.clause == mention.clause and m.kind is mention.kind and m.unit == mention.unit and not _is_small(m)
    ]
    begin = max((m.end for m in others if m.end <= mention.start), default=0)
    end = min((m.start for m in others if m.start >= mention.end), default=len(text))
    if sense.cue_in(text[begin : mention.start]):
        return _NEXT_TO
    return _CLEAR if sense.cue_in(text[mention.end : end]) else 0


def _is_small(mention: Mention) -> bool:
    """A bare small number (四成, 一项) comes between nothing and its words."""
    return mention.number is not None and not mention.unit and mention.number < _COUNTS


def _earlier_cue(sense: Sense, mention: Mention, conversation: Conversation) -> int:
    """2 where the field's words stand in the clause before, and no value of this kind does."""
    clause = conversation.clauses[mention.clause]
    if clause.number == 0:
        return 0
    earlier = conversation.clauses[clause.number - 1]
    if earlier.message != clause.message or not sense.cue_in(earlier.text):
        return 0
    rivals = any(m.clause == earlier.number and m.kind is mention.kind for m in conversation.mentions)
    return 0 if rivals else 2
