"""What must be the same in form, materials and registers, and what follows where it is not."""

import re
from collections.abc import Iterator, Mapping

from knowledge.items import Material, ServiceItem
from prefill.review.application import Application
from prefill.review.comparing import Compared, compare, grade_of, same
from prefill.review.documents import DocumentState, short_name
from prefill.review.evidence import FORM, Evidence, Found
from prefill.review.numbers import NumberKind, is_possible, kind_of_field, kind_of_key
from prefill.review.result import Code, Finding, Seen
from prefill.review.rules import Agreement, ItemRules, Place
from prefill.review.values import birth_in_number, date_in, number_in, plain
from prefill.review.vocabulary import Vocabulary, bare_key

_LEGAL = ("法定代表人(负责人)", "法定代表人身份号码")
_DECEASED = ("逝者姓名", "逝者身份号码")
_GUARDIAN = ("监护人姓名", "公民身份号码")
_COUNTED = re.compile(
    r"(等级|级别|数|天数|月数|人数|面积|金额|总价|成交价|资本|年限|学历|学位|职称|单位|民族|国籍|收入|费用|合计|人均|比例|占比|基数|房款|税款|犬种|车型)$"
)
_WHO_ELSE = re.compile(r"^(?!公民身|居民身|子女|新生儿).{2,}(姓名|证件号码|身份号码)$")
_LONG_NUMBER = 15
_ENDS = 4
_FEW = 3
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,6}")
_PLACE = frozenset({"地址", "坐落", "住址", "住所", "场所地址", "许可地址"})
_OF_AN_AGENT = re.compile(r"经办|委托|授权|代理")
_IS_PLACED = re.compile(r"^住所|(?<!户籍)(?<!邮寄)(?<!送达)地址$|坐落$|驻在场所$")
_OF_A_PLACE = re.compile(r"场所|住所|房屋|产权|场地|租赁|居住|住房")
_NAMES_SOMEONE = re.compile(r"姓名$|法定代表人|负责人$|管理员$|药师$|承办人$")
_OF_THE_HEAD = frozenset({"姓名", "户主", "户主姓名"})
_HIS_NUMBER = frozenset({"公民身份号码", "身份号码", "身份证号", "户主身份号码"})
_PERSON_OF = (("法定代表人", _LEGAL), ("逝者", _DECEASED), ("监护人", _GUARDIAN))


def agreements_of(item: ServiceItem, rules: ItemRules, vocabulary: Vocabulary) -> tuple[Agreement, ...]:
    """The item's own comparisons, and the general ones for its kinds of documents that the item did not rewrite."""
    people = _people(item)
    general = [
        agreement
        for material in item.materials
        for agreement in _general(material, vocabulary, people)
        if not any((material.id, name) in rules.dropped_agreements for name in agreement.left.names)
    ]
    placed = {agreement.left.where for agreement in (*rules.agreements, *general) if _PLACE & {*agreement.left.names}}
    places = [Place(FORM, (field.name,)) for field in item.form_fields if _IS_PLACED.search(field.name)]
    if places:
        general += [
            Agreement(Place(material.id, ("地址",)), tuple(places))
            for material in item.materials
            if _OF_A_PLACE.search(material.name)
            and material.id not in placed
            and not any((material.id, name) in rules.dropped_agreements for name in _PLACE)
        ]
    return (*rules.agreements, *general)


def _people(item: ServiceItem) -> dict[str, tuple[str, ...]]:
    """By what a material may call it: the form's fields that name people, their numbers, the company, the car."""
    fields = item.form_fields
    return {
        "姓名": tuple(field.name for field in fields if _NAMES_SOMEONE.search(field.name)),
        "公民身份号码": tuple(field.name for field in fields if field.type == "idcard18"),
        "统一社会信用代码": tuple(field.name for field in fields if field.type == "uscc18"),
        "车辆识别代号": tuple(field.name for field in fields if field.type == "vin17"),
    }


def _general(material: Material, vocabulary: Vocabulary, people: dict[str, tuple[str, ...]]) -> Iterator[Agreement]:
    person = next((fields for word, fields in _PERSON_OF if word in material.name), None)
    kinds = sorted(vocabulary.kinds_of(material.name))
    named = {
        alike
        for kind in kinds
        for key in vocabulary.agreements.get(kind, {})
        for alike in vocabulary.alike(key) | {key}
    }
    for key, everybody in people.items():
        fields = tuple(field for field in everybody if _OF_AN_AGENT.search(material.name) or "经办人" not in field)
        if key not in named and fields:
            yield Agreement(Place(material.id, (key,)), tuple(Place(FORM, (field,)) for field in fields))
    for kind in kinds:
        for key, choices in vocabulary.agreements.get(kind, {}).items():
            fixed = _for_person(kind, key, person)
            rights = (fixed,) if fixed else tuple(Place(FORM, names) for names in choices)
            yield Agreement(Place(material.id, (key,)), rights)


def _for_person(kind: str, key: str, person: tuple[str, str] | None) -> Place | None:
    if kind != "身份证" or person is None:
        return None
    return Place(FORM, (person[0 if key == "姓名" else 1],))


def compare_all(
    evidence: Evidence, agreements: tuple[Agreement, ...], documents: dict[str, DocumentState]
) -> tuple[Compared, ...]:
    """Every comparison that can be made; nothing is compared with a wrong document."""
    compared = (
        compare(evidence, agreement)
        for agreement in agreements
        if not (state := documents.get(agreement.left.where)) or not state.wrong
    )
    return tuple(_of_the_household([one for one in compared if one is not None]))


def _of_the_household(compared: list[Compared]) -> Iterator[Compared]:
    """A household's page names its head too: where it names the applicant elsewhere, the head is another member."""
    named = {(one.left.where, one.right.seen) for one in compared if one.equal}
    others = {
        one.left.where
        for one in compared
        if not one.equal and (one.left.where, one.right.seen) in named and bare_key(one.left.key) in _OF_THE_HEAD
    }
    for one in compared:
        is_heads = one.left.where in others and bare_key(one.left.key) in _OF_THE_HEAD | _HIS_NUMBER
        if one.equal or not is_heads:
            yield one


def quantities(
    evidence: Evidence, item: ServiceItem, rules: ItemRules, documents: dict[str, DocumentState]
) -> Iterator[Compared]:
    """Quantities and degrees of the form against every document that names the same, unless the rules dropped it."""
    for field in item.form_fields:
        written = evidence.application.form.get(field.name)
        name = bare_key(field.name)
        if (
            not (_COUNTED.search(name) or _WHO_ELSE.search(name))
            or written in (None, "")
            or evidence.vocabulary.is_unsure(written)
        ):
            continue
        mine = Found(written, field.name, FORM)
        for material, state in documents.items():
            found = None if state.wrong else evidence.named(material, field.name)
            if found is None or (material, bare_key(found.key)) in rules.dropped_agreements:
                continue
            if not _COUNTED.search(name) and bare_key(found.key) != name:
                continue  # people are compared only where both places call them the same
            if evidence.vocabulary.is_unsure(found.value) or not _comparable(mine, found):
                continue
            yield Compared(found, mine, equal=same(found, mine), impossible=False)


def _comparable(one: Found, other: Found) -> bool:
    """Two numbers, or two words: never a number with a word."""
    if grade_of(one) is not None and grade_of(other) is not None:
        return True
    numbers = [number_in(found.value, found.key) is None for found in (one, other)]
    return numbers[0] is numbers[1]


def mismatches(compared: tuple[Compared, ...], item: ServiceItem) -> Iterator[Finding]:
    """What differs. A number that cannot exist is told as such, once, not as a difference too."""
    names = {material.id: short_name(material) for material in item.materials}
    told: set[tuple[str, str]] = set()
    for one in compared:
        spot = (one.left.where, one.left.key)
        if one.equal or one.impossible or spot in told:
            continue
        told.add(spot)
        yield Finding(
            code=Code.MISMATCH,
            where=one.left.where,
            what=told_difference(one, names),
            remedy="请核对后改成一致；如果材料交错了，请换成正确的材料。",
            trace=(one.left.seen, one.right.seen),
        )


def told_difference(one: Compared, names: Mapping[str, str]) -> str:
    """Both values beside each other; where one of several would have done, all of them."""
    start = f"“{names.get(one.left.where, one.left.where)}”上的{bare_key(one.left.key)}是"
    others = [found for found in one.rights if found.where == FORM and _is_a_name(found)]
    if _is_a_name(one.left) and 1 < len(others) <= _FEW:
        listed = "、".join(f"{bare_key(found.key)}“{plain(found.value)}”" for found in others)
        return f"{start}“{plain(one.left.value)}”，和申请表上的{listed}都不一样。"
    other = "申请表" if one.right.where == FORM else f"“{names.get(one.right.where, one.right.where)}”"
    left, right = _shown_apart(one.left, one.right)
    return f"{start}“{left}”，{other}上的{bare_key(one.right.key)}是“{right}”，两处不一样。"


def _is_a_name(found: Found) -> bool:
    return isinstance(found.value, str) and bool(_NAME.fullmatch(plain(found.value)))


def _shown_apart(left: Found, right: Found) -> tuple[str, str]:
    """Both as a notice shows them; of two long numbers alike at their ends, the signs that differ as well."""
    shown = _shown(left), _shown(right)
    one, other = plain(left.value), plain(right.value)
    if shown[0] != shown[1] or one == other or len(one) != len(other):
        return shown
    differing = {at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b}
    ends = {*range(_ENDS), *range(len(one) - _ENDS, len(one))}
    apart = ["".join(sign if at in differing | ends else "*" for at, sign in enumerate(text)) for text in (one, other)]
    return apart[0], apart[1]


def _shown(found: Found) -> str:
    """The value as the notice shows it: a long number only by its ends, for a notice is read over shoulders."""
    text = plain(found.value)
    is_personal = kind_of_key(found.key) in {NumberKind.IDENTITY, NumberKind.CARD} or text[:-1].isdigit()
    if is_personal and len(text) >= _LONG_NUMBER:
        return f"{text[:_ENDS]}…{text[-_ENDS:]}"
    return text


def impossible_numbers(
    application: Application, evidence: Evidence, item: ServiceItem, rules: ItemRules
) -> Iterator[Finding]:
    """Identity, company, card, vehicle and telephone numbers that cannot exist, each value once."""
    types = {field.name: field.type for field in item.form_fields}
    names = {material.id: short_name(material) for material in item.materials}
    told: set[str] = set()
    for where in (FORM, *dict.fromkeys(material.material for material in application.materials)):
        for found in evidence.all(where):
            kind = kind_of_field(types.get(found.key, "")) if where == FORM else None
            kind = kind or kind_of_key(found.key)
            text = plain(found.value)
            if kind is None or not text or text in told or is_possible(kind, text):
                continue
            if rules.no_luhn and kind is kind_of_field("bankcard"):
                continue
            told.add(text)
            place = "申请表" if where == FORM else f"“{names.get(where, where)}”"
            yield Finding(
                code=Code.INVALID_NUMBER,
                where=where,
                what=f"{place}上的{bare_key(found.key)}“{_shown(found)}”不对，{kind.value}的位数或校验码不合规则。",
                remedy="请对照证件或卡片重新填写，看看有没有多填、少填或填错一位。",
                trace=(found.seen,),
            )


def form_against_number(evidence: Evidence) -> Iterator[Finding]:
    """Birth date and sex on the form against the applicant's own identity number."""
    number = evidence.application.form.get("公民身份号码")
    birth = birth_in_number(plain(number))
    if birth is None or "姓名" not in evidence.application.form:
        return
    written = evidence.application.form.get("出生日期")
    if written is not None and date_in(written) not in (None, birth):
        yield _differs("出生日期", plain(written), plain(number))
    licence = plain(evidence.application.form.get("驾驶证号"))
    if len(licence) == len(plain(number)) and licence.upper() != plain(number).upper():
        yield _differs("驾驶证号", licence, plain(number))
    sex = plain(evidence.application.form.get("性别"))
    if sex[:1] in {"男", "女"} and sex[:1] != ("男" if int(plain(number)[16]) % 2 else "女"):
        yield _differs("性别", sex, plain(number))


def _differs(key: str, value: str, number: str) -> Finding:
    return Finding(
        code=Code.MISMATCH,
        where=FORM,
        what=f"申请表上的{key}“{value}”和公民身份号码对不上。",
        remedy=f"请核对{key}和公民身份号码，改正填错的一处。",
        trace=(Seen(name=key, value=value, where=FORM), Seen(name="公民身份号码", value=number, where=FORM)),
    )
