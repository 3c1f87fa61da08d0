"""What is written in a material and no rule has read: it may still speak against it, or leave something open."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.items import ServiceItem
from prefill.review.application import Value
from prefill.review.by_wording import DENIED, EITHER_WAY, is_bad_thing
from prefill.review.documents import DocumentState, is_signature, short_name
from prefill.review.evidence import FORM, Evidence
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import ItemRules
from prefill.review.values import date_in, number_in, plain, shared_pairs
from prefill.review.vocabulary import Vocabulary, bare_key, is_checked, speaks_against

_STATE = re.compile(r"(状态|结论|规格|照片|体检结果|检验结果|检测结果)$")
_BAD_STATE = re.compile(
    r"不予|未予|查封|驳回|未认定|不认定|不批准|未批准|不同意|不准|拒绝|吊销|注销|撤销|作废|无效|失效|不合格|冻结|报废|不通过|未通过|不符合"
    r"|未(缴|完税|办|检|验|投保|参保|备案|登记|公示|支付|取得)|欠[缴费税]|超标|停缴|停保|停业"
)
NOT_BAD = re.compile(
    r"(未|无|没有|不存在)(被|曾)?(吊销|注销|撤销|作废|失效|冻结|报废|超标|停缴|停保|停业|欠[缴费税]|列入|查封)"
)
_PLAINLY_AGAINST = re.compile(
    r"(明确)?不(合法|合规|属实|真实|同意|批准|具备|合格|达标|符合|通过|一致|匹配|予[\u4e00-\u9fff]{2,4})|未(批准|通过|认证|确认|公证|缴清?|办理|达标|达到[\u4e00-\u9fff]{2,6})|没有(同意|通过)|拒绝|超标|超限|已?(失效|作废|吊销)"
)
_SPOKEN_OF = 0.6
_IS_SO = re.compile(r"(同意|到场|齐全|齐备|匹配|一致|合格|达标|符合|通过|真实|完整)$")
_HAS_PART = re.compile(
    r"^(?!.*(委托|授权|代办|公证|监护|减免|绝育|联合|其他|补充|临时)).*(方案|预案|制度|报告|记录|声明|证明)$"
)
_BAD_THING = re.compile(
    r"失信|犯罪|违法|违章|欠|查封|抵押|冻结|黑名单|重复|处罚|在办|限制|异常|否决|逾期|不良|纠纷|诉讼|冲突|冒用|异议|居住权|未处理|未结|未还|贷款|债务"
)
_GOOD_THING = re.compile(r"(一致|有效|通过|匹配|合格|正常|真实|存在|属实|到场)$")
_SAYS_NO = re.compile(r"不一致|不(合法|合规|符|属实|真实)|不通过|未通过|不合格|已?失效|无效|已注销|已吊销|已作废|^命中")
_PLAINLY_SIGNED = re.compile(
    r"^(?!.*(代|非|仅|只|部分|不|缺|无|未|疑)).*(已|加盖|盖有|齐全|均|本人|手写|电子|盖章|签名|签字)"
)
_OPEN_ON_THE_FORM = re.compile(r"不确定|疑似|待定|待核|不清楚|存疑|有争议|不明|说不清|记不清|未定")
_TAMPERED = re.compile(r"涂改|篡改|伪造|修改痕迹|拼接")
_REMARK = re.compile(r"备注|附记|附注|批注|附言|手写")
_NOTHING_NEW = re.compile(r"不适用|(?<!不)一致|无误|无需|属实|齐全|与原件相符|已核(实|对|验)")
_NAME = re.compile(r"(姓名|名称|地址|住址|坐落|人|经营范围|描述|经过)$")
_DOUBTED_NAME = re.compile(
    r"已故|去世|过世|存疑|疑似|不确定|待核|无法(确认|辨认|核实)|不一致|\((?!.*公司).*[疑待核].*\)"
)
_PERSON = re.compile(r"(姓名|名字|人|者|户主|负责人\)|代表人)$")
_SIGNING = re.compile(r"(签名|签字|签章|签署)(情况|状态)?$")
_LIKE_A_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PART_OF_A_REMARK = re.compile(r"[未不没无缺非代待空有仅只已签盖章本人真伪否]")
_SENTENCE_PARTS, _DENIES = re.compile(r"[,，;；。、()（）]"), re.compile(r"[不未无非禁除免]")
_A_WORD_OR_TWO = 4
_AS_THE_SHEET_SAYS = 0.8
_LONG_TEXT = 24  # a longer text is a story, in which such words mean nothing
_REPLACE = "请换成有效、合格的再交。"
_CHECK = "请核对这一项；如果有误，请到有关部门更正后再交。"
_WAIT = "您不用做什么，工作人员会核实；需要补充时会一次告诉您。"


def leftovers(
    evidence: Evidence,
    item: ServiceItem,
    rules: ItemRules,
    documents: dict[str, DocumentState],
    read: Iterable[Seen],
) -> tuple[Finding, ...]:
    """Findings over all values of the materials that neither a rule nor a general check has read."""
    known = {(seen.where, seen.name) for seen in read}
    names = {material.id: short_name(material) for material in item.materials}
    people = dict(_people_named(evidence))
    asked = asked_for([*(point.text for point in item.conditions), *(point.text for point in item.review_points)])
    titles = "。".join(material.name for material in item.materials)
    found: list[Finding] = []
    for submitted in evidence.application.materials:
        if documents[submitted.material].wrong:
            continue
        rule = rules.materials.get(submitted.material)
        for key, value in submitted.fields.items():
            if (submitted.material, key) not in known:
                if is_signature(bare_key(key)) and _is_signed_by_name(bare_key(key), plain(value), people):
                    continue
                is_old = rule is not None and not rule.keeps_date
                left = _Left(key, value, evidence.vocabulary, is_old=is_old, asked=f"{asked}。{titles}")
                name = names.get(submitted.material, submitted.name)
                found.extend(left.findings(submitted.material, name))
    return (*found, *_open_on_the_form(evidence, item, known))


def asked_for(texts: Iterable[str]) -> str:
    """What the sheet's sentences ask to be so: their clauses without a denial (不得设在居民楼 asks for no 居民楼)."""
    clauses = (clause for text in texts for clause in _SENTENCE_PARTS.split(text))
    return "。".join(clause for clause in clauses if not _DENIES.search(clause))


def _is_signed_by_name(key: str, text: str, people: Mapping[str, str]) -> bool:
    """Does a name stand there, of somebody the application names, or of somebody it names nowhere (母亲签名)?"""
    if text in people:
        return True
    role = _SIGNING.sub("", key)
    is_unnamed = role not in {"", "本人", "申请人"} and not any(role in where for where in people.values())
    return is_unnamed and bool(_LIKE_A_NAME.fullmatch(text)) and not _PART_OF_A_REMARK.search(text)


def _people_named(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Whom form and materials name elsewhere than in a signature, and as what."""
    application = evidence.application
    for fields in (application.form, *(submitted.fields for submitted in application.materials)):
        for key, value in fields.items():
            if isinstance(value, str) and _PERSON.search(bare_key(key)):
                yield plain(value), bare_key(key)


def _open_on_the_form(evidence: Evidence, item: ServiceItem, known: set[tuple[str, str]]) -> Iterator[Finding]:
    """What the applicant wrote without knowing it."""
    for field in item.form_fields:
        value = evidence.application.form.get(field.name)
        if not isinstance(value, str) or (FORM, field.name) in known or _NAME.search(field.name):
            continue
        if _OPEN_ON_THE_FORM.search(value):
            seen = Seen(name=field.name, value=plain(value), where=FORM)
            what = f"申请表的{field.name}写着“{seen.value}”，需要工作人员和您核实。"
            yield Finding(code=Code.NEEDS_HUMAN, where=FORM, what=what, remedy=_WAIT, trace=(seen,))


@dataclass(frozen=True, slots=True)
class _Left:
    """One value nothing has read. `is_old`: of a document to be replaced anyway; `asked`: what the sheet asks."""

    key: str
    value: Value
    vocabulary: Vocabulary
    is_old: bool
    asked: str

    def findings(self, material: str, name: str) -> Iterator[Finding]:
        text, key = plain(self.value), bare_key(self.key)
        seen = Seen(name=self.key, value=text, where=material)
        code = self._code()
        if code is None:
            return
        if code is Code.NEEDS_HUMAN:
            what, remedy = f"“{name}”里的{key}写着“{text}”，需要工作人员看一下。", _WAIT
        elif is_checked(self.key):
            what, remedy = f"{key}的核验结果是“{text}”。", _CHECK
        else:
            what, remedy = f"“{name}”的{key}是“{text}”，不符合要求。", _REPLACE
        yield Finding(code=code, where=material, what=what, remedy=remedy, trace=(seen,))

    def _code(self) -> Code | None:
        text, key = plain(self.value), bare_key(self.key)
        if self.vocabulary.is_illegible(self.value):
            return Code.NEEDS_HUMAN if is_checked(self.key) else None
        if is_checked(self.key):
            return None if self.vocabulary.denies_doubt(text) else self._code_of_check(text, key)
        if _TAMPERED.search(key) and self.vocabulary.flag(self.value) is not False:
            return Code.NEEDS_HUMAN
        if self._is_plainly_against(text, key):
            return Code.CONDITION_NOT_MET
        return self._code_of_text(text, key)

    def _code_of_text(self, text: str, key: str) -> Code | None:  # noqa: PLR0911 - one return a way of writing
        if not isinstance(self.value, str) or not text or text in self.vocabulary.harmless:
            return None
        if key in self.vocabulary.remarks or _REMARK.search(key):
            is_plain = _NOTHING_NEW.search(text) and not self.vocabulary.is_unsure(self.value)
            return None if is_plain else Code.NEEDS_HUMAN
        if is_signature(key) and self.vocabulary.flag(self.value) is None and not _PLAINLY_SIGNED.search(text):
            return Code.NEEDS_HUMAN
        if self.vocabulary.is_unsure(self.value):
            is_told = not _NAME.search(key) or _DOUBTED_NAME.search(text)
            return Code.NEEDS_HUMAN if len(text) <= _LONG_TEXT and is_told else None
        if not _STATE.search(key) or self.is_old:
            return None
        if "过期" in text:
            return Code.EXPIRED
        return Code.CONDITION_NOT_MET if _BAD_STATE.search(NOT_BAD.sub("", text)) else None

    def _code_of_check(self, text: str, key: str) -> Code | None:
        """A back-office result: 'none' is good of a bad thing, 'yes' of everything else."""
        number = number_in(self.value, self.key)
        is_bad_thing = bool(_BAD_THING.search(key)) and not DENIED.match(key)
        if number is not None and not isinstance(self.value, bool):
            return Code.CONDITION_NOT_MET if is_bad_thing and number > 0 else None
        if self.vocabulary.is_unsure(self.value) or text.startswith(("异常", "存在异常", "有异常")):
            return Code.NEEDS_HUMAN
        if _SAYS_NO.search(text):
            return Code.MISMATCH if "不一致" in text else Code.CONDITION_NOT_MET
        flag = self.vocabulary.flag(self.value)
        if flag is is_bad_thing and flag is not None:
            is_plain = flag or _GOOD_THING.search(key)
            return Code.CONDITION_NOT_MET if is_plain else Code.NEEDS_HUMAN
        if flag is not None or text in self.vocabulary.harmless or self._is_neutral(text):
            return None
        return Code.NEEDS_HUMAN

    def _is_plainly_against(self, text: str, key: str) -> bool:
        if self.value is False:
            is_demanded = bool(_IS_SO.search(key) or _HAS_PART.search(key)) or self._is_asked(key)
            return is_demanded and not EITHER_WAY.search(key)
        if not isinstance(self.value, str) or self.is_old:
            return False
        first, last = _SENTENCE_PARTS.split(text)[0], _SENTENCE_PARTS.split(text)[-1]
        says_no = first == "否" and bool(_IS_SO.search(key))
        return says_no or bool(_PLAINLY_AGAINST.fullmatch(text) or _PLAINLY_AGAINST.fullmatch(last))

    def _is_asked(self, key: str) -> bool:
        """Does the sheet speak of it, so that a bare 'no' is a fault (设立决议, where a decision is asked for)?"""
        demanded = "。".join(clause for clause in self.asked.split("。") if "或" not in clause)
        return not is_bad_thing(key) and shared_pairs(key, demanded) >= _SPOKEN_OF

    def _is_neutral(self, text: str) -> bool:
        """A day, a word or two, or what the sheet itself asks, without a denial: a value that a check looked up."""
        is_short = len(text) <= _A_WORD_OR_TWO or date_in(text) is not None
        return not speaks_against(text) and (is_short or shared_pairs(text, self.asked) >= _AS_THE_SHEET_SAYS)
