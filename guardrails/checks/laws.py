"""Names of laws and documents, and numbers of articles: each one a sentence names stands in its evidence."""

import re
from functools import lru_cache

from guardrails.claims import Claim, Problem
from guardrails.numerals import HAN, value_of

_TITLE = re.compile(r"《([^《》]{1,80})》")
_BARE = re.compile(
    r"(?:根据|依据|按照|依照|违反|符合)([\u4e00-\u9fff]{3,30}?(?:条例|实施细则|暂行办法|管理办法|"
    "办法|规定|法))(?=[第的,,。;;、((]|$)"
)
_VAGUE = re.compile(
    "(?:国家|本市|上海市|我市|全市|有关|相关|上述|该|以上|以下|现行|法律|法规|规章|政策|规定|"
    "部门|统一|最新|具体|当地|各区)+的?(?:规定|办法|法|条例)?$"
)
_ARTICLE = re.compile(rf"第\s?(\d+|[{HAN}]+)\s?条(?:之([{HAN}]+))?")
_DOCUMENT_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,8}[〔\[((]\s?(?:19|20)\d{2}\s?[〕\]))]\s?\d{1,5}\s?号|第\s?\d{1,4}\s?号令"
)
_EDITION = re.compile(r"[((][^()()]{0,30}(?:修正|修订|版|施行|通过|本)[^()()]{0,10}[))]$")
_NOISE = re.compile(r"[\s《》〈〉「」“”\"'()()\[\]〔〕·,,、]")
_STATE = "中华人民共和国"
_SHORTEST = 3  # 药品法 is the shortest name that says which law


def look(claim: Claim) -> Problem | None:
    """Return the first title, article or document number that the evidence does not hold."""
    for title in _TITLE.findall(claim.sentence):
        held, wanted = _plain(claim.evidence), _plain(_EDITION.sub("", title)).removeprefix(_STATE)
        if wanted and wanted not in held and wanted.removeprefix("上海市") not in held:
            return Problem("laws", f"依据里没有《{title}》这个名称。")
    for name in _BARE.findall(claim.sentence):
        held = _plain(claim.evidence)
        if not _VAGUE.match(name) and not any(name[cut:] in held for cut in range(len(name) - _SHORTEST)):
            return Problem("laws", f"依据里没有“{name}”这个名称。")
    for number in _DOCUMENT_NUMBER.findall(claim.sentence):
        if _plain(number) not in _plain(claim.evidence):
            return Problem("laws", f"依据里没有文号“{number}”。")
    named = _articles(claim.sentence)
    missing = named - _articles(claim.evidence) if named else named
    if missing:
        return Problem("laws", f"依据里没有第{min(missing)}条。")
    return None


@lru_cache(maxsize=2048)
def _plain(text: str) -> str:
    return _NOISE.sub("", text)


@lru_cache(maxsize=2048)
def _articles(text: str) -> frozenset[int]:
    values = (value_of(number) for number, _ in _ARTICLE.findall(text))
    return frozenset(int(value) for value in values if value is not None)
