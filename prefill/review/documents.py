"""Each material as a document: is it there, the right one, readable, in date, signed?"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.items import Material, ServiceItem
from prefill.review.application import Application, SubmittedMaterial
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import ItemRules, MaterialRule
from prefill.review.values import HALF, date_in, last_date_in, months_after, plain, shared_pairs
from prefill.review.vocabulary import Vocabulary, bare_key, is_checked

_READABLE = re.compile(r"^(是否)?(影像|图像|照片|图片|文字)?(清晰|清楚|可辨认|可识别|可读|可识读)(度|可辨|可读)?$")
_QUALITY = re.compile(r"质量|清晰度|影像|图像|识别结果|读取结果|OCR")
_POOR = re.compile(r"^(低|差|较差|很差|不足|失败|无法)")
_ILLEGIBLE_KEY = re.compile(r"^(是否)?(有)?(模糊|反光|遮挡|缺页|缺角|残缺|污损|看不清|照片模糊|图片模糊)$")
_TURNED_OUT = ("实际内容", "上传内容", "实际材料", "实为", "识别类型", "识别为", "材料类型", "实际上传")
_END = re.compile(
    r"(有效期|有效期至|有效期限|有效期止|有效期截止|有效截止|失效日期|到期日|到期日期|到期时间|截止日期|截止日|期限至|期至|届满日期|届满日"
    r"|营业期限|租赁期限|租期|合同期限|使用期限|保险止期|保险期限|保险期至|[租险同用业]期限?止|期止|合同止)$"
)
_SIGNED = re.compile(r"((?<!规)(?<!勋)章|签名|签字|签署|用印|捺印|签名确认|签字确认)(情况|状态)?$")
_UNSIGNED_WORDS = ("待补", "补签", "后补", "未签", "未盖", "缺", "没有", "空白", "漏", "无章", "未见", "均未", "一方未")
_A_WHOLE_NAME, _ALTERNATIVE = 3, re.compile(r"[/或]|等$")
_EMPTY = frozenset({"空", "(空)", "/", "-", "—", "——", "无"})
_LAPSED = re.compile(r"已?(过期|过了|到期|失效|届满|吊销|注销|作废|期满)(未换|未续|未延期?|未检)?")
_PAST = ("过期", "失效", "届满", "已到期")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentState:
    """What became of one material of the sheet."""

    id: str
    handed_in: bool = False
    exempt: bool = False
    wrong: bool = False
    unsigned: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def counts(self) -> bool:
        """It is there, or need not be, and is what the sheet asks for."""
        return (self.handed_in and not self.wrong) or self.exempt


def examine(
    application: Application, item: ServiceItem, rules: ItemRules, vocabulary: Vocabulary
) -> dict[str, DocumentState]:
    """Every material of the sheet, and what was handed in beyond it."""
    sheet = {material.id: material for material in item.materials}
    exempt = {exemption.material for exemption in application.exemptions}
    handed = {submitted.material: submitted for submitted in reversed(application.materials)}
    states: dict[str, DocumentState] = {}
    for identifier in (*sheet, *(name for name in handed if name not in sheet)):
        submitted = handed.get(identifier)
        rule = rules.materials.get(identifier) or MaterialRule(id=identifier)
        if submitted is None:
            states[identifier] = DocumentState(id=identifier, exempt=identifier in exempt)
        else:
            look = _Look(submitted, sheet.get(identifier), rule, vocabulary, application.today)
            states[identifier] = look.state(is_exempt=identifier in exempt)
    return states


@dataclass(frozen=True, slots=True)
class _Look:
    submitted: SubmittedMaterial
    material: Material | None
    rule: MaterialRule
    vocabulary: Vocabulary
    today: date

    def state(self, *, is_exempt: bool) -> DocumentState:
        wrong = self._wrong()
        others = () if wrong else (*self._unreadable(), *self._expired(), *self._unsigned(), *self._incomplete())
        return DocumentState(
            id=self.submitted.material,
            handed_in=True,
            exempt=is_exempt,
            wrong=wrong is not None,
            unsigned=any(finding.code is Code.UNSIGNED for finding in others),
            findings=(wrong,) if wrong else others,
        )

    @property
    def _name(self) -> str:
        return self.material.name if self.material else self.submitted.name

    def _finding(self, code: Code, what: str, remedy: str, *seen: Seen) -> Finding:
        return Finding(code=code, where=self.submitted.material, what=what, remedy=remedy, trace=seen)

    def _seen(self, key: str) -> Seen:
        return Seen(name=key, value=plain(self.submitted.fields.get(key)), where=self.submitted.material)

    def _wrong(self) -> Finding | None:
        """Another document than the sheet asks for, by its name, or by the kind that was read from it."""
        if self.material is None:
            return None
        named = self.submitted.name
        read_as = plain(self.submitted.fields.get("类型") or self.submitted.fields.get("文件类型"))
        turned_out = next(
            (plain(self.submitted.fields[key]) for key in _TURNED_OUT if key in self.submitted.fields), ""
        )
        right = is_right_document(self.material, turned_out or named, self.rule, self.vocabulary)
        read_as = turned_out or read_as
        if right and (not read_as or self._kind_is_right(read_as)):
            return None
        short = short_name(self.material)
        what = f"“{short}”这一项交的是“{read_as or named}”，不是要求的材料。"
        seen = Seen(name="材料名称", value=read_as or named, where=self.submitted.material)
        return self._finding(Code.WRONG_DOCUMENT, what, f"请换成“{short}”再交。", seen)

    def _kind_is_right(self, read_as: str) -> bool:
        """Only a kind that is plainly another one is wrong: what the reader calls a document varies."""
        if self.rule.kinds:
            return any(word in read_as for word in self.rule.kinds) or not self.vocabulary.kinds_of(read_as)
        kinds = self.vocabulary.kinds_of(read_as)
        wanted = self._wanted()
        return not kinds or not wanted or bool(kinds & wanted)

    def _wanted(self) -> frozenset[str]:
        return wanted_kinds(self.material, self.rule, self.vocabulary) if self.material else frozenset()

    def _unreadable(self) -> Iterator[Finding]:
        for key, value in self.submitted.fields.items():
            name = bare_key(key)
            unreadable = (bool(_READABLE.match(name)) and self.vocabulary.flag(value) is False) or (
                self.vocabulary.is_illegible(value) and not is_checked(key)
            )
            poor = _QUALITY.search(name) and isinstance(value, str) and _POOR.match(value)
            unreadable = (
                unreadable or bool(poor) or (bool(_ILLEGIBLE_KEY.match(name)) and self.vocabulary.flag(value) is True)
            )
            if unreadable or (_QUALITY.search(name) and self.vocabulary.is_illegible(value)):
                what = f"“{short_name(self.material) if self.material else self._name}”看不清楚。"
                remedy = "请在光线好的地方重新拍照或扫描，四个角都要拍进去，不要反光。"
                yield self._finding(Code.UNREADABLE, what, remedy, self._seen(key))
                return

    def _expired(self) -> Iterator[Finding]:
        if not self.rule.keeps_date:
            return
        short = short_name(self.material) if self.material else self._name
        for key, value in self.submitted.fields.items():
            name = bare_key(key)
            if name in self.rule.date_fields_ignored or value is None:
                continue
            end = last_date_in(value) if _END.search(name) and not isinstance(value, bool) else None
            said = name in {"有效", "是否有效", "证件有效", "有效状态", "证件状态"} and (
                value is False or any(word in plain(value) for word in _PAST)
            )
            has_lapsed = bool(_END.search(name)) and end is None and bool(_LAPSED.fullmatch(plain(value)))
            if (end is not None and end < self.today) or said or has_lapsed:
                until = f",有效期到{_chinese(end)}" if end else ""
                what = f"“{short}”已经过期{until}。"
                yield self._finding(Code.EXPIRED, what, "请换成在有效期内的再交。", self._seen(key))
        yield from self._stale(short)

    def _stale(self, short: str) -> Iterator[Finding]:
        months = self.rule.fresh_months
        if months is None:
            return
        for key, value in self.submitted.fields.items():
            issued = date_in(value) if self._dates_it(bare_key(key)) else None
            if issued is not None and months_after(issued, months) < self.today:
                what = f"“{short}”是{_chinese(issued)}的，已超过{months}个月。"
                yield self._finding(Code.EXPIRED, what, f"请换成{months}个月以内的再交。", self._seen(key))

    def _dates_it(self, name: str) -> bool:
        return any(name == dated or name in self.vocabulary.alike(dated) for dated in self.rule.dated)

    def _unsigned(self) -> Iterator[Finding]:
        short = short_name(self.material) if self.material else self._name
        for key, value in self.submitted.fields.items():
            name = bare_key(key)
            if not _SIGNED.search(name) or name in self.rule.sign_fields_ignored or is_checked(key):
                continue
            text = plain(value)
            flag = self.vocabulary.flag(value)
            if flag is False or value == "" or text in _EMPTY or any(word in text for word in _UNSIGNED_WORDS):
                missing = "盖章" if "章" in name or "印" in name else "签名"
                what = f"“{short}”上还没有{missing}({name})。"
                yield self._finding(Code.UNSIGNED, what, f"请补上{missing}后再交。", self._seen(key))

    def _incomplete(self) -> Iterator[Finding]:
        """A part that the material's own name asks for is said not to be there: 安全工作方案 false."""
        for key, value in self.submitted.fields.items():
            name = bare_key(key)
            if value is not False or is_checked(key) or is_signature(name) or self.material is None:
                continue
            asked = _NOTE.sub("", plain(self.material.name))
            if len(name) >= _A_WHOLE_NAME and name in asked and not _ALTERNATIVE.search(asked):
                what = f"“{short_name(self.material)}”里没有“{name}”。"
                yield self._finding(Code.CONDITION_NOT_MET, what, f"请补上“{name}”再交。", self._seen(key))


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_OF_ANOTHER_KIND = re.compile(
    r"(收据|小票|意向书|预约单|预约凭证|受理单|受理回执|受理通知书|账单|名片|样本|模板|宣传单|报价单|订单|订购单|认购书|预订单|取号单|挂号单|缴费单|聊天记录)$"
)
"""What such a paper is stands at the end of its name, whatever it is about: 购车收据 is no 购车发票."""
_OPEN_LIST = re.compile(r"等[)）]")
_OF_DAILY_LIFE = re.compile(r"生活|旅游|风景|自拍|聚会|全家|艺术")
_NOTE = re.compile(r"\([^()]*\)$")
_ANY_DOCUMENT = re.compile(
    r"证明|证件|材料|文件|凭证|记录|合同|报告|申请|登记|复印|原件|居民|电子|个人|单位|上海市?|本人|双方|有关|相关|情况|书面|公司|企业"
)


def is_signature(name: str) -> bool:
    """Does a field of this name say whether something is signed or sealed?"""
    return bool(_SIGNED.search(name))


def short_name(material: Material) -> str:
    """The material's name without what explains it."""
    return re.split(r"[::]", re.sub(r"[（(][^（()）]*[)）]", "", material.name))[0]


def wanted_kinds(material: Material, rule: MaterialRule, vocabulary: Vocabulary) -> frozenset[str]:
    """The kinds of document that serve as this material."""
    kinds = set(vocabulary.kinds_of(material.name)) | set(rule.kinds)
    for kind in tuple(kinds):
        kinds.update(vocabulary.accepted_instead.get(kind, ()))
    return frozenset(kinds)


def is_right_document(material: Material, named: str, rule: MaterialRule, vocabulary: Vocabulary) -> bool:
    """Does the name of what was handed in fit the sheet's?"""
    wanted, given = plain(material.name), plain(named)
    if not given or given == wanted or any(word in given for word in rule.also_accepts):
        return True
    if rule.kinds:
        return any(word in given for word in rule.kinds) or _is_such_a_photo(given, rule, vocabulary)
    if (other := _OF_ANOTHER_KIND.search(_NOTE.sub("", given))) and other.group() not in wanted:
        return False
    return given in wanted or wanted in given or _is_of_the_kind(given, wanted, material, rule, vocabulary)


def _is_of_the_kind(given: str, wanted: str, material: Material, rule: MaterialRule, vocabulary: Vocabulary) -> bool:
    """Is it of a kind that will do; where the kind is not known, does it speak of the same?"""
    kinds, needed = vocabulary.kinds_of(given), wanted_kinds(material, rule, vocabulary)
    if kinds and needed:
        return bool(kinds & needed) or _is_turned_round(given, wanted)
    if not kinds and _OPEN_LIST.search(wanted):
        return True
    return shared_pairs(given, wanted) >= HALF or (not kinds and _speaks_of(given, wanted))


def _is_such_a_photo(given: str, rule: MaterialRule, vocabulary: Vocabulary) -> bool:
    """一寸照 and 合影 are photos, where any photo for documents will do; a picture of daily life is none."""
    is_asked = "照片" in rule.kinds and vocabulary.kinds_of(given) == {"照片"}
    return is_asked and not _OF_DAILY_LIFE.search(given)


def _is_turned_round(given: str, wanted: str) -> bool:
    """认定工伤决定书 for 工伤认定决定书: the same signs in another order."""
    return sorted(given) == sorted(wanted)


def _speaks_of(given: str, wanted: str) -> bool:
    """Do the names share a word that says what the document is about? Words every document has do not count."""
    one, other = (_ANY_DOCUMENT.sub(" ", text) for text in (given, wanted))
    return any(not pair.isspace() and " " not in pair and pair in other for pair in map("".join, pairwise(one)))
