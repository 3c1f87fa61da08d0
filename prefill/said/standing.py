"""How a value stands where it was said: meant now, earlier or later, of another thing or only offered."""

import re
from enum import IntEnum
from typing import Final

from prefill.said.conversation import Conversation
from prefill.said.mentions import Kind, Mention
from prefill.said.people import Person, people
from prefill.said.senses import Sense
from prefill.said.speech import Clause


class Standing(IntEnum):
    """The less, the better a value may be taken. What is `FOREIGN` fills no field, whatever else was said."""

    FIRM = 0
    MEANT = 1
    ASIDE = 2
    FOREIGN = 3


_NOW: Final = re.compile("今年|这次|这回|现在|本次|这届|目前|如今|眼下|最后|结果|后来|实测|实际")
_FIRM: Final = re.compile(
    "(?:合同|证明|协议|发票|证书|通知书|决定书|档案|证件?)(?:上|里|书)?(?:都|就|也)?(?:写|签|定|登记|开|印|盖)|总共|一共|合计|加起来|拢共|"
    "新(?:的)?(?=护照|身份证|号|卡|地址|手机|电话|车|房|的|家|公司|单位)|今年|这次|这回|现在|本次|如今|眼下|要办的"
)
_EARLIER: Final = re.compile(
    "去年|前年|(?:涨价?|降价?|改|调整|扩建|搬)之?前|上次|上回|上届|往年|以前|之前|原来|原先|原定|本来|早先|早年|曾经|当初|当年|当时|那时|那年|起先|起初|一开始|"
    "[一二两三四五六七八九十几\\d]年前|(?<!月)(?:旧|老)(?!板|公|婆|伴|家|师|大|二|三|总|爸|妈|人|实|是)|"
    "(?:贷|交|办|领|买|租|投|去|来|住|借|报|学|开)过"
)
_LATER: Final = re.compile(
    "以后|将来|今后|下次|回头|(?:打算|准备|计划|考虑)(?:再|要)?(?:增|加|扩|招|涨|添)|争取|目标|力争"
)
_LAST_YEARS: Final = re.compile("上年")
_WANTS_EARLIER: Final = re.compile(
    "上年|原|最近|首次|转出|变更前|婚姻状况|继承方式|学历|受伤|档案|毕业|报告期间|补贴期间"
)
_ANOTHER: Final = re.compile(
    "隔壁|对面|同行|邻居|人家|别人|别家|另一|另外|那[辆套只家间台张份个块本](?!时|天|样|月)|上[一个](?:任|个|位)?(?:租客|房东|东家|老板|单位|买家)"
)
_OFFERED: Final = re.compile(
    "要价|开价|挂牌|报价|喊价|喊到|喊(?=[一二两三四五六七八九])|叫价|评估|估值|估价|指导价|市场价|市价|行情|心理价|底价|最多(?:能|可以)?批|黄牛|(?:房东|卖家|车主|对方|老板|业主|买家|中介|他|她)(?:要|出|开)价?|我还价?(?!是|要|想|没|有|款|得|在|到)|炒到|网上(?:看|卖|标)"
)
_PART: Final = re.compile(
    "其中|定金|订金|押金|保险|手续费|物业|中介|装修|服务费|维修|维护|车位|税费|契税|余款|首笔|报销|报了|违约金|尾款|零头|保证金|材料费|设备|罚款"
)
_TURNED_DOWN: Final = re.compile(
    "(?:元|块|万)?(?:[\u4e00-\u9fff]{0,4})(?:没成|没谈成|没谈拢|没同意|没要|太贵|太高|嫌贵|放不下|坐不下|摆不下|不够|没货|另算|另付|另计|还清|注销|作废|不卖|不办|不算|健在|没买|不要了|不想要|不想用|用不惯|没去|没定|没想好|没谈|不符合|别打|别往|不要打|不要用|别用)"
)
_ONCE: Final = re.compile("[一-鿿]{0,3}(?:丢|掉|办|领|去|来|补|交|结|离|登记|申请|报)过")
_ANOTHER_EVENT: Final = re.compile(
    "预产期|末次月经|入院|住院|住进|出院|送医|送的医院|满月|酒席|办酒|婚礼|火化|落葬|下葬|安葬|追悼|报警|报案|报的[案警失]|报失|发现|挂失|入职|报到|请假|"
    "发通知|下通知|签合同|签的合同|定金|首付|看房|下单|试驾|体检|复查|面试|出关|入境|落地|婚庆|推进|推进去|开学|开庭|生效|安检|保险|过户|装修|领证|还车|交房|拿到|拿的|收到|领到|"
    "上班是|的航班|起飞|续签|打疫苗|办酒|订婚|出差"
)
_ANOTHER_PLACE: Final = re.compile(
    "单位|公司|宿舍|老家|学校|医院|仲裁委|派出所|爸妈家|娘家|婆家|丈母娘家|店里|银行|中介|街道办"
)
_OF_OTHERS: Final = re.compile(
    "(?:进|走|离职|退)了$|上限|上一套|返聘|兼职|临时工|外包|实习|外摆|在办|后厨|仓库|个人部分|自费"
)
_OTHER_ROLE: Final = re.compile(
    "证婚人|见证人?|介绍人|推荐人|总策划|策划|导师|领班|前台|代收|班主任|主治|教练|放弃|健在"
)
_OTHER_FIRM: Final = re.compile("上一家|前公司|原单位|派遣|代缴|代理|推荐|喊我|介绍|客户|合作方|备用|另一家|分包")
_LASTS_UNTIL: Final = re.compile("有效期|到期|截止|期限|终")
_OWN: Final = frozenset({None, Person.SELF})


def standing(sense: Sense, mention: Mention, conversation: Conversation) -> Standing:
    """How a value stands for a field, by the words from the value of its kind before it to the one behind it."""
    before, after = _around(mention, conversation, conversation.clauses[mention.clause].text)
    another = _says(_ANOTHER, sense, before) and not _mine(before)
    if mention.kind is Kind.AMOUNT and (another or (sense.money and _is_no_price(sense, before))):
        return Standing.FOREIGN
    if (
        another
        or mention.vague
        or _is_beside_the_point(sense, mention, before, after)
        or _TURNED_DOWN.match(after)
        or _is_not_now(sense, before)
    ):
        return Standing.ASIDE
    if _is_another_event(sense, mention, (before, after), conversation) or _is_anothers(sense, mention):
        return Standing.ASIDE
    firm = _FIRM.search(before) is not None and (mention.kind is Kind.AMOUNT or _says(_FIRM, sense, before))
    return Standing.FIRM if firm else Standing.MEANT


def _is_not_now(sense: Sense, before: str) -> bool:
    """Whether a value is told as an earlier one, or as one to come."""
    now = _NOW.search(before)
    past = now is None and not _WANTS_EARLIER.search(sense.field.name) and _says(_EARLIER, sense, before)
    if _LAST_YEARS.search(sense.field.name) and now is not None and not _EARLIER.search(before):
        return True
    return past or _LATER.search(before) is not None


def _is_beside_the_point(sense: Sense, mention: Mention, before: str, after: str) -> bool:
    """Whether a value is told of others than those meant: 返聘三人, 证婚人是…, 印尼的同事也在看."""
    match mention.kind:
        case Kind.AMOUNT:
            return _OF_OTHERS.search(before.removesuffix(mention.value)) is not None
        case Kind.PERSON:
            return _OTHER_ROLE.search(before) is not None or re.match("(?:陪|代收|推荐|介绍|作证)", after) is not None
        case Kind.COUNTRY | Kind.REGION:
            return re.match("的(?:同事|朋友|客户|公司|项目|亲戚|房子|那)", after) is not None
        case Kind.ORGANISATION:
            return _says(_OTHER_FIRM, sense, before)
        case Kind.CARD | Kind.BANK:
            return re.search("别打|别用|不要用|不要打|不用", after) is not None
        case _:
            return False


def _is_another_event(sense: Sense, mention: Mention, around: tuple[str, str], conversation: Conversation) -> bool:
    """Whether something else happened that day, or there: 6号发现的, 单位宿舍在…, 2月16号我先生的护照丢了."""
    before, after = around
    match mention.kind:
        case Kind.DAY:
            if re.search("(?:租|住|签|干|做|休)?[到至]$", before) and not _LASTS_UNTIL.search(sense.field.name):
                return _follows_a_day(mention, conversation)
            return (
                _theirs(sense, after)
                or _ONCE.match(after) is not None
                or any(_says(_ANOTHER_EVENT, sense, text) for text in (before, after))
            )
        case Kind.ADDRESS:
            return _says(_ANOTHER_PLACE, sense, before)
        case _:
            return False


def _around(mention: Mention, conversation: Conversation, text: str) -> tuple[str, str]:
    same = [m for m in conversation.mentions if m.clause == mention.clause and m.kind is mention.kind]
    begin = max((m.end for m in same if m.end <= mention.start), default=0)
    end = min((m.start for m in same if m.start >= mention.end), default=len(text))
    own = "" if mention.kind is Kind.DAY else mention.value  # 去年12月3日 is a day, not a former one
    return text[begin : mention.start] + own, text[mention.end : end]


def _says(words: re.Pattern[str], sense: Sense, text: str) -> bool:
    """Whether such words stand there, and are not the field's own."""
    return any(sense.cue_length(m.group()) < len(m.group()) for m in words.finditer(text))


def _is_no_price(sense: Sense, before: str) -> bool:
    return _says(_OFFERED, sense, before) or _says(_PART, sense, before)


def _follows_a_day(mention: Mention, conversation: Conversation) -> bool:
    """Whether a day is the end of a span: 从2月8号租到明年2月7号."""
    days = (m for _, m in conversation.of(Kind.DAY))
    return any(m.clause == mention.clause and m.end <= mention.start for m in days)


def _theirs(sense: Sense, after: str) -> bool:
    """Whether what happened that day is told of somebody else: 2月16号我先生的护照丢了."""
    named = [p for p in people(after) if p.person not in sense.owners]
    return bool(named) and named[0].start <= 1 and named[0].person not in _OWN


def _mine(before: str) -> bool:
    return re.search("我们?(?:家|店|这|自己|那|的)|本人|自家", before) is not None


def _is_anothers(sense: Sense, mention: Mention) -> bool:
    return mention.owner not in sense.owners and mention.owner not in _OWN


def of_choice(sense: Sense, clause: Clause, position: int, end: int) -> Standing:
    """How a choice stands that is named at a place in a clause."""
    before, after = clause.text[:position], clause.text[end:]
    past = _EARLIER.search(before) and not _NOW.search(before) and not _WANTS_EARLIER.search(sense.field.name)
    if past or _LATER.search(before) or _ANOTHER.search(before):
        return Standing.ASIDE
    return Standing.ASIDE if _TURNED_DOWN.match(after) else Standing.MEANT
