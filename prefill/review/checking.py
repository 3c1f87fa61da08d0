"""All problems of the rule files with file and line: what `xiaoshen knowledge check` prints beside the sheets'."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import zen

from knowledge.corpus.problem import Flaw, Problem
from knowledge.corpus.shape import SheetKind, shape_flaws
from knowledge.corpus.yaml_reading import Unreadable, line_of, read_yaml
from knowledge.items import ServiceItem
from prefill.review.authoring import RuleFileInvalid, read_rules
from prefill.review.result import PointResult
from prefill.review.rulebook import VOCABULARY_FILE
from prefill.review.rules import ItemRules, PointRule, Standing
from prefill.review.tables import DOUBT, DecisionTables, safe_cell


def rule_problems(folder: Path, items: Iterable[ServiceItem]) -> tuple[Problem, ...]:
    """What is wrong in the rule files of a folder; nothing where there is no such folder."""
    sheets = {item.slug: item for item in items}
    files = sorted(file for file in folder.glob("*.yaml") if file.name != VOCABULARY_FILE)
    return tuple(problem for file in files for problem in _of_file(file, sheets))


def _of_file(file: Path, sheets: Mapping[str, ServiceItem]) -> Iterator[Problem]:
    yield from text_problems(file, file.read_bytes(), sheets)


def text_problems(file: Path, raw: bytes, sheets: Mapping[str, ServiceItem]) -> Iterator[Problem]:
    """The problems of a rule file's content; `file` names it in the messages and need not exist."""
    values = read_yaml(raw)
    if isinstance(values, Unreadable):
        yield Problem(file=file, line=values.line, message=values.message)
        return
    for flaw in values_flaws(file.stem, values, sheets):
        yield Problem(file=file, line=line_of(raw, flaw), message=flaw.message, blocks=flaw.blocks)


def values_flaws(name: str, values: Mapping[str, object], sheets: Mapping[str, ServiceItem]) -> Iterator[Flaw]:
    """The flaws of a rule file that is called `name`, as data."""
    yield from shape_flaws(values, SheetKind.RULES)
    yield from _flaws(name, values, sheets)


def _flaws(name: str, values: Mapping[str, object], sheets: Mapping[str, ServiceItem]) -> Iterator[Flaw]:
    if values.get("item") != name:
        yield Flaw(path=("item",), message=f"the file is called {name}: write item: {name}")
    item = sheets.get(name)
    if item is None:
        yield Flaw(path=("item",), message=f"there is no sheet items/{name}.yaml: correct the name")
        return
    try:
        rules = read_rules(values)
    except (RuleFileInvalid, ValueError, KeyError, TypeError) as error:
        yield Flaw(path=("points",), message=f"cannot be read: {error}")
        return
    yield from _unknown_places(rules, item)
    facts = {fact.name for fact in rules.facts}
    for fact in rules.facts:
        if fact.measure == "calc" and (wrong := zen.validate_expression(fact.expression)):
            yield Flaw(path=("facts", fact.name), message=f"the calculation cannot be read: {wrong['source']}")
    for material, rule in rules.materials.items():
        for wanted in {part for cells in (*(rule.needed_when or ()), *rule.not_needed_when) for part in cells} - facts:
            yield Flaw(path=("materials", material), message=f"no fact is called {wanted}: write it under facts")
    for point in rules.points:
        yield from _cells(point, facts)
    if not any(True for point in rules.points for _ in _cells(point, facts)):
        yield from _examples(rules)


def _unknown_places(rules: ItemRules, item: ServiceItem) -> Iterator[Flaw]:
    """Ids that the sheet does not have: identifiers are shared with the sheet and never invented here."""
    points = {one.id for one in item.conditions} | {one.id for one in item.review_points}
    materials = {material.id for material in item.materials}
    for point in rules.points:
        if point.id not in points:
            yield Flaw(path=("points", point.id), message=f"the sheet has no point {point.id}", at_key=True)
        for name in point.rests_on:
            if name not in materials:
                yield Flaw(path=("points", point.id), message=f"the sheet has no material {name}")
    for missing in sorted(points - {point.id for point in rules.points}):
        yield Flaw(path=("points",), message=f"{missing} of the sheet has no rule: write one, or {missing}: info")
    for name, rule in rules.materials.items():
        wrong = [part for part in rule.doubts if part not in points]
        if name not in materials or wrong:
            yield Flaw(path=("materials", name), message=f"the sheet has no {wrong[0] if wrong else name}", at_key=True)


def _cells(point: PointRule, facts: set[str]) -> Iterator[Flaw]:
    for row in point.rows:
        for name, cell in row.cells.items():
            if name.removesuffix(DOUBT) not in facts:
                message = f"no fact is called {name}: write it under facts, or put the text into quotes"
                yield Flaw(path=("points", point.id), message=message)
                continue
            try:
                zen.compile_unary_expression(safe_cell(cell))
            except RuntimeError:
                yield Flaw(path=("points", point.id), message=f"the cell {name}: {cell} cannot be read as a ZEN test")


def _examples(rules: ItemRules) -> Iterator[Flaw]:
    """Every rule gives what its examples say, and says nothing when it knows nothing."""
    tables = DecisionTables(rules)
    for point in rules.points:
        if point.standing is Standing.INFO:
            continue
        results = {row.then for row in point.rows}
        shown = {example.result for example in point.tries}
        for result in sorted((results & {PointResult.PASS, PointResult.FAIL}) - shown):
            word = "ok" if result is PointResult.PASS else "bad"
            yield Flaw(path=("points", point.id), message=f"no example that must {result}: write {word}: {{fact: …}}")
        for example in point.tries:
            given = tables.evaluate(example.facts)[point.id].result
            if given is not example.result:
                message = f"the example {dict(example.facts)} gives {given}, not {example.result}"
                yield Flaw(path=("points", point.id), message=message)
        if point.rows and tables.evaluate({})[point.id].result is not PointResult.UNKNOWN:
            yield Flaw(path=("points", point.id), message="decides without any fact: unknown is never pass or fail")
