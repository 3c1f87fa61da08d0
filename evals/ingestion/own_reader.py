"""Reads files one by one with this project's reader and says what it took, in the words of `peer_reader`.

Usage: python -m evals.ingestion.own_reader text|passages < paths, one a line > one JSON object a line.
"""

import json
import resource
import sys
import time
from pathlib import Path

from ingest.errors import IngestError
from ingest.reading import original_text, read_file


def main() -> None:
    """`text` gives the decoded text, as other readers do; `passages` cleans, cuts and places it as well."""
    whole = sys.argv[1] == "passages"
    for line in sys.stdin:
        path = Path(line.rstrip("\n"))
        began = time.perf_counter()
        text, problem = "", None
        try:
            content = path.read_bytes()
            if whole:
                text = "\n".join(passage.text for passage in read_file(content, path.name).passages)
            else:
                text = original_text(content, path.name)
        except IngestError as error:
            problem = str(error)
        seconds = time.perf_counter() - began
        print(json.dumps({"path": str(path), "seconds": seconds, "text": text, "problem": problem}))  # noqa: T201
    print(json.dumps({"peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))  # noqa: T201


if __name__ == "__main__":
    main()
