"""`python -m evals.guarding.stand_ins FILE...`: does what a model said rightly survive where it cannot be proved?

A scripted model writes each supported sentence of the sets, naming the facts it rests on. Composer, guard and fallback
are the product's. An answer keeps the fact where it is told in the model's words, or where the sentences of the
evidence that say it stand in the answer, word for word.
"""

import argparse
import asyncio
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from assistant.events import Sentence, SentencesReplaced
from assistant.llm.composer import ModelComposer
from assistant.llm.scripted import ScriptedModel
from assistant.llm.values import values_in
from assistant.phrases import phrases_for
from assistant.steps.compose import GroundedComposer
from assistant.steps.grounds import Grounds, Understood
from assistant.steps.tell import Telling
from evals.progress import Progress, Shown
from evals.samples import CaseFile, GroundingCase
from evals.statistics import share
from guardrails.approved import Evidence
from guardrails.grounding import places_of, supported
from guardrails.normalizing import simplified, squeezed
from guardrails.outbound import OutboundGuard
from knowledge.items import FactStatus
from knowledge.statements import Facet, Statement

_SENTENCE = re.compile(r"[^。;；!！?？\n]+[。;；!！?？]?")
_DAY: Final = date(2026, 11, 22)


class Outcome(StrEnum):
    """What became of a sentence that was right."""

    SAID = "said"  # in the model's words
    QUOTED = "quoted"  # all that it rests on, in the words of the evidence
    PARTLY = "partly"  # some of it
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The sentences of the answer that stand at its end."""

    sentence: str
    answer: str
    rests_on: tuple[str, ...]

    @property
    def outcome(self) -> Outcome:
        """By what stands in the answer."""
        answer = squeezed(self.answer)
        if squeezed(self.sentence) in answer:
            return Outcome.SAID
        held = [squeezed(place) in answer for place in self.rests_on]
        return Outcome.QUOTED if all(held) else Outcome.PARTLY if any(held) else Outcome.LOST


def told(case: GroundingCase, *, beside: bool = False) -> Told | None:
    """The answer where a model writes the sentence of a case: alone, or after one that the guard lets through.

    None where the evidence has no other sentence that a model could have written so: one without a value.
    """
    facts = _facts_of(case)
    evidence = [Evidence(e.source, e.text) for e in case.evidence]
    places = tuple(place for place in places_of(case.sentence, evidence) if any(_is_in(place, f) for f in facts))
    named = [f"F{number}" for number, fact in enumerate(facts, 1) if any(_is_in(place, fact) for place in places)]
    lines = [f"{case.sentence} ||{','.join(named)}"]
    if beside:
        first = next((n for n, fact in enumerate(facts, 1) if f"F{n}" not in named and _is_plain(fact)), None)
        if first is None:
            return None
        lines.insert(0, f"{facts[first - 1].text} ||F{first}")
    answer = asyncio.run(_answer(case.sentence, facts, ScriptedModel("\n".join(lines))))
    return Told(sentence=case.sentence, answer=answer, rests_on=places)


def _is_plain(fact: Statement) -> bool:
    return not values_in(fact.text) and supported(fact.text, [Evidence(fact.source, fact.text)]).allowed


async def _answer(asked: str, facts: Sequence[Statement], model: ScriptedModel) -> str:
    query = simplified(asked)
    understood = Understood(
        query=query,
        standalone=query,
        language="zh",
        facets=(),
        audience=None,
        region="上海市",
        other_region=None,
        as_of=_DAY,
        history=(),
        is_follow_up=False,
    )
    grounds = Grounds(understood=understood, items=(), policies=(), statements=tuple(facts))
    telling = Telling(OutboundGuard(), phrases_for("zh"), ())
    shown: dict[int, str] = {}
    async for event in telling.compose(grounds, ModelComposer(model), GroundedComposer()):
        match event:
            case Sentence():
                shown[event.id] = event.text.text
            case SentencesReplaced():
                shown = {number: text for number, text in shown.items() if number not in event.ids}
            case _:
                pass
    return "\n".join(shown.values())


def _facts_of(case: GroundingCase) -> list[Statement]:
    """Each sentence of the evidence as a passage of a document."""
    return [
        Statement(
            id=f"documents/evidence{number}.txt#p{place}",
            source=f"documents/evidence{number}.txt",
            title=evidence.source,
            facet=Facet.OVERVIEW,
            text=match.group().strip(),
            status=FactStatus.SOURCED,
            version="0a1b2c3d",
        )
        for number, evidence in enumerate(case.evidence, 1)
        for place, match in enumerate(_SENTENCE.finditer(evidence.text), 1)
        if match.group().strip()
    ]


def _is_in(place: str, fact: Statement) -> bool:
    return bool(squeezed(place)) and squeezed(place) in squeezed(fact.text)


def report(outcomes: Sequence[Outcome]) -> str:
    """Shares of all sentences that were right, and of those that were not said in the model's words."""
    counted = Counter(outcomes)
    stopped = [one for one in outcomes if one is not Outcome.SAID]
    kept = share([one is Outcome.QUOTED for one in stopped])
    partly = share([one is not Outcome.LOST for one in stopped])
    return (
        f"{len(outcomes)} sentences that were right: {', '.join(f'{name} {counted[name]}' for name in Outcome)}\n"
        f"of the {len(stopped)} not said in the model's words: all of it quoted {kept.value:.3f} "
        f"({kept.low:.3f}-{kept.high:.3f}), at least part of it {partly.value:.3f} ({partly.low:.3f}-{partly.high:.3f})"
    )


def measured(files: Sequence[Path], progress: Progress, *, beside: bool) -> list[Outcome]:
    """What became of each supported sentence of the files."""
    cases = [case for file in files for case in CaseFile(file, GroundingCase) if case.supported]
    answers = (told(case, beside=beside) for case in progress(cases))
    return [answer.outcome for answer in answers if answer is not None]


def main() -> None:
    """Tell each and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="sets of the form of evals/datasets/grounding.jsonl")
    wanted = parser.parse_args()
    for beside in (False, True):
        sys.stdout.write("beside a sentence that is proved\n" if beside else "the only sentence of the answer\n")
        sys.stdout.write(report(measured(wanted.files, Shown("told"), beside=beside)) + "\n")


if __name__ == "__main__":
    main()
