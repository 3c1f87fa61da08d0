"""Measures of verdicts: yes and no, good or bad, none of it; and what may be read as one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from prefill.review.application import Value
from prefill.review.by_wording import BAD_THING
from prefill.review.documents import is_signature
from prefill.review.evidence import Found
from prefill.review.facts import NOTHING, Fact, Measure, Sources, find_at, first_of, read
from prefill.review.rules import FactRule, Place
from prefill.review.values import last_date_in, plain
from prefill.review.vocabulary import Vocabulary, bare_key, is_checked, speaks_against

_FILLERS = re.compile(r"(?<=[\u4e00-\u9fff])[为了](?=[\u4e00-\u9fff])")
_YET = re.compile(r"(?:尚|还|暂|至今)(?:未|没有?)([\u4e00-\u9fff]+)$")
ANYTHING = "*"
"""Among a rule's good words: whatever is written there clearly is good, a free text for example."""
_PLAINLY_NOT = re.compile(r"[,;](审查|检测|核验)?(不通过|不符合|不合格|未通过|不予)$")
_DECLARATION, _DECLARES = re.compile(r"声明|承诺"), re.compile(r"声明|承诺|保证|同意|知晓|属实|作废")
_DENIED = re.compile(
    r"[不非未没无](人提出|人提|人|有人|收到|发现|提出|见|有|在|属于?|列入|纳入|被|是|含有?|进入|存在|够|太|予以?|能|完全|按照?|经|依法?|依照)?$"
)
THERE = ("命中", "列入", "在列", "异常", "查封", "冻结", "失信", "存在", "有", "是", "已", "在", "欠", "拖")
_BOTH = re.compile(
    r"(?:男女|买卖|父母|夫妻|当事人|申请人)?(?:双方|父母|夫妻)(?:均|都|已|共同)?"
    r"(签[名字章]|签署|盖章|到场|同意|确认)(?:确认|同意)?$"
)
_OF_ONE = re.compile(
    r"(父亲|母亲|男方|女方|甲方|乙方|买方|卖方|出租[人方]|承租[人方]|申请人|对方|丈夫|妻子|本人|配偶|转让[人方]|受让[人方]"
    r"|送养人|收养人|劳动者|职工|用人单位|单位|抵押人|抵押权人|出卖人|买受人)"
    r"(?:已|是否)?(签[名字章]|签署|盖章|到场|同意|确认)(?:确认|情况)?$"
)
_LIKE_A_NAME = re.compile(r"(?!.*[未不没无缺非代待空有仅只已签盖真伪否])[\u4e00-\u9fff]{2,4}")
_ACT = {word: word for word in ("到场", "同意", "确认")} | dict.fromkeys(
    ("签名", "签字", "签章", "签署", "盖章"), "签名"
)
_VERDICT = re.compile(r"同意|签|认定|批准|公证|核验|核查|审核|审查|查重|比对|合规|一致|结果|状态|情况|与|及")
_NAMING = re.compile(r"(名称|姓名|代表|负责人|管理员|药师|人|者|地址|场所|坐落|单位|机构|号码|编号|号|日期|类型|种类)$")
_VALID_TO = re.compile(r"(?:有效期限?|有效)[至到为:]?(\d{4}[^,;。()]*)")
_CONTESTED = re.compile(r"疑|异议|复议|申诉|争议|称|[撤注吊]销|冻结|暂停")
_NOT_OBTAINED = re.compile(
    r"((办理|审批|申请|申办|报批)中[,;])?(尚|还|仍)?未(取得|获批|批准|核发|领取|拿到|办妥|办好)([,;](办理|审批|申请|申办|报批)中)?"
)
"""On the way is not yet there, where somebody says both."""
_A_COMPANY = re.compile(r"公司|药房|企业|商行|厂$|店$")
_CLAUSES = re.compile(r"[,;。()]")
_ELSEWHERE = re.compile(
    r"上海|[\u4e00-\u9fff]{2,3}省|(内蒙古|广西|西藏|宁夏|新疆)|(北京|天津|重庆|香港|澳门)|(?<![\u4e00-\u9fff])(?!本市|全市|同市|我市)[\u4e00-\u9fff]{2}市"
    r"|^(江苏|浙江|安徽|河北|河南|山东|山西|陕西|福建|江西|湖北|湖南|广东|海南|四川|贵州|云南|辽宁|吉林|黑龙江|甘肃|青海|台湾)"
)
"""A place by name: where only this city will do, another one is none."""
_DOCUMENT = re.compile(r"(证|许可|批[文准复]|备案|证书|证明|凭证|合格证|资质|文号|决定书)$")
_ITS_NUMBER = re.compile(
    r"(?=.*\d)[^,;。不未无没待缺]{0,14}\d[^,;。不未无没待缺]{0,8}号|(?=.*\d)[A-Z]{1,4}[-A-Z\d]{5,}"
)
_BAD_THING = re.compile(r"异常|失信|黑名单|违法|处罚|敏感|禁止|负面|限制|诉讼|冻结|异议")
_HAS_IT = re.compile(r"(已)?(列入|在列|命中|有|存在|属于|有异议|敏感[\u4e00-\u9fff]*)(名录|名单|清单)?")
MENDING = re.compile(
    r"已(申请|提交|提出|修复|申报|更正|撤销|还清|结清|补缴|缴清|移出|撤回|转出|拆除|整改)|(申请|正在|准备)(修复|撤销|更正|移出|补缴)|修复证明"
)
"""What somebody says has been done about it: what stood there before may no longer hold."""
NOT_YET = re.compile(
    r"(尚未|暂未|还未|仍未|未)"
    r"(撤回|撤销|领取|办结|结案|处理|缴纳|归还|偿还|解除|整改|完成|复核|更新|注销|结清|补缴|修复|移出)"
)


def _flag(rule: FactRule, sources: Sources) -> Fact:
    """Yes or no; a declaration that is written out is one that was given."""
    flag = sources.evidence.vocabulary.flag

    def decide(found: Found) -> bool | None:
        if _is_a_count(found.value):
            return None
        said = flag(found.value)
        if said is None and _is_a_documents_number(found):
            return True
        if said is None and isinstance(found.value, str) and _DECLARATION.search(bare_key(found.key)):
            is_given = _DECLARES.search(found.value) and not sources.evidence.vocabulary.is_unsure(found.value)
            return True if is_given else None
        return said

    fact = decided(rule, sources, decide)
    if fact.value is None and not fact.seen and (signed := _signed_otherwise(rule, sources, decide)):
        return signed
    is_open = any(sources.evidence.vocabulary.is_unsure(seen.value) for seen in fact.seen)
    return fact if fact.value is not None or is_open else _of_each_party(rule, sources, decide) or fact


def _of_each_party(rule: FactRule, sources: Sources, decide: Callable[[Found], bool | None]) -> Fact | None:
    """父亲签名 and 母亲签字 where a rule asks for 父母双方签名: every party for itself; one that did not, did not."""
    for place in rule.places:
        for name in place.names:
            asked = _BOTH.match(bare_key(name))
            if asked is None or sources.evidence.find_named(place.where, name) is not None:
                continue
            act = _ACT[asked.group(1)]
            each = [
                found
                for found in sources.evidence.all(place.where)
                if (of := _OF_ONE.match(bare_key(found.key))) and _ACT[of.group(2)] == act
            ]
            said = [(act == "签名" and _is_a_name(found)) or decide(found) for found in each]
            if len({bare_key(found.key) for found in each}) > 1:
                value = False if False in said else None if None in said else True
                return Fact(value, tuple(found.seen for found in each), doubtful=value is None)
    return None


def _signed_otherwise(rule: FactRule, sources: Sources, decide: Callable[[Found], bool | None]) -> Fact | None:
    """签名盖章 where a rule asks for 签名: what the material says of signatures and seals by any name."""
    for place in rule.places:
        if not any(is_signature(bare_key(name)) and not _BOTH.match(bare_key(name)) for name in place.names):
            continue
        signs = [found for found in sources.evidence.all(place.where) if is_signature(bare_key(found.key))]
        said = [decide(found) for found in signs]
        if said and None not in said and len({*said}) == 1:
            return Fact(said[0], tuple(found.seen for found in signs))
    return None


def _is_a_name(found: Found) -> bool:
    """Signed by a name that stands there (路敏), not by a remark (未签)."""
    return bool(_LIKE_A_NAME.fullmatch(plain(found.value)))


def decided(rule: FactRule, sources: Sources, decide: Callable[[Found], bool | None]) -> Fact:
    """What the value decides; where it is only a name or a title, what a check said of the same decides."""
    found = first_of(rule, sources)
    result = decide(found) if found else None
    if found is None or result is not None or sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, result)
    other = _under_another_name(rule, sources, found, decide)
    if other is not None:
        return other
    for place in rule.places:
        checked = sources.evidence.find_checked(place.where, place.names)
        if checked is not None:
            return read(checked, decide(checked))
    return NOTHING if _only_names_something(rule, found) else read(found, None)


def _only_names_something(rule: FactRule, found: Found) -> bool:
    """Is it a name or an address that likeness brought up for a verdict of the same (首席代表 for 首席代表核验)?"""
    key = bare_key(found.key)
    is_name = not is_checked(found.key) and _NAMING.search(key) and not speaks_against(plain(found.value))
    return bool(is_name) and any(_VERDICT.search(name) for place in rule.places for name in place.names)


def _under_another_name(
    rule: FactRule, sources: Sources, found: Found, decide: Callable[[Found], bool | None]
) -> Fact | None:
    """What another of the rule's names says, where the first that is there only names something (a hospital)."""
    for place in rule.places:
        for name in place.names:
            other = find_at(sources, Place(place.where, (name,)))
            if other is None or other == found:
                continue
            result = decide(other)
            if result is not None or sources.evidence.vocabulary.is_unsure(other.value):
                return read(other, result)
    return None


def _status(rule: FactRule, sources: Sources) -> Fact:
    """Good or bad by the rule's words (`+word`, `-word`), else by the general words for yes and no."""
    good = [word[1:] for word in rule.words if word[0] == "+"]
    bad = [word[1:] for word in rule.words if word[0] == "-"]
    words = _Words(good, bad, sources.evidence.vocabulary)

    def decide(found: Found) -> bool | None:
        text = plain(found.value)
        if isinstance(found.value, int | float) and not isinstance(found.value, bool):
            return words.of_a_count(found.key, found.value)
        if not isinstance(found.value, str):
            return words.vocabulary.flag(found.value)
        if (ends := _VALID_TO.search(text)) and (end := last_date_in(ends.group(1))) and not _CONTESTED.search(text):
            return end >= sources.today
        said = words.judge(text)
        if said is not None or words.vocabulary.is_unsure(text):
            return said
        return True if _is_a_documents_number(found) else _by_the_name(found.key, text)

    return decided(rule, sources, decide)


def _is_a_count(value: Value) -> bool:
    """Does a number stand there that is neither 0 nor 1? It counts something, and says neither yes nor no."""
    return isinstance(value, int | float) and not isinstance(value, bool) and value not in (0, 1)


def _is_a_documents_number(found: Found) -> bool:
    """建字第2026-118号 under 规划许可证: what has a number is there."""
    return bool(_DOCUMENT.search(bare_key(found.key)) and _ITS_NUMBER.fullmatch(plain(found.value)))


def _by_the_name(key: str, text: str) -> bool | None:
    """列入 under 经营异常: there is what had better not be there."""
    return False if _BAD_THING.search(bare_key(key)) and _HAS_IT.fullmatch(text) else None


@dataclass(frozen=True, slots=True)
class _Words:
    """The words by which a rule calls a state good or bad."""

    good: list[str]
    bad: list[str]
    vocabulary: Vocabulary

    def of_a_count(self, key: str, number: float) -> bool | None:
        """0 is none of it and a number some of it, where the rule or the name says which of them is good."""
        word = "有" if number else "无"
        if word in self.good or word in self.bad:
            return word in self.good
        if BAD_THING.search(bare_key(key)):
            return not number
        return bool(number) if number in (0, 1) else None

    def judge(self, text: str) -> bool | None:
        if text in self.bad or _NOT_OBTAINED.fullmatch(text):
            return False  # 有异议 is what the rule calls bad, whatever doubt the word may raise elsewhere
        if _not_yet(text, self.good) or _is_bad_and_not_mended(text, self.bad, self.vocabulary):
            return False
        if is_mended(text):
            return None
        if _PLAINLY_NOT.search(text):
            return False
        said = None if self.vocabulary.is_unsure(text) else self._by_words(text)
        return said if said is not None else self.vocabulary.denies_doubt(text) or self.vocabulary.flag(text)

    def _by_words(self, text: str) -> bool | None:
        said = (text, _FILLERS.sub("", text))
        hits = [(len(word), False) for word in self.bad if any(_affirms(one, word) for one in said)]
        hits += [(len(word), True) for word in self.good if any(_affirms(one, word) for one in said)]
        if any(worse + word in one for one in said for worse in self.bad for word in self.good):
            return False  # 超出规范目录, where 规范目录 would be good
        if hits:
            return max(hits, key=lambda hit: (hit[0], not hit[1]))[1]
        if _denies_what_is_bad(text, self.bad):
            return True
        if "本市" in self.good and (place := _ELSEWHERE.search(text)) and not _A_COMPANY.search(text):
            return place.group().startswith("上海")
        is_anything = ANYTHING in self.good and self.vocabulary.flag(text) is not False
        return True if is_anything and text else None


def _is_bad_and_not_mended(text: str, bad: list[str], vocabulary: Vocabulary) -> bool:
    """已提出异议,尚未撤回: a clause that is plainly bad, and beside it only that nothing has changed it yet."""
    clauses = [part for part in _CLAUSES.split(text) if part]
    plainly = [part for part in clauses if not vocabulary.is_unsure(NOT_YET.sub("", part))]
    if len(clauses) < 2 or not NOT_YET.search(text):  # noqa: PLR2004 - a clause, and one beside it
        return False
    return any(_affirms(part, word) for part in clauses for word in bad) and len(plainly) >= len(clauses) - 1


def is_mended(text: str) -> bool:
    """有失信记录,已申请修复: a clause that tells of a fault or a count, and another of what was done about it."""
    clauses = [part for part in _CLAUSES.split(text) if part]
    mending = [part for part in clauses if MENDING.search(part)]
    return bool(mending) and any(
        part not in mending and (part[:1].isdigit() or speaks_against(part) or part.startswith(THERE))
        for part in clauses
    )


def _denies_what_is_bad(text: str, bad: list[str]) -> bool:
    """未发现近似, 无重名: one of the bad words, and before it that it is not so."""
    words = [word for word in bad if len(word) > 1 and not speaks_against(word[0]) and word in text]
    return bool(words) and not _CLAUSES.search(text)


def _affirms(text: str, word: str) -> bool:
    """Does the word stand there without a denial before it: 是, but not 不是?"""
    return any(_DENIED.search(text[:at]) is None for at in _places_of(word, text))


def _places_of(word: str, text: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(word), text))


def _not_yet(text: str, good: list[str]) -> bool:
    """尚未核定 where 已核定 would be good: not done, and nothing is left open."""
    said = _YET.match(text)
    return said is not None and any(said.group(1) in (word, word.removeprefix("已")) for word in good)


VERDICT_MEASURES: Mapping[str, Measure] = {
    "flag": _flag,
    "status": _status,
}
