"""How each measure is told to somebody who edits rules."""

from typing import Final

from prefill.review.rules import FactRule

MEASURE_WORDS: Final = {
    "number": "读成数字",
    "text": "读成文字",
    "length": "有几个字",
    "flag": "读成是或否",
    "status": "按词语判断好或不好（+好的词，-不好的词）",
    "none": "是不是没有（0、无）",
    "age": "周岁（出生日期或身份号码，到今天或另一天）",
    "months_old": "满几个月（到今天或另一天）",
    "days": "相差几天（到今天或另一天）",
    "days_until": "离今天还有几天",
    "deadline": "是否在期限内",
    "ahead": "是否提前够",
    "lasts": "期间是否不超过",
    "months": "起止月份一共几个月",
    "ended_within": "结束后是否还在期限内",
    "order": "日期先后是否正确",
    "in_date": "是否还在有效期内",
    "birth": "出生日期",
    "same": "几处是否一致",
    "one_of": "是否与其中一处一致",
    "agree": "材料与申请表的比对是否一致",
    "inside": "前一个是否在后一个里面",
    "alike": "两段描述是否说的同一件事",
    "covers": "后一处写的人是否都在前一处",
    "hours": "相差几小时（没写钟点的按天算）",
    "contains": "是否含有这些词",
    "local": "地址是否在本市",
    "sex": "性别",
    "given": "是否填了或交了",
    "has": "材料是否交了、交对了",
    "possible": "号码是否符合规则",
    "calc": "由前面的事实算出",
}


def told(fact: FactRule) -> str:
    """One line that says where the fact is read and how."""
    how = MEASURE_WORDS.get(fact.measure, fact.measure)
    if fact.measure == "calc":
        return f"{how}：{fact.expression}"
    places = "；".join(_place(place.where, place.names) for place in fact.places)
    words = f"（{'、'.join(fact.words)}）" if fact.words else ""
    return f"{places or '、'.join(fact.words)}：{how}{words if places else ''}"


def _place(where: str, names: tuple[str, ...]) -> str:
    at = {"form": "申请表", "any": "申请表或任何材料", "today": "今天"}.get(where, f"材料{where}")
    return f"{at}的{'/'.join(names)}" if names else at
