"""Only guardrails can make an Approved: nobody else constructs it or imports its seal."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from guardrails.approved import Approved, Wording, _Seal

ROOT = Path(__file__).parents[2]
PRIVATE = {"seal", "_SEAL", "_Seal"}


def _modules() -> Iterator[Path]:
    for package in ("assistant", "knowledge", "ingest", "prefill", "evals", "cli"):
        yield from sorted((ROOT / package).rglob("*.py"))
    yield from ROOT.glob("*.py")


def offences(source: str) -> list[str]:
    """What a module does that only guardrails may."""
    found: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="guardrails.approved", names=names):
                found += [f"imports {name.name}" for name in names if name.name in {*PRIVATE, "*"}]
            case ast.Call(func=ast.Name(id="Approved")) | ast.Call(func=ast.Attribute(attr="Approved")):
                found.append("constructs Approved")
            case ast.Attribute(attr="_SEAL" | "_Seal"):
                found.append("reaches for the seal")
            case ast.Attribute(value=ast.Attribute(value=ast.Name(id="guardrails"), attr="approved"), attr="seal"):
                found.append("calls guardrails.approved.seal")
            case ast.Attribute(value=ast.Name(id="approved"), attr="seal"):
                found.append("calls approved.seal")
    return found


def test_nobody_outside_guardrails_makes_an_approved() -> None:
    found = {str(m.relative_to(ROOT)): offences(m.read_text(encoding="utf-8")) for m in _modules()}
    assert {module: what for module, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "source",
    [
        "from guardrails.approved import seal",
        "from guardrails.approved import _SEAL",
        "from guardrails.approved import _Seal as S",
        "from guardrails.approved import *",
        "from guardrails.approved import Approved\nApproved('x', w, s)",
        "import guardrails.approved\nguardrails.approved.seal('x', w)",
        "from guardrails import approved\napproved.seal('x', w)",
        "from guardrails import approved\napproved.Approved('x', w, approved._SEAL)",
    ],
)
def test_every_way_around_the_gate_is_seen(source: str) -> None:
    assert offences(source)


def test_an_annotation_or_a_match_on_approved_is_no_offence() -> None:
    assert (
        offences("from guardrails.approved import Approved\ndef f(a: Approved) -> bool: return isinstance(a, Approved)")
        == []
    )


def test_a_forged_seal_is_refused_at_run_time() -> None:
    with pytest.raises(PermissionError, match="outbound"):
        Approved("x", Wording.NOTICE, _Seal())
