"""Reads a conversation into facts for a form: each value with who said it of whom, the last one said wins."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from prefill.check_digits import age_on, birth_date, is_identity_number, sex
from prefill.derivations import NOT_FROM_REGISTER
from prefill.facts import Fact, Provenance, SourceKind, field_key
from prefill.forms import FieldType, Form, is_proof
from prefill.said import choosing
from prefill.said.conversation import Conversation, listen
from prefill.said.deciding import Heard, decided, heard_at
from prefill.said.lexicon import shipped
from prefill.said.mentions import Kind
from prefill.said.people import Person
from prefill.said.phrases import phrase
from prefill.said.plausible import plausible
from prefill.said.ranking import BARE, CLEAR, NAMED, NEXT_TO, RANGES, WEAK, ranks_of
from prefill.said.senses import Sense, senses_of
from prefill.said.unknown import Missing, withheld
from prefill.said.worth import in_the_same_month, span, worth

SOURCE: Final = "您在对话中说的"
_SURE: Final = {NAMED: 0.98, NEXT_TO: 0.97, CLEAR: 0.95, WEAK: 0.9, BARE: 0.85}
_MYSELF: Final = re.compile(
    "(?:我自己|本人|我亲自|自己)(?:来|去|过来|过去|跑|到场|就)?(?:办|跑|弄|申请|经办)|(?<!让|叫|给)我(?:来|去)(?:跑|办)(?:手续|腿)|^(?:事情|手续|这事|都)?我(?:来|去)(?:跑|办)$|手续我(?:来|去)?(?:跑|办)|"
    "经办(?:人)?(?:就|还|也|仍|依然)*(?:是|写|填)?(?:我|本人)(?!哥|姐|弟|妹|爸|妈|老)"
)
_AS_REGISTERED: Final = re.compile(
    "(?:住|地址)[^,不别没]{0,6}?(?:和|跟|与|同|就是|就住)(?:在)?(?:我)?(?:户口(?:本|簿)?|户籍)(?:地址)?上?(?:的|写的|那个)*"
    "(?:地址|住址)?(?:是)?(?:一样|一致|相同|同一个|那里|那儿|一个)?的?$"
)
_THE_BOSS: Final = re.compile(
    "(?:是|由|让|写|填)(?:我们|公司|我们公司)?的?(?:法人|法定代表人|老板)(?:代表|兼任?|担任|自己|本人)*$"
)
_I_AM_BOSS: Final = re.compile(
    "(?:法人|法定代表人|负责人)(?:代表)?(?:就|由|也|还)?(?:是|写)?我(?:自己)?(?:来)?(?:当|做|担任|本人)?$"
)
_HURT: Final = re.compile(
    "(?:本人|我(?!老公|老婆|爱人|先生|太太|爸|妈|儿|女|哥|弟|姐|妹|们|单位|公司|厂|店|同事|的?员工|家))[^,他她]{0,12}(?:受伤|受了伤|摔|撞|压到|夹|砸|烫|割|扭|骨折)|(?:我自己|本人|给自己|为自己)(?:来)?(?:申请|报|申报|认定)工伤"
)
_OF_AGE: Final = 18
_QUOTES: Final = "'\"“”‘’「」『』《》"


def read_said(form: Form, messages: Sequence[str], today: date, known: Sequence[Fact] = ()) -> tuple[Fact, ...]:
    """Facts the citizen stated for fields of this form. `known` are facts from elsewhere: who the applicant is.

    A fact without a value says that it is not settled yet; what is merely not remembered is no fact.
    Commitments are never read out of words.
    """
    conversation = listen(messages, today)
    proven = {f.key for f in known if f.value}
    married = _spouse_is(known)
    senses = [t for s in senses_of(form, shipped()) if (t := _unproven(s, proven)) is not None]
    if _is_minor(known, today) and "随申办账户.手机号" not in proven:  # whose telephone is a parent's
        parents = {Person.FATHER, Person.MOTHER}
        senses = [replace(s, owners=s.owners | parents) if s.field.type is FieldType.MOBILE else s for s in senses]
    senses = [replace(s, owners=s.owners | {Person.SPOUSE}) if married & s.owners and s.by_kin else s for s in senses]
    heard = _heard(form, senses, conversation, today, known)
    missing = withheld(senses, conversation)
    facts: list[Fact] = []
    for sense in senses:
        name = sense.field.name
        if sense.field.is_commitment:
            continue
        value = heard.get(name)
        gone = missing.get(name)
        decided = sense.field.type is FieldType.YES_NO and value is not None and gone and value.clause == gone.clause
        if (
            gone is not None
            and not decided
            and not _of_another(sense, value, gone, conversation, today)
            and (value is None or gone.outdoes(value.clause))
        ):
            if gone.pending:
                facts.append(_fact(name, None, 1.0, conversation.clauses[gone.clause].text))
        elif value is not None:
            facts.append(_fact(name, value.value, _SURE[value.clearness], conversation.clauses[value.clause].text))
    return plausible(facts, known)


def _of_another(sense: Sense, value: Heard | None, gone: Missing, conversation: Conversation, today: date) -> bool:
    """Whether what is open is another value than the one heard: 大堂三十二座,外摆八座还没批."""
    if value is None or value.clause >= gone.clause or Kind.DAY in sense.kinds:
        return False
    there = (m for _, m in conversation.of(*sense.kinds) if m.clause == gone.clause)
    return any(worth(sense, m, conversation, today) not in {None, value.value} for m in there)


def _spouse_is(known: Sequence[Fact]) -> frozenset[Person]:
    """Whom 老公 or 老婆 means on a form about a child: the parent who is not the applicant."""
    number = next((f.value for f in known if f.key == "身份证.公民身份号码" and f.value), None)
    own = sex(number) if number and is_identity_number(number) else None
    return frozenset({Person.FATHER if own == "女" else Person.MOTHER}) if own else frozenset()


def _is_minor(known: Sequence[Fact], today: date) -> bool:
    number = next((f.value for f in known if f.key == "身份证.公民身份号码" and f.value), None)
    born = birth_date(number) if number and is_identity_number(number) else None
    return born is not None and age_on(born, today) < _OF_AGE


def _unproven(sense: Sense, proven: set[str]) -> Sense | None:
    """The sense as far as no register proves it: of a household that may be the other parent's, theirs."""
    if not _is_proven(sense, proven):
        return sense
    theirs = sense.owners & {Person.FATHER, Person.MOTHER, Person.SPOUSE}
    return replace(sense, owners=theirs) if theirs and Person.SELF in sense.owners else None


def _is_proven(sense: Sense, proven: set[str]) -> bool:
    """Whether a register proves the field, so that words change nothing; a child may be another one than certified.

    The applicant's own card proves nothing of the parent who is not the applicant.
    """
    if sense.field.name in NOT_FROM_REGISTER or sense.by_kin:
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
    ranks = ranks_of(senses, conversation, today)
    for position, sense in enumerate(senses):
        value = _by_choice(form, sense, conversation, known) or _by_phrase(sense, conversation)
        if value is None and sense.field.type in RANGES:
            value = _by_span(sense, conversation, today)
        elif value is None:
            value = _by_mention(senses, position, ranks, conversation, today)
        value = value or _by_myself(sense, conversation, known) or _by_boss(sense, conversation, known)
        value = value or _by_household(sense, conversation, known)
        if value is not None:
            found[sense.field.name] = value
    return found


def _by_choice(form: Form, sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    chosen = choosing.choose(form.item, sense, conversation.clauses, shipped(), known)
    return Heard(value=chosen.value, clause=chosen.clause, clearness=CLEAR) if chosen else None


def _by_phrase(sense: Sense, conversation: Conversation) -> Heard | None:
    said = phrase(sense, conversation.clauses)
    return Heard(value=said.value, clause=said.clause, clearness=CLEAR) if said else None


def _by_myself(sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    """我自己办, 我摔伤了: the applicant is also the one who handles it, or who was hurt."""
    key = "随申办账户.手机号" if sense.field.name == "经办人手机" else "身份证.姓名"
    name = next((f.value for f in reversed(known) if f.key == key and f.value), None)
    words = {"经办人姓名": _MYSELF, "经办人手机": _MYSELF, "受伤职工姓名": _HURT, "法定代表人(负责人)": _I_AM_BOSS}.get(
        sense.field.name
    )
    if name is None or words is None:
        return None
    for clause in reversed(conversation.clauses):
        if words.search(clause.text) and not clause.is_question:
            return Heard(value=name, clause=clause.number, clearness=CLEAR)
    return None


def _by_boss(sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    """食品安全管理员就是我们法定代表人: whom the licence names."""
    name = next((f.value for f in known if f.key == "营业执照.法定代表人" and f.value), None)
    if name is None or sense.role is None or Kind.PERSON not in sense.kinds:
        return None
    for clause in reversed(conversation.clauses):
        if sense.role.search(clause.text) and _THE_BOSS.search(clause.text) and not clause.is_question:
            return Heard(value=name, clause=clause.number, clearness=CLEAR)
    return None


def _by_household(sense: Sense, conversation: Conversation, known: Sequence[Fact]) -> Heard | None:
    """现在住的和户口本上一样: the address of the household register."""
    address = next((f.value for f in known if f.key == "户口簿.住址" and f.value), None)
    if address is None or sense.field.name != "现居住地址":
        return None
    for clause in reversed(conversation.clauses):
        if _AS_REGISTERED.search(clause.text) and not clause.is_question:
            return Heard(value=address, clause=clause.number, clearness=CLEAR)
    return None


def _by_span(sense: Sense, conversation: Conversation, today: date) -> Heard | None:
    found = span(sense, conversation, today)
    return Heard(value=found[0], clause=found[1], clearness=CLEAR) if found else None


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
            listed.append(heard_at(sense, mention, conversation, value, rank))
    return decided(sense, listed, conversation)


def _claims(senses: Sequence[Sense], ranks: Sequence[dict[int, int]], index: int, rank: int) -> set[int]:
    """The fields that share a mention: the first of each type, so that a day is both the date and the time's day."""
    seen: dict[FieldType, int] = {}
    for at, other in enumerate(ranks):
        if other.get(index, 0) == rank:
            seen.setdefault(senses[at].field.type, at)
    return set(seen.values())
