"""`python -m evals.guarding.verifier FILE...`: what a model is worth as verifier beside the deterministic proof.

Asks the configured model (XIAOSHEN_LLM_*) about sentences that the proof stops, half of them supported. Its odds of
对 against 错 are read, a threshold is chosen on half of the groups, and the combination is measured on the other half.
What was asked is kept in the `--kept` file, so that a run that was stopped goes on.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import httpx

from assistant.llm.chat import Message
from assistant.llm.prompt import load_prompt
from assistant.outgoing import OnlyToBlocking
from assistant.settings import Settings
from evals.progress import Progress, Shown
from evals.samples import CaseFile, GroundingCase
from evals.statistics import Measure, share
from guardrails.approved import Evidence
from guardrails.grounding import supported

_YES, _NO = ("对", "正确", "是"), ("错", "不", "否")
_UNSEEN = -12.0  # log probability of a word that is not among the likeliest
_LEAST_CAUGHT = 0.97
_PER_GROUP = 2  # of a group, at most so many supported sentences and so many others


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A sentence that the proof stopped, and the model's log odds that the evidence says it."""

    id: str
    group: str
    supported: bool
    odds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A sentence that the proof stopped, to be asked about."""

    group: str
    case: GroundingCase


class Verifier:
    """One call a sentence, one word an answer."""

    def __init__(self, client: httpx.Client, model: str) -> None:
        self._client = client
        self._model = model
        self._prompt = load_prompt("verifier", "evals.prompts")

    def odds(self, case: GroundingCase) -> float:
        """Log odds of yes. Raises httpx.HTTPError, and LookupError where the server tells no probabilities."""
        messages = self._prompt.fill(evidence="\n".join(e.text for e in case.evidence), sentence=case.sentence)
        answer = self._client.post("chat/completions", json=self._request(messages))
        answer.raise_for_status()
        likely = answer.json()["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        return _mass(likely, _YES) - _mass(likely, _NO)

    def _request(self, messages: Sequence[Message]) -> dict[str, object]:
        return {
            "model": self._model,
            "messages": [{"role": m.role.value, "content": m.text} for m in messages],
            "max_tokens": 1,
            "temperature": 0,
            "logprobs": True,
            "top_logprobs": 15,
        }


def _mass(likely: Sequence[dict[str, object]], words: tuple[str, ...]) -> float:
    mass = sum(math.exp(float(str(one["logprob"]))) for one in likely if str(one["token"]).strip().startswith(words))
    return math.log(mass) if mass else _UNSEEN


def stopped_in(files: Sequence[Path], groups: int | None, rng: Random) -> tuple[list[Stopped], dict[bool, list[bool]]]:
    """Sentences that the proof stops, of so many groups a file or of all; by truth, whether each of all is stopped."""
    chosen: list[Stopped] = []
    all_stopped: dict[bool, list[bool]] = {True: [], False: []}
    for file in files:
        by_group: dict[str, list[GroundingCase]] = {}
        for case in CaseFile(file, GroundingCase):
            evidence = tuple(Evidence(e.source, e.text) for e in case.evidence)
            stops = not supported(case.sentence, evidence).allowed
            all_stopped[case.supported].append(stops)
            if stops:
                by_group.setdefault(f"{file.stem}/{evidence[0].source}/{evidence[0].text[:80]}", []).append(case)
        if groups is None:
            chosen += [Stopped(group=name, case=case) for name, cases in by_group.items() for case in cases]
            continue
        mixed = [name for name, cases in by_group.items() if len({c.supported for c in cases}) > 1]
        for name in rng.sample(sorted(mixed), min(groups, len(mixed))):
            for truth in (True, False):
                cases = [c for c in by_group[name] if c.supported is truth]
                chosen += [Stopped(group=name, case=c) for c in cases[:_PER_GROUP]]
    return chosen, all_stopped


def asked(pairs: Sequence[Stopped], verifier: Verifier, kept: Path, progress: Progress) -> list[Asked]:
    """The model's odds for each pair; those in the file are not asked again."""
    known = {one.id: one for one in _read(kept)}
    with kept.open("a", encoding="utf-8") as file:
        for pair in progress([p for p in pairs if p.case.id not in known]):
            one = Asked(id=pair.case.id, group=pair.group, supported=pair.case.supported, odds=verifier.odds(pair.case))
            known[one.id] = one
            file.write(json.dumps(asdict(one), ensure_ascii=False) + "\n")
            file.flush()
    return [known[p.case.id] for p in pairs]


def _again(files: Sequence[Path], kept: Path) -> tuple[list[Asked], dict[bool, list[bool]]]:
    """What was asked before, of the sentences that the proof stops now."""
    everything, stopped = stopped_in(files, None, Random(0))  # noqa: S311 - none is drawn
    still = {pair.case.id for pair in everything}
    return [one for one in _read(kept) if one.id in still], stopped


def _read(kept: Path) -> Iterator[Asked]:
    if kept.exists():
        for line in kept.read_text(encoding="utf-8").splitlines():
            yield Asked(**json.loads(line))


def auroc(rows: Sequence[Asked]) -> float:
    """How often a supported sentence has higher odds than another one."""
    yes, no = ([r.odds for r in rows if r.supported is truth] for truth in (True, False))
    if not yes or not no:
        return math.nan
    return sum((a > b) + (a == b) / 2 for a in yes for b in no) / (len(yes) * len(no))


def threshold(rows: Sequence[Asked], stopped: dict[bool, list[bool]]) -> float:
    """The lowest odds at which proof and model together still catch enough, on these rows."""
    wrong = sorted(r.odds for r in rows if not r.supported)
    caught = sum(stopped[False]) / len(stopped[False])
    may_pass = int((1 - _LEAST_CAUGHT / caught) * len(wrong)) if caught > _LEAST_CAUGHT else 0
    return wrong[len(wrong) - 1 - may_pass] if wrong else math.inf


def report(rows: Sequence[Asked], stopped: dict[bool, list[bool]]) -> str:
    """What the model adds, measured on the groups that the threshold was not chosen on."""
    names = sorted({r.group for r in rows})
    choosing = set(names[::2])
    edge = threshold([r for r in rows if r.group in choosing], stopped)
    judged = [r for r in rows if r.group not in choosing]
    passed = {truth: share([r.odds > edge for r in judged if r.supported is truth]) for truth in (True, False)}
    let = {truth: 1 - sum(stopped[truth]) / len(stopped[truth]) for truth in (True, False)}
    both = {truth: let[truth] + (1 - let[truth]) * passed[truth].value for truth in (True, False)}
    return "\n".join(
        [
            f"{len(rows)} stopped sentences of {len(names)} groups; AUROC of the odds {auroc(rows):.3f}",
            f"on {len(judged)} of other groups than the threshold's: of the supported {_shown(passed[True])} pass, "
            f"of the unsupported {_shown(passed[False])}",
            f"proof alone: caught {1 - let[False]:.3f}, let through {let[True]:.3f}; "
            f"with the model: caught {1 - both[False]:.3f}, let through {both[True]:.3f}",
        ]
    )


def _shown(measure: Measure) -> str:
    return f"{measure.value:.3f} ({measure.low:.3f}-{measure.high:.3f}, n = {measure.n})"


def main() -> int:
    """Ask, keep, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, help="sets of the form of evals/datasets/grounding.jsonl")
    parser.add_argument("--groups", type=int, default=10, help="of each file, so many pieces of evidence")
    parser.add_argument("--seed", type=int, default=20261122)
    parser.add_argument("--kept", type=Path, required=True, help="file for the answers")
    parser.add_argument("--again", action="store_true", help="ask nothing: measure what is kept with the proof of now")
    wanted = parser.parse_args()
    if wanted.again:
        sys.stdout.write(report(*_again(wanted.files, wanted.kept)) + "\n")
        return 0
    settings = Settings()
    if settings.llm_base_url is None:
        sys.stderr.write("No model is configured: set XIAOSHEN_LLM_BASE_URL and XIAOSHEN_LLM_MODEL (make llm).\n")
        return 1
    rng = Random(wanted.seed)  # noqa: S311 - which texts, no secret
    pairs, stopped = stopped_in(wanted.files, wanted.groups, rng)
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else "none"
    with httpx.Client(
        base_url=settings.llm_base_url,
        headers={"Authorization": f"Bearer {key}"},
        transport=OnlyToBlocking(settings.llm_base_url),
        timeout=settings.llm_timeout,
        trust_env=False,
    ) as client:
        verifier = Verifier(client, settings.llm_model or "default")
        rows = asked(pairs, verifier, wanted.kept, Shown("asked", len(pairs)))
    sys.stdout.write(report(rows, stopped) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
