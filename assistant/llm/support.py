"""A floor under what a model writes in Chinese: its content words stand in the facts it names, and yes stays yes.

Deterministic and crude on purpose. It stops a sentence that has nothing to do with its facts (an obeyed instruction, an
invented duty) and one that turns a fact round. What passes is still to be judged by the outbound guard.
"""

import re
from collections.abc import Iterable

from knowledge.statements import Statement

LEAST_SHARE = 0.5  # of the content signs; plain wording of official text keeps more than half of them
FEW_ENOUGH_TO_IGNORE = 2  # signs of content: a connecting word that the list below does not know

_HAN = re.compile(r"[\u3400-\u9fff]")
# Signs of words that carry no content of their own: particles, pronouns, modal and connecting words, everyday verbs.
_FUNCTION = frozenset(
    "的了在是和与及或也都还就才又再很更最把被给对向从到由以于为因所其这那此该您你我他她它们个些种样者"
    "要会能可应该需得让用有没无不未免请说按照如果但而且并即则若只另外等之后前里内中上下时候先"
    "来去做办好完成行吗呢吧啊么什怎哪几多少大概一般通常直接就是"
)
_NO = re.compile(
    r"不(?!超过|少于|低于|满|足|动产|同|论|管|过|仅|限|一定)|没有|没法|无(?!论|障碍)|未(?!成年|来|婚|满)|非(?!常|营利|公有|居|机动|上海|本)|免(?!疫|税额)|禁"
)
_FORBIDS = re.compile(r"不得|不能|不可|不予|不属|不适用|不需|无需|不必|禁止|不收|未满|不满|除外")
_CLAUSE = re.compile(r"[,，。;；!?！？\s]+")


def is_supported(written: str, question: str, statements: Iterable[Statement]) -> bool:
    """True where the words of a Chinese sentence, values taken out, may rest on these statements."""
    told = " ".join(f"{s.title} {s.question or ''} {s.text}" for s in statements)
    facts = set(_HAN.findall(told))
    content = [
        sign for sign in _HAN.findall(written) if sign not in _FUNCTION and (sign in facts or sign not in question)
    ]
    strange = sum(sign not in facts for sign in content)
    if strange > FEW_ENOUGH_TO_IGNORE and strange > len(content) * (1 - LEAST_SHARE):
        return False
    return not _turns_round(written, told)


def _turns_round(written: str, told: str) -> bool:
    """True where it denies what the facts do not deny, or not what the clause closest to it denies."""
    if _NO.search(written):
        return not _NO.search(told)
    signs = set(_HAN.findall(written)) - _FUNCTION
    closest = max(_CLAUSE.split(told), key=lambda clause: len(signs & set(clause)), default="")
    return bool(_FORBIDS.search(closest))
