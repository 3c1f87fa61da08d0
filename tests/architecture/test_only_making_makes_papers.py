"""A paper that leaves was made from approved texts: nobody but prefill.papers.making can construct one."""

import ast
from pathlib import Path

import pytest

from prefill.papers.paper import Paper, _Maker
from prefill.papers.request import PaperFormat, PaperKind

ROOT = Path(__file__).parents[2]
MAKER = ROOT / "prefill" / "papers" / "making.py"
PACKAGES = ("assistant", "knowledge", "ingest", "prefill", "guardrails", "evals", "cli")


def reaches_for_the_maker(source: str) -> bool:
    """Whether a module imports or names what proves a paper."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ImportFrom(module="prefill.papers.paper", names=names):
                if any(name.name in {"_MAKER", "_Maker", "*"} for name in names):
                    return True
            case ast.Attribute(attr="_MAKER" | "_Maker"):
                return True
    return False


def test_nobody_else_makes_a_paper() -> None:
    modules = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if path != MAKER]
    own = ROOT / "prefill" / "papers" / "paper.py"
    assert [str(m) for m in modules if m != own and reaches_for_the_maker(m.read_text(encoding="utf-8"))] == []


def test_the_maker_itself_is_seen() -> None:
    assert reaches_for_the_maker(MAKER.read_text(encoding="utf-8"))


def test_a_forged_paper_is_refused_at_run_time() -> None:
    with pytest.raises(PermissionError, match="make_papers"):
        Paper(
            kind=PaperKind.FORM,
            format=PaperFormat.PDF,
            file_name="x.pdf",
            media_type="application/pdf",
            title="x",
            content=b"%PDF-",
            maker=_Maker(),
        )
