"""Finds names by what stands beside them: a role, a number of the person, a partner, a thing that somebody owns."""

import re
from collections.abc import Iterator

import rjieba

from guardrails.personal.foreign import name_by_sound
from guardrails.personal.likeness import A_WORD, POSSIBLE, WORDS, likeness
from guardrails.personal.span import Span
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

_HAN = "\u4e00-\u9fff"
_ROLE = re.compile(
    "(?:承租人|出租人|承租方|出租方|房东|租客|房主|车主|机主|户主|业主|股东|合伙人|出资人|投资人|经营者|代收人?|签收人|"
    "收货人|发货人|申请人|申办人|代理人|联系人|联络人|联络|监护人|被监护人|护理对象|被护理人|照料人|残疾人|患者|病人|死者|"
    "逝者|亡者|权利人|共有人|义务人|赠与人|受赠人|立遗嘱人|遗赠人|买受人|出卖人|转让人|受让人|转让方|受让方|抵押人|"
    "借款人|贷款人|担保人|债权人|债务人|原告|被告|投保人|被保险人|受益人|参保人|收养人|被收养人|送养人|抚养人|扶养人|"
    "法定代理人|法定代表人|法人|负责人|监事|执行董事|董事|财务|会计|考生|学员|幼儿|新生儿|驾驶员|驾驶人|司机|失主|事主|"
    "伤者|证人|见证人|雇主|雇员|保姆|护工|月嫂|工友|男方|女方|新郎|新娘|养父|养母|继父|继母|随迁人|投靠人|被投靠人|"
    "租户|取名|起名|学生|班主任|邻居|同事|同学|我爱人|我公公|我婆婆|我岳父|我岳母|我孩子|我妈妈?|我爸爸?|"
    "我妻子|我丈夫|我老婆|我老公|我爷爷|我奶奶|我外公|我外婆|我儿子|我女儿|我弟弟?|我哥哥?|我姐姐?|我妹妹?|"
    "经办民警|民警|警官|经办人|当事人|居民|村民|孤老|低保户|病员|被继承人|继承人)"
    r"[ \t]{0,2}(?:是|为|叫|姓名|名字)?[ \t]{0,2}[:=]?[ \t]{0,2}[\"'“「]?"
)
_RELATED = re.compile(
    r"(?:^|[,;、。( \n])(?:妻|夫|子|女|长子|次子|三子|独子|长女|次女|三女|独女|父|母|媳|婿|孙|孙女|外孙|兄|弟|姐|妹)"
    r"(?![方士性])[:：是为]?"
)
_GIVEN = re.compile(
    "(?:打到|转到|汇到|转给|汇给|打给|寄给|交给|发给|还给|送给|卖给|过户给|请问|查询|查一下|帮忙查|写着|写的是|写成|"
    r"登记在|登记成|开在|户名|挂在|xm[\"']?)[ \t]{0,2}[:=]?[ \t]{0,2}[\"'“「]?"
)
_OWNED = (
    "的?(?:银行卡|工资卡|社保卡|医保卡|卡|账户|账号|身份证|居住证|护照|驾驶证|驾照|房产证|残疾证|户口|档案|社保|医保|"
    "公积金|养老金|名下|名字|电话|手机|病历|申请|办件|案子|车牌|车)"
)
_NUMBER = r"1[3-9]\d{9}(?!\d)|[1-9]\d{16}[\dXx]"
_ENDS = re.compile(
    rf"$|[^{_HAN}]|身份|证件|护照|电话|手机|号码|住址|地址|住在|出生|生于|户籍|车牌|牌照|持股|出资|认缴|占股|占比|"
    rf"先生|女士|老师|患|得了|确诊|诊断|因病|签字|签名|本人|收(?![入到费])|{_OWNED}"
)
# Verbs that go on after a name, where its surname begins few words.
_GOES_ON = re.compile(r"(?:在|不|没|要|想|也|就|都|昨|今|明|已|去|来|把|被|从|住|退|诉|说|天天|和我|跟我)")
_NEVER_GIVEN = frozenset("在不没要想也就都昨今已去把被从住退诉的了是和与")
_OF_SOMEBODY = re.compile(rf"{_OWNED}|[\"'”」]|$|[,。;!?]")
_RUN = rf"(?<![{_HAN}])[{_HAN}]{{2,4}}"
_BEFORE_NUMBER = re.compile(rf"{_RUN}(?=[(,:]? ?(?:{_NUMBER}))")
_PAIR = re.compile(
    rf"(?<![{_HAN}])([{_HAN}]{{2,4}}?)[和与跟同]([{_HAN}]{{2,4}}?)"
    "(?=(?:要|想|准备|已经|去|来|申请|办理|预约|共同)?(?:登记结婚|结婚|登记离婚|离婚|复婚|领证|领结婚证|登记|共有|签订|签的|合租|合伙))"
)


# 和商量结婚: whoever is married has a name, though it may be a word
_SPOUSE = re.compile(rf"[和跟与]([{_HAN}]{{2,3}})(?=(?:登记)?结婚|领证|领结婚证|离婚|复婚)")
_GROUPS = ("人", "员", "侨", "民", "者", "方", "婚")


def find_beside(text: str) -> Iterator[Span]:
    """Yield names that their neighbours give away."""
    for announced in _ROLE.finditer(text):
        yield from _at(text, announced.end(), _ENDS)
    for announced in _RELATED.finditer(text):
        yield from _at(text, announced.end(), _ENDS)
    for announced in _GIVEN.finditer(text):
        yield from _at(text, announced.end(), _OF_SOMEBODY)
    for run in _BEFORE_NUMBER.finditer(text):
        if is_whole_name(run.group()) and likeness(run.group()) >= POSSIBLE - 1:
            yield Span(run.start(), run.end(), "name")
    for pair in _PAIR.finditer(text):
        if all(is_whole_name(one) or likeness(one) >= A_WORD for one in pair.groups()) and any(
            likeness(one) >= POSSIBLE for one in pair.groups()
        ):
            yield from (Span(pair.start(n), pair.end(n), "name") for n in (1, 2))
    for spouse in _SPOUSE.finditer(text):
        if likeness(spouse[1]) >= A_WORD and not WORDS.match(spouse[1]) and not spouse[1].endswith(_GROUPS):
            yield Span(spouse.start(1), spouse.end(1), "name")


def _at(text: str, start: int, ends: re.Pattern[str]) -> Iterator[Span]:
    family = 2 if text[start : start + 2] in DOUBLE else 1
    if family == 1 and text[start : start + 1] not in SINGLE:
        by_sound = name_by_sound(text, start)
        if by_sound is not None:
            yield by_sound
        return
    for given in (2, 1):
        end = start + family + given
        name = text[start:end]
        sure = given > 1 and text[start] not in UNLIKELY and name[-1:] not in _NEVER_GIVEN
        goes_on = sure and _GOES_ON.match(text, end)
        if len(name) == family + given and (ends.match(text, end) or goes_on) and is_whole_name(name):
            yield Span(start, end, "name")
            return
    by_sound = name_by_sound(text, start)
    if by_sound is not None:
        yield by_sound


def is_whole_name(run: str) -> bool:
    """Return whether these characters are a surname and a given name, and no word begins with the surname.

    A surname that begins many words needs a given name of two characters.
    """
    family = 2 if run[:2] in DOUBLE else 1
    given = len(run) - family
    if given not in (1, 2) or (family == 1 and run[0] not in SINGLE) or run in PUBLIC or run[-1] in NOT_LAST:
        return False
    if not all("\u4e00" <= c <= "\u9fff" for c in run):
        return False
    if family > 1:
        return True
    common = run[0] not in UNLIKELY
    return (given > 1 or common) and not _is_word(run[:2]) and (common or not _is_word(run))


def _is_word(characters: str) -> bool:
    """Return whether the dictionary has these characters as one word."""
    return len(rjieba.cut(characters, False)) == 1
