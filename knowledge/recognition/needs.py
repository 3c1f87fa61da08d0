"""Cuts a message into the clauses that may each name a need, and reads how strongly its grammar speaks of several."""

import re
from dataclasses import dataclass

# How Chinese adds one wish to another: an adverb before a verb of wanting (也要, 还想), an adverb that adds a clause
# (另外, 顺便), an order (先…再…), a count (两件事), nouns in a row that a closing 都 or 分别 takes up again.
_WANTING = r"(?:要|想|得|需要|打算|准备|没|未|有|办|补|换|领|开|申请)"
_ADDS = re.compile(
    rf"(?:也|还|再|又){_WANTING}|另外|另一|此外|顺便|顺带|以及|同时|一并|"
    r"先[^,。]{2,}[,]?(?:再|然后|之后)|\b(?:as well|also|plus|then|another)\b",
    re.I,
)
_COUNTS = re.compile(
    r"[两三四几2-4]\s*(?:样|件|桩|项|本|张)|[两三](?:个|种)(?:都|事|证|手续)|分别|各[要办自]|"
    r"\b(?:both|two things|three things|each)\b",
    re.I,
)
_ALL = re.compile(rf"(?:都|全){_WANTING}|(?:都|全)(?:丢|掉|坏|到期|过期|不见)|\ball\b", re.I)
_AND = re.compile(r"[\u4e00-\u9fff](?:和|跟|与|及|、|加|加上)[\u4e00-\u9fff]|\band\b|[&+/]", re.I)
_DENIED = re.compile(
    r"(?<!是)不是|并非|(?<!想)不想|(?<!要)不要|(?<!用)不用|先不|不需要|(?<!分)别[办搞弄]|\b(?:not|don't|instead)\b",
    re.I,
)
_AS_ONE = re.compile(
    r"一起|一次|一趟|一口气|联办|一件事|整套|全套|打包|合并|合成|一条龙|全部手续|所有(?:手续|的事)|"
    r"all at once|one[- ]stop|together|everything|in one go",
    re.I,
)
"""Who wants it all in one go means a bundle, which is one item."""
_ORDER = re.compile(
    r"先[^,。]{0,8}(?:哪|啥|什么)|怎么弄|要办(?:啥|什么|哪)|哪些(?:手续|事|地方)|what (?:all|else|do)", re.I
)
# Who asks which of several things it is, or what there is at all, has named none; 「带哪些材料」 and 「去哪里」 have.
_FACET = r"(?!里|儿|材料|资料|证件|东西|窗口|部门|时候|天|个?(?:窗口|部门|局|地方|网站))"
_WHICH = re.compile(
    rf"哪(?:一|几)?(?:种|样|条|张|头|步|类|项|口|关|线|些|个){_FACET}|先(?:跑|办|弄|做|去|找|报|走)(?:哪|啥|什么|点)|"
    r"(?:有|还有|能|可以)[^,。]{0,10}(?:哪些|啥|什么)(?:支持|政策|补[贴助]|帮|好处|待遇|优惠|福利|办法|照顾)?$|"
    r"(?:办|登记|申请|享受|报|做|弄|跑|领)(?:点|些)?(?:啥|什么|哪些)(?!材料|资料|时候)|(?:分别|各|几样|几步)|批吗|报备吗|报批|"
    r"\bwhich (?!documents|materials|window|office to)|"
    r"\bwhat (?:paperwork|permits?|licen\w+|benefits?|comes|happens|must|should|is the first|do we need)|"
    r"\b(?:where (?:do|should) (?:we|i) (?:start|begin)|which one|what next)\b",
    re.I,
)
_OR = re.compile(r"还是|或者?(?:是)?|要么|不知道(?:是|算|该)|分不清|弄不清|\bor\b", re.I)

_STOPS = re.compile(
    r"[,，。;；!！?？\n:：()（）]|\.\s|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])|"
    r"(?<![\d.])[1-9][.、)](?!\d)|(?<![\u4e00-\u9fff])[一二三四]、|第[一二三四](?:个|件|样)?是?"
)
_JOINTS = re.compile(
    r"另外|此外|顺便|顺带|以及|同时|然后|之后|还有|同埋|连同|(?<=[\u4e00-\u9fff]{2})搭(?![建车乘台配])(?=[\u4e00-\u9fff]{2})|(?:还|也|再)(?=想|要|得|办|补|换|领|申请|开)|加上(?!牌|户|学|岗|海)|[+＋&/]|"
    r"(?<=[\u4e00-\u9fff]{2})(?:和|跟|与|及|加|、)(?=[\u4e00-\u9fff]{2})|"
    # what is done, then what is to be done: 「贷款批了|要办抵押」; two verbs with an object each: 「刻公章|领发票」
    r"(?<=[了完好后])(?=[要想再还办补换领申提转注])|"
    # what is still undone, then what else is: 「招牌没备案|许可也没办」
    r"(?<=没[刻领办开缴交报登弄换补签])(?=[\u4e00-\u9fff]{2}[^,。]{0,2}(?:也|还)?没)|"
    r"(?<=[\u4e00-\u9fff]{3})(?<![想要去来能以怎么得先再还也才没未])(?=(?:领|补办|换领|申请|申领|注销|办理|刻)[\u4e00-\u9fff]{2})|"
    r"\b(?:and then|and|as well as|also|plus|then)\b",
    re.I,
)
# 「身份证和驾照都丢了」, 「补身份证和护照」, 「结婚证、户口本、护照都要换」: what is said once holds for every noun
_SHARED = re.compile(
    r"^(?P<verb>(?:我)?(?:要|想|得|需要)?(?:补办?|换领?|办理?|领取?|申请|申领|注销|开通?|交|查)?)"
    r"(?P<nouns>[\u4e00-\u9fffA-Za-z]{2,10}?(?:(?:和|跟|与|及|、|加)[\u4e00-\u9fffA-Za-z]{2,10}?){1,4})"
    r"(?:(?:(?:[两二三]样|[两三]个)?[都全]|(?=[想要得需一同](?:要|得|一|时|并|道|块|起)?))(?P<said>[\u4e00-\u9fff]{1,8}))?$"
)
# 「补护照补身份证」, 「给宝宝上户口办医保」: another verb with its object; 「身份证驾照都要换」: licences in a row
_VERB = r"(?:补|换|办|领|交|转|查|提|开|上|销|续|改|报|缴|打)"
_NO_NEW_VERB = "想要去来能以怎么得先再还也才没未里代上下可网新补重自合联经在受待托"  # before it a verb goes on
_AGAIN = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?<![{_NO_NEW_VERB}])(?={_VERB}[\u4e00-\u9fff]{{2}})")
_LICENCE = re.compile(r"(?:(?![和跟与及加])[\u4e00-\u9fff]){1,4}?(?:证|卡|照|本|牌)")
_LICENCES = re.compile(rf"((?:{_LICENCE.pattern}){{2,4}})(?=[都全两三也])")
_LONGEST_OBJECT = 7
_BETWEEN = re.compile(r"和|跟|与|及|、|加")
_SHORTEST = 2
_MOST = 6  # a longer message tells a story


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """How often the message does each: names two with "or" (`offers`), wants all as one (`as_one`), and so on."""

    adds: int
    counts: int
    gathers: int
    joins: int
    denies: int
    as_one: int
    asks_order: int
    asks_which: int
    offers: int

    @property
    def speaks_of_several(self) -> bool:
        """Whether anything but punctuation speaks of several wishes."""
        return bool(self.adds or self.counts or self.gathers or self.joins)


def grammar_of(text: str) -> Grammar:
    """Reads the whole message."""
    return Grammar(
        adds=len(_ADDS.findall(text)),
        counts=len(_COUNTS.findall(text)),
        gathers=len(_ALL.findall(text)),
        joins=len(_AND.findall(text)),
        denies=len(_DENIED.findall(text)),
        as_one=len(_AS_ONE.findall(text)),
        asks_order=len(_ORDER.findall(text)),
        asks_which=len(_WHICH.findall(text)),
        offers=len(_OR.findall(text)),
    )


def clauses_of(text: str) -> list[str]:
    """The message in clauses, in order; empty where it is one clause or a whole story.

    What is said once holds for every noun of a list: 「身份证和驾照都丢了」 is 身份证丢了 and 驾照丢了.
    """
    parts = [part for stop in _STOPS.split(text) for part in _said_of_each((stop or "").strip())]
    clauses = list(dict.fromkeys(part for part in parts if len(part) >= _SHORTEST))
    return clauses[:_MOST] if len(clauses) > 1 else []


def _said_of_each(clause: str) -> list[str]:
    row = _LICENCES.search(clause)
    if row:  # they get the joint that their writer left out
        clause = clause.replace(row[0], "、".join(_LICENCE.findall(row[0])), 1)
    shared = _SHARED.match(clause)
    if shared and (shared["verb"] or shared["said"]):
        return [f"{shared['verb']}{noun}{shared['said'] or ''}" for noun in _BETWEEN.split(shared["nouns"])]
    parts = [part.strip() for part in _JOINTS.split(clause) if part]
    return [again for part in parts for again in _verb_by_verb(part)]


def _verb_by_verb(part: str) -> list[str]:
    """Cut before each verb that brings an object of its own, where every piece is short enough to be just that."""
    pieces = [piece for piece in _AGAIN.split(part) if piece]
    return pieces if len(pieces) > 1 and all(_SHORTEST < len(piece) <= _LONGEST_OBJECT for piece in pieces) else [part]
