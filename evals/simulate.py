"""`make simulate`: a hundred and more simulated cases through the real product, told in docs/cases.md by program."""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.bootstrap import ROOT, build_product
from assistant.cases.building import build_talking
from assistant.settings import Settings
from evals.progress import Shown
from evals.simulated_cases import READ_SECONDS, SIGN_SECONDS, UPLOAD_SECONDS, SimulatedCase, simulate
from evals.statistics import Measure, mean, quantiles, ratio, share
from evals.tasks.dialogue import rehearsal

PAGE = ROOT / "docs" / "cases.md"
BEGIN, END = "<!-- simulate: begin -->", "<!-- simulate: end -->"
_LEAST_CASES = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the simulation; `--write` puts the result into docs/cases.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=132, help="how many cases")
    parser.add_argument("--write", action="store_true", help="write the result into docs/cases.md")
    chosen = parser.parse_args(arguments)
    found = run(chosen.cases)
    page = told(found)
    sys.stdout.write(page + "\n")
    if chosen.write:
        write(page, PAGE)
    broken = [c for c in found if not c.opened or c.state in ("collecting", "reviewing")]
    for case in broken:
        sys.stderr.write(f"{case.item}: opened {case.opened}, ended {case.state or 'nowhere'} {case.outcomes}\n")
    return 0


def run(cases: int) -> list[SimulatedCase]:
    """The simulated cases, the items that are handled one after the other."""
    with TemporaryDirectory(prefix="xiaoshen-simulate-") as home:
        settings = Settings(home=Path(home), models=Settings().models or ROOT / "var" / "models")
        with build_product(settings, say=lambda _line: None) as product:
            handling = rehearsal(product.handling)
            assistant = product.assistant.with_cases(build_talking(handling))
            known = product.knowledge.items(product.today())
            items = sorted((i for i in known if handling.desk.reviewer.handles(i)), key=lambda i: i.slug)

            async def walk_all() -> list[SimulatedCase]:
                progress = Shown("simulate", cases)
                return [await simulate(assistant, handling, items[n % len(items)], n) for n in progress(range(cases))]

            return asyncio.run(walk_all())


def told(cases: Sequence[SimulatedCase]) -> str:
    """The result as a table."""
    opened = [c for c in cases if c.opened]
    reviewed = [c for c in opened if c.outcomes and not c.was_ineligible]
    clean = [c for c in reviewed if not c.slipped]
    agreed = [c for c in opened if c.consented and not c.was_ineligible]
    persons, firms = [c for c in agreed if c.for_persons], [c for c in agreed if not c.for_persons]
    machine = quantiles([c.machine_ms for c in opened])
    minutes = quantiles([c.citizen_seconds / 60 for c in opened])
    rows = [
        ("cases, items", f"{len(cases)}, {len({c.item for c in opened})}"),
        ("opened by the first sentence", _share(share([c.opened for c in cases]))),
        ("told early that a condition is not met, and left", _share(share([c.was_ineligible for c in opened]))),
        ("handed in, of the others", _share(share([c.state == "submitted" for c in cases if not c.was_ineligible]))),
        ("prefill ratio as the contract counts it, registers consented", _share(_of_contract(agreed))),
        ("filled by registers, documents and rules alone, of the fields asked for", _prefilled(agreed)),
        ("the same, items for persons", _prefilled(persons)),
        ("the same, items for companies only", _prefilled(firms)),
        ("the same, of the fields that some source can tell", _share(_of_tellable(agreed))),
        ("fields that some source can tell, of all", _share(_tellable(agreed))),
        ("prefill ratio, all citizens", _prefilled([c for c in opened if not c.was_ineligible])),
        ("questions asked per case", _number(mean([float(c.questions) for c in opened]))),
        ("turns per case", _number(mean([float(c.turns) for c in opened]))),
        ("first-pass rate, citizens without a slip", _share(share([c.passed_first for c in clean]))),
        ("first-pass rate, all", _share(share([c.passed_first for c in reviewed]))),
        ("returned a second time", _share(share([c.returned_twice for c in reviewed]))),
        ("a later notice named something new", _share(share([c.notice_incomplete for c in reviewed]))),
        ("last pre-review: pass", _share(share([c.outcomes[-1] == "pass" for c in reviewed]))),
        ("last pre-review: a person decides", _share(share([c.outcomes[-1] == "human" for c in reviewed]))),
        ("machine time per case", f"p50 {machine['p50'] / 1000:.1f} s, p95 {machine['p95'] / 1000:.1f} s"),
        ("citizen's time per case, estimated", f"p50 {minutes['p50']:.1f} min, p95 {minutes['p95']:.1f} min"),
    ]
    table = "\n".join(["| measure | value (95 %) |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
    assumed = (
        f"The estimate of the citizen's time counts {READ_SECONDS:g} s to read each reply, {SIGN_SECONDS:g} s for each "
        f"sign written and {UPLOAD_SECONDS:g} s for each document photographed; it is no measurement of people."
    )
    return f"{table}\n\n{assumed}"


def _prefilled(cases: Sequence[SimulatedCase]) -> str:
    return _share(ratio([c.prefilled for c in cases], [c.fields for c in cases]))


def _of_contract(cases: Sequence[SimulatedCase]) -> Measure:
    """Filled and right, by sources or by what was said unasked, of all that the form asks for, declarations too."""
    return ratio([c.prefilled + c.told for c in cases], [c.fields + c.declarations for c in cases])


def _of_tellable(cases: Sequence[SimulatedCase]) -> Measure:
    return ratio([c.prefilled for c in cases], [c.tellable for c in cases])


def _tellable(cases: Sequence[SimulatedCase]) -> Measure:
    return ratio([c.tellable for c in cases], [c.fields for c in cases])


def write(result: str, page: Path) -> None:
    """Put the result between its marks on the page."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n{result}\n{END}{after}", encoding="utf-8")


def _share(m: Measure) -> str:
    return f"{m.value:.1%} ({m.low:.1%} – {m.high:.1%})" if m.n else "–"


def _number(m: Measure) -> str:
    return f"{m.value:.1f} ({m.low:.1f} – {m.high:.1f})" if m.n else "–"


if __name__ == "__main__":
    raise SystemExit(main())
