"""English sentences over the Chinese statements: fixed frames, values rendered by rule, the official term beside them.

What no rule renders is quoted in Chinese, and said to be the official wording: a wrong translation is a wrong answer.
"""

import re
from collections.abc import Iterator, Sequence

from assistant.phrases.glossary import load_glossary
from assistant.steps.grounds import Grounds, Piece
from assistant.steps.wording import grouped, material_name
from guardrails.approved import Wording
from knowledge.statements import Facet, Statement

_FRAMES: dict[Facet, str] = {
    Facet.FEE: "Fee",
    Facet.TIME_LIMIT: "Time",
    Facet.CHANNELS: "Where to apply",
    Facet.RESULT: "What you receive",
    Facet.PROCESS: "Steps",
    Facet.CONDITIONS: "Conditions",
    Facet.MATERIALS: "Please bring",
    Facet.LEGAL_BASIS: "Legal basis",
    Facet.BENEFIT: "What it gives",
    Facet.VALIDITY: "Validity",
    Facet.DEPARTMENT: "Department",
    Facet.AGENT: "Who may apply",
    Facet.REFERENCE_STATUS: "Source",
}
_LABEL = re.compile(r"^(?:法定时限|承诺时限|收费|办理渠道|办理结果|办理部门|办理流程|设定依据|资料来源|办理方式)：")
_LIMITS = {"法定时限": "by law", "承诺时限": "promised by the office"}
_DIGITS = {n: i for i, n in enumerate("零一二三四五六七八九十")} | {"两": 2}
_AMOUNT = r"(?P<n>\d+(?:\.\d+)?|[一二两三四五六七八九十])"
_VALUES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"^{_AMOUNT}个?工作日$"), "{n} working days"),
    (re.compile(rf"^{_AMOUNT}[日天](?:内)?(?:决定|审查|办结|作出决定|内决定)?$"), "{n} days"),
    (re.compile(rf"^{_AMOUNT}个?月$"), "{n} months"),
    (re.compile(rf"^{_AMOUNT}小时内(?:登记)?$"), "within {n} hours"),
    (re.compile(r"^(?:免费|不收费|号牌不收费)$"), "free of charge"),
    (re.compile(r"^当场(?:办结)?$"), "on the spot"),
    (re.compile(rf"^{_AMOUNT}元(?:（转载）)?$"), "{n} yuan"),
    (re.compile(rf"^{_AMOUNT}元/本，加注(?P<m>\d+)元$"), "{n} yuan each, {m} yuan for an endorsement"),
)


def english_pieces(grounds: Grounds) -> list[Piece]:
    """All sentences of the answer in English."""
    return list(_pieces(grounds.statements))


def _pieces(statements: Sequence[Statement]) -> Iterator[Piece]:
    named: set[str] = set()
    for group in grouped(statements):
        first = group[0]
        about = "" if first.source in named else f"{load_glossary().name_of(first.source, first.title)} — "
        named.add(first.source)
        yield Piece(text=f"{about}{_sentence(group)}", wording=Wording.COMPOSED, statements=tuple(group))


def _sentence(group: Sequence[Statement]) -> str:
    first = group[0]
    if first.source.startswith("documents/"):
        return f"The document says (in Chinese): “{first.text}”"
    if first.facet is Facet.MATERIALS and first.question is None:
        return f"Please bring: {'; '.join(_material(s.text) for s in group)}."
    frame = _FRAMES.get(first.facet, "Official answer")
    label, _, value = first.text.partition("：")
    if label in _LIMITS:
        frame = f"{frame} ({_LIMITS[label]})"
    rendered = rendered_value(value if _LABEL.match(first.text) else first.text)
    if rendered is not None:
        return f"{frame}: {rendered} ({value or first.text})."
    wording = "；".join(_LABEL.sub("", s.text).rstrip("。") for s in group)
    return f"{frame} (official text, in Chinese): {wording}。"


def _material(text: str) -> str:
    name = material_name(text)
    bare = name.partition("（")[0]
    return load_glossary().with_english(bare) + name[len(bare) :]


def rendered_value(chinese: str) -> str | None:
    """10 working days for 10个工作日; None where no rule renders the value."""
    for pattern, english in _VALUES:
        found = pattern.match(chinese.strip().rstrip("。"))
        if found is not None:
            parts = {k: str(_DIGITS.get(v, v)) for k, v in found.groupdict().items() if v is not None}
            return english.format(**parts)
    return None
