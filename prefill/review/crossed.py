"""What form and materials say differently under names that are only alike: nobody compared it, so a person does."""

import re
from collections.abc import Iterator

from prefill.review.comparing import same
from prefill.review.evidence import FORM, Evidence, Found
from prefill.review.likeness import likeness
from prefill.review.rules import ItemRules
from prefill.review.values import date_in, number_in, plain
from prefill.review.vocabulary import bare_key, is_checked

_ITS_OWN = re.compile(
    r"姓名|名字|电话|手机|联系|填表|申请日期|签|章|承诺|声明|备注|说明|描述|经过|理由|内容|图样?$|地址|住址|住所|坐落|号码|银行|账号|卡号|^日期$|^编号$|^证号$|^类型$|^名称$|方案"
)
_ANOTHER = re.compile(
    r"人均|平均|每|单|年|月|日|原|前|后|新|首|余|最|限|应|实|拟|其中|增|减|未|已|上|起|止|始|终|到|至|标准|上限|下限|比例"
)
_TOLD_BY = re.compile(
    r"^(?:协议|合同|发票|登记|系统|档案|书面|申报|材料|回执|票面|银行|单位|平台|病历|社保|税务|人口库|公安|民政|证书|凭证|收据|清单|流水|网签|备案|本人)?"
    r"(?:载明|记载|注明|写明|显示|登记|申报|陈述|自述|所述|上|约定|反馈|返回|实际|实测|现场测量)的?(?=.{2,})"
)
_IN_ANY_PLACE = frozenset("省市区县镇乡村街道路弄号上海国家医院学校小中大幼儿园公司有限中心")
_ALIKE, _SHORT = 0.6, 12


def crossed(evidence: Evidence, rules: ItemRules, materials: frozenset[str]) -> Iterator[Found]:
    """Each value of a material that a field of the form, named alike, says differently."""
    form = [
        Found(value, key, FORM)
        for key, value in evidence.application.form.items()
        if value not in (None, "") and not isinstance(value, bool) and not _ITS_OWN.search(bare_key(key))
    ]
    for material in materials:
        for found in evidence.all(material):
            name = bare_key(found.key)
            if isinstance(found.value, bool) or _ITS_OWN.search(name) or (material, name) in rules.dropped_agreements:
                continue
            if any(_is_said_otherwise(evidence, found, mine) for mine in form):
                yield found


def told_twice(evidence: Evidence, materials: frozenset[str], read: frozenset[tuple[str, str]]) -> Iterator[Found]:
    """Each day or number nobody has read that is another than one that was read: 协议载明交付日期 beside 交付日期."""
    said = [found for material in materials for found in evidence.all(material)]
    for found in said:
        if (found.where, found.key) in read or not _TOLD_BY.match(bare_key(found.key)):
            continue
        name = _TOLD_BY.sub("", bare_key(found.key))
        others = [one for one in said if (one.where, one.key) in read and bare_key(one.key) == name]
        if any(_is_another_value(found, other) for other in others):
            yield found


def _is_another_value(one: Found, other: Found) -> bool:
    for read in (lambda found: date_in(found.value), lambda found: number_in(found.value, found.key)):
        values = read(one), read(other)
        if None not in values and not isinstance(one.value, bool) and not isinstance(other.value, bool):
            return bool(values[0] != values[1])
    return False


def _is_said_otherwise(evidence: Evidence, found: Found, mine: Found) -> bool:
    name, asked = bare_key(found.key), bare_key(mine.key)
    is_named_so = name == asked or name in evidence.vocabulary.alike(mine.key)
    if not is_named_so and not _is_alike(name, asked):
        return False
    if same(found, mine):
        return False
    numbers = number_in(found.value, found.key), number_in(mine.value, mine.key)
    if None not in numbers:
        return True
    days = date_in(found.value), date_in(mine.value)
    if None not in days:
        return is_named_so
    return is_named_so and numbers == (None, None) and days == (None, None) and _is_another_word(evidence, found, mine)


def _is_alike(name: str, asked: str) -> bool:
    telling = set(_ANOTHER.findall(name)) ^ set(_ANOTHER.findall(asked))
    return not telling and likeness(asked, name, surely=True) >= _ALIKE


def _is_another_word(evidence: Evidence, found: Found, mine: Found) -> bool:
    one, other = plain(found.value), plain(mine.value)
    is_a_verdict = is_checked(found.key) or evidence.vocabulary.flag(found.value) is not None
    is_short = max(len(one), len(other)) <= _SHORT and min(len(one), len(other)) > 1
    return is_short and not is_a_verdict and not (set(one) & set(other)) - _IN_ANY_PLACE
