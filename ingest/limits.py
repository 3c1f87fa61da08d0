"""How much one file may cost: size, time, and what may come out of an archive."""

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds that no honest office document reaches. Times in seconds, sizes in bytes."""

    file_bytes: int = 320 * MEBIBYTE
    seconds_a_file: float = 90.0
    archive_members: int = 5_000
    archive_bytes: int = 1024 * MEBIBYTE
    archive_ratio: int = 200
    archive_depth: int = 2
    worker_memory: int = 4096 * MEBIBYTE
