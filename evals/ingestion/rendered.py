"""Fidelity on known texts: regulations rendered into each format, then read by each reader."""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from evals.ingestion.fidelity import character_error_rate
from evals.ingestion.peers import Run, run
from evals.ingestion.rendering import (
    a_font,
    as_docx,
    as_html,
    as_picture,
    as_scan,
    as_text,
    by_office,
    page_of,
    plain_lines,
)

_SECONDS = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A format, the files made in it, and the text that each must give."""

    name: str
    files: Mapping[str, bytes]
    texts: Mapping[str, str]
    suffix: str


def forms_of(sources: Sequence[Path], scans: int) -> list[Form]:
    """All formats that this machine can make."""
    lines = {f"r{i}": plain_lines(path.read_text(encoding="utf-8")) for i, path in enumerate(sources)}
    texts = {name: "\n".join(parts) for name, parts in lines.items()}
    docx = {name: as_docx(parts) for name, parts in lines.items()}
    forms = [
        Form(name="text, GB18030", files=_each(lines, "gb18030", as_text), texts=texts, suffix="txt"),
        Form(name="text, UTF-16", files=_each(lines, "utf-16", as_text), texts=texts, suffix="txt"),
        Form(name="HTML, UTF-8", files=_each(lines, "utf-8", as_html), texts=texts, suffix="html"),
        Form(name="HTML, GB18030", files=_each(lines, "gb18030", as_html), texts=texts, suffix="html"),
        Form(name="DOCX", files=docx, texts=texts, suffix="docx"),
    ]
    for target, name in (("doc", "DOC"), ("rtf", "RTF"), ("pdf", "PDF with text")):
        made = by_office(docx, target)
        if made:
            forms.append(Form(name=name, files=made, texts=texts, suffix=target))
    return [*forms, *_scanned(dict(list(lines.items())[:scans]))]


def _each(
    lines: Mapping[str, Sequence[str]], encoding: str, write: Callable[[Sequence[str], str], bytes]
) -> dict[str, bytes]:
    return {name: write(parts, encoding) for name, parts in lines.items()}


def _scanned(lines: Mapping[str, Sequence[str]]) -> list[Form]:
    font = a_font()
    if font is None:
        return []
    pages = {name: page_of(parts) for name, parts in lines.items()}
    texts = {name: "\n".join(wrapped) for name, wrapped in pages.items()}
    clean = {name: as_picture(as_scan(page, font, worn=False), "PDF") for name, page in pages.items()}
    worn = {name: as_picture(as_scan(page, font, worn=True), "JPEG") for name, page in pages.items()}
    return [
        Form(name="scan as PDF, clean", files=clean, texts=texts, suffix="pdf"),
        Form(name="scan as JPEG, worn", files=worn, texts=texts, suffix="jpg"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fidelity:
    """One reader on one form: mean character error rate of what it read, and how many files it did not read."""

    form: str
    reader: str
    error_rate: float | None
    files: int
    unread: int


def fidelity(form: Form, readers: Sequence[str]) -> list[Fidelity]:
    """Every reader on the same files, one after the other."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {name: Path(folder, f"{name}.{form.suffix}") for name in form.files}
        for name, path in paths.items():
            path.write_bytes(form.files[name])
        return [_of(form, run(reader, list(paths.values()), _SECONDS)) for reader in readers]


def _of(form: Form, done: Run) -> Fidelity:
    read = [file for file in done.files if file.problem is None and file.text.strip()]
    rates = [character_error_rate(form.texts[Path(file.path).stem], file.text) for file in read]
    return Fidelity(
        form=form.name,
        reader=done.reader,
        error_rate=mean(rates) if rates else None,
        files=len(form.files),
        unread=len(form.files) - len(read),
    )


def table_of(found: Sequence[Fidelity], readers: Sequence[str]) -> list[str]:
    """Forms down, readers across."""
    lines = ["| format | files | " + " | ".join(readers) + " |", "|---|---|" + "---|" * len(readers)]
    for form in dict.fromkeys(one.form for one in found):
        cells = [next(one for one in found if one.form == form and one.reader == reader) for reader in readers]
        told = [_told(cell) for cell in cells]
        lines.append(f"| {form} | {cells[0].files} | " + " | ".join(told) + " |")
    return lines


def _told(cell: Fidelity) -> str:
    if cell.error_rate is None:
        return "not read"
    return f"{cell.error_rate:.2%}" + (f" ({cell.unread} not read)" if cell.unread else "")
