"""What a form field wants to hear: which kind of value, whose, and beside which words."""

import re
from dataclasses import dataclass, replace
from typing import Final

from prefill.forms import FieldType, Form, FormField
from prefill.said.lexicon import Cues, Lexicon
from prefill.said.mentions import Kind
from prefill.said.people import Person

P = Person
_KIN: Final = frozenset({P.SPOUSE, P.FATHER, P.MOTHER, P.CHILD, P.GRANDCHILD, P.SIBLING, P.ELDER, P.OTHER, P.PARTNER})
_SELF: Final = frozenset({P.SELF})

# Whose field it is, by its name: who may be meant, and the words that name them on the form and in speech.
_ROLES: Final[tuple[tuple[str, frozenset[Person], str], ...]] = (
    (
        "配偶(对方)|对方",
        frozenset({P.PARTNER, P.SPOUSE, P.PRONOUN}),
        "对象|对方|女方|男方|配偶|marry(?:ing)?|fianc[eé]e?|(?:boy|girl)friend",
    ),
    ("配偶", frozenset({P.SPOUSE, P.PARTNER}), "配偶|老公|老婆|爱人"),
    ("被收养人", frozenset({P.CHILD, P.OTHER}), "被收养|收养的"),
    ("收养人年龄", _SELF, "收养人"),
    ("子女|新生儿|儿童", frozenset({P.CHILD, P.GRANDCHILD}), "孩子|小孩|宝宝|新生儿|学生"),
    ("父亲", frozenset({P.FATHER}), "爸爸|父亲"),
    ("母亲", frozenset({P.MOTHER}), "妈妈|母亲"),
    ("逝者|被继承人|死亡", _KIN | {P.DECEASED}, "逝者|死者|去世的|走的"),
    ("受伤职工|伤者", _KIN | {P.WORKER}, "伤者|受伤的"),
    (
        "经办人",
        frozenset({P.AGENT}),
        "经办人?|手续我?[^,让]{2,8}(?:跑|代办|帮)|手续[^,]{0,4}(?:让|由|叫|请|找|托|交给)|手续(?!还|没|都|怎|我|自)(?=[\u4e00-\u9fff]{2,3}(?:跑|办|去))|跑腿|代办|帮我办|来办|去办",
    ),
    ("法定代表人|法人", frozenset({P.BOSS}), "法人|法定代表人|老板"),
    ("负责人(?:姓名|身份)", frozenset({P.BOSS, P.OTHER}), "负责人"),
    ("质量负责人", frozenset({P.BOSS, P.OTHER, P.WORKER}), "质量负责人|质量(?:这块|方面|工作)|管质量"),
    ("安全负责人", frozenset({P.BOSS, P.OTHER, P.WORKER}), "安全负责人|安全(?:这块|方面|工作)|管安全|安保"),
    ("管理员", frozenset({P.BOSS, P.OTHER, P.WORKER}), "管理员|食品安全|食安员|安全员"),
    ("药师", frozenset({P.OTHER, P.WORKER}), "药师"),
    (
        "出租人|房屋权利人",
        frozenset({P.LANDLORD}),
        "房东|房主|(?:房子|产证)(?:上)?(?:是|写)(?:的)?(?:我)?|产权人|出租人|权利人",
    ),
    ("买方", frozenset({P.BUYER}), "买方|买家|卖给|卖[^,]{1,8}给(?=我)|过户给|转给|转让给"),
    ("转让方", frozenset({P.SELLER, P.LANDLORD}), "从[^,]{2,5}(?:手里|手上|那里|处)|卖方|卖家|转让方|上家|原房东"),
    ("招用人员|女职工", frozenset({P.WORKER, P.OTHER}), "员工|职工|招了|招的|招用"),
    ("紧急联系人", frozenset({P.CONTACT}), "紧急联系人?"),
    ("留宿人", frozenset({P.LANDLORD, P.OTHER, P.SELF}), "留宿人|住在\\S{0,3}家|接待"),
    ("参与人", frozenset({P.SPOUSE}), "参与|一起冲|共同"),
)
_BY_KIN: Final = re.compile("配偶|对方|子女|新生儿|父亲|母亲|逝者|被继承人|被收养人|受伤职工|伤者")
_MONEY: Final = re.compile(
    "金额|价|款|租金|投资|资本|资金|收入|工资|基数|利息|费用|实缴|税|额|应退",
)
_NAME: Final = re.compile(r"(?:姓名|负责人|管理员|药师|联系人|参与人|权利人|\(负责人\))\)?$")
_CODE: Final = re.compile(r"(?:编号|证号|证号码|账号|账户|代码|动机号|车架号|护照号码?|户号|订单信息)$|证件号")
_PRICE: Final = 10_000
_CHEAP: Final = 1_000
_A_PRICE: Final = re.compile("成交价|总价|价格")
_PLACE: Final = frozenset({"转出地", "原缴存地", "就医地"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """What one field wants to hear. `owners` are the people whose values it takes; None in it: nobody named.

    `by_kin` roles are held by a certain relative: no other person named beside the value can hold them.
    """

    field: FormField
    kinds: tuple[Kind, ...]
    owners: frozenset[Person | None]
    role: re.Pattern[str] | None
    cues: Cues
    stem: str
    by_kin: bool = False
    money: bool = False

    def cue_in(self, text: str) -> bool:
        """Whether words of this field stand in a text."""
        return bool(
            (self.stem and self.stem in text)
            or (self.cues.near and self.cues.near.search(text))
            or (self.role and self.role.search(text))
        )

    def cue_length(self, text: str) -> int:
        """How long the longest word of this field in a text is; 0 for none."""
        found = [len(self.stem)] if self.stem and self.stem in text else []
        for pattern in (self.cues.near, self.role):
            found.extend(m.end() - m.start() for m in pattern.finditer(text)) if pattern else None
        return max(found, default=0)


def senses_of(form: Form, lexicon: Lexicon) -> tuple[Sense, ...]:
    """The senses of a form's fields, in order."""
    names = {f.name for f in form.fields}
    senses = tuple(_sense(form.item, f, lexicon, names) for f in form.fields)
    prices = [s for s in senses if s.money]
    if len(prices) != 1 or (prices[0].cues.least < _PRICE and not _A_PRICE.search(prices[0].field.name)):
        return senses
    # the only sum a form asks for may be said without a word of its own
    cues = replace(prices[0].cues, alone=True, least=max(prices[0].cues.least, _CHEAP))
    return tuple(replace(s, cues=cues) if s is prices[0] else s for s in senses)


def _sense(item: str, field: FormField, lexicon: Lexicon, names: set[str]) -> Sense:
    owners, role = _whose(field.name, names)
    return Sense(
        field=field,
        kinds=kinds_of(field),
        owners=owners,
        role=role,
        cues=lexicon.of(item, field.name),
        stem=stem(field.name),
        by_kin=_BY_KIN.search(field.name) is not None,
        money=field.type is FieldType.DECIMAL and _MONEY.search(field.name) is not None,
    )


def _whose(name: str, names: set[str]) -> tuple[frozenset[Person | None], re.Pattern[str] | None]:
    if name == "户籍地址" and names & {"落户方式", "落户选择"}:
        # the household the child joins may be the other parent's
        return frozenset({P.SELF, None, P.FATHER, P.MOTHER, P.SPOUSE}), None
    for words, owners, said in _ROLES:
        if re.search(words.replace("(对方)", r"\(对方\)"), name):
            also: set[Person | None] = set(owners)
            if name.startswith("经办人") and "姓名" not in names:
                also |= {P.SELF, P.CONTACT, None}
            if words.startswith("参与人"):
                also |= {None}
            return frozenset(also), re.compile(f"{said}|(?<!紧急)联系人" if P.CONTACT in also else said)
    return frozenset({P.SELF, None}), None


def kinds_of(field: FormField) -> tuple[Kind, ...]:
    """The kinds of values a field takes, by its type and, for plain text, by its name."""
    if field.name == "单位银行账号":
        return (Kind.CARD, Kind.CODE)  # a company's account has no check digit
    if field.type in {FieldType.CHOICE, FieldType.STRING}:
        return _kinds_by_name(field.name)
    kind = _KINDS.get(field.type)
    return (kind,) if kind else ()


_KINDS: Final = {
    FieldType.MOBILE: Kind.MOBILE,
    FieldType.ID_NUMBER: Kind.IDENTITY,
    FieldType.COMPANY_CODE: Kind.COMPANY_CODE,
    FieldType.BANK_CARD: Kind.CARD,
    FieldType.VIN: Kind.VIN,
    FieldType.ADDRESS: Kind.ADDRESS,
    FieldType.REGION: Kind.REGION,
    FieldType.INTEGER: Kind.AMOUNT,
    FieldType.DECIMAL: Kind.AMOUNT,
    FieldType.DATE: Kind.DAY,
    FieldType.MONTH: Kind.DAY,
    FieldType.DATE_TIME: Kind.DAY,
    FieldType.DATE_RANGE: Kind.DAY,
    FieldType.MONTH_RANGE: Kind.DAY,
    FieldType.DATE_TIME_RANGE: Kind.DAY,
}
_BY_NAME: Final[tuple[tuple[str, Kind], ...]] = (
    ("号牌号码", Kind.PLATE),
    ("单位银行账号", Kind.CARD),
    ("银行", Kind.BANK),
    ("国籍|目的国|国家", Kind.COUNTRY),
    ("驾驶证号", Kind.IDENTITY),
    ("企业名称|企业(单位)名称|单位名称|单位$|学校|院校|机构|驾校|平台企业|机关|分支名称|商户名称", Kind.ORGANISATION),
    ("建设地点|仓库地址|外国企业住所", Kind.ADDRESS),
)


def _kinds_by_name(name: str) -> tuple[Kind, ...]:
    if name in _PLACE:
        return (Kind.REGION,)
    for words, kind in _BY_NAME:
        if re.search(words.replace("(单位)", r"\(单位\)"), name):
            return (kind,)
    if _NAME.search(name):
        return (Kind.PERSON,)
    if _CODE.search(name):
        return (Kind.CODE,)
    return ()


_SUFFIX: Final = re.compile(
    r"(?:日期|时间|编号|号码|证号|账号|姓名|名称|金额|地址|类型|种类|类别|方式|原因|情况|说明|\(.*\)|/.*|数|号|期限|月份|信息|起止)+$"
)


def stem(name: str) -> str:
    """The part of a field's name that says what it is about: 丢失日期 → 丢失; empty where nothing telling is left."""
    left = _SUFFIX.sub("", name)
    return left if len(left) >= len("丢失") else ""
