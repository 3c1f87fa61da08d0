"""What citizens asked and got no answer to, grouped by meaning, with how often; personal data is masked first."""

import re
from collections.abc import Sequence
from itertools import groupby

import numpy as np

from assistant.storage.asked import UnansweredQuestion
from guardrails import pii
from guardrails.normalizing import normalize
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.roles import Embedder, Vectors

# Cosine from which two questions mean the same, by the shipped embedder; see docs/knowledge-life.md for how it was set.
SAME_MEANING = 0.91
_EMPTY = re.compile(r"请问|问下|一下|想问|麻烦|你好|您好|[的呢吗啊吧呀嘛哦了要是我想请呃嗯\s,.。，?？!！、~～]")
_OFTEN, _SOMETIMES = 10, 3
_SHOWN, _LONGEST_SHOWN = 5, 120
_WHY = {
    "no_item": "没有对应的事项或资料",
    "no_evidence": "没有找到依据",
    "fact_unverified": "事项卡片上这一项没有可靠来源",
    "unhelpful": "给了答复，但市民表示没有帮助",
}


def gaps_among(questions: Sequence[UnansweredQuestion], embedder: Embedder) -> tuple[Finding, ...]:
    """One finding for each meaning, the most frequent first."""
    masked = [_masked(question.text) for question in questions]
    asked = [(text, question) for text, question in zip(masked, questions, strict=True) if text]
    if not asked:
        return ()
    # what differs in words of asking and grammar only is the same, whatever an embedder makes of it
    wordings: dict[str, list[str]] = {}
    for text in dict.fromkeys(text for text, _ in asked):
        wordings.setdefault(_EMPTY.sub("", text) or text, []).append(text)
    groups = grouped(embedder.embed_queries([texts[0] for texts in wordings.values()]), SAME_MEANING)
    group_of = {text: group for texts, group in zip(wordings.values(), groups, strict=True) for text in texts}
    ordered = sorted(asked, key=lambda pair: group_of[pair[0]])
    found = [_finding(list(members)) for _, members in groupby(ordered, key=lambda pair: group_of[pair[0]])]
    return tuple(sorted(found, key=lambda finding: (-finding.volume, finding.id)))


def grouped(vectors: Vectors, least: float) -> list[int]:
    """The number of each row's group: rows join while every pair across two groups is alike on average.

    Average linkage: a chain of half-alike questions does not grow into one heap, as it does with the nearest pair.
    """
    count = len(vectors)
    alike = (vectors @ vectors.T).astype(np.float64)
    np.fill_diagonal(alike, -1.0)
    sizes, group = np.ones(count), np.arange(count)
    alive = np.ones(count, dtype=bool)
    while True:
        best = int(np.argmax(alike))
        one, other = divmod(best, count)
        if count == 0 or alike[one, other] < least:
            break
        merged = (sizes[one] * alike[one] + sizes[other] * alike[other]) / (sizes[one] + sizes[other])
        alike[one], alike[:, one] = merged, merged
        alike[one, one] = -1.0
        alike[other], alike[:, other] = -1.0, -1.0
        alike[one, ~alive] = alike[~alive, one] = -1.0
        alive[other] = False
        alike[one, other] = alike[other, one] = -1.0
        sizes[one] += sizes[other]
        group[group == other] = one
    return [int(number) for number in group]


def _masked(text: str) -> str:
    return pii.mask(normalize(text)).strip()


def _finding(members: Sequence[tuple[str, UnansweredQuestion]]) -> Finding:
    texts = [text for text, _ in members]
    # the first one asked names the group: it stays the same when more join
    first = min(members, key=lambda pair: pair[1].at)
    counted = {text: texts.count(text) for text in dict.fromkeys(texts)}
    shown = sorted(counted, key=lambda text: (-counted[text], len(text)))[:_SHOWN]
    last = max(question.at for _, question in members)
    items = [question.item for _, question in members if question.item]
    item = max(set(items), key=items.count) if items else None
    why = _WHY.get(first[1].why, "没有回答")
    volume = len(members)
    return Finding(
        id=finding_id(WorkKind.GAP, first[0]),
        kind=WorkKind.GAP,
        code=first[1].why,
        severity=Severity.HIGH if volume >= _OFTEN else Severity.MEDIUM if volume >= _SOMETIMES else Severity.LOW,
        title=_cut(shown[0]),
        what=f"问过{volume}次，最近一次在{last:%Y-%m-%d}；{why}",
        mend="写一条有依据的知识条目（另一位同事审核后发布），或者补上事项卡片的来源",
        places=tuple(
            Place(source=f"items/{item}" if item else "asked", title="市民的问法（已隐去个人信息）", text=_cut(text))
            for text in shown
        ),
        volume=volume,
    )


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
