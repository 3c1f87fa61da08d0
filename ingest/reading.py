"""One file: from its bytes to the passages of a document. Pure: no clock, no disk, no database."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from guardrails.inbound import scan_untrusted
from guardrails.normalizing import hidden_message
from guardrails.orders import holds_dialogue
from ingest.articles import cut_articles
from ingest.blocks import BlockKind, ParsedFile
from ingest.characters import HAN, fold, is_traditional
from ingest.chunking import chunk
from ingest.errors import Unreadable, Unsupported
from ingest.facts import DocumentFacts, read_facts
from ingest.mending import mend
from ingest.parsers.doc import parse_doc
from ingest.parsers.docx import parse_docx
from ingest.parsers.html import parse_html
from ingest.parsers.markdown import parse_markdown
from ingest.parsers.ofd import parse_ofd
from ingest.parsers.pages import DOUBTFUL_SCORE
from ingest.parsers.pdf import parse_pdf
from ingest.parsers.picture import parse_picture
from ingest.parsers.rtf import parse_rtf
from ingest.parsers.sheet import parse_csv, parse_xls, parse_xlsx
from ingest.parsers.text import parse_text
from ingest.places import Region, places_of
from ingest.quality import font_is_garbled
from ingest.rejoining import Paragraph, rejoined, without_furniture
from ingest.sniffing import MEDIA_TYPES, Format, Sniffed, media_type_of, sniff
from ingest.structure import outline
from ingest.traced import Traced
from knowledge.storage.documents import PassageDraft

SUSPICIOUS_INSTRUCTION = "suspicious_instruction"
_NOT_YET = {
    Format.PPT: "幻灯片（.ppt）文件，暂不支持。请导出为 PDF 再上传",
    Format.PPTX: "幻灯片（.pptx）文件，暂不支持。请导出为 PDF 再上传",
    Format.PHONE_PHOTO: "苹果手机照片（HEIC），暂不支持。请在手机设置里改为“兼容性最佳”，或转成 JPG 再上传",
    Format.ARCHIVE: "这种压缩包（RAR、7z 等）暂不支持。请改用 ZIP 或直接上传里面的文件",
}
_REFUSED = {
    Format.EMPTY: "文件是空的，没有内容。请检查是否上传完整",
    Format.LOCKED_OFFICE: "文件有密码保护，无法打开。请去掉密码后再上传",
    Format.UNKNOWN: "无法识别的文件类型，不是可以阅读的文档。请提供 Word、PDF、网页或文本文件",
    Format.ZIP: "压缩包不能当作一份文件来读。请直接用导入命令导入压缩包",
}

_INDENT = 2
_FEWEST_HAN_OF_A_PAGE = 300
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_BINARY_SUFFIXES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "ppt",
        "pptx",
        "ofd",
        "rtf",
        "zip",
        "rar",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "tif",
        "tiff",
        "bmp",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read from one file. Offsets of passages count characters of `text`, the decoded original.

    `regions` are the lines of `text` with their pages, where the format has pages.
    """

    format: Format
    media_type: str
    text: str
    facts: DocumentFacts
    passages: tuple[PassageDraft, ...]
    warnings: tuple[str, ...]
    regions: tuple[Region, ...] = ()


def read_file(content: bytes, name: str, *, region: str = "上海市") -> Reading:
    """Raises Unsupported or Unreadable with a reason for people; every other trouble is a defect of this code."""
    sniffed = sniff(content, name)
    parsed = _parse(content, sniffed)
    if sniffed.format is Format.HTML:
        _check_page(parsed, name)
    reading = read_parsed(parsed, name=name, region=region, format_=sniffed.format)
    return replace(reading, media_type=media_type_of(sniffed.format, content))


def _check_page(parsed: ParsedFile, name: str) -> None:
    """A download that failed often leaves the server's page under the name of the file that was wanted."""
    text = "".join(parsed.text[block.start : block.end] for block in parsed.blocks)
    han = len(_HAN_CHARACTER.findall(text))
    suffix = name.rpartition(".")[2].lower()
    if suffix in _BINARY_SUFFIXES and han < _FEWEST_HAN_OF_A_PAGE and "。" not in text:
        raise Unreadable(f"文件名是 .{suffix}，内容却是一个没有正文的网页（多半是下载出错留下的）。请重新下载原文件")
    if not han:
        raise Unreadable("网页里没有中文正文（可能要靠脚本才能显示）。请另存正文后再上传")


def read_text(text: str, name: str, *, region: str = "上海市") -> Reading:
    """A text that is already decoded, such as a record of an evaluation corpus."""
    return read_parsed(parse_markdown(text), name=name, region=region, format_=Format.TEXT)


def original_text(content: bytes, name: str) -> str:
    """The decoded original that the offsets of a document's passages count in."""
    return _parse(content, sniff(content, name)).text


def read_parsed(parsed: ParsedFile, *, name: str, region: str, format_: Format) -> Reading:
    """From blocks to passages; the same way for every format."""
    traditional = is_traditional(parsed.text)
    paragraphs = rejoined(without_furniture(_paragraphs(parsed, traditional=traditional)))
    font_garbled = font_is_garbled([p.text.text for p in paragraphs])
    doubtful = [(region.start, region.end) for region in parsed.regions if region.score < DOUBTFUL_SCORE]
    mended = [m for p in paragraphs if (m := mend(p, font_garbled=font_garbled, doubtful=doubtful)).text.text.strip()]
    articles = cut_articles(mended)
    named = next((article.title for article in articles if article.title), None) if len(articles) > 1 else None
    facts = read_facts(mended, named=parsed.title, file_name=name, region=region)
    if named and facts.number is None:
        facts = replace(facts, title=named)
    passages = _examples_marked(
        [_marked(_placed(passage, parsed), parsed) for passage in chunk(outline(articles, facts.title))]
    )
    if not passages:
        letters = len("".join(parsed.text.split()))
        raise Unreadable(f"文件里没有可用的文字（一共只有{letters}个字符）。请检查文件是否完整，或提供文字版")
    return Reading(
        format=format_,
        media_type=MEDIA_TYPES.get(format_, "text/plain"),
        text=parsed.text,
        facts=facts,
        passages=passages,
        warnings=(*parsed.warnings, *_warnings(passages, font_garbled=font_garbled, traditional=traditional)),
        regions=parsed.regions,
    )


_BINARY_PARSERS = {
    Format.PDF: parse_pdf,
    Format.DOCX: parse_docx,
    Format.DOC: parse_doc,
    Format.XLSX: parse_xlsx,
    Format.XLS: parse_xls,
    Format.RTF: parse_rtf,
    Format.OFD: parse_ofd,
    Format.IMAGE: parse_picture,
}


def _parse(content: bytes, sniffed: Sniffed) -> ParsedFile:
    text = sniffed.decoded.text if sniffed.decoded is not None else ""
    match sniffed.format:
        case Format.TEXT:
            return parse_text(text)
        case Format.MARKDOWN:
            return parse_markdown(text)
        case Format.HTML:
            return parse_html(text)
        case Format.CSV:
            return parse_csv(text)
        case _ if sniffed.format in _BINARY_PARSERS:
            return _BINARY_PARSERS[sniffed.format](content)
        case _ if sniffed.format in _NOT_YET:
            raise Unsupported(_NOT_YET[sniffed.format])
        case _:
            raise Unreadable(_REFUSED.get(sniffed.format, _REFUSED[Format.UNKNOWN]))


def _paragraphs(parsed: ParsedFile, *, traditional: bool) -> list[Paragraph]:
    out: list[Paragraph] = []
    page = 1
    last_end = 0
    for block in parsed.blocks:
        if block.kind is BlockKind.PAGE:
            page += 1
            continue
        raw = Traced.of(parsed.text, block.start, block.end)
        folded = fold(raw, traditional=traditional)
        indent = len(folded.text) - len(folded.text.lstrip())
        out.append(
            Paragraph(
                kind=block.kind,
                text=folded.strip(),
                level=block.level,
                gap=parsed.text.count("\n", last_end, block.start) > 1,
                indented=indent >= _INDENT,
                page=page,
            )
        )
        last_end = block.end
    return out


def _placed(passage: PassageDraft, parsed: ParsedFile) -> PassageDraft:
    return replace(passage, places=places_of(parsed.regions, passage.start, passage.end)) if parsed.regions else passage


def _marked(passage: PassageDraft, parsed: ParsedFile) -> PassageDraft:
    """An instruction found in a document is text: it is marked here, and nowhere obeyed.

    The file's own characters are read too: what is written in invisible ones no longer stands in the passage.
    """
    raw = parsed.text[passage.start : passage.end]
    return replace(passage, suspicious=True) if scan_untrusted(passage.text) or hidden_message(raw) else passage


def _examples_marked(passages: Sequence[PassageDraft]) -> tuple[PassageDraft, ...]:
    """A dialogue that follows an order shows what shall be answered: it belongs to the order."""
    marked: list[PassageDraft] = []
    for passage in passages:
        follows = bool(marked) and marked[-1].suspicious and holds_dialogue(passage.text)
        marked.append(replace(passage, suspicious=True) if follows else passage)
    return tuple(marked)


def _warnings(passages: Sequence[PassageDraft], *, font_garbled: bool, traditional: bool) -> tuple[str, ...]:
    notes: list[str] = []
    garbled = sum(1 for passage in passages if passage.garbled)
    if garbled:
        cause = "字体编码使数字变成了符号" if font_garbled else "有无法辨认的字符"
        notes.append(f"garbled_text：{cause}，{garbled}个段落中的数字不会被引用")
    if traditional:
        notes.append("traditional_characters：原文是繁体字，检索用简体，原文照存")
    for passage in passages:
        if passage.suspicious:
            notes.append(
                f"{SUSPICIOUS_INSTRUCTION}：文中有试图指挥助手的语句（第{passage.start}个字起），只当作文字保存"
            )
    return tuple(notes)
