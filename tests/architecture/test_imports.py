"""What import-linter cannot see: who imports app.py, and who reads the environment."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("assistant", "knowledge", "ingest", "guardrails", "evals", "cli")


def sources() -> list[Path]:
    return [p for package in PACKAGES for p in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_only_the_command_that_serves_imports_the_application() -> None:
    importers = {str(p.relative_to(ROOT)) for p in sources() if "app" in imported(p)}
    assert importers <= {"cli/serve.py", "cli/doctor.py"}


def test_only_bootstrap_and_the_command_line_choose_implementations() -> None:
    chosen = {"knowledge.backends", "assistant.bootstrap", "assistant.llm.openai_compatible"}
    allowed = {"assistant/bootstrap.py", "assistant/diagnosis.py"}
    for path in sources():
        where = str(path.relative_to(ROOT))
        if where.startswith(("cli/", "evals/", "knowledge/")) or where in allowed:
            continue
        assert not imported(path) & chosen, where


def test_the_online_path_never_imports_a_parser() -> None:
    for path in sources():
        where = str(path.relative_to(ROOT))
        if where.startswith(("assistant/", "evals/")):
            assert not any(name.startswith("ingest.parsers") for name in imported(path)), where
