"""What becomes of real files: usable text, a precise reason, or neither."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.ingestion.fidelity import recovered
from evals.ingestion.rendering import text_by_office
from ingest.errors import IngestError
from ingest.limits import Limits
from ingest.sniffing import Format, sniff
from ingest.worker import WorkerReader

_VAGUE = ("程序出错", "程序崩溃")
_TIMED_OUT = "读取时间超过"
_BY_OFFICE = {Format.DOC: "doc", Format.DOCX: "docx", Format.RTF: "rtf"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOutcome:
    """One file. `recovered` is the share of an independent reader's text that ours holds, where there is one."""

    name: str
    format: str
    passages: int = 0
    garbled: int = 0
    reason: str | None = None
    recovered: float | None = None

    @property
    def is_fine(self) -> bool:
        """Usable text, or a reason that tells what is wrong with the file."""
        if self.reason is not None:
            return not any(word in self.reason for word in (*_VAGUE, _TIMED_OUT))
        return self.passages > self.garbled

    @property
    def crashed(self) -> bool:
        """The reader itself failed."""
        return self.reason is not None and any(word in self.reason for word in _VAGUE)


def outcomes(paths: Iterable[Path], *, compare: bool) -> Iterator[FileOutcome]:
    """Each file read as the product reads it, in a process of its own; `compare` asks LibreOffice as well."""
    reader = WorkerReader(Limits())
    try:
        for path in paths:
            content = path.read_bytes()
            kind = sniff(content, path.name).format
            try:
                reading = reader.read(content, path.name, "上海市")
            except IngestError as error:
                yield FileOutcome(name=path.name, format=kind.value, reason=str(error))
                continue
            told = text_by_office(content, _BY_OFFICE[kind]) if compare and kind in _BY_OFFICE else None
            yield FileOutcome(
                name=path.name,
                format=kind.value,
                passages=len(reading.passages),
                garbled=sum(1 for passage in reading.passages if passage.garbled),
                recovered=recovered(told, reading.text) if told else None,
            )
    finally:
        reader.close()


def table_of(folder: str, files: list[FileOutcome]) -> list[str]:
    """One line a format, one for all."""
    lines = [
        f"| {folder} | files | read | refused with a reason | neither | crashes | recovered of LibreOffice's text |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, count in sorted(Counter(file.format for file in files).items()):
        lines.append(_line(kind, [file for file in files if file.format == kind], count))
    lines.append(_line("**all**", files, len(files)))
    fine = sum(1 for file in files if file.is_fine)
    return [
        *lines,
        "",
        f"{fine} of {len(files)} ({fine / max(1, len(files)):.1%}) gave usable text or a precise reason.",
    ]


def _line(name: str, files: list[FileOutcome], count: int) -> str:
    read = sum(1 for file in files if file.reason is None and file.is_fine)
    refused = sum(1 for file in files if file.reason is not None and file.is_fine)
    shares = [file.recovered for file in files if file.recovered is not None]
    compared = f"{sum(shares) / len(shares):.2%} ({len(shares)} files)" if shares else ""
    crashes = sum(1 for file in files if file.crashed)
    return f"| {name} | {count} | {read} | {refused} | {count - read - refused} | {crashes} | {compared} |"
