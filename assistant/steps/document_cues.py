"""Tells a question about a document (a plan, a report, a year's targets) from one about getting something done."""

import re
from collections.abc import Sequence
from enum import StrEnum

from knowledge.passages import DocumentVersion
from knowledge.roles import Hit


class DocumentCue(StrEnum):
    """How clearly the wording points to a document."""

    NAMED = "named"  # 行动方案里, 2022年要求, 那篇报道
    POSSIBLE = "possible"  # 改革以后, 全市现在有多少
    NONE = "none"


_KINDS = r"行动方案|工作要点|工作方案|实施方案|实施意见|行动计划|若干措施|若干意见|工作计划|发展规划|管理办法|实施办法"
_NEWS = re.compile(r"报道|新闻|发布会|报纸|那篇|press conference|news", re.I)
_KIND = re.compile(_KINDS)
_YEAR = re.compile(r"(?:19|20)\d\d(?=年)")
_NAMED = re.compile(
    rf"{_KINDS}|发布会|报道|新闻|沪府办?|国办|国发|白皮书|报告(?:里|中|上)|"
    r"(?:方案|文件|规划|计划)(?:里|中|上|规定|要求|提出|说|写)|"
    r"(?:19|20)\d\d年(?:那|要|规定|要求|提出|计划|目标|底前?|全市|上海|市里|政府|"
    r"的?(?:方案|文件|要点|规划|计划|报道|目标|工作))|action plan|press conference|work plan",
    re.I,
)
_POSSIBLE = re.compile(
    r"改革(?:后|以后|以来|前)|目标(?:是|多少|值)?|指标|一网通办|免申即享|数字人|远程虚拟窗口|点位|"
    r"全市(?:现在|目前|已|共|一共|有)|上海(?:现在|目前|已经|一共|共有)(?:有)?多少|覆盖(?:率|到|多少)|响应|"
    r"(?:压|减|缩)(?:缩|少)?(?:到|至|了)"
)
_TERM = re.compile(r"[A-Za-z]+\d+|\d+[A-Za-z]+|[\"“「《](?P<quoted>[^\"”」》]{2,10})[\"”」》]")
# Words that only point to the document; they stand in every one of its passages or in none.
_POINTS = re.compile(
    rf"(?:(?:19|20)\d\d年)?(?:那|这)?(?:个|份|篇)?(?:{_KINDS}|发布会|报道|新闻|文件|方案)(?:里|中|上)?(?:面)?(?:的|那个|规定|要求|提出|说)*|"
    r"(?:19|20)\d\d年(?:的|要求|规定|提出|要)?|怎么(?:写|说|规定)的|是什么意思|指的?是?什么|什么意思"
)

_INNER_TITLE = re.compile(r"《([^《》]+)》")
_AROUND_TITLE = re.compile(r"^(?:中华人民共和国|上海市|本市)|[(（][^()（）]*[)）]$")
_SHORTEST_TITLE = 5  # shorter ones are words that any question may hold


def document_cue(question: str) -> DocumentCue:
    """Read the wording."""
    if _NAMED.search(question):
        return DocumentCue.NAMED
    return DocumentCue.POSSIBLE if _POSSIBLE.search(question) else DocumentCue.NONE


def without_pointers(question: str) -> str:
    """The question without the words that only name the document."""
    rest = _POINTS.sub(" ", question).strip(" ,。?!")
    return rest or question


def special_terms(question: str) -> tuple[str, ...]:
    """Terms like G60, and what stands in quotation marks: whoever writes them means exactly them."""
    return tuple(m["quoted"] or m.group() for m in _TERM.finditer(question))


def of_the_document_meant(question: str, hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """The hits of the document that the question names by kind, year or as news; all of them where it names none."""
    fits = [_fit(question, hit.document) for hit in hits]
    best = max(fits, default=0.0)
    return tuple(hit for hit, fit in zip(hits, fits, strict=True) if fit == best)


def called_by_title(question: str, document: DocumentVersion) -> bool:
    """True where the question holds the document's title, without 上海市 before it and a bracket behind it."""
    inner = _INNER_TITLE.search(document.title)
    core = _AROUND_TITLE.sub("", inner[1] if inner else document.title).strip()
    return len(core) >= _SHORTEST_TITLE and core in question


def names_one_of(question: str, hits: Sequence[Hit]) -> bool:
    """True where the question names a document that is here, by kind, year or as news."""
    return any(_fit(question, hit.document) >= 1 for hit in hits)


def _fit(question: str, document: DocumentVersion) -> float:
    news = bool(_NEWS.search(question))
    fit = 2.0 if called_by_title(question, document) else 0.0
    fit += 1.0 if news and document.number is None else 0.0
    for kind in _KIND.findall(question):
        if kind in document.title:
            fit += 1.0 if news == (document.number is None) else 0.6
    day = document.issued_on or document.effective_from
    for year in _YEAR.findall(question):
        if year in document.title or (day is not None and str(day.year) == year):
            fit += 1.0
    return fit
