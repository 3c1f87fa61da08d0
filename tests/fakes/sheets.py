"""Builders of sheets and documents: the smallest valid ones, changed where a test says so."""

import hashlib
from datetime import date
from pathlib import Path

from knowledge.corpus.catalogue import Catalogue, load_catalogue
from knowledge.storage.documents import ParsedDocument, PassageDraft

ITEM = """\
schema_version: '1.0'
slug: dog_reg
name: 养犬登记(犬证)
aliases: [狗证]
audience: [个人]
department: 市公安局
region: 上海市
conditions:
- id: c1
  text: 每户限养一只
  source: [{ref: law}]
  status: sourced
materials:
- id: m1
  name: 狂犬病免疫证明
  required_when: 必要
  form: 原件/电子
  exempt_by_e_license: partial
  exempt_status: derived
  source: [{ref: law, locator: 第十条}]
  status: sourced
fee:
  value: 内环内500元/年
  source: [{ref: law}]
  status: sourced
related_items: []
sources:
- id: law
  title: 上海市养犬管理条例
  url: https://example.org/dog
  date: '2011-05-15'
  kind: law
"""

POLICY = """\
schema_version: '1.0'
policy_id: flex_waiting
name: 灵活就业医保待遇等待期
audience: 个人
category: 惠民
department: 市医疗保障局
region: 上海市
who: 灵活就业参保人员
conditions:
  logic: all
  items:
  - id: k1
    text: 中断月数
    variable: gap_months
    op: <=
    value: 3
    unit: 月
    source: [{ref: lh7}]
    status: sourced
benefit:
  type: 等待期
  formula: 0 if gap<=3 else 6
  cap: 6
  unit: 月
  note: 新参保或中断超3个月等待6个月
  source: [{ref: lh7}]
period:
  from: '2025-09-10'
  to: '2030-09-09'
  status: 有效
sources:
- id: lh7
  title: 沪医保规〔2025〕7号
  kind: gov
"""


def write_sheet(folder: Path, name: str, text: str) -> Path:
    """A sheet as a file in items/ or policies/, after its content."""
    part = folder / ("policies" if "policy_id" in text else "items")
    part.mkdir(parents=True, exist_ok=True)
    file = part / f"{name}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def an_item_sheet(slug: str = "dog_reg", *, name: str = "养犬登记(犬证)", fee: str = "内环内500元/年") -> str:
    """The smallest useful item sheet."""
    return ITEM.replace("dog_reg", slug).replace("养犬登记(犬证)", name).replace("内环内500元/年", fee)


def a_catalogue(folder: Path, *sheets: str) -> Catalogue:
    """A catalogue of exactly these sheets."""
    for old in folder.glob("*/*.yaml"):
        old.unlink()
    for n, sheet in enumerate(sheets):
        write_sheet(folder, f"s{n}", sheet)
    catalogue = load_catalogue(folder)
    assert catalogue.problems == (), [str(problem) for problem in catalogue.problems]
    return catalogue


def a_document(
    *,
    name: str = "通知.txt",
    body: str = "市民可以网上办理。",
    effective_from: date | None = None,
    effective_to: date | None = None,
) -> ParsedDocument:
    """A document of one passage for each line."""
    original = body.encode("utf-8", "surrogatepass")
    passages: list[PassageDraft] = []
    start = 0
    for line in body.split("\n"):
        passages.append(PassageDraft(text=line, heading="总则", clause=None, start=start, end=start + len(line)))
        start += len(line) + 1
    return ParsedDocument(
        name=name,
        sha256=hashlib.sha256(original).hexdigest(),
        original=original,
        media_type="text/plain",
        title="关于办理的通知",
        number="沪府办〔2026〕1号",
        issuer="上海市人民政府办公厅",
        issued_on=date(2026, 1, 5),
        effective_from=effective_from,
        effective_to=effective_to,
        region="上海市",
        passages=tuple(passages),
    )
