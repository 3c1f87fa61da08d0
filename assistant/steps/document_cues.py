"""Tells a question about a document (a plan, a report, a year's targets) from one about getting something done."""

import re
from enum import StrEnum


class DocumentCue(StrEnum):
    """How clearly the wording points to a document."""

    NAMED = "named"  # 行动方案里, 2022年要求, 那篇报道
    POSSIBLE = "possible"  # 改革以后, 全市现在有多少
    NONE = "none"


_NAMED = re.compile(
    (
        r"行动方案|工作要点|工作方案|实施方案|实施意见|若干措施|发布会|报道|新闻|沪府办?|国办|国发|白皮书|"
        r"报告(?:里|中|上)|(?:方案|文件|规划|计划)(?:里|中|上|规定|要求|提出|说|写)|"
        r"(?:19|20)\d\d年(?:那|要|规定|要求|提出|计划|目标|底前?|版|全市|上海|市里|政府|的?(?:方案|文件|要点|"
        r"规划|计划|报道|目标|工作))|action plan|press conference|work plan"
    ),
    re.I,
)
_POSSIBLE = re.compile(
    r"改革(?:后|以后|以来|前)|目标(?:是|多少|值)?|指标|一网通办|免申即享|数字人|远程虚拟窗口|点位|"
    r"全市(?:现在|目前|已|共|一共|有)|上海(?:现在|目前|已经|一共|共有)(?:有)?多少|覆盖(?:率|到|多少)|响应|"
    r"(?:压|减|缩)(?:缩|少)?(?:到|至|了)"
)


def document_cue(question: str) -> DocumentCue:
    """Read the wording."""
    if _NAMED.search(question):
        return DocumentCue.NAMED
    return DocumentCue.POSSIBLE if _POSSIBLE.search(question) else DocumentCue.NONE
