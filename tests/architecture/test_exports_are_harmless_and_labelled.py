"""Every file and every interface that leaves: no cell computes, and what a machine wrote says so, seen and unseen."""

import ast
import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from app import create_app
from assistant.handoff.exporting import table
from evals.html_report import html_report
from evals.result import RunResult
from guardrails.labels import SHORT_ZH, VISIBLE_ZH
from prefill.papers.making import make_papers, preview
from prefill.papers.paper import Paper
from prefill.papers.request import PaperField, PaperFormat, PaperRequest
from tests.fakes.scripted_product import scripted_services

ROOT = Path(__file__).parents[2]
CODE = ("assistant", "cli", "evals", "prefill", "knowledge", "ingest", "guardrails")
THE_WRITER = "assistant/handoff/exporting.py"
"""The one place that writes tables for spreadsheets."""
ATTACKS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠1", " =1", "\u3000=1"]

# Where each interface shows the visible label, and the words that say it.
SEEN = {
    "web/citizen/src/words.ts": "AI生成",
    "web/desk/src/parts/Side.tsx": "AI生成",
    "web/desk/src/parts/Talk.tsx": "AI 译文",
    "web/desk/src/pages/Reports.tsx": "由AI生成",
    "cli/ask.py": "VISIBLE_ZH",
    "assistant/web/openai_text.py": "VISIBLE_ZH",
    "prefill/papers/content.py": "notice(_GENERATED_NOTE)",
}
# Exports without a generated word: counted or written by people, so there is nothing to label. They say what they are.
NOT_GENERATED = {
    "assistant/handoff/sheets.py": "没有使用生成式人工智能",
}


def sources() -> Iterator[Path]:
    for package in CODE:
        yield from sorted((ROOT / package).rglob("*.py"))


def writes_tables(source: str) -> bool:
    """Whether a module writes CSV or XLSX itself."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(value=ast.Name(id="csv"), attr="writer" | "DictWriter"):
                return True
            case ast.Import(names=names) if any(n.name in {"xlsxwriter", "xlwt"} for n in names):
                return True
            case ast.Call(func=ast.Name(id="Workbook") | ast.Attribute(attr="Workbook" | "to_csv" | "to_excel")):
                return True
    return False


def test_one_place_writes_tables_for_spreadsheets() -> None:
    found = [str(p.relative_to(ROOT)) for p in sources() if writes_tables(p.read_text(encoding="utf-8"))]
    assert found == [THE_WRITER], f"Use assistant.handoff.exporting.table, which disarms formulas: {found}"


@pytest.mark.parametrize(
    "planted", ["import csv\ncsv.writer(f)", "from openpyxl import Workbook\nWorkbook()", "df.to_csv(f)"]
)
def test_another_writer_would_be_found(planted: str) -> None:
    assert writes_tables(planted)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_computes(attack: str) -> None:
    written = table(["列"], [[attack]])
    [_, [cell]] = list(csv.reader(io.StringIO(written.removeprefix("\ufeff"), newline="")))
    assert cell.startswith("'")


@pytest.mark.parametrize("place", SEEN)
def test_every_interface_shows_the_label(place: str) -> None:
    assert SEEN[place] in (ROOT / place).read_text(encoding="utf-8")


@pytest.mark.parametrize("place", NOT_GENERATED)
def test_what_no_machine_wrote_says_so(place: str) -> None:
    assert NOT_GENERATED[place] in (ROOT / place).read_text(encoding="utf-8")


def test_what_is_counted_as_shown_is_the_label_itself() -> None:
    assert SHORT_ZH in VISIBLE_ZH


@pytest.fixture(scope="module")
def papers() -> tuple[Paper, ...]:
    request = PaperRequest(
        item_name="居民身份证到期换领",
        item_code="312009902000",
        department="市公安局",
        applicant="钱安柏",
        case_code="XS-7K2M-94QD",
        made_on=date(2026, 11, 22),
        fields=(PaperField(name="姓名", value="钱安柏", source="身份证"),),
    )
    return make_papers(request)


def test_every_paper_carries_the_label_unseen_in_each_format(papers: tuple[Paper, ...]) -> None:
    assert {paper.format for paper in papers} == set(PaperFormat)
    for paper in papers:
        if paper.format is PaperFormat.DOCX:
            with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
                assert b'name="AIGC"' in package.read("docProps/custom.xml")
        else:
            document = pdfium.PdfDocument(paper.content)
            assert pdfium.raw.FPDF_GetMetaText(document.raw, b"AIGC", None, 0) > 2
            document.close()


def test_a_page_taken_along_as_a_picture_carries_it_too(papers: tuple[Paper, ...]) -> None:
    pdf = next(paper for paper in papers if paper.format is PaperFormat.PDF)
    picture = Image.open(io.BytesIO(preview(pdf)[0]))
    assert json.loads(picture.info["AIGC"])["AIGC"]["Label"] == "1"


def test_a_report_of_answers_carries_it() -> None:
    page = html_report(RunResult(task="answers", dataset="own", cases=(), rows=(), config={}, metrics={}))
    assert '<meta name="AIGC" content="' in page


def test_answers_over_http_carry_it() -> None:
    with TestClient(create_app(scripted_services())) as client:
        conversation = client.post("/api/conversations").json()["id"]
        said = {"client_id": "m1", "text": "身份证丢了怎么办？"}
        page = client.post(f"/api/conversations/{conversation}/messages", json=said)
        asked = {"messages": [{"role": "user", "content": "身份证丢了怎么办？"}]}
        program = client.post("/v1/chat/completions", json=asked)
    for answer in (page, program):
        assert json.loads(answer.headers["AIGC"])["Label"] == "1"
    assert SHORT_ZH in program.json()["choices"][0]["message"]["content"]
