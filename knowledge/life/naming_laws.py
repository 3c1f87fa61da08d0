"""Laws and documents as other texts name them: one key for 《养犬管理条例》（2016修正） and 养犬管理条例."""

import re
from dataclasses import dataclass

import cn2an

_BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*[)）〕\]]")
_NOISE = re.compile(r"[\s《》〈〉“”\"「」]|^中华人民共和国")
_PART = re.compile(r"[·•—－].*$")
_NUMBER = re.compile(r"[一-鿿]{1,14}\s?[〔\[［（(]\s?\d{4}\s?[〕\]］）)]\s?第?\s?\d{1,5}\s?号")
_LEADS_IN = re.compile(r"^(?:依据|根据|按照?|参照|参见|见|与|和|及)")
_CITED = re.compile(r"《(?P<title>[^《》\n]{2,60})》")
_ARTICLES = re.compile(
    r"第(?P<number>[零〇一二三四五六七八九十百千\d]+)条(?:之(?P<sub>[一二三四五六七八九十]+))?"
    r"(?:第(?P<paragraph>[一二三四五六七八九十\d]+)款)?(?:第[（(]?(?P<item>[一二三四五六七八九十\d]+)[)）]?项)?"
)
_RANGE = re.compile(
    r"第([零〇一二三四五六七八九十百千\d]+)条?\s*(?:至|到|-|—|～|~)\s*第([零〇一二三四五六七八九十百千\d]+)条"
)
_LONGEST_RANGE = 200


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A law named in a text, with the articles that follow its name; `start` and `end` are where it stands."""

    title: str
    articles: tuple[int, ...]
    start: int
    end: int


def law_key(title: str) -> str:
    """The name without brackets, marks and 中华人民共和国: two ways of naming a law become one. Of a 文号 itself."""
    numbered = _NUMBER.match(title.strip("《 "))
    if numbered is not None:
        return number_of(numbered.group()) or ""
    bare = _NOISE.sub("", _BRACKETS.sub("", title))
    return _PART.sub("", _NOISE.sub("", bare))


def number_of(text: str) -> str | None:
    """The first 文号 in a text, in one spelling: 沪医保规〔2025〕7号."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    bare = _LEADS_IN.sub("", re.sub(r"\s", "", found.group()).replace("第", ""))
    return re.sub(r"[\[［（(]", "〔", re.sub(r"[\]］）)]", "〕", bare))


def articles_in(text: str) -> tuple[int, ...]:
    """The numbers of all articles that a text names, in order, ranges spelled out."""
    found = [value for match in _ARTICLES.finditer(text) if (value := arabic(match["number"])) is not None]
    for match in _RANGE.finditer(text):
        first, last = arabic(match[1]), arabic(match[2])
        if first is not None and last is not None and first < last <= first + _LONGEST_RANGE:
            found.extend(range(first + 1, last))
    return tuple(dict.fromkeys(found))


def before_articles(text: str) -> str:
    """What stands before the first article that a text names: the name of the law."""
    found = _ARTICLES.search(text)
    return text[: found.start()] if found else text


def laws_in(text: str) -> tuple[CitedLaw, ...]:
    """The laws that a text names in title marks, each with the articles named right behind it."""
    found: list[CitedLaw] = []
    matches = list(_CITED.finditer(text))
    for place, match in enumerate(matches):
        limit = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        behind = _behind(text[match.end() : limit])
        found.append(CitedLaw(match["title"], articles_in(behind), match.start(), match.end() + len(behind)))
    return tuple(found)


def arabic(numeral: str) -> int | None:
    """十五 and 15 as 15; None for what is no number."""
    if numeral.isdigit():
        return int(numeral)
    try:
        return int(cn2an.cn2an(numeral.replace("〇", "零"), "smart"))
    except ValueError:
        return None


_FOLLOWS = re.compile(
    r"(?:[（(][^（）()]*[)）])?(?:的)?(?:\s*(?:第[零〇一二三四五六七八九十百千\d]+[条款项](?:之[一二三四五六七八九十]+)?"
    r"|第[（(][一二三四五六七八九十\d]+[)）]项|[、，和及至到与]|以及|或者?|之规定|规定))*"
)


def _behind(text: str) -> str:
    found = _FOLLOWS.match(text)
    return found.group() if found else ""
