"""Whether a translation claims nothing that its original does not: a model may write what it was told to instead.

Numbers are compared in `same_numbers`. Here stand the kinds of claim that would harm somebody who believed them. A kind
that only the translation names is a reason to show none; what the original says is its writer's.
"""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np

from guardrails.learned import Embeds


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of claim as a translation would make it, and the words of which one must stand in the original."""

    claim: re.Pattern[str]
    ground: re.Pattern[str]


def _kind(claim: str, ground: str) -> _Kind:
    return _Kind(re.compile(claim, re.IGNORECASE), re.compile(f"{claim}|{ground}", re.IGNORECASE))


_KINDS: Final = (
    _kind(
        r"批准|获批|核准|通过了|已通过|\bapprov|\bgranted\b|\bhas passed\b",
        "通过|办成|办好|办下来|同意|pass|accept|grant|agree",
    ),
    _kind(
        r"保证|包过|肯定能|一定能|担保|\bguarantee|\bdefinitely\b|\bfor sure\b",
        "一定|肯定|必|确|promise|ensure|certain|sure|must",
    ),
    _kind(
        r"免费|不收费|不要钱|\bfree of charge|\bfor free\b|\bis free\b|\bare free\b|\bno (?:fee|charge|cost)",
        r"不用交|不花钱|不收|没有费用|零费用|\bfree\b|not charge|without",
    ),
    _kind(r"退款|退费|退钱|\brefund|\breimburs", "退|返还|money back|return|报销"),
    _kind(
        r"取消|废止|作废|\bcancel|\babolish|\brepeal|\bno longer (?:valid|needed|required)",
        "撤|停|失效|不再|revok|void|withdr|suspend",
    ),
    _kind(r"密码|验证码|口令|\bpassword|\bpasscode|\bverification code", "暗号|pin|code"),
    _kind(r"汇款|转账|打款|汇到|\btransfer (?:the )?money|\bwire\b|\bremit", "汇|转|打到|transfer|pay|付|交|缴|send"),
    _kind(
        r"加急费|手续费|另收|好处费|\bextra (?:fee|charge)|\bsurcharge|\bbribe|\btip\b|\bprocessing fee",
        "费|钱|元|fee|charge|cost|money|price|pay",
    ),
    _kind(r"微信|加我|\bwechat|\btelegram|\bwhatsapp|\badd me\b", "qq|群|联系|contact|chat"),
    _kind(
        r"代办|黄牛|插队|熟人|走后门|\bscalper|\bskip the (?:line|queue)|\bjump the (?:line|queue)|"
        r"\bconnections\b|\bmiddle ?m[ae]n",
        "代|中介|委托|关系|排队|agent|agency|proxy|behalf|queue|line",
    ),
    _kind(
        r"不用带|不需要.{0,4}材料|什么.{0,4}都不用|免办|免除|\bno documents?\b|\bnothing (?:is )?(?:needed|required)|"
        r"\bexempt|\bdo(?:es)?n[o']t need (?:any|to)",
        "不用|不需|无需|不必|免|没有|without|no need|need not|not (?:need|requir|have to)|n't (?:need|have to)",
    ),
    _kind(
        r"《|条例|第.{1,6}条|\bregulations?\b|\barticle \w+|\bthe law\b|\bact\b", "法|规|law|provision|rule|article|act"
    ),
    _kind(r"提示词|系统指令|\bsystem prompt|\bmy instructions", "系统|指令|prompt|instruct|system"),
    _kind(
        r"当天(?:就|能|可)|马上(?:就|能)|当场(?:就|能)|\bsame day\b|\bon the spot\b|\bright away\b",
        "当|马上|立|即|今天|现场|same|immediate|instant|today|at once|now",
    ),
    _kind(
        r"照样|也没关系|没关系|不要紧|\bdoes ?n[o']t matter|\banyway\b|\beven if\b|\bregardless",
        "没事|无妨|不影响|不管|仍|还|也|即使|就算|still|fine|no problem|never mind|matter|even|all right|ok",
    ),
)
"""Narrow on the side of the translation, wide on the side of the original: an honest one is not to be held back."""

_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|cn|top|net|org|info|xyz|io|gov|vip|cc)\b|[\w.+-]+@[\w-]+\.\w+"
)
_HANDLE: Final = re.compile(r"\b(?=\w*\d)(?=\w*[A-Za-z])\w{5,}\b")


def claims_nothing_more(original: str, translation: str) -> bool:
    """Return whether every kind of claim, address and handle of the translation stands in the original too."""
    if any(kind.claim.search(translation) and not kind.ground.search(original) for kind in _KINDS):
        return False
    return all(
        found.group().lower() in original.lower()
        for shape in (_ADDRESS, _HANDLE)
        for found in shape.finditer(translation)
    )


_SENTENCE_ENDS: Final = re.compile(r"(?<=[。！？!?；;\n])|(?<=\.)\s")
_ALIKE: Final = 0.82  # cosine of the sentence vectors of both languages; honest pairs measured .838 to .907
_ALIKE_IN_PART: Final = 0.80
_SHORT: Final = 12  # characters: greetings and names have too little sense to be compared alone


def mean_the_same(embedder: Embeds, original: str, translation: str) -> bool:
    """Return whether the translation as a whole, and each longer sentence of it, is near to the original in sense."""
    parts = [part.strip() for part in _SENTENCE_ENDS.split(translation) if len(part.strip()) > _SHORT]
    sources = [original, *(part for part in map(str.strip, _SENTENCE_ENDS.split(original)) if part)]
    vectors = embedder.embed_queries([translation, *parts, *sources])
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    here, there = unit[: len(parts) + 1], unit[len(parts) + 1 :]
    near = (here @ there.T).max(axis=1)
    return bool(near[0] >= _ALIKE and (near[1:] >= _ALIKE_IN_PART).all())
