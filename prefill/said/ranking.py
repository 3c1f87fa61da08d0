"""How clearly a value said is meant for a field: beside its words, by whose it is, by what it corrects."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from prefill.forms import FieldType
from prefill.said.conversation import Conversation
from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person, people
from prefill.said.senses import Sense
from prefill.said.worth import worth

NAMED, NEXT_TO, CLEAR, WEAK, BARE = 5, 4, 3, 2, 1
"""Right behind the field's own name, as somebody dictates it; behind its words, right before them, in the clause after
them, without them."""
RANGES: Final = {FieldType.DATE_RANGE, FieldType.MONTH_RANGE, FieldType.DATE_TIME_RANGE}
_STAYING: Final = re.compile("(?:住在?|搬到?|借住)(?:了)?(?:我)?[\u4e00-\u9fff]{1,4}家")
_NOT_TODAY: Final = re.compile("(?:就|先|想|过来|我)*(?:先|来|过来|想|打算|要来|问|刚?(?:好|正好)?满)(?!的)")
_DECIDES: Final = re.compile("(?:他|她)(?:说|要|想|定|觉得|希望|让|坚持)*(?:要|想|定|是|在|选|约)?$")
_LAST_YEAR: Final = re.compile("去年[^,]*,今年")  # this year's value corrects no field that asks for last year's
_ACCOUNT_LEAST, _ACCOUNT_MOST = 9, 30
_COUNTS: Final = 100


def ranks_of(senses: Sequence[Sense], conversation: Conversation, today: date) -> list[dict[int, int]]:
    """For each field, how clearly each mention is meant for it; a correction is meant for what it corrects."""
    corrected = _corrected(conversation)
    found: list[dict[int, int]] = []
    for sense in senses:
        mine: dict[int, int] = {}
        meant: dict[int, int] = {}
        for index, mention in enumerate(conversation.mentions):
            if mention.kind not in sense.kinds:
                continue
            corrects = meant.get(conversation.earlier.get(index, -1), 0)
            rank = max(_rank(sense, mention, conversation) or 0, corrects)
            if rank:
                meant[index] = rank
            if rank and not _worthless(sense, mention, conversation, today):
                mine[index] = rank
        links = {} if "上年" in sense.field.name and _LAST_YEAR.search(_words_of(conversation)) else corrected
        found.append({i: r for i, r in mine.items() if not links.get(i, set()) & mine.keys()})
    return found


def _words_of(conversation: Conversation) -> str:
    return ",".join(c.text for c in conversation.clauses)


def _worthless(sense: Sense, mention: Mention, conversation: Conversation, today: date) -> bool:
    return sense.field.type not in RANGES and worth(sense, mention, conversation, today) is None


def _corrected(conversation: Conversation) -> dict[int, set[int]]:
    """What corrects each mention; who takes a value back takes it back wherever it was said before."""
    found: dict[int, set[int]] = {}
    for new, old in conversation.earlier.items():
        kind, value = conversation.mentions[old].kind, conversation.mentions[old].value
        for index, mention in enumerate(conversation.mentions[: old + 1]):
            if mention.kind is kind and mention.value == value:
                found.setdefault(index, set()).add(new)
    return found


def _rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    """How clearly a mention is meant for a field; None where it is somebody else's."""
    text = conversation.clauses[mention.clause].text
    never = sense.cues.never is not None and sense.cues.never.search(text[: mention.end]) is not None
    if never or (mention.kind is Kind.CODE and Kind.CARD in sense.kinds and not _is_account(mention, text)):
        return None
    if mention.day and mention.day.written.startswith("今") and _NOT_TODAY.match(text, mention.end):
        return _beside(sense, mention, conversation) or None
    if _is_dictated(sense, mention, text):
        return NAMED
    if sense.cues.script:
        return _scripted(sense, mention, conversation)
    if sense.role is not None:
        return _role_rank(sense, mention, conversation)
    return _own_rank(sense, mention, conversation, text)


def _is_account(mention: Mention, text: str) -> bool:
    """Whether a number without a check digit is called an account."""
    called = re.search("(?:账号|账户|帐号|帐户)(?:就|改)?(?:是|为|:)?$", text[: mention.start])
    return called is not None and mention.value.isdigit() and _ACCOUNT_LEAST <= len(mention.value) <= _ACCOUNT_MOST


def _is_dictated(sense: Sense, mention: Mention, text: str) -> bool:
    """邮寄地址是…, 被收养人姓名:…: the field's own name stands right before the value, and nobody else's word does."""
    name = re.escape(sense.field.name.partition("(")[0])
    told = re.search(
        rf"(?<![\u4e00-\u9fff]){name}(?:\([^)]*\))?(?:就|改|换)*(?:是|为|:|写|填|叫|成)+$", text[: mention.start]
    )
    return told is not None


def _own_rank(sense: Sense, mention: Mention, conversation: Conversation, text: str) -> int | None:
    rank = _beside(sense, mention, conversation) or _earlier_cue(sense, mention, conversation)
    if mention.kind is Kind.PERSON and rank < CLEAR:
        return None
    stays = mention.kind is Kind.ADDRESS and _STAYING.search(text[: mention.start])
    if mention.owner in sense.owners or sense.cues.anyone or stays:
        return rank or _alone(sense)
    # a day belongs to what happened then, whoever is named beside it; a birthday to the person
    if mention.kind is Kind.AMOUNT and not sense.money:
        return None if mention.owner in {Person.OTHER, Person.EX, Person.PRONOUN} else rank or None
    is_event = mention.kind is Kind.DAY and "出生" not in sense.field.name and mention.owner is not Person.EX
    if is_event and any(m.owner is Person.SELF for _, m in conversation.of(Kind.DAY)):
        return None  # 同事1号解除的,我是20号
    named = any(p.end <= mention.start for p in people(text)) and not _DECIDES.search(text[: mention.start])
    return (rank or (None if named else _alone(sense))) if is_event else None


def _scripted(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    """On a form that names a foreigner and a host, the script of a name tells whose it is."""
    if (re.search("[\u4e00-\u9fff]", mention.value) is None) != (sense.cues.script == "latin"):
        return None
    return _beside(sense, mention, conversation) or _alone(sense)


def _alone(sense: Sense) -> int | None:
    return BARE if sense.cues.alone else None


def _role_rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    is_person = mention.kind is Kind.PERSON
    if is_person and (_stands_behind(sense, mention, conversation) or _is_myself(sense, mention, conversation)):
        return NAMED
    if mention.owner is None:
        if _names_role(sense, mention, conversation):
            return NEXT_TO
        return _unowned_rank(sense, mention, conversation)
    if mention.owner is Person.SELF and (is_person or Person.SELF not in sense.owners):
        return None
    if mention.kind is Kind.DAY and mention.owner not in sense.owners:
        named = people(conversation.clauses[mention.clause].text[: mention.start])
        return None if named else _unowned_rank(sense, mention, conversation)
    may_hold = not sense.by_kin and mention.kind in {Kind.PERSON, Kind.IDENTITY}
    holds = mention.owner in sense.owners or (may_hold and _names_role(sense, mention, conversation))
    return NEXT_TO if holds else None


def _stands_behind(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """A name right behind the words for its role: 我的车卖给某某."""
    before = conversation.clauses[mention.clause].text[: mention.start]
    role = sense.role.pattern if sense.role else ""
    return bool(role) and re.search(f"(?:{role})(?:了|就|是|叫|为|写|填|:)*$", before) is not None


def _unowned_rank(sense: Sense, mention: Mention, conversation: Conversation) -> int | None:
    """For a value of nobody named: days and the like by their cue, a newborn's name by 取名, others by the form."""
    if mention.kind in {Kind.DAY, Kind.CODE, Kind.AMOUNT, Kind.ADDRESS}:
        return _beside(sense, mention, conversation) or _earlier_cue(sense, mention, conversation) or None
    if None in sense.owners:
        return _beside(sense, mention, conversation) or _alone(sense)
    text = conversation.clauses[mention.clause].text
    if mention.kind is Kind.IDENTITY:
        alone = _role_introduced(sense, mention, conversation) or _told_next(sense, mention, conversation)
        return WEAK if alone else None
    is_named = re.search("名字|取名|起名|大名|^叫$", text[: mention.start])
    return WEAK if is_named and mention.kind is Kind.PERSON and Person.CHILD in sense.owners else None


def _role_introduced(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """Whether the clause before, in the same message, named somebody in this role."""
    clause = conversation.clauses[mention.clause]
    if clause.number == 0 or sense.role is None:
        return False
    earlier = conversation.clauses[clause.number - 1]
    named = any(m.clause == earlier.number and m.kind is Kind.PERSON for m in conversation.mentions)
    return earlier.message == clause.message and named and sense.role.search(earlier.text) is not None


def _told_next(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """Whether a number is all that opens a message, and the one before it named somebody in this role."""
    clause = conversation.clauses[mention.clause]
    if not clause.number or conversation.clauses[clause.number - 1].message == clause.message or sense.role is None:
        return False
    if not re.fullmatch("(?:身份)?证?件?号?码?(?:是|为|:)?", clause.text.replace(mention.value, "")):
        return False
    earlier = [c for c in conversation.clauses if c.message == clause.message - 1]
    numbers = {c.number for c in earlier}
    named = [m for m in conversation.mentions if m.clause in numbers and m.kind is Kind.PERSON]
    return len(named) == 1 and (named[0].owner in sense.owners or any(sense.role.search(c.text) for c in earlier))


def _is_myself(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """A name behind 联系人改成我, 换我来经办."""
    clause = conversation.clauses[mention.clause]
    named = re.fullmatch("(?:我叫|我是|名字是?)?" + re.escape(mention.value), clause.text)
    if not clause.number or named is None or sense.role is None:
        return False
    before = conversation.clauses[clause.number - 1]
    mine = re.search("(?:我|本人)$|换(?:成)?我|我来", before.text)
    return before.message == clause.message and mine is not None and sense.role.search(before.text) is not None


def _names_role(sense: Sense, mention: Mention, conversation: Conversation) -> bool:
    """Whether the role is named in the clause (女方…) or right after it (…,他是经办人)."""
    if sense.role is None:
        return False
    after = conversation.clauses[mention.clause + 1].text if mention.clause + 1 < len(conversation.clauses) else ""
    said_after = re.match(f"(?:他|她|这是|那是|是)是?(?:{sense.role.pattern})", after)
    text = conversation.clauses[mention.clause].text
    before = conversation.clauses[mention.clause - 1] if mention.clause else None
    same = before is not None and before.message == conversation.clauses[mention.clause].message
    said_before = same and before and re.match("(?:他|她)?(?:叫|是|全名|名字)", text) and sense.role.search(before.text)
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
        return NEXT_TO
    return CLEAR if sense.cue_in(text[mention.end : end]) else 0


def _compete(one: Mention, other: Mention, *, money: bool) -> bool:
    """Whether two values of a kind could both be meant by the same words: sums, and amounts of one unit."""
    if one.day and other.day:
        return one.day.has_day or not other.day.has_day
    return one.unit == other.unit or (money and not _is_small(one))


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
    rivals = any(
        m.clause == earlier.number
        and m.kind is mention.kind
        and not m.vague
        and _compete(m, mention, money=sense.money)
        for m in conversation.mentions
    )
    return 0 if rivals else WEAK
