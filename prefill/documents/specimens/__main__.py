"""Draw all specimens into a folder, to try uploads with: `python -m prefill.documents.specimens FOLDER [SEED]`."""

import sys
from pathlib import Path

from prefill.documents.specimens.catalogue import SPECIMENS, specimen


def main() -> int:
    """One PNG each."""
    if len(sys.argv) < 2:  # noqa: PLR2004 - the folder
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1  # noqa: PLR2004 - the seed
    folder.mkdir(parents=True, exist_ok=True)
    for name in SPECIMENS:
        specimen(name, seed).image.save(folder / f"{name}.png")
    sys.stdout.write(f"{len(SPECIMENS)} specimens of invented people are in {folder}.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
