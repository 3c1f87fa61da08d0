"""`python -m evals.guarding.planted`: one change in a true sentence of the shipped sheets; how many of them are caught?

Each statement is its own evidence among its sheet; each kind of change turns round what it says: a number, a unit, who,
whether, when. Nothing of it comes from the sets that the looks were written with. Seeded: a rerun prints the same.
"""

import argparse
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Final

from evals.statistics import Measure, share
from guardrails.approved import Evidence
from guardrails.grounding import supported
from knowledge.corpus.catalogue import load_catalogue
from knowledge.statements import Statement
from knowledge.statements_of import item_statements

CORPUS = Path(__file__).parents[2] / "corpus"
_LONGEST_EVIDENCE, _SHORTEST_SENTENCE, _PER_SHEET = 800, 10, 5
_META = ("资料来源", "设定依据")

Change = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A changed sentence; `kind` is empty where nothing was changed."""

    kind: str
    sentence: str
    evidence: Evidence


def _instead(pattern: str, other: str) -> Change:
    found = re.compile(pattern)
    return lambda text, _rng: found.sub(other, text, count=1)


def _either(*changes: Change) -> Change:
    """The first of the changes that changes anything."""
    return lambda text, rng: next((new for change in changes if (new := change(text, rng)) != text), text)


def _prefixed(words: str, wanted: str = "") -> Change:
    return lambda text, _rng: f"{words}{text}" if re.search(wanted, text) else text


_NUMBER: Final = re.compile(r"\d+(?=个?(?:工作日|日|天|年|月|元|岁|周岁|份|张|人|%))")
_MAY: Final = "可以|可(?=由|向|在|申请|免|凭|通过)"


def _another_number(text: str, rng: Random) -> str:
    return _NUMBER.sub(lambda match: str(int(match.group()) + rng.choice((1, 2, 5, 10))), text, count=1)


def _swapped_numbers(text: str, _rng: Random) -> str:
    """The first two different numbers of the same unit change places."""
    found = list(_NUMBER.finditer(text))
    for one, other in pairwise(found):
        same_unit = text[one.end() : one.end() + 2] == text[other.end() : other.end() + 2]
        if same_unit and one.group() != other.group():
            between = text[one.end() : other.start()]
            return f"{text[: one.start()]}{other.group()}{between}{one.group()}{text[other.end() :]}"
    return text


KINDS: Final[Mapping[str, Change]] = {
    "number": _another_number,
    "unit": _either(_instead("个工作日", "日"), _instead(r"(?<=\d)日内", "个工作日内")),
    "modality": _either(_instead(_MAY, "必须"), _instead("应当|必须|须|应", "可以不")),
    "weakened": _instead("应当|必须|须(?!知)", "可以"),
    "negation": _either(_instead("不得|不能|不可", "可以"), _instead(_MAY, "不得")),
    "scope": _prefixed("所有人都", "可|应|须"),
    "actor": _either(_instead("公安|派出所", "民政局"), _instead("本人|申请人|当事人|监护人|用人单位|单位", "居委会")),
    "bound": _either(
        _instead("不超过|最多|最长", "至少"), _instead(r"不少于|不低于|至少|(?<=\d)(?:周岁|年|个月)以上", "最多")
    ),
    "direction": _either(_instead(r"前(?=\d|申|办|提)|之前", "后"), _instead(r"之日起(?=\d)", "之前")),
    "condition": _prefixed("只要符合本市户籍，"),
    "invented": lambda text, _rng: f"{text.rstrip('。')}，还须提交体检报告",
    "fee": _instead("免费|不收费", "收费20元"),
    "widened": _prefixed("外省居民也一样，"),
    "instead": _instead("窗口|线下", "只能在网上"),
    "later": _instead(r"(?<=\d日)内|(?<=\d个工作日)内|(?<=\d年)内|(?<=\d个月)内", "后"),
    "swapped": _swapped_numbers,
    "year": lambda text, _rng: re.sub(r"20\d\d(?=年)", lambda m: str(int(m.group()) + 1), text, count=1),
    "office": _either(
        _instead("(?<!社)区(?=[^，。]{0,6}(?:局|政府|部门|中心))", "市"), _instead("市(?=[^，。]{0,6}(?:局|委))", "区")
    ),
    "copy": _either(_instead("复印件", "原件"), _instead("原件", "复印件")),
    "often": _either(_instead("每年", "每月"), _instead("每月", "每年")),
    "joined": _either(_instead("或者?", "和"), _instead("且", "或者")),
    "dropped": _instead("^[^，。；]{4,}的，", ""),
    "gone": _instead("(?:须|应当|应)?(?:先|经)[^，。；]{2,8}(?:批准|同意|审核|评估|认定|公示)(?:后|，)?", ""),
    "once": _instead("每年|每月|每次", "一次性"),
}


def planted(corpus: Path, rng: Random, sheets: int | None = None) -> Iterator[Planted]:
    """True sentences of the sheets, each followed by its changes; of so many sheets, or of all."""
    items = list(load_catalogue(corpus).items)
    for item in items if sheets is None else rng.sample(items, sheets):
        statements = [s for s in item_statements(item) if s.may_be_stated and not s.text.startswith(_META)]
        if statements:
            yield from _of_sheet(statements, rng)


def _of_sheet(statements: Sequence[Statement], rng: Random) -> Iterator[Planted]:
    told = "\n".join(f"{s.text.rstrip('。')}。" for s in statements)[:_LONGEST_EVIDENCE]
    evidence = Evidence("items/sheet", f"{statements[0].title}\n{told}")
    whole = [s.text for s in statements if len(s.text) >= _SHORTEST_SENTENCE and s.text in told]
    rng.shuffle(whole)
    for text in whole[:_PER_SHEET]:
        yield Planted(kind="", sentence=text, evidence=evidence)
        for kind, change in KINDS.items():
            changed = change(text, rng)
            if changed != text:
                yield Planted(kind=kind, sentence=changed, evidence=evidence)


def caught(sentences: Sequence[Planted]) -> tuple[dict[str, Measure], list[Planted]]:
    """By kind the share that is stopped, and what is not."""
    stopped: dict[str, list[bool]] = {}
    leaks: list[Planted] = []
    for one in sentences:
        stops = not supported(one.sentence, [one.evidence]).allowed
        stopped.setdefault(one.kind, []).append(stops)
        if one.kind and not stops:
            leaks.append(one)
    return {kind: share(all_stops) for kind, all_stops in stopped.items()}, leaks


def table(measures: Mapping[str, Measure]) -> str:
    """The shares as Markdown, all changes together last."""
    rows = [f"| {kind} | {_shown(measures[kind])} |" for kind in KINDS if kind in measures]
    changed = [one for kind, one in measures.items() if kind]
    hits = sum(round(one.value * one.n) for one in changed)
    together = share([place < hits for place in range(sum(one.n for one in changed))])
    passed = measures.get("")
    rows.append(f"| all | {_shown(together)} |")
    if passed is not None:
        rows.append(f"| unchanged, let through | {1 - passed.value:.3f} of {passed.n} |")
    return "\n".join(["| changed | stopped (95 % by Wilson) |", "|---|---|", *rows])


def _shown(measure: Measure) -> str:
    return f"{measure.value:.3f} ({measure.low:.3f}–{measure.high:.3f}) of {measure.n}"


def main() -> None:
    """Plant, judge, print; with --leaks also what got through."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--leaks", action="store_true", help="print the changed sentences that were not caught")
    wanted = parser.parse_args()
    rng = Random(wanted.seed)  # noqa: S311 - which texts, no secret
    measures, leaks = caught(list(planted(wanted.corpus, rng)))
    sys.stdout.write(table(measures) + "\n")
    if wanted.leaks:
        sys.stdout.writelines(f"{one.kind}: {one.sentence}\n" for one in leaks)


if __name__ == "__main__":
    main()
