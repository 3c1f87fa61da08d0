"""Turns statements into plain Chinese sentences without changing what they say."""

import re
from collections.abc import Sequence

from knowledge.statements import Facet, Statement

_DETAILS = re.compile(r"（(?P<details>[^（）]*(?:（[^（）]*）[^（）]*)*)）$")
_CASE = re.compile(r"^适用情形：(?P<case>.+)$")
_MOST_IN_A_LIST = 8


def materials_sentence(statements: Sequence[Statement]) -> str:
    """您需要带：… What is only needed in some cases says so."""
    return f"您需要带：{'、'.join(material_name(s.text) for s in statements[:_MOST_IN_A_LIST])}。"


def material_name(text: str) -> str:
    """狂犬病免疫证明（原件或电子）; 绝育证明（申请减半时要）."""
    found = _DETAILS.search(text)
    if found is None:
        return text
    notes = []
    for part in found["details"].split("；"):
        case = _CASE.match(part)
        if case is not None:
            notes.append(f"{case['case']}时要")
        elif part != "必要":
            notes.append(part)
    name = text[: found.start()]
    return f"{name}（{'，'.join(notes)}）" if notes else name


def conditions_sentence(statements: Sequence[Statement]) -> str:
    """One condition as it stands; several as a list."""
    if len(statements) == 1:
        return ended(statements[0].text)
    return f"规定是：{'；'.join(s.text.rstrip('。；') for s in statements)}。"


def laws_sentence(statements: Sequence[Statement]) -> str:
    """The laws with their articles, in one sentence."""
    return f"依据是：{'、'.join(s.text.removeprefix('设定依据：') for s in statements)}。"


def ended(text: str) -> str:
    """The text with exactly one full stop, question mark or exclamation mark at its end; what leads a list has none."""
    return text if text.endswith(("。", "？", "！", "”", "?", "!", "：")) else text.rstrip("；;，,") + "。"


def grouped(statements: Sequence[Statement]) -> list[list[Statement]]:
    """Statements that make one sentence together: the materials, conditions or laws of one source; the rest alone.

    A group stands where its first member stood, so that the best statement still comes first.
    """
    groups: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        together = one.facet in (Facet.MATERIALS, Facet.CONDITIONS, Facet.LEGAL_BASIS) and one.question is None
        part = one.facet.value if together else one.id
        groups.setdefault((one.source, part), []).append(one)
    return list(groups.values())
