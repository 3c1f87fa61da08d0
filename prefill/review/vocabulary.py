"""The words of pre-review: ways of writing the same field, kinds of documents, and what counts as yes, no or open."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from prefill.review.application import Value
from prefill.review.values import plain

CHECKED = "核验_"
"""The beginning of a key that carries the result of a back-office check."""

_CHECKED_PREFIX = re.compile(r"^(?:核验|核查|校验|比对)[_::\-]")
_SAYS_NO = ("不", "未", "无", "没", "非", "缺", "否", "仅", "只有")
_SAYS_YES = (
    "已",
    "有",
    "均",
    "全部",
    "双方均",
    "通过",
    "是,",
    "是;",
    "是(",
    "全体",
    "都",
    "符合",
    "满足",
    "达标",
    "合格",
    "一致",
    "属实",
    "正常",
    "同意",
    "查到",
    "真实",
    "承诺",
    "属于",
    "具有",
    "具备",
    "持续",
    "足额",
)
_TICKS, _CROSSES = frozenset("✓✔√☑"), frozenset("✗✘×☒")
_HAS_HAPPENED = re.compile(
    r"已(经)?(就业|离婚|离异|退休|死亡|去世|报废|停产|停业|转让|出售|搬离|迁出|离职|解聘|倒闭|被|逾期|超|过|到期|失|吊|注销|撤销|冻结|查封|抵押|开工|动工|施工|另)"
)
_ENDS_WITH_YES = re.compile(r"[,;。](情况)?(属实|一致|通过|合格|符合|无误|正常|有效)$")
_STILL_OPEN = re.compile(
    r"[需须要](现场|实地|进一步|另行|再|由|经|补充)?[^,，。;；]{0,4}(踏勘|勘查|核实|核查|核验|确定|确认|测量|实测|复测|判断|评估|认定|鉴定|复查|补正)|"
    r"以[^,，。;；]{1,8}(为准|认定为)|后(再)?(确定|认定|判断)|"
    r"未能(确认|核实|核对|查到|取得|判断|查询|返回|比对|识别)|"
    r"(同步|审核|审批|更新|比对|确认|更正|协调|公示|评估|鉴定|核定|办理|受理|补缴|修复|协商|复检|复查|送检|检测|检验|审查|查验|续签|补办|换发|解封|解押|仲裁|执行)"
    r"中(?!心|[\u4e00-\u9fff])"
    r"|[\u4e00-\u9fff]{2}(?<![命单录库内册初高附职集其途心当适之空手市区一二三四五六七八九十])"
    r"(?<!营业|使用|经营|存续|缴费|缴纳|参保|在职|配送|派送|送货|送餐|服务|接单|工作|上班|就读|租赁|居住|生产|运行|运营|履行|享受|开业|在校|骑行|行驶|运输|驾驶|执行|投产|租住|在用|在营|授课|怀孕|登记|查封|冻结|抵押|质押|扣押|服刑|整改)"
    r"中(?=$|[,;。)])|正在(调查|核|办理|申请|审|处理|协|复|确|等|评|鉴|修|沟通|补)|在(调查|核查|核实|查|申诉|复议|诉讼|仲裁|协商)(?![\u4e00-\u9fff])|"
    r"另行?(协商|商定|约定|议定|确定|议)|再(协商|议|商定)|(日期|时间|期间|[0-9日月])前后|(法医|医学|估计)推断(?!书|\))|"
    r"建议[^,，。;；]{0,4}(复查|复核|复检|核实|核查|补充)|委托(亲友|他人|朋友|别人|同事|家人|亲属)|手写(更正|修改|添加|补)|"
    r"反映问题|投诉|(差异|差距|出入)(较|很|明显)|有差距|由(他人|别人)|与[^,，。;；]{1,6}(不同(?!意)|不符)|质疑|举报|未(有|作出|形成)?(结论|定论)|(复检|复评|复测|补测)$|有[^,，。;；]{0,4}(不同(?!意)|差异)|"
    r"(电话|微信|短信)(里|中|上)?(同意|确认|委托|授权|答应)|意见不一|(记载|材料|记录|缴费)不(连续|完整|清)|名义(?!$)|(两|多|前后)(次|份|处|家)[^,，。;；]{0,6}不(一致|同|符|一)|(缴纳?|支付|履行|完成|归还|偿还|结清)了?(一半|首期|第一期)|(记录|数据|信息)缺失|(?<!有)约\d|\d(?:余|多)(?=[㎡平人天月年万元个]|$)|"
    r"(?<![招接等对款优期看善亏交])待(?![遇业岗产机客命])|"
    r"待[^,，。;；]{0,8}(答复|回复|反馈|确认|核实|核验|结果|出具|审核|认定|查证|定论)|(还没|尚?未)(核到|查到|返回|回复|反馈|出结果)"
)
_HALF_SAID = re.compile(
    r"(基本|大致|大体|原则上?|勉强|差不多)(上)?(同意|符合|一致|相符|合格|满足|达标|齐全|完成|通过|属实|具备)|(附|有)条件(?!的|符合)|"
    r"(电话|微信|口头)?(里|中)?说(过)?(同意|可以|没问题|愿意|放弃)|看不(出|清)|(对|核|比)不上|(查|找|搜)(询)?不到|没查(出|到)|有疑(问|点|义)|(说|讲)不清|"
    r"据[^,，。;；]{0,4}(说|称|反映|讲)|未经核(实|验)|未核(实|验|对)?$|(还没|尚未|未)(判|下来|生效|回函|评估|审计)|(联系|打)不(上|通)|"
    r"(原件|材料|手续)?后补|走流程|等[^,，。;；级]{1,6}(盖章|审批|通知|回复|结果|确认)|暂(按|缓)|代填|协商未果|不好(判断|说)|难(以)?(认定|判断|确认)|"
    r"(权属|产权|归属|来源|记载|关系)不(清|明)|(数据|系统|信息)(延迟|故障)|(网络|接口|系统)故障|只(提供|有)(截图|照片|复印件)|两个?系统|"
    r"[,;(](但|不过|然而|只是|仅(?!此|限|销售|有|经营)|尚)|有变动|一半(通过|完成|缴|付|签|盖)|需(补充|补正|完善|更正)"
)
_NOT_DONE = re.compile(
    r"(未|没有?|尚未|拒绝?)(到场|到|来|完成|通过|提交|提供|签|盖|缴|交|办|认证|实名|同意|出席|参加|约定|写|填)|"
    r"不(符合|一致|通过|同意|合格|匹配|满足|达标|具备|足|齐)"
)
_DONE = re.compile(r"(均|都|已|共同)(签|盖|同意|到场|提交|缴|办|认证|完成|通过|确认|放弃)")
_DENIED_DOUBT = re.compile(
    r"(无人|无|没有|未见|未发现|未查到|不存在|未提出|未收到|没收到|不|未|非)(任何|其他|明显|提出|收到|有|构成|属于)?"
    r"(异议|争议|冲突|矛盾|疑似|近似|雷同|误差|出入|疑点|存疑|另有约定)(情形|情况|记录)?"
)
_NO_DOUBT_AT_ALL = re.compile(
    r"外国人工作|人工(智能|费|授精|流产|林|养殖|繁育|耳蜗|关节)|尚未(到期|届满|过期|失效|逾期)"
)
_CLAIMED = re.compile(
    r"(自|企业|公司|本人|申请人|当事人|单位|对方|家属|房东|店主)(述|称|陈述|解释|表示)|"
    r"(?<![名简职俗全统通尊敬昵别])称(?=正|已|系|为|其|因|是|在|没|未|无|有|将|曾|不|遗|丢)|未见[^,，。;；]{0,6}(结案|撤销|解除|更新)"
)
_NEGATIVE_VERDICT = re.compile(
    r"(系统|后台|核验|核查|比对|审核|审查|认证|校验|检测)*(结果)?(为|是|:)?"
    r"(不予|未予|拒绝|驳回|(不|未|没有?)(予?通过|一致|符合|合格|属实|匹配|真实|相符|吻合)|(核验|比对|认证|校验)失败|虚假|伪造|变造|冒用|造假|(存在|有)?异常$)(?![,;]?但)"
)
_CANNOT_BE_READ = re.compile(
    r"(印章|公章|章|字迹|文字|图像|影像|照片|画面|页面|内容|边缘|部分)(很|较|太|有些|均|都)?(不清|不够清|太暗|过暗|发黑|缺失|被挡|糊)"
    r"|页数?(不全|不齐|缺失|不完整)|[缺少漏](了)?第?[0-9一二三四五六七八九十末尾]+页|未拍[全完]|没拍[全完]|拍摄不全|不太清|不够清"
)
_AGAINST = re.compile(r"[不未无没非否缺假疑存待异超欠停废撤销吊逾差违]|过期|失效|失败|仅")
_NOT_ALL = re.compile(r"未|不|没|仅|只|除|缺|无|代(?!表)")
_INSURED = re.compile(r"(在保|在缴|正常参保|正常缴费)$")
_ALTERNATIVES = re.compile(r"([\u4e00-\u9fff]{2})/([\u4e00-\u9fff]{2})(证明)")
_FAILED = re.compile(r"(比对|认证|验证|实名|检验|考试)失败$")
_BRACKETS = re.compile(r"\([^()]*\)")
_THE_DAY = re.compile(r"之日$")
_PARTY = re.compile(r"[甲乙丙丁]方\(([^()]+)\)$")
_WHO = re.compile(r"([人方者主]|单位)(名称|姓名|名字)$")
_WHERE = re.compile(r"(坐落|地址|住址)(位置|地点)$")


@lru_cache(maxsize=8192)
def clean_key(key: str) -> str:
    """A field's name without widths, blanks and the mark of a back-office check."""
    return _CHECKED_PREFIX.sub("", re.sub(r"\s", "", unicodedata.normalize("NFKC", key)))


@lru_cache(maxsize=8192)
def spellings(key: str) -> frozenset[str]:
    """The name whole, without its bracket, the party of a contract it speaks of, without a word that adds nothing."""
    clean, bare = clean_key(key), bare_key(key)
    party = _PARTY.match(clean)
    short = (_WHO.sub(r"\1", bare), _WHERE.sub(r"\1", bare))
    return frozenset({clean, bare, *short, *((party.group(1),) if party else ())})


@lru_cache(maxsize=8192)
def bare_key(key: str) -> str:
    """`clean_key` without what stands in brackets."""
    return _THE_DAY.sub("日期", _BRACKETS.sub("", clean_key(key)) or clean_key(key))


def is_checked(key: str) -> bool:
    """Does the key carry what a back-office check returned?"""
    return bool(_CHECKED_PREFIX.match(unicodedata.normalize("NFKC", key)))


def speaks_against(text: str) -> bool:
    """May the text say no, or leave something open? A plain name, place or description does not."""
    return bool(_AGAINST.search(text))


def says_plainly_no(text: str) -> bool:
    """A verdict that speaks against it, whatever was asked: nothing that rests on it is passed."""
    return bool(_NEGATIVE_VERDICT.match(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything the rules need to know about words; data of `corpus/rules/vocabulary.yaml`."""

    keys: Mapping[str, tuple[str, ...]]
    documents: Mapping[str, tuple[str, ...]]
    accepted_instead: Mapping[str, tuple[str, ...]]
    unsure: tuple[str, ...]
    yes: frozenset[str]
    no: frozenset[str]
    illegible: tuple[str, ...]
    remarks: frozenset[str]
    harmless: frozenset[str]
    agreements: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    _groups: dict[str, frozenset[str]] = field(init=False, repr=False)
    _doubt: re.Pattern[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        groups: dict[str, set[str]] = {}
        for name, others in self.keys.items():
            members = {bare_key(part) for part in (name, *others)} | {clean_key(part) for part in (name, *others)}
            for member in members:
                groups.setdefault(member, set()).update(members)
        object.__setattr__(self, "_doubt", re.compile("|".join(map(re.escape, self.unsure)) or r"(?!)"))
        object.__setattr__(self, "_groups", {name: frozenset(members) for name, members in groups.items()})

    def alike(self, name: str) -> frozenset[str]:
        """All ways in which a field of this name is written, itself included."""
        return frozenset().union(*(self._groups.get(one, frozenset()) for one in spellings(name)))

    def is_unsure(self, value: Value) -> bool:
        """Does the text leave open what it should say?"""
        if not isinstance(value, str):
            return False
        text = _NO_DOUBT_AT_ALL.sub("", _DENIED_DOUBT.sub("无", value))
        return bool(any(said.search(text) for said in (self._doubt, _STILL_OPEN, _CLAIMED, _HALF_SAID)))

    def denies_doubt(self, text: str) -> bool:
        """未发现近似, 无争议: does the text only say that nothing is left open?"""
        return bool(_DENIED_DOUBT.fullmatch(text))

    def is_illegible(self, value: Value) -> bool:
        """Does the text say that nothing could be read?"""
        if not isinstance(value, str):
            return False
        return any(word in value for word in self.illegible) or bool(_CANNOT_BE_READ.search(value))

    def flag(self, value: Value) -> bool | None:
        """Yes or no; none where the text says neither clearly."""
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return value != 0
        text = plain(value)
        if self.is_unsure(value):
            return None
        if text in self.yes or text in self.no:
            return text in self.yes
        if text[:1] in _TICKS or text[:1] in _CROSSES:
            return text[:1] in _TICKS
        return _said_in_words(text)

    def kinds_of(self, name: str) -> frozenset[str]:
        """The kinds of document a name speaks of; the longest words win over words inside them."""
        text = _ALTERNATIVES.sub(r"\1\3、\2\3", unicodedata.normalize("NFKC", name))
        hits = [(word, kind) for kind, words in self.documents.items() for word in words if word in text]
        return frozenset(
            kind for word, kind in hits if not any(word != longer and word in longer for longer, _ in hits)
        )


def _said_in_words(text: str) -> bool | None:
    """Yes or no by how the text begins or ends, or by what it says was done."""
    if _FAILED.search(text) or text.startswith(_SAYS_NO) or _NOT_DONE.search(text):
        return False
    if _HAS_HAPPENED.match(text):
        return None  # whether that is good depends on what was asked
    is_done = bool(_DONE.search(text)) and not _NOT_ALL.search(text)
    says_yes = text.startswith(_SAYS_YES) or bool(_ENDS_WITH_YES.search(text))
    return True if is_done or says_yes or _INSURED.search(text) else None
