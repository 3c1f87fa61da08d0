"""What must agree about time between a clause and its place: before or after, how often, when; and every bound."""

import re
from collections.abc import Mapping
from typing import Final

from guardrails.proof.alignment import Aligned
from guardrails.proof.places import Ground
from guardrails.quantities import Quantity, quantities


def _patterns(**words: str) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in words.items()}


# What a clause may say only where the evidence says it too: in these words …
_ORDER: Final = _patterns(
    before="(?:之|以|日|月|年|天|期|满|龄|发|产|娩|工|业)前|提前|事先|事前",
    after="(?:之|以|日|月|年|天|满|生|娩|理|过|业|休)后|事后",
    at_once="当场|当[天日]|即时|即刻|立即|立刻|马上|随即",
    this_month="当月|本月|这个月",
    this_year="当年|本年度?|今年",
    next_day="次日|第二天|隔[天日]",
    next_month="次月|下个?月",
    next_year="次年|第二年|下一?年|明年",
    overdue="逾期|过期|超期|届满|期满",
    retroactive="追溯|倒查|从原|原来的?日",
)
# … or in these, which say as much.
_ORDER_HELD: Final = _ORDER | _patterns(
    before="前|先|事先",
    after="后|起|满|自|以来|退休",
    at_once="当场|当[天日]|即[时刻办]|立即|立刻|马上|随即|现场|同时",
    overdue="逾期|过期|超期|届满|期满|到期|超过",
    next_month="次月|下个?月|下一个?月|翌月",
)
_OFTEN: Final = _patterns(
    yearly="每(?:满)?1?一?年|每年度|按年|一年一|逐年|年年|一年(?=可以|能|最多|交|领|发|给|有|办|报|补)",
    quarterly="季度|按季",
    monthly="每(?:个)?月|按月|逐月|月度|一个月(?=可以|能|最多|交|领|发|给)",
    weekly="每(?:个)?(?:周|星期)",
    daily="每[日天]|按[日天]|逐日|天天|日日",
    once="一次性|只(?:能|限|办|发)?一次|仅一次",
    each="每(?:次|人|户|孩|证|份|件|张|本)|按次",
)
_OFTEN_HELD: Final = _OFTEN | _patterns(
    yearly="每(?:满)?1?一?年|年度|按年|一年|逐年|/年",
    monthly="每(?:个)?月|按月|逐月|月度|一个月|/月",
    daily="每[日天]|按[日天]|逐日|天天|日日|日(?=万分|千分|百分|工资)|/[日天]",
    once="一次",
    each="每|按次|各|/|一[次人户孩证份件张本]",
)
_WHEN: Final = _patterns(
    morning="上午|早上|早晨",
    noon="中午|正午",
    afternoon="下午",
    evening="晚上|夜间|夜里|晚间|傍晚",
    whole_day="全天|24小时|昼夜",
    every_day="天天|日日",
    weekend="周末|双休日|星期[六日天]|周[六日]|礼拜[六天]",
    holiday="节假日|假日|过节",
    whole_year="全年|常年|一年到头",
)
_ORDER_REASON: Final = "“之前、之后、当月、次月”这样的先后，依据里没有。"
_OFTEN_REASON: Final = "“每年、每月、一次性”这样的频次，依据里没有。"

_AT_MOST: Final = (
    re.compile(
        "(?:不(?:得|能|可以?|应)?(?:超过|多于|高于|大于|长于)|最[多长高晚迟大]|至多|顶多|封顶|上限|(?<![时期年权局])限|不[足满到]|未满|没满|没到|"
        "(?<!不)(?<!不得)(?<!不能)(?:低于|少于|小于|短于))(?:为|是|到|可|能|每?[人月年])?\\Z"
    ),
    re.compile("(?:以|之)?内(?!容)|及?以下|封顶|为限|为上限"),
)
_AT_LEAST: Final = (
    re.compile(
        "(?:不(?:得|能|可以?|应)?(?:少于|低于|小于|短于|不足)|最[少低短小早]|至少|起码|(?<![不未没])满|达到?|够|"
        "(?<!不)(?<!不得)(?<!不能)(?:超过?|多于|高于|大于))(?:为|是|到|可|能|每?[人月年])?\\Z"
    ),
    re.compile("及?以上|起(?![算草诉])|或以上"),
)
_BEFORE_OR_AFTER = re.compile("([\u4e00-\u9fff]{2})(?:之|以)?([前后])(?!款|述|置|续|台)")
_LATER = re.compile("(?:之|以)?后")
_BESIDE: Final = 7  # characters to the left of a number in which its bound stands


def times(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the clause is earlier, later or more often than the evidence says."""
    if _more(_ORDER, clause.clause, _ORDER_HELD, ground.text):
        return _ORDER_REASON
    if _more(_OFTEN, clause.clause, _OFTEN_HELD, clause.place.text):
        return _OFTEN_REASON
    if _turned_round(clause.clause, clause.place.text):
        return _ORDER_REASON
    return "什么时候，依据这一处没有说。" if _more(_WHEN, clause.clause, _WHEN, clause.place.text) else None


def _turned_round(clause: str, place: str) -> bool:
    """Return whether something happens after what the place lets it happen before, or the other way round."""
    theirs = frozenset(_BEFORE_OR_AFTER.findall(place))
    return any(
        (deed, way) not in theirs and (deed, "前" if way == "后" else "后") in theirs
        for deed, way in _BEFORE_OR_AFTER.findall(clause)
    )


def bounds(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where a number is at least so much, and the place says at most, or the other way round."""
    for mine in clause.counted:
        way = bound_of(clause.clause, mine)
        held = [q for q in quantities(clause.place.text) if _same(q, mine)]
        theirs = {bound_of(clause.place.text, q) for q in held}
        if _LATER.match(clause.clause, mine.end) and theirs == {"most"}:
            return f"“{mine.written}”依据说的是之内，不是之后。"
        if way and theirs - {""} and way not in theirs:
            return f"“{mine.written}”是至少还是至多，和依据不一致。"
    return None


def bound_of(text: str, counted: Quantity) -> str:
    """Return whether a number is the most, the least, or simply is (empty)."""
    left, right = text[max(0, counted.start - _BESIDE) : counted.start].rstrip(), text[counted.end : counted.end + 4]
    if _AT_MOST[0].search(left) or _AT_MOST[1].match(right):
        return "most"
    return "least" if _AT_LEAST[0].search(left) or _AT_LEAST[1].match(right) else ""


def _same(one: Quantity, other: Quantity) -> bool:
    return one.value == other.value and (one.unit == other.unit or not one.unit or not other.unit)


def _more(said: Mapping[str, re.Pattern[str]], clause: str, held: Mapping[str, re.Pattern[str]], evidence: str) -> bool:
    return any(p.search(clause) and not held[name].search(evidence) for name, p in said.items())
