"""Before an application passes: whatever is written in it that leaves something open, wherever it stands."""

import re
from collections.abc import Iterator, Mapping

from knowledge.items import ServiceItem
from prefill.review.application import Value
from prefill.review.by_wording import BAD_THING, DENIED, EITHER_WAY
from prefill.review.crossed import crossed, told_twice
from prefill.review.documents import DocumentState, is_signature, short_name
from prefill.review.evidence import FORM, Evidence
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import ItemRules
from prefill.review.values import plain
from prefill.review.vocabulary import bare_key, is_checked

_WAIT = "您不用做什么，工作人员会核实；需要补充时会一次告诉您。"
_STORY = re.compile(r"(描述|经过|理由|事由|诊断|方案|简介|说明|内容|要点|声明|承诺|范围|意见书|诉求|请求)$")
_NAME = re.compile(r"(姓名|名称|字号|地址|住址|住所|坐落|号码|编号|证号|车型|案由|品牌|型号|银行|网点)$")
_CLAUSES = re.compile(r"[,;。()]")
_AGAINST = re.compile(
    r"[未没缺欠逾违停废撤吊]|不(?!动产|少于|低于|超过|属|在|涉|限|需|用|必|含|适用|存在)|非(?!常|公有|全日|机动|营利|婚生|住宅|居住|居民|敏感|涉密|危险|限制|禁止|失信|首次|全资)|无(?!固定|线)"
    r"|异常|失效|失信|过期|冻结|查封|抵押(?!权|人)|仅(?=有|限|同意|凭|口头|部分)|另有|余款|代(签|办|持|领)|转(租|借)|二房东|在(办|途)|涂改|翻拍|借用|挂靠|重名|近似|雷同|混接|色盲|重复(?=扣|报|领|申|发|缴)|保留意见"
)
_NOTHING_WRONG = re.compile(
    r"欠(条|薪|款合同)|^(均|都|双方|目前|现)?为?(未婚|未育|未满\d+(周岁|岁)|未成年|无(业|配偶|子女|房)?$)|^未(命中|发生|列入|报销|发放|领取|享受|参加|使用|开工|建证|被|涉|查到|发现|受|办理过|申请过|登记过|重复|超)"
    r"|^(经查|查询|核查|系统)?(无|未发现|没有|不存在|未见|非)(任何|其他)?(异常|抵押|查封|冻结|欠|违|失信|纠纷|争议|诉讼|处罚|犯罪|不良|重复|共有|债务|贷款|住房|异议|在办|限制|记录|禁|问题|损|涂改|遮挡|无)"
    r"|^(不|无需|无须)(适用|需|用|涉及|存在|属于|在|重复)|^[未没无](列入|被)|没有(问题|异常|纠纷|欠|抵押|其他)|免(签|于|交)|无人(提出)?异议|无单位|单位不(再)?续|期满不续|不再(续|领|享|参)|^不收费"
)
_BAD_THING = re.compile(BAD_THING.pattern + "|未|涂改|修改|遮挡|模糊|转租|代办|代签|难产|被撤|吊销|注销|变更过")
_PLACE = re.compile(r"场所|选址|用途|位置|房屋|店面|经营地")
_OF_A_BUSINESS = ("统一社会信用代码", "企业(单位)名称", "字号名称", "拟设名称", "外国企业名称")
_DWELLING = re.compile(r"(?<![非离距近])(住宅|居民楼|居住用房|违法建筑|违章建筑|违建)(?!底商|小区外|外)")
_ALREADY = re.compile(
    r"^(已|有[一1两2]|完全丧失|限制|禁止|现役|服刑|命中|列入)(?!(核|验|审|通过|认证|实名|缴|纳|完税|结清|办结|处理|挂失|作废|封存|停|解除|清|到|签|盖|交|公示|备案|取得|批准|认定|植入|注销|达|还|签订|投保|参保|评|比对|匹配|确认|同意|上传|采集|授权|承诺|告知|建成|验收|履行|消除|整改|修复|退|离|登记|建立|婚|配置|安装|配备|领取结婚|满))"
)
_NOT_THERE = frozenset({"无", "否", "没有", "不", "未附", "未提供", "未提交", "缺", "×", "✗", "N", "no"})
_MUST_BE_THERE = re.compile(
    r"(许可证?|资质|资格证?|合格证|执照|证书|合同|协议|方案|预案|制度|章程|设施|报告|凭证|批复|批文|授权|意见|到场|一致|齐全|有效|合格|符合|公证|认证|译本|记录表|承诺|声明|状态|结论|规格|结果)$"
)
_CHECKED_TO_BE = re.compile(r"(合规|真实性|资格|信息|纳税|缴纳|参保|能力|档案|学信网|备案|材料|从业人员)$")
_MAY_BE_UNDER_WAY = re.compile(r"在办")  # where what is asked for is a request that is not yet decided
# What an old card may say of itself where a new one is asked for:
_AGES = re.compile(r"有效|状态|期|注销|作废|损|坏|丢|遗失|磨")
_LONG_TEXT = 40


def second_look(
    evidence: Evidence,
    item: ServiceItem,
    rules: ItemRules,
    documents: Mapping[str, DocumentState],
    read: frozenset[tuple[str, str]],
) -> Iterator[Finding]:
    """A finding for a person for everything that keeps an otherwise faultless application from being plain."""
    names = {material.id: short_name(material) for material in item.materials}
    application = evidence.application
    for submitted in application.materials:
        if documents[submitted.material].wrong:
            continue
        is_old = (rule := rules.materials.get(submitted.material)) is not None and not rule.keeps_date
        for key, value in submitted.fields.items():
            is_read = (submitted.material, key) in read
            if _leaves_open(evidence, key, value, is_read=is_read, is_old=is_old):
                where = names.get(submitted.material, submitted.name)
                yield _finding(submitted.material, f"“{where}”里的", key, value)
    there = frozenset(material for material, state in documents.items() if state.handed_in and not state.wrong)
    for found in crossed(evidence, rules, there):
        yield _finding(found.where, f"“{names.get(found.where, found.where)}”里的", found.key, found.value)
    for found in told_twice(evidence, there, read):
        yield _finding(found.where, f"“{names.get(found.where, found.where)}”里的", found.key, found.value)
    for key, value in application.form.items():
        is_text = isinstance(value, str) and not _STORY.search(bare_key(key))
        if is_text and _leaves_open(evidence, key, value, is_read=True, is_old=False):
            yield _finding(FORM, "申请表的", key, value)


def _finding(where: str, place: str, key: str, value: Value) -> Finding:
    seen = Seen(name=key, value=plain(value), where=where)
    what = f"{place}{bare_key(key)}写着“{seen.value}”，需要工作人员看一下。"
    return Finding(code=Code.NEEDS_HUMAN, where=where, what=what, remedy=_WAIT, trace=(seen,))


def _leaves_open(evidence: Evidence, key: str, value: Value, *, is_read: bool, is_old: bool) -> bool:
    """Is it in doubt, or does something nobody has read, or what is added to what was read, speak against it?"""
    name, text = bare_key(key), plain(value)
    if isinstance(value, bool):
        is_neither = is_read or is_signature(name) or EITHER_WAY.search(name)
        return not is_neither and value is (bool(_BAD_THING.search(name)) and not DENIED.match(name))
    is_story = bool(_STORY.search(name)) and not is_checked(key)
    is_of_its_age = is_old and bool(_AGES.search(name))
    if not isinstance(value, str) or not text or is_story or is_of_its_age or len(text) > _LONG_TEXT:
        return False
    if evidence.vocabulary.is_unsure(value) or text.endswith("整改中"):
        return not (is_read and _MAY_BE_UNDER_WAY.search(name))
    if not is_read and _speaks_plainly(evidence, key, text):
        return True
    clauses = [part for part in _CLAUSES.split(text) if part]
    if is_read or _NAME.search(name):
        clauses = clauses[1:]
    return any(_AGAINST.search(part) and not _NOTHING_WRONG.search(part) for part in clauses)


def _speaks_plainly(evidence: Evidence, key: str, text: str) -> bool:
    """A business in a dwelling, what has happened already, or nothing where something must be; nobody has read it."""
    name = bare_key(key)
    if text in _NOT_THERE and len(name) > 1:
        is_expected = (is_checked(key) and _CHECKED_TO_BE.search(name)) or _MUST_BE_THERE.search(name)
        return bool(is_expected) and not _BAD_THING.search(name) and not EITHER_WAY.search(name)
    is_a_business = any(evidence.find_named(FORM, field) for field in _OF_A_BUSINESS)
    lives_there = is_a_business and bool(_PLACE.search(name)) and bool(_DWELLING.search(text))
    return lives_there or (is_checked(key) and bool(_ALREADY.search(text)))
