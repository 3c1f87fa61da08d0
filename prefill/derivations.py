"""Values that follow from other values by a rule: sex and birthday from the identity number, a deadline from a date."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from prefill.check_digits import age_on, birth_date, is_identity_number, sex

_COOLING_OFF: Final = timedelta(days=30)  # Civil Code art. 1077
_LONG_TERM: Final = 46


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies, as far as proven or said, and whom the marriage register names beside them."""

    name: str | None = None
    number: str | None = None
    spouse_name: str | None = None
    spouse_number: str | None = None

    @property
    def sex(self) -> str | None:
        """男 or 女, None where the number is not known or wrong."""
        return sex(self.number) if self.number and is_identity_number(self.number) else None

    @property
    def born(self) -> date | None:
        """The day of birth, None where the number is not known or wrong."""
        return birth_date(self.number) if self.number and is_identity_number(self.number) else None


@dataclass(frozen=True, slots=True)
class Derived:
    """A value that follows, from what, and why in plain Chinese."""

    value: str
    source: str
    why: str


Values = Mapping[str, str]
Rule = Callable[[Applicant, Values, date], Derived | None]


def derive(field: str, applicant: Applicant, values: Values, today: date) -> Derived | None:
    """What a rule gives for a field, or None where no rule does. `values` are the fields filled so far."""
    rule = _RULES.get(field)
    return rule(applicant, values, today) if rule else None


def _sex(applicant: Applicant, _values: Values, _today: date) -> Derived | None:
    return Derived(applicant.sex, "身份证号码", "根据身份证号码第 17 位推算") if applicant.sex else None


def _birthday(applicant: Applicant, _values: Values, _today: date) -> Derived | None:
    if applicant.born is None:
        return None
    return Derived(applicant.born.isoformat(), "身份证号码", "根据身份证号码中的出生日期")


def _age(applicant: Applicant, _values: Values, today: date) -> Derived | None:
    if applicant.born is None:
        return None
    return Derived(str(age_on(applicant.born, today)), "身份证号码", "根据身份证号码中的出生日期计算的周岁")


def _validity(applicant: Applicant, _values: Values, today: date) -> Derived | None:
    """Identity Card Act art. 5: 5 years below 16, 10 from 16, 20 from 26, long term from 46."""
    if applicant.born is None:
        return None
    age = age_on(applicant.born, today)
    years = next((v for limit, v in ((16, "5年"), (26, "10年"), (_LONG_TERM, "20年")) if age < limit), "长期")
    return Derived(years, "居民身份证法第五条", "按年龄确定的证件有效期")


def _cooling_off(_applicant: Applicant, values: Values, _today: date) -> Derived | None:
    try:
        begun = date.fromisoformat(values["申请日期"])
    except (KeyError, ValueError):
        return None
    return Derived((begun + _COOLING_OFF).isoformat(), "民法典第一千零七十七条", "申请日起三十日")


def _licence(applicant: Applicant, _values: Values, _today: date) -> Derived | None:
    if applicant.number is None or applicant.born is None:
        return None
    return Derived(applicant.number, "身份证号码", "驾驶证号与身份证号码相同")


def _parent(which: str, what: str) -> Rule:
    def rule(applicant: Applicant, _values: Values, _today: date) -> Derived | None:
        if applicant.sex is None:
            return None
        if applicant.sex == which:
            value = applicant.name if what == "姓名" else applicant.number
            return Derived(value, f"身份证{what}", "申请人本人") if value else None
        value = applicant.spouse_name if what == "姓名" else applicant.spouse_number
        return Derived(value, "结婚登记", "结婚登记上的配偶，请核对是不是孩子的父母") if value else None

    return rule


def _same_person(name_field: str) -> Rule:
    """The applicant's number belongs to another role of the form where the names are the same."""

    def rule(applicant: Applicant, values: Values, _today: date) -> Derived | None:
        if applicant.number and applicant.name and values.get(name_field) == applicant.name:
            return Derived(applicant.number, "身份证号码", "与申请人是同一个人")
        return None

    return rule


_RULES: Final[dict[str, Rule]] = {
    "性别": _sex,
    "出生日期": _birthday,
    "出生日期(档案)": _birthday,
    "年龄": _age,
    "收养人年龄": _age,
    "证件有效期类型": _validity,
    "冷静期截止日": _cooling_off,
    "驾驶证号": _licence,
    "父亲姓名": _parent("男", "姓名"),
    "母亲姓名": _parent("女", "姓名"),
    "父亲身份号码": _parent("男", "身份号码"),
    "母亲身份号码": _parent("女", "身份号码"),
    "法定代表人身份号码": _same_person("法定代表人(负责人)"),
    "伤者身份号码": _same_person("受伤职工姓名"),
    "出租人身份号码": _same_person("出租人姓名"),
    "转让方身份号码": _same_person("转让方姓名"),
}

NOT_FROM_REGISTER: Final = frozenset(_RULES) - {
    "性别",
    "出生日期",
    "出生日期(档案)",
    "驾驶证号",
    "父亲姓名",
    "母亲姓名",
}
"""Fields for which the sheet names the applicant's own card, though only the rule tells whether it is theirs."""
