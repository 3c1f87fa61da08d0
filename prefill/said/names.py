"""Names of people and organisations, recognized by surname, by form and by the words around them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from guardrails.personal.surnames import DOUBLE, SINGLE
from prefill.said.mentions import Kind, Mention
from prefill.said.people import people

_HAN: Final = "\u3400-\u9fff\U00020000-\U0002ffff"
_RARE: Final = "练靖鹿敬亢况郏阚"  # surnames beyond those that personal data is recognized by
_SURNAME: Final = rf"(?:{'|'.join(sorted(DOUBLE))}|[{''.join(sorted(SINGLE))}{_RARE}])"
_NO_GIVEN: Final = (
    "申报|申请|登记|办理|提交|领取|现在|今年|已经|刚刚|电话|手机|身份|证件|出生|生于|联系|负责|先去|先办|报名|上学|来办|去办|受伤|去世|过世|"
    "昨天|今天|前天|明天"
)
_NO_SIGN: Final = r"[^\W\d_a-zA-Z的了是在和跟与也就都要说身号兼跑他她我你这那不没有把给被吧吗呢啊]"
_LAST_HE: Final = r"和(?=$|[,;。)(:、\s\d]|电话|手机|身份)"  # 清和 ends in a sign that otherwise joins two names
_GIVEN: Final = rf"(?:(?!{_NO_GIVEN})(?:{_LAST_HE}|{_NO_SIGN}))"
_NAME: Final = rf"{_SURNAME}{_GIVEN}{{1,2}}"
_MINORITY: Final = rf"[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}}(?:·[{_HAN}]{{2,8}})?"
_LATIN: Final = (
    r"(?!(?:Mr|Ms|Mrs|Dr|I'm|My|The|This|She|He|It|Her|His|Name|Passport|Company)\b)[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ'\-]+(?:\s(?!(?:Co|CO|Ltd|LTD|Inc|INC|LLC|GmbH|Pte|Limited)\b)"
    r"(?:(?:de|da|van|von|der|bin|al|la|le)\s)?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ÿ'\-]*\.?){1,3}"
    r"(?!\s?(?:Co|CO|Ltd|LTD|Inc|INC|LLC|GmbH|Pte|Limited)\b)(?![A-Za-z])"
)
_ANY: Final = rf"(?:{_MINORITY}|{_LATIN}|{_NAME})"
_ENDS: Final = (
    r"(?=$|[,。;:()/·、\s0-9]|身份证|身份号|证件|电话|手机|护照|号码|的|是|男|女|今年|生于|出生|等|先|来|去|帮|替|做|当|负责|担任|办|"
    r"在|和|跟|与|约|协议|手里|手上|已|他|她|我|出|写|联系|为|那|现|刚|想|要|也|有|报|上|申|参|受|过|走|病|读|转|给|被|从|生|死|今|明|昨|前|后|名|结|离|领|取|租|买|卖|送|回|签|登|没|不|就|还|跑|兼|管|接|收|弄|一起|吧|哦|啊|呢|了(?=$|,))"
)
_CALLED = re.compile(
    rf"(?:叫做?|名叫|取名|起名|名讳|姓名(?:是|为|:)?|名字(?:是|叫|写|:|定了叫|就叫|叫做)?|全名是?)(?P<name>{_ANY}){_ENDS}"
)
_TITLES: Final = "(?:工|师傅|组长|班长|主管|厨师长|店长|领班|经理|大厨|店员|保洁|厨师)"
_IS = re.compile(
    rf"(?:卖给|过户给|转给|转让给|招用了?|招了(?:[^,]{{1,4}}的)?|聘了?|雇了|收养了?|Mr\.?\s?|Ms\.?\s?|Mrs\.?\s?|"
    rf"是(?:[^\W\d_]{{1,5}}{_TITLES})?|为|换成|改成|改为|写|由|找|填|:|给)(?P<name>{_ANY}){_ENDS}"
)
_BARE = re.compile(rf"(?<![{_HAN}A-Za-z])(?P<name>{_ANY}){_ENDS}")
# 孩子叫福妹: whoever is a person has a name, whatever its first sign
_CALLED_ANYHOW = re.compile(rf"(?:的?(?:名字|大名))?(?:就?叫做?|名叫|取名叫?|起名叫?)(?P<name>[{_HAN}]{{2,3}})$")
_BY_NICKNAME = re.compile(rf"[小老](?P<nick>[{''.join(sorted(SINGLE))}])(?P<name>(?P=nick){_GIVEN}{{1,2}}){_ENDS}")
_OFFICE = re.compile(
    rf"(?:食品安全管理员|食品安全员|食安员|安全员|安全负责人|质量负责人|执业药师)(?:是|叫|:)?(?P<name>(?![^,]*[不没是我他她定未待还由找请谁哪变换改有老新同])[{_HAN}]{{2,3}})$"
)
_IN_CHARGE = re.compile(rf"(?:这块|方面|工作|手续|由|归|让|叫|请)(?P<name>{_NAME})(?=负责|来负责|管|盯|牵头)")
_CALLED_ALONE = re.compile(rf"^叫(?P<name>[{_HAN}]{{2,3}})$")
# 跟某人领证, 和某人一起办
_FROM = re.compile(rf"从(?P<name>{_ANY})(?=手里|手上|那里|那边|处)")
_WITH = re.compile(
    rf"(?:跟|和|与|同)(?P<name>{_ANY})(?=$|[,;]|约|协议|领证|登记|结婚|复婚|去|一起|要|想|打算|准备|办|约|俩|两|商量|谈|决定|合)"
)
_ANYWHERE = re.compile(rf"(?P<name>{_MINORITY}|{_LATIN})")
_ROLE_WORDS: Final = (
    "困难人员|大龄的|新来的|新招的|新进的|厨师长|店长|领班|手续|食安员|食品安全员|申请人|监护人|执业药师|药师|管理员|安全员|质量负责人|安全负责人|责任人|首席代表|代表|股东|施工负责人|户主|新生儿|受益人|权利人|"
    "发明人|发起人|买受人|承租人|留宿人|收养人|被收养人|投保人|同志|先生|女士|小名|大名|经理|主任|店里的|店主|经营者"
)
_ROLE = re.compile(rf"(?:{_ROLE_WORDS})(?:是|叫|为|姓名|:|写)?(?P<name>{_ANY}){_ENDS}")
_NO_LAST: Final = re.compile(
    "(?:队长|经理|老师|主任|师傅|阿姨|叔叔|先生|女士|医生|老板|同学|总监|主管|小姐|大姐|大哥)$|[人证费卡表店厂局校院司房款险区县办址码型额期员]$"
)
_NO_FIRST: Final = re.compile(
    "周[一二三四五六日天末]|[工农建中交招]行|[十百千万]|高[一二三中]|.[一二两三四五六七八九十几][百千万块]|单[位身]|那[边个里天帮就么是我给办先]|这[边个里天]"
)
_AFTER_PERSON = re.compile(rf"(?:的?名字|的?姓名)?(?:是|叫|:|为|写)?\s?(?P<name>{_ANY}){_ENDS}")
_KIND_WORDS: Final = (
    "有限责任公司|股份有限公司|有限公司|分公司|公司|集团|合伙企业|事务所|研究院|研究所|合作社|大学|学院|中学|小学|幼儿园|学校|"
    "附中|附小|一中(?!学)|二中(?!学)|实验(?!小学|中学|学校|幼儿园)|医院|妇幼保健院|保健院|卫生院|银行|支行|分行|检测站|检测线|驾校|培训中心|服务中心|民政局|派出所|街道办|委员会|工厂|"
    "厂|超市|酒店|饭店|店|工作室|中心|协会|学会|商会|基金会|俱乐部|外卖|平台|出行|快递|物流|跑腿|站"
)
_ORGANISATION = re.compile(
    rf"[{_HAN}A-Za-z0-9()·&]{{2,40}}?(?:{_KIND_WORDS})(?![{_HAN}]{{0,6}}公司)(?:\([{_HAN}]{{2,6}}\))?"
)
_ORGANISATION_CUT = re.compile(
    r"^(?:.*(?:公司名(?!称)|企业名(?!称)|就是|还是|都是|设立|成立|注册|开办|申请|注销|叫做?|名称|名字|名字?(?:想|取|起|定)(?:好|下来)?了?|(?:想|取|起|定)好了|单位|公司(?=上海|北京|是|叫)|在|从|到|去|给|被|为|找|由|转到|转去|转到|转进|转入|升入|进入|(?:施工|承办|主办|委托|合作|供货|出资|收购|[甲乙丙])方|读|是|:|我们|把|改成|换成|的是|学的是|"
    r"入职了?|就职于|任职于|签的|签了|签约|上班的?|毕业于|毕业|报了|报的?|抵押给|选|选了|写|用的是|请了?|现在|我|跟|于))?"
)
_FOREIGN_FIRM = re.compile(
    r"[A-Z][A-Za-z0-9&.'\- ]{1,50}?[ ,]{1,2}(?:Co\.?,?\s?Ltd\.?|CO\.?,?\s?LTD\.?|Inc\.?|INC\.?|LLC|GmbH|"
    r"Pte\.?\s?Ltd\.?|Limited|Corp\.?|Ltd\.?|LTD\.?|B\.V\.|S\.A\.|K\.K\.)(?![A-Za-z])"
)
_NO_ORGANISATION: Final = re.compile(
    "[^ ]*(?:设|建|开|办|投|入)(?:厂|店)$|"
    "离|旁边|对面|边上|楼下|这|那|我|他|她|一家|某|哪|什么|设|开|办|建|想|卖|隔壁|附近|最近|投资|新开|.*的.*(?:店|厂|学|公司)$"
)
_COMPANY: Final = re.compile(
    "^(?!变更|注销|设立|成立|公司|企业|有限).{4,}(?:有限公司|有限责任公司|股份公司|分公司|集团公司)$"
)
_FIRM: Final = re.compile(
    "(?:集团|事务所|研究院|研究所|大学|学院|中学|小学|幼儿园|附中|附小|医院|保健院|卫生院|银行|支行|分行|检测站|驾校|民政局|派出所|基金会|协会|学会)$"
)
_BANK_OF_AN_ACCOUNT: Final = re.compile("(?:开户|开在|账户|账号|存折|[存打汇]到)[^,]{0,6}$")
_A_BANK: Final = re.compile("(?:银行|支行|分行)$")
_NAMING: Final = re.compile("(?:叫|名称|名字|是|在|名为|:)$")
_BANKS: Final = {
    "工商银行": "中国工商银行",
    "工行": "中国工商银行",
    "农业银行": "中国农业银行",
    "农行": "中国农业银行",
    "建设银行": "中国建设银行",
    "建行": "中国建设银行",
    "中国银行": "中国银行",
    "中行": "中国银行",
    "交通银行": "交通银行",
    "交行": "交通银行",
    "招商银行": "招商银行",
    "招行": "招商银行",
    "邮政储蓄银行": "中国邮政储蓄银行",
    "邮储银行": "中国邮政储蓄银行",
    "邮储": "中国邮政储蓄银行",
    "浦发银行": "浦发银行",
    "浦发": "浦发银行",
    "上海银行": "上海银行",
    "上海农商银行": "上海农商银行",
    "上海农商行": "上海农商银行",
    "农商银行": "上海农商银行",
    "农商行": "上海农商银行",
    "中信银行": "中信银行",
    "光大银行": "中国光大银行",
    "民生银行": "中国民生银行",
    "兴业银行": "兴业银行",
    "平安银行": "平安银行",
    "华夏银行": "华夏银行",
    "广发银行": "广发银行",
    "宁波银行": "宁波银行",
    "江苏银行": "江苏银行",
    "南京银行": "南京银行",
    "杭州银行": "杭州银行",
}
_BRANCH = re.compile(rf"[{_HAN}]{{2,8}}?(?:支行|分行|营业部)")
_BANK = re.compile("(?:中国)?(?:" + "|".join(sorted(_BANKS, key=len, reverse=True)) + ")")
_NO_NAME: Final = frozenset(Path(__file__).with_name("no_names.txt").read_text(encoding="utf-8").split())


def persons(text: str, clause: int) -> Iterator[Mention]:
    """Names of people: after 叫 and the like, after a word for a person, or standing alone with a known surname."""
    taken: list[tuple[int, int]] = []
    for pattern in (
        _FROM,
        _BY_NICKNAME,
        _IN_CHARGE,
        _CALLED,
        _ROLE,
        _IS,
        _WITH,
        _BARE,
        _ANYWHERE,
        _CALLED_ALONE,
        _OFFICE,
    ):
        for match in pattern.finditer(text):
            # 高低的高 explains how a name is written
            if pattern is not _BARE or not text[match.end("name") :].startswith("的"):
                yield from _person(match.span("name"), text, clause, taken)
    for named in people(text):
        told = _AFTER_PERSON.match(text, named.end) or _CALLED_ANYHOW.match(text, named.end)
        if told:
            yield from _person(told.span("name"), text, clause, taken)


def _person(span: tuple[int, int], text: str, clause: int, taken: list[tuple[int, int]]) -> Iterator[Mention]:
    name = text[slice(*span)]
    if (
        text[span[1] - 1 : span[1] + 1] == "先生"
        or _NO_LAST.search(name)
        or _NO_FIRST.match(name)
        or any(p.start <= span[0] < p.end for p in people(text) if len(p.word) > 1)
    ):
        return
    if any(span[0] < end and begin < span[1] for begin, end in taken) or name[:2] in _NO_NAME or name in _NO_NAME:
        return
    if not re.search(f"[{_HAN}]", name) and any(m.start() <= span[0] < m.end() for m in _FOREIGN_FIRM.finditer(text)):
        return
    if (
        re.match(rf"[{_HAN}]{{0,12}}(?:公司|集团|银行|医院|学校|大学|[路街弄镇区县市省])", text[span[1] :])
        and "·" not in name
    ):
        return
    taken.append(span)
    yield Mention(kind=Kind.PERSON, value=name, clause=clause, start=span[0], end=span[1])


def organisations(text: str, clause: int) -> Iterator[Mention]:
    """Names of organisations; a bare kind (公司, 我们厂, 开餐饮店) is none."""
    for match in _FOREIGN_FIRM.finditer(text):
        yield Mention(kind=Kind.ORGANISATION, value=match.group(), clause=clause, start=match.start(), end=match.end())
    for match in _ORGANISATION.finditer(text):
        cut = _ORGANISATION_CUT.match(match.group())
        offset = cut.end() if cut else 0
        value = match.group()[offset:]
        start = match.start() + offset
        if _is_name(value, text[:start]):
            yield Mention(kind=Kind.ORGANISATION, value=value, clause=clause, start=start, end=match.end())


def _is_name(value: str, before: str) -> bool:
    if _NO_ORGANISATION.match(value) or re.fullmatch(rf"(?:{_KIND_WORDS})+", value):
        return False
    if value.count("(") != value.count(")"):  # an item's name cut in the middle: 分支机构(分公司)设立登记
        return False
    if _A_BANK.search(value) and _BANK_OF_AN_ACCOUNT.search(before):
        return False
    if value.endswith("公司"):
        is_named = _NAMING.search(before) is not None and len(value) >= len("某某某某公司")
        return is_named or _COMPANY.search(value) is not None
    if _FIRM.search(value):
        return len(value) >= len("某某小学")
    return len(value) >= len("某某小店") and _NAMING.search(before) is not None


def banks(text: str, clause: int) -> Iterator[Mention]:
    """Banks by their usual names, short ones written out; a branch keeps its place as the mention's unit."""
    for match in _BANK.finditer(text):
        written = match.group()
        value = _BANKS.get(written) or _BANKS[written.removeprefix("中国")]
        branch = _BRANCH.match(text, match.end())
        yield Mention(
            kind=Kind.BANK,
            value=value,
            clause=clause,
            start=match.start(),
            end=branch.end() if branch else match.end(),
            unit=branch.group() if branch else "",
        )
