"""Every string that the HTTP edge puts on the wire is approved text, or stands in a reviewed list with its reason.

Read from the syntax trees: each place that builds a wire model, each field of it that holds text. A new field, route,
socket or export that sends unapproved text fails here until it goes through the guard or is reviewed.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "assistant" / "web"
APPROVED = "render"
BASES = {"Wire", "BaseModel", "Lenient"}

# What only staff see: their own records and sources under review, which must be seen as they are. The page shows it as
# text, never as markup; `tests/e2e/test_console.py` and `tests/owasp/test_llm05_output_handling.py` hold that.
STAFF_ONLY = (
    "console_",
    "staff_",
    "operation_",
    "handoff_desk",
    "handoff_clerk",
    "handoff_supervision",
    "handoff_plan",
    "handoff_ratings",
    "handoff_reports",
    "handoff_teams",
    "handoff_visits",
    "audit_",
    "desk_",
    "rule_",
)

CONSOLE = "console_"  # sources, cases and reports as they are, for those who edit and test them

# Not prose: keys, codes, dates, addresses made by program. Field names, because they mean the same everywhere.
# fmt: off
NAMES_OF_THINGS = frozenset({
    "id", "slug", "item", "item_id", "case", "version", "source", "anchor", "url", "original", "page_pictures",
    "region", "key", "code", "incident", "ticket", "client_id", "csrf_token", "conversation", "part",
    "material", "material_slug", "media_type", "kind", "decision", "composer", "outcome", "where", "ending",
    "running", "step_fields", "step_material", "date", "effective_from", "effective_to", "keys", "model",
    "object", "finish_reason", "role", "type", "state", "word", "clerk", "receipt_number",
})
# fmt: on

OWN = "what this person typed or chose themselves, back to them; other channels get it through show_entered or quote"
PERSON = "a person's words to a person, shown as text; what of them goes to a model or an index is screened first"
FIXED = "one of our own fixed texts"
REVIEWED: Mapping[str, str] = {
    "AnswerMessage.content": "joined from pieces of openai_text, each approved",
    "Delta.content": "a piece of openai_text, approved",
    "CaseField.items": OWN,
    "CaseSpot.file": "the id that the product gave to a file of this citizen's case",
    "PanelSeen.file": "the same id, for the clerk who has the case",
    "CaseField.value": OWN,
    "CaseFieldSchema.check": "the name of a check digit in our own schema of forms",
    "CaseFieldSchema.pattern": "a regular expression of our own schema of forms",
    "WireTurn.text": OWN,
    "CitizenSession.shown_as": OWN,
    "FactsFound.values": "from a register, about this person, for the register's own page",
    "NamedItem.name": "in case_routes: the invented people of the example register; elsewhere approved",
    "RegisterOffered.name": "the name of a register, from the settings of the deployment",
    "HandoffFile.name": PERSON,
    "HandoffLine.text": PERSON,
    "HandoffLine.clerk_name": "a clerk's own shown name, entered by the administrator",
    "ClerkSeen.name": "a clerk's own shown name, entered by the administrator",
    "StoryTurn.text": "masked in handoff_story, for the clerk",
    "StoryTurn.masked": "the kinds of data that were masked",
    "PanelPoint.result": "a key: which way a rule came out",
    "SharedField.mark": "a key: what the clerk saw in the field",
    "SharedField.proposal": "the id of a proposal",
    "WireCanned.places": "the names of the places to fill in a canned answer, as the supervisor wrote them",
    "SidePanel.revision": "a number that tells two states of the panel apart",
    "RejectionReason.label": FIXED,
    "SuggestionReason.label": FIXED,
    "RatingReasons.bad": FIXED,
    "RatingReasons.good": FIXED,
    "HandoffChoice.label": FIXED,
    "Suggestions.questions": "FIRST, reviewed with the code",
    "ErrorBody.message": "a sentence of errors.py, a notice",
    "Problem.message": "a sentence of errors.py in the other protocol's form",
    "Problem.param": "the name of a field of the request",
    "CaseSituationQuestion.fact": "the name of a fact in our own decision paths",
    "Health.problem": "what an operator reads: which part is not ready",
    "NextStepEvent.value": "an address, a number or a question that the button beside it names; made by program",
    "WireStep.value": "as NextStepEvent.value",
}

# Who answers with a body of its own making.
RESPONSES: Mapping[str, str] = {
    "case_papers.code": "a picture of a code that holds an address",
    "case_papers.page": "a picture of a paper made by prefill.papers from approved text",
    "case_papers.file_of": "what the citizen handed in: a picture, else a download",
    "case_papers.paper": "a paper made by prefill.papers from approved text, labelled",
    "chat_routes.send_message": "frames of sse.encode: wire events",
    "citizen_sign_in._redirect": "an address, no body",
    "citizen_sign_in.come_back": "an address, no body",
    "citizen_sign_in.set_out": "an address, no body",
    "error_answers.answer": "wire models, written as JSON",
    "handoff_citizen.events": "frames of wire events",
    "handoff_desk_live.events": "frames of wire events",
    "handoff_desk_live._send": "wire models, written as JSON",
    "handoff_desk_live._serve": "wire models, written as JSON",
    "handoff_files.original": "what a person sent to a person, sniffed, as a download",
    "handoff_files.preview": "a picture of it with the lines covered that identify somebody",
    "handoff_lines._sent": "wire models, written as JSON",
    "handoff_live.citizen_socket": "wire models, written as JSON",
    "desk_canned.export": "what supervisors wrote, for supervisors, disarmed for spreadsheets",
    "handoff_reports.download": "figures for supervisors: numbers and names, escaped or disarmed, labelled",
    "rule_fewer.file": "fields and materials of the catalogue, for editors, disarmed for spreadsheets",
    "health_routes.ready": "wire models, written as JSON",
    "openai_api.complete": "wire models, written as JSON",
    "openai_api._refused": "wire models, written as JSON",
    "operation_routes.metrics": "counters, for the operator",
    "original_routes.page": "a picture of the published source",
    "original_routes.original": "the published source itself, as a download",
    "page_routes._file": "the built page",
    "page_routes._page": "the built page with its nonce",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """One text that is put on the wire."""

    module: str
    field: str
    approved: bool
    wording: str


@cache
def trees() -> Mapping[str, ast.Module]:
    """The modules of the edge."""
    return {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(WEB.glob("*.py"))}


def wire_fields(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """The text fields of each wire model, inherited ones included."""
    classes = {n.name: n for tree in modules.values() for n in ast.walk(tree) if isinstance(n, ast.ClassDef)}
    bases = {name: {_last(b) for b in node.bases} for name, node in classes.items()}
    wire = {name for name, above in bases.items() if above & BASES}
    while further := {name for name, above in bases.items() if above & wire} - wire:
        wire |= further
    own = {name: _text_fields(classes[name]) for name in wire}
    return {name: set().union(own[name], *(own.get(b, set()) for b in bases[name])) for name in wire}


def _text_fields(node: ast.ClassDef) -> set[str]:
    found = set()
    for line in node.body:
        if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name):
            names = {n.id for n in ast.walk(line.annotation) if isinstance(n, ast.Name)}
            found |= {line.target.id} if "str" in names and "Literal" not in names else set()
    return found


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def approving_functions(modules: Mapping[str, ast.Module]) -> dict[str, set[str]]:
    """By module: `render`, and the functions that give back nothing but what it made. Its own names are its own."""
    functions: dict[str, dict[str, list[ast.FunctionDef]]] = {module: {} for module in modules}
    for module, tree in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                functions[module].setdefault(node.name, []).append(node)
    approving: set[tuple[str, str]] = set()
    while True:
        known = {module: _known_in(module, functions, approving) for module in modules}
        further = {
            (module, name)
            for module, named in functions.items()
            for name, nodes in named.items()
            if all(_gives_approved(f, known[module]) for f in nodes)
        }
        if further <= approving:
            return known
        approving |= further


def _known_in(
    module: str, functions: Mapping[str, Mapping[str, list[ast.FunctionDef]]], approving: set[tuple[str, str]]
) -> set[str]:
    elsewhere = {name for _, name in approving} - {
        name for other, named in functions.items() for name in named if (other, name) not in approving
    }
    own = functions[module].keys()
    return {APPROVED} | (elsewhere - own) | {name for name in own if (module, name) in approving}


def _gives_approved(function: ast.FunctionDef, known: set[str]) -> bool:
    returns = [n.value for n in ast.walk(function) if isinstance(n, ast.Return) and n.value is not None]
    given = assigned(function)
    return bool(returns) and all(is_approved(value, known, given) for value in returns)


def assigned(function: ast.AST) -> dict[str, list[ast.expr]]:
    """What each local name is made of."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                found.setdefault(name, []).append(value)
    return found


def is_approved(  # noqa: C901, PLR0911 - one line for each form
    value: ast.expr, known: set[str], given: Mapping[str, list[ast.expr]], depth: int = 4
) -> bool:
    """Whether an expression can only be empty, fixed, or made by an approving function."""
    match value:
        case ast.Constant():
            return True
        case ast.Call(func=func) if _last(func) in known:
            return True
        case ast.Call(
            func=ast.Name(id="list" | "tuple" | "sorted") | ast.Attribute(ast.Constant(), "join"), args=[inner]
        ):
            return is_approved(inner, known, given, depth)
        case ast.IfExp(body=yes, orelse=no):
            return is_approved(yes, known, given, depth) and is_approved(no, known, given, depth)
        case ast.BoolOp(op=ast.Or(), values=values):
            return all(is_approved(v, known, given, depth) for v in values)
        case ast.BoolOp(op=ast.And(), values=values):
            return is_approved(values[-1], known, given, depth)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return all(is_approved(part, known, given, depth) for part in parts)
        case ast.ListComp(elt=part) | ast.GeneratorExp(elt=part):
            return is_approved(part, known, given, depth)
        case ast.DictComp(key=key, value=part):
            return is_approved(key, known, given, depth) and is_approved(part, known, given, depth)
        case ast.Name(id=name) if name in given and depth:
            return all(is_approved(v, known, given, depth - 1) for v in given[name])
    return False


def sent(modules: Mapping[str, ast.Module]) -> Iterator[Sent]:
    """Every text that is put into a wire model, with whether it is approved."""
    fields, known = wire_fields(modules), approving_functions(modules)
    for module, tree in modules.items():
        for scope, call in _calls(tree):
            name = _last(call.func)
            for keyword in call.keywords:
                if keyword.arg in fields.get(name, ()):
                    approved = is_approved(keyword.value, known[module], assigned(scope))
                    yield Sent(module, f"{name}.{keyword.arg}", approved, ast.unparse(keyword.value))


def _calls(tree: ast.Module) -> Iterator[tuple[ast.AST, ast.Call]]:
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    seen: set[int] = set()
    for scope in reversed(functions):  # inner ones first: a name is the innermost one's
        for node in ast.walk(scope):
            if isinstance(node, ast.Call) and id(node) not in seen:
                seen.add(id(node))
                yield scope, node


def unreviewed(modules: Mapping[str, ast.Module]) -> list[str]:
    """What is sent to citizens neither approved nor reviewed."""
    return sorted(
        {
            f"{one.module}: {one.field}={one.wording}"
            for one in sent(modules)
            if not one.approved
            and not one.module.startswith(STAFF_ONLY)
            and one.field.split(".")[1] not in NAMES_OF_THINGS
            and one.field not in REVIEWED
        }
    )


def test_every_text_on_the_wire_is_approved_or_reviewed() -> None:
    found = unreviewed(trees())
    assert not found, f"Pass these through guardrails and render, or review them in this file with the reason: {found}"


def test_nothing_is_reviewed_that_is_not_sent() -> None:
    assert set(REVIEWED) - {one.field for one in sent(trees()) if not one.approved} == set()


WIRE = "class Wire(BaseModel): ...\nclass Told(Wire):\n    text: str\n    more: list[str]\n"


@pytest.mark.parametrize(
    "written",
    [
        "Told(text=model.answer)",
        "Told(text=f'{render(a)}{b}')",
        "Told(text=render(a), more=[line for line in lines])",
        "Told(text=render(a) if a else raw)",
        "Told(text=approved(raw))",
    ],
)
def test_a_text_that_goes_around_the_guard_is_seen(written: str) -> None:
    around = f"{WIRE}def approved(x): return x\ndef send(): return {written}"
    assert unreviewed({"module": ast.parse(around)})


@pytest.mark.parametrize(
    "written",
    [
        "Told(text=render(a), more=[render(line) for line in lines])",
        "Told(text=said(a) if a else '')",
        "Told(text=kept)",
    ],
)
def test_a_text_from_the_guard_is_fine(written: str) -> None:
    fine = f"{WIRE}def said(x): return render(x)\ndef send():\n    kept = said(a)\n    return {written}"
    assert unreviewed({"module": ast.parse(fine)}) == []


def test_every_answer_of_a_route_or_socket_is_a_wire_model_or_a_reviewed_response() -> None:
    """A route that answers text of its own making would pass by the models that are read above."""
    modules = [(module, tree) for module, tree in trees().items() if not module.startswith(CONSOLE)]
    own = {f"{module}.{name}" for module, tree in modules for name in _own_responses(tree)}
    assert own == set(RESPONSES), "Say in RESPONSES what such an answer holds and how it is kept harmless."


def _own_responses(tree: ast.Module) -> Iterator[str]:
    """Functions that make a response with a body themselves, and those that write to a socket."""
    for scope, call in _calls(tree):
        name = _last(call.func)
        makes = name.endswith(("Response", "Stream")) or name in {"send_text", "send_bytes", "send_json"}
        if makes and (call.args or any(k.arg in {"content", "path"} for k in call.keywords)):
            yield str(getattr(scope, "name", ""))
