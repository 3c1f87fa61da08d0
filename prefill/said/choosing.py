"""Which choice of a list the citizen named; two at once, a question or a 不 before it is no choice."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prefill.check_digits import sex
from prefill.facts import Fact
from prefill.forms import FieldType
from prefill.said.lexicon import Lexicon
from prefill.said.people import Person, people
from prefill.said.senses import Sense
from prefill.said.speech import Clause
from prefill.said.standing import Standing, of_choice
from prefill.said.taken_back import INTENDED

_DENIED: Final = re.compile(
    "(?:不是|不要|不用|不想|不会|不选|不走|不办|别|没有?|并非|非|不)(?:刻|弄|做|搞|写|立|留|签|领|考|买|再|去|来|想|打算|考虑|读|上|报|选|要|走|用|进)?$"
)
_DENIED_AFTER: Final = re.compile(
    "[\u4e00-\u9fff]{0,3}?(?:不变|不改|不动|没变|不去|不换|不用|不办|不做|不搞|不弄|不碰|不要|不交|不缴|不参加|不选|就不|不考虑|照旧|(?:先|暂时|暂|都|也)(?:不|没|别)(?!错)|(?:已经|早就?|都)?有了|不刻|太(?:贵|远|慢|麻烦|难|挤|累)|(?:以后|下次|回头)(?:再|办)|没(?:名额|考虑|打算))"
)
_ASKED: Final = re.compile(
    "是不是|算不算|要不要|会不会|有没有|能不能|可不可以|不知道|不清楚|不懂|不确定|不晓得|没想好|没定"
)
_DOUBT: Final = re.compile("还是|或者|或|要么|都看看|都行|都可以|随便|考虑")
_CHANGED: Final = re.compile(
    "不对|说错|记错|错了|还是|改|算了|想想|那就|就[选办要]|不是|后来|最后|结果|换|而是|才是|现在|这次|决定|哦|噢|其实"
)
_VERBATIM: Final = 10
_MANY: Final = {FieldType.CHOICES, FieldType.SEVERAL}
_PERSONAL: Final = frozenset({"性别", "民族", "学历", "婚姻状况", "职称等级", "技能等级"})
_KIN: Final = frozenset({Person.FATHER, Person.MOTHER, Person.SPOUSE, Person.SIBLING, Person.ELDER, Person.OTHER})
_BEFORE: Final = re.compile("(?:之前|以前|上次|去年|前年|早先)[^,]{0,8}过")
_THEIRS: Final = re.compile("的(?:也|那|倒|还)")
_LATER: Final = re.compile("等下|回头|下次|以后再|先不")
_I_AM: Final = re.compile("我是(?:他|她|孩子|宝宝|小囡|小孩)?(?:的|他|她)?(?P<who>爸|妈|父|母|爹|娘)")
_WITH_ME: Final = re.compile(
    "(?:跟|随|落|上|放|报|入)(?:着|到)?(?:在)?(?:我|本人)(?!老公|老婆|爱人|先生|太太|们)|我(?:这边|这里|名下|户口)"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice and the clause in which it was named last."""

    value: str
    clause: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A choice named in a clause, how it stands there, and how plainly it was said."""

    choice: str
    clause: Clause
    stands: Standing
    plainness: int


def choose(
    item: str, sense: Sense, clauses: Sequence[Clause], lexicon: Lexicon, known: Sequence[Fact]
) -> Chosen | None:
    """The choice named last, or None."""
    if sense.field.type is FieldType.YES_NO:
        table = lexicon.yes_no.get(sense.field.name, {})
        return _last(_dictated(sense, clauses, ("是", "否")), _last_single(sense, clauses, table))
    table = _table(item, sense, lexicon)
    told = _dictated(sense, clauses, tuple(table))
    if sense.field.type in _MANY:
        return told or _several(clauses, table)
    if not table:
        return None
    found = _last(told, _last_single(sense, clauses, table))
    if sense.field.name in {"落户方式", "落户选择"}:
        found = _with_me(clauses, known, found)
    return found


def _last(told: Chosen | None, named: Chosen | None) -> Chosen | None:
    """Of what was dictated and what was named in passing, the later; in one clause what was dictated."""
    if told is None or named is None:
        return told or named
    return named if named.clause > told.clause else told


def _dictated(sense: Sense, clauses: Sequence[Clause], choices: Sequence[str]) -> Chosen | None:
    """A choice said with the field's own name, as somebody dictates it: 与逝者关系是配偶."""
    words = "|".join(re.escape(c) for c in sorted(choices, key=len, reverse=True))
    name = re.escape(sense.field.name.partition("(")[0])
    pattern = re.compile(
        f"{name}(?:就|请|先)*(?:选择|选的?是?|填|写|是|为|:)+(?P<v>(?:{words})(?:[、和](?:{words}))*)[吧的]?$"
    )
    found: Chosen | None = None
    for clause in clauses if words else ():
        told = pattern.search(clause.text)
        if told and not clause.is_question:
            parts = re.split("[、和]", told["v"]) if sense.field.type in _MANY else [told["v"]]
            found = Chosen("、".join(c for c in choices if c in parts), clause.number)
    return found


def _table(item: str, sense: Sense, lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """The expressions of each choice; the choice's own wording where the lexicon has none."""
    table = dict(lexicon.choices_of(item, sense.field.name))
    for choice in sense.field.choices:
        table.setdefault(choice, re.compile(_spoken(choice)))
    return table


def _spoken(choice: str) -> str:
    """The choice's own wording; one that joins two words may be said with 和 between them (国内和入境)."""
    if re.fullmatch("[\u4e00-\u9fff]{4}", choice):
        return f"{re.escape(choice[:2])}(?:和|跟|与|及|、|加)?{re.escape(choice[2:])}"
    return re.escape(choice)


def _last_single(sense: Sense, clauses: Sequence[Clause], table: dict[str, re.Pattern[str]]) -> Chosen | None:
    """The choice that stands best, of the last message that names one; None where that names two undecidedly."""
    found = [n for clause in clauses if len(named := _named(sense, clause, table)) == 1 for n in named]
    if not found:
        return None
    best = min(n.stands for n in found)
    meant = [n for n in found if n.stands is best]
    last = meant[-1]
    rivals = [n for n in meant if n.choice != last.choice and n.clause.message == last.clause.message]
    rivals = [n for n in rivals if not _is_changed(n.clause, last.clause, clauses)]
    plainest = max((last, *rivals), key=lambda n: n.plainness)
    if any(n.plainness == plainest.plainness and n.choice != plainest.choice for n in (last, *rivals)):
        return None
    return Chosen(plainest.choice, plainest.clause.number)


def _is_changed(one: Clause, other: Clause, clauses: Sequence[Clause]) -> bool:
    """Whether a word of correction stands between two clauses or in the later one."""
    return any(_CHANGED.search(c.text) for c in clauses[one.number + 1 : other.number + 1])


def _named(sense: Sense, clause: Clause, table: dict[str, re.Pattern[str]]) -> list[Named]:
    later = sense.field.type is not FieldType.YES_NO and _LATER.search(clause.text)
    if clause.is_question or later or _ASKED.search(clause.text):
        return []
    hits: list[tuple[str, int, int]] = []
    for choice, pattern in table.items():
        hits.extend(
            (choice, match.start(), match.end())
            for match in pattern.finditer(clause.text)
            if not _is_denied(match, clause.text) and _is_own(sense, clause, match.start())
        )
    # a longer expression hides a shorter one inside it: 不含税价 is not 税
    shown = [h for h in hits if not any(o[1] <= h[1] and h[2] <= o[2] and o[2] - o[1] > h[2] - h[1] for o in hits)]
    choices: dict[str, Named] = {}
    for choice, start, end in shown:
        stands = Standing.ASIDE if _is_kins(sense, clause, start) else of_choice(sense, clause, start, end)
        plainness = end - start + (_VERBATIM if clause.text[start:end] == choice else 0)
        named = Named(choice=choice, clause=clause, stands=stands, plainness=plainness)
        former = choices.get(choice, named)
        choices[choice] = min(named, former, key=lambda n: (n.stands, -n.plainness))
    return [] if len(choices) > 1 and _DOUBT.search(clause.text) else list(choices.values())


def _is_kins(sense: Sense, clause: Clause, position: int) -> bool:
    """Whether somebody else is the one spoken of right before a choice: 我弟学的C1."""
    named = [p.person for p in people(clause.text) if p.end <= position]
    return bool(named) and named[-1] not in sense.owners | {Person.SELF}


def _is_denied(match: re.Match[str], text: str) -> bool:
    if _DENIED_AFTER.match(text[match.end() :]) or INTENDED.search(text[: match.start()]):
        return True
    return _DENIED.search(text[: match.start()]) is not None and not match.group().startswith(("没", "不", "未"))


def _is_own(sense: Sense, clause: Clause, position: int) -> bool:
    named = [p for p in people(clause.text) if p.start < position]
    if sense.field.name not in _PERSONAL:  # 我妈的也断了 is about her card
        return not (
            named and sense.role is None and _THEIRS.match(clause.text, named[-1].end) and named[-1].person in _KIN
        )
    return not named or named[-1].person is Person.SELF


def _several(clauses: Sequence[Clause], table: dict[str, re.Pattern[str]]) -> Chosen | None:
    named: dict[str, int] = {}
    for clause in clauses:
        if clause.is_question or _BEFORE.search(clause.text):
            continue
        for choice, pattern in table.items():
            for match in pattern.finditer(clause.text):
                if _is_denied(match, clause.text):
                    named.pop(choice, None)
                else:
                    named[choice] = clause.number
    if not named:
        return None
    return Chosen("、".join(c for c in table if c in named), max(named.values()))


def _with_me(clauses: Sequence[Clause], known: Sequence[Fact], found: Chosen | None) -> Chosen | None:
    """跟我 is the father or the mother, by the applicant's identity number."""
    number = next((f.value for f in known if f.key == "身份证.公民身份号码" and f.value), None)
    told = next((m for c in clauses if (m := _I_AM.search(c.text))), None)
    if number is None and told is None:
        return found
    is_father = sex(number) == "男" if number else told is not None and told["who"] in "爸父爹"
    for clause in reversed(clauses):
        if found is not None and clause.number <= found.clause:
            break
        if _WITH_ME.search(clause.text) and not clause.is_question:
            return Chosen("随父" if is_father else "随母", clause.number)
    return found
