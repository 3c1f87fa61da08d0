"""What must agree between a clause and the place it rests on: words, modality, scope, actors, frequency, numbers."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from guardrails.meaning import ACTOR, NEGATION
from guardrails.proof.alignment import Aligned
from guardrails.proof.binding import is_of_another
from guardrails.proof.contrasts import agents, asked_for, joined, opposites, phones
from guardrails.proof.families import SIGN_OF, canonical, signs
from guardrails.proof.places import Ground
from guardrails.proof.times import bounds, times
from guardrails.quantities import stands_in

MOST_ELSEWHERE: Final = 0.25  # of a clause's words that other places say, and its own does not
MOST_BESIDE: Final = 0.2  # of a clause's words that its place says beside the parts it rests on
LONGEST_NEW: Final = 2  # characters in a row that its place does not hold

_MUST, _MAY = re.compile(signs("应当")), re.compile(signs("可以"))
_FREE_TO = re.compile("可以(?!不)|有权")
_CHOICE = re.compile("可([\u4e00-\u9fff]{1,3})可不\\1|自己决定|自行决定|可选|可以不(?!用|必|需)|要不要|自愿|随您|看您")
_CHOICE_HELD = re.compile("自愿|选择|可以不|可不|可以|任选|自主|决定|无须|不要求")
_STRONG = re.compile("必须|务必|一定要|非得|必需|只能|强制|不得不")
_FORBIDDEN = re.compile(signs("不得"))
_NEGATED = re.compile(
    signs("不得", "不用", "不予", "没有", "除外", "拒绝")
    + "|不(?!同|仅|管|论|动产|良|便|少|断|足|满|超)|非(?!本|机|营|公|物|法|企|凡|常|遗|税|不可)|别(?![的人处])"
)
_BOUND = re.compile(signs("不得") + "?" + "(?:不得|不能|不)?" + signs("超过", "不足", "以上", "以下"))
_NEAR: Final = 0.7  # of a clause's words in its parts: near enough to ask whether the parts deny
_NEAREST: Final = 0.5
_NEAR_DENYING: Final = 0.9
_PLAIN_DENIAL = re.compile(".*(?:" + signs("不得", "不予", "拒绝") + "|不(?!足|满|到|符|在|属|便|明|动|良|同))")
_CLOSE: Final = 0.9  # of a clause's words in its parts: so close, a “not” on one side only turns it round
_NEED_NOT = re.compile(signs("不用", "免费"))
_COMMON = frozenset("到超满足同是在有少低高多了的一管论")
_NEED_NOT_HELD = re.compile(
    signs("不用", "免费") + "|免(?!试|税|疫|责)|不再(?:" + signs("应当") + "|收)|不跑|取消|停征"
)
_EVERY = re.compile(
    "所有|任何|随便|随时|不管|无论|不论|哪里|谁|一律|任选|不限|永久|终身|肯定|一定|保证|绝对|必定|马上|立刻|只要|"
    "全国|各地|直接|自动|全部|哪怕|就算|即使"
)
_EACH, _SEVERAL = re.compile("都"), re.compile("都|均|各|所有|全|一律|、|和|及|或")
_ONLY = re.compile("只(?!要)|仅|光|唯一|才|独自|单独|单方|一家(?!人|企|公)")


def _patterns(**words: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in words.items()}


_DEEMED = re.compile("视为|当作|当成|等于|就算")
_DEEMS = re.compile("视为|当作|按|等同|等于")


_OFFICE = "[\u4e00-\u9fff]{0,7}(?:局|委|厅|部门|政府|残联|妇联|总工会)"
# Who acts, in the words of a proof: wider than for the comparison by wording, since people name the same otherwise.
_ACTORS: Final[Mapping[str, re.Pattern[str]]] = dict(ACTOR.words) | _patterns(
    labour="人力资源|人社|社保|社会保险|劳动",
    employer="用人单位|单位|企业|公司|雇主|老板|机构|组织",
    tax="税务|税收",
    self="亲自|本人(?:到|去|来)",
    child="子女|孩子|小孩|儿童|婴|幼儿|未成年|宝宝|娃|生育|分娩|出生|每孩|学生|岁",
    grandparents="祖父母|外祖父母|爷爷|奶奶|外公|外婆",
    parents="父母|父亲|母亲|爸|妈|监护人|家长|夫妻|男方|女方",
    spouse="配偶|夫妻|丈夫|妻子|爱人|老公|老婆|男方|女方|双方",
    agent="代办|委托|代理|受托|代为|托人|代领|代交",
)
_STANDING: Final[Mapping[str, re.Pattern[str]]] = _patterns(
    above="上一级|上级",
    same="原(?:来的?)?(?:办理|登记|发证|审批|机关|单位)|作出.{0,8}机关",
    district=f"县级|区级|区(?=[里房教税市公])|[区县](?={_OFFICE})",
    city=f"市级|设区的市|市(?=[里])|市(?={_OFFICE})",
    province=f"省级|省、|省(?={_OFFICE})",
    moved_to="迁入地",
    moved_from="迁出地|原户籍",
    settled="安置地",
    household="户籍|户口",
    residence="居住地|居住|现住|住的",
    business="经营地|经营所在地",
    registered="注册地|登记地|注册所在地",
    local="所在地",
    happened="发生地|事发地",
    maker="生产者|生产企业|厂家|生产厂",
    seller="销售者|商家|卖家|经营者|店",
    platform="平台",
    owner="所有人|车主|业主|房东|产权人",
    insurer="保险公司|保险人",
    fund="基金|财政|政府",
    employer="单位|企业|公司|雇主|老板",
    worker="职工|劳动者|员工|工人|(?<![一两几每])个人",
    committee="委员会|居委|村委|业委会",
    agency="机构",
    township="乡镇|街道|社区|村",
)
# Whose deed it is. A company or a shop is named as what a rule is about more often than as who acts.
_EMPLOYER: Final = _patterns(employer="单位|雇主|老板", seller="销售者|商家|卖家|经营者")
ROLES: Final = {("who", name): p for name, p in (dict(ACTOR.words) | {"employer": _EMPLOYER["employer"]}).items()} | {
    ("standing", name): p for name, p in (dict(_STANDING) | dict(_EMPLOYER)).items()
}

Look = Callable[[Aligned, str, Ground], str | None]


def words(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the clause says what its place does not."""
    if clause.in_evidence - clause.in_place > MOST_ELSEWHERE:
        return f"“{clause.clause}”是从依据的几处拼起来的。"
    if clause.of_another or clause.in_place - clause.in_window > MOST_BESIDE:
        return f"“{clause.clause}”和依据这一处说的不是同一件事。"
    return f"“{clause.clause}”里有依据没有的说法。" if clause.longest_new > LONGEST_NEW else None


def modality(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where a duty, or freedom from one, is not the evidence's."""
    place = clause.place.signs
    must = _MUST.search(clause.signs)
    if must and _STRONG.search(clause.clause) and not _MUST.search(place):
        return "依据没有说“应当、必须”。"
    if must and _MAY.search(canonical(clause.window)) and not _MUST.search(canonical(clause.window)):
        return "依据说的是“可以”，不是“必须”。"
    needed = _MUST.search(canonical(clause.window)) and not _MAY.search(place)
    if needed and not must and _FREE_TO.search(clause.clause):
        return "依据说的是“应当、必须”，不是“可以”。"
    if _CHOICE.search(clause.clause) and not _CHOICE_HELD.search(clause.place.text):
        return "依据没有说可以自己选择。"
    return "依据没有说“不用”。" if _NEED_NOT.search(clause.signs) and not _NEED_NOT_HELD.search(place) else None


def _denial(signs_of_text: str) -> re.Match[str] | None:
    """Return the first denial; “no less than” is a bound and denies nothing."""
    return _NEGATED.search(_BOUND.sub("", signs_of_text))


_MAY_DO, _MAY_NOT = SIGN_OF["可以"], re.compile(signs("不得") + "(..)")
_REFUSES = re.compile(signs("不得", "不予", "拒绝", "只") + "|不")
_NOT_TO = re.compile("不(?:会|再|能|得|用|予|需|必|要|可以?)*([一-鿿])")
_DENIED, _NEARBY = "(?:[不未无免没勿禁非]|取消|停止|拒绝|严禁|除外)", "[^,，。;；:：、]{0,6}"


def _is_affirmed(deed: str, place: str) -> bool:
    """Return whether a place says a deed, and never denies it."""
    if deed in _COMMON or deed not in place:
        return False
    return re.search(f"{_DENIED}{_NEARBY}{deed}|{deed}{_NEARBY}{_DENIED}", place) is None


def negation(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where one of clause and place denies, and the other does not."""
    if any(_is_affirmed(deed, clause.place.text) for deed in _NOT_TO.findall(clause.clause)):
        return "句子说“不”，依据没有。"
    denies = _denial(clause.signs)
    if denies and not _denial(clause.place.signs):
        if _FORBIDDEN.search(clause.signs):
            return "依据没有说“不得、不能”。"
        return NEGATION.explanation if clause.in_window >= _NEAR_DENYING else None
    if denies or _denial(canonical(sentence)):
        return None
    nearest = canonical(clause.nearest.text)
    near = nearest if clause.nearest.text in clause.window else canonical(clause.window)
    if clause.in_window >= _NEAR and _denial(near):
        return "依据说“不”，句子没有说。"
    return "依据说“不”，句子没有说。" if clause.in_window >= _NEAREST and _PLAIN_DENIAL.match(nearest) else None


def permission(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the clause allows what its place forbids, or the other way round."""
    if any(may in clause.signs for may in (_MAY_DO + deed for deed in _MAY_NOT.findall(clause.place.signs))):
        return "依据说“不得”，句子说“可以”。"
    if _FORBIDDEN.search(clause.signs) and _MAY.search(clause.place.signs) and not _REFUSES.search(clause.place.signs):
        return "依据说“可以”，句子说“不得”。"
    return None


_NOT_A = re.compile("非(?!法|常|凡|遗|得|但|要)([\u4e00-\u9fff]{2})")
_ONESELF = re.compile("本人|亲自|自己(?=[去来到拿交跑办填写])")
_ONESELF_HELD = re.compile("本人|亲自|自行|自己|当事人|亲身|个人|自主")


def kinds(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the place speaks of what is not of a kind, and the clause of what is."""
    place = clause.place.text
    for kind in _NOT_A.findall(place):
        if kind in clause.clause.replace(f"非{kind}", "") and kind not in place.replace(f"非{kind}", ""):
            return f"依据说的是“非{kind}”。"
    return None


def oneself(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where somebody has to do it in person, and the place does not say so."""
    if _ONESELF.search(clause.clause) and not _ONESELF_HELD.search(clause.place.text):
        return "依据这一处没有说要本人办。"
    return None


def scope(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the clause says more generally, or more narrowly, than its place."""
    place = clause.place.text
    if not set(_EVERY.findall(clause.clause)) <= set(_EVERY.findall(place)):
        return "“任何、一律、直接”这样的说法，依据里没有。"
    if _EACH.search(clause.clause) and not _SEVERAL.search(place):
        return "依据没有说“都”。"
    if _ONLY.search(clause.clause) and not _ONLY.search(place):
        return "依据没有说“只、才”。"
    if _DEEMED.search(clause.clause) and not _DEEMS.search(place):
        return "依据没有说“视为”。"
    return None


def actors(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where somebody acts, or stands somewhere, of whom the evidence says nothing."""
    for patterns in (_ACTORS, _STANDING):
        if any(p.search(clause.clause) and not p.search(ground.text) for p in patterns.values()):
            return "句子里的办理人、机关或地点，依据里没有。"
    return None


def numbers(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where a number is not its place's, or where the place says it of something else."""
    if not clause.counted:
        return None
    held = tuple(q for i in clause.place.parts for q in ground.parts[i].counted)
    for wanted in clause.counted:
        if not stands_in(wanted, held):
            return f"“{wanted.written}”不是依据这一处的数。"
        if is_of_another(wanted, clause, sentence, ground):
            return f"“{wanted.written}”在依据里说的是另一件事。"
    return None


LOOKS: Final[tuple[Look, ...]] = (
    words,
    modality,
    negation,
    permission,
    scope,
    kinds,
    oneself,
    actors,
    times,
    bounds,
    numbers,
    opposites,
    agents,
    asked_for,
    joined,
    phones,
)
