"""English answers in the words that the readers of values know: days, numbers, units, countries. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from guardrails.calendar_dates import ENGLISH_MONTHS

_MONTHS: Final = tuple(month[:3] for month in ENGLISH_MONTHS)
_MONTH: Final = rf"(?P<{{0}}>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_DAY: Final = re.compile(
    rf"\b(?:on |in |the |since |from |by )*(?:{_MONTH.format('month')} (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?|"
    rf"(?P<before>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH.format('after')})(?:,? (?P<year>\d{{4}}))?\b",
    re.I,
)
_MONTH_ONLY: Final = re.compile(rf"\b{_MONTH.format('month')},? (?P<year>\d{{4}})\b", re.I)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = re.compile(
    rf"\b(?:(?P<which>last|this|next|coming)(?: coming)? )?(?P<day>{'|'.join(_WEEKDAYS)})\b", re.I
)
_WHICH: Final = {"last": "上", "this": "这", "coming": "下", "next": "下", "": "这"}
_AGO: Final = re.compile(r"\b(?P<n>\d+|a|an|one|two|three|four|five|six) (?P<unit>day|week|month|year)s? ago\b", re.I)
_UNITS: Final = {"day": "天", "week": "周", "month": "个月", "year": "年"}
_SMALL: Final = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS: Final = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000}
_NUMBER_WORD: Final = "|".join([*_SMALL, *_TENS, *_SCALES])
_NUMBER: Final = re.compile(
    rf"\b(?:(?P<digits>\d+(?:\.\d+)?) (?P<scale>thousand|million|hundred)|"
    rf"(?:{_NUMBER_WORD})(?:(?:[ -]| and )(?:{_NUMBER_WORD}))*)\b",
    re.I,
)
_PLAIN: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(said, re.I), chinese)
    for said, chinese in (
        (r"\bthe day before yesterday\b", "前天"),
        (r"\bthe day after tomorrow\b", "后天"),
        (r"\bi live (?:at|in|on)\b", "住在"),
        (r"\byesterday\b", "昨天"),
        (r"\btoday\b", "今天"),
        (r"\btomorrow\b", "明天"),
        (r"\blast month\b", "上个月"),
        (r"\bthis month\b", "这个月"),
        (r"\bnext month\b", "下个月"),
        (r"\bhalf a year\b", "半年"),
        (r"\ba year and a half\b", "一年半"),
        (r"(?<=\d) ?(?:years? old|years? of age|y/?o)\b", "岁"),
        (r"(?<=\d) ?months?(?: old)?\b", "个月"),
        (r"(?<=\d) ?years?\b", "年"),
        (r"(?<=\d) ?(?:square met(?:er|re)s?|sq\.? ?m|sqm|m²)(?![a-z])", "平方米"),
        (r"(?<=\d) ?(?:people|persons?|guests?|attendees|employees|staff)\b", "人"),
        (r"(?<=\d) ?(?:yuan|rmb|cny|kuai)\b", "元"),
        (r"\b(?:rmb|cny|¥|￥) ?(?=\d)", ""),
        (r"(?<=元) ?(?:a|per|each|every) month\b", ""),
        (r"\btwins\b", "2个"),
        (r"\btriplets\b", "3个"),
        (r"\b(?:just|only) (?:one|1)\b|\bsingleton\b", "1个"),
    )
)
_SPAN: Final = re.compile(r"(?<=[日月号]) ?(?:to|till|until|through|-|–) ?(?=\d{4}年|\d{1,2}月)", re.I)
_LEAD: Final = re.compile(
    r"^(?:(?:ok|okay|well|so|um|uh|yes|sure|hi|hello)[,.! ]+)*"
    r"(?:(?:my|its|his|her|their|our|the|your)(?: \w+){1,4} (?:is|are|was)(?: called| named)?|"
    r"(?:it|he|she|that|this|they)(?:'s| is|'re| are| was| were)(?: called| named| with| at| from| in)?|"
    r"i(?:'m| am)(?: called| named| from| with)?|"
    r"(?:called|named)|i (?:work|live)(?: at| in| for)|put(?: down)?|please (?:write|put)|just (?:write|put))[ :]+",
    re.I,
)
_COUNTRIES: Final[Mapping[str, str]] = {
    "united states": "美国", "usa": "美国", "america": "美国", "american": "美国", "uk": "英国", "england": "英国",
    "united kingdom": "英国", "britain": "英国", "british": "英国", "canada": "加拿大", "canadian": "加拿大",
    "australia": "澳大利亚", "australian": "澳大利亚", "new zealand": "新西兰", "japan": "日本", "japanese": "日本",
    "south korea": "韩国", "korea": "韩国", "korean": "韩国", "france": "法国", "french": "法国", "germany": "德国",
    "german": "德国", "italy": "意大利", "italian": "意大利", "spain": "西班牙", "spanish": "西班牙",
    "portugal": "葡萄牙", "netherlands": "荷兰", "dutch": "荷兰", "belgium": "比利时", "switzerland": "瑞士",
    "swiss": "瑞士", "austria": "奥地利", "sweden": "瑞典", "norway": "挪威", "denmark": "丹麦", "finland": "芬兰",
    "ireland": "爱尔兰", "irish": "爱尔兰", "poland": "波兰", "greece": "希腊", "russia": "俄罗斯", "russian": "俄罗斯",
    "ukraine": "乌克兰", "turkey": "土耳其", "israel": "以色列", "egypt": "埃及", "south africa": "南非",
    "nigeria": "尼日利亚", "kenya": "肯尼亚", "mexico": "墨西哥", "brazil": "巴西", "argentina": "阿根廷",
    "chile": "智利", "india": "印度", "indian": "印度", "pakistan": "巴基斯坦", "vietnam": "越南",
    "thailand": "泰国", "thai": "泰国", "malaysia": "马来西亚", "singapore": "新加坡", "indonesia": "印度尼西亚",
    "philippines": "菲律宾", "filipino": "菲律宾", "cambodia": "柬埔寨", "laos": "老挝", "myanmar": "缅甸",
    "mongolia": "蒙古", "nepal": "尼泊尔", "sri lanka": "斯里兰卡", "kazakhstan": "哈萨克斯坦",
    "saudi arabia": "沙特阿拉伯", "united arab emirates": "阿联酋", "uae": "阿联酋", "dubai": "阿联酋",
}  # fmt: skip
_COUNTRY: Final = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _COUNTRIES), key=len, reverse=True))})\b", re.I)
_BANKS: Final[Mapping[str, str]] = {
    "icbc": "中国工商银行", "ccb": "中国建设银行", "boc": "中国银行", "bank of china": "中国银行",
    "abc": "中国农业银行", "agricultural bank of china": "中国农业银行", "bocom": "交通银行",
    "bank of communications": "交通银行", "cmb": "招商银行", "china merchants bank": "招商银行",
    "construction bank": "中国建设银行", "china construction bank": "中国建设银行", "psbc": "中国邮政储蓄银行",
    "industrial and commercial bank of china": "中国工商银行", "bank of shanghai": "上海银行",
    "spd bank": "上海浦东发展银行", "spdb": "上海浦东发展银行", "citic bank": "中信银行",
}  # fmt: skip
_LATIN: Final = re.compile(r"[A-Za-z]{2}")


def speaks_english(text: str) -> bool:
    """True where a message is written in Latin letters alone."""
    return _LATIN.search(text) is not None and not re.search(r"[\u4e00-\u9fff]", text)


def in_chinese(said: str, today: date) -> str:
    """The message with its English days, numbers and units as Chinese writes them; other words stay."""
    if _LATIN.search(said) is None:
        return said
    said = _DAY.sub(_day, said)
    said = _MONTH_ONLY.sub(lambda m: f"{m['year']}年{_month(m['month'])}月", said)
    said = _AGO.sub(lambda m: f"{_count(m['n'])}{_UNITS[m['unit'].lower()]}前", said)
    said = _WEEKDAY.sub(lambda m: _weekday(m, today), said)
    said = _NUMBER.sub(_number, said)
    for pattern, chinese in _PLAIN:
        said = pattern.sub(chinese, said)
    return _SPAN.sub("到", said)


def without_lead(said: str) -> str:
    """What an English answer says, without how it begins: 「Its name is Lucky」 is Lucky."""
    if not _LATIN.match(said):
        return said
    return _LEAD.sub("", said, count=1).strip() or said


def country_in(said: str) -> str | None:
    """The one country that an English message names, in Chinese."""
    found = {_COUNTRIES[match.group().lower()] for match in _COUNTRY.finditer(said)}
    return found.pop() if len(found) == 1 else None


def bank_in(said: str) -> str | None:
    """The bank whose English name the message is, in Chinese."""
    return _BANKS.get(re.sub(r"^(?:the|it's|at|with) ", "", said.strip(" .!").lower()))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(match: re.Match[str]) -> str:
    month, number = _month(match["month"] or match["after"]), match["day"] or match["before"]
    year = f"{match['year']}年" if match["year"] else ""
    return f"{year}{month}月{number}日"


def _weekday(match: re.Match[str], today: date) -> str:
    which, number = (match["which"] or "").lower(), _WEEKDAYS.index(match["day"].lower())
    if which == "next" and number > today.weekday():  # said of the week after, where this week has it still
        return f"下周{'一二三四五六日'[number]}"
    if which in ("coming", "") and number < today.weekday():
        return f"下周{'一二三四五六日'[number]}" if which else f"上周{'一二三四五六日'[number]}"
    if which == "last":
        same_week = f"这周{'一二三四五六日'[number]}"
        return same_week if number < today.weekday() else f"上周{'一二三四五六日'[number]}"
    return f"{'这' if which == 'coming' else _WHICH[which]}周{'一二三四五六日'[number]}"


def _count(written: str) -> str:
    return written if written.isdigit() else str(_SMALL.get(written.lower(), 1))


def _number(match: re.Match[str]) -> str:
    if match["digits"]:
        value = float(match["digits"]) * _SCALES[match["scale"].lower()]
        return str(int(value)) if value.is_integer() else str(value)
    total = current = 0
    for word in re.split(r"[ -]", match.group().lower()):
        if word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] > 100:  # noqa: PLR2004 - hundreds go on, thousands are done
                total, current = total + current, 0
        else:
            current += _SMALL.get(word, _TENS.get(word, 0))
    return str(total + current)
