"""Each format is told by its bytes and read to the same passages."""

import pytest

from ingest.errors import Unreadable, Unsupported
from ingest.parsers.tables import readable_rows
from ingest.reading import Reading, original_text, read_file
from ingest.sniffing import Format, sniff
from tests.fakes.office_files import a_docx, a_pdf, a_zip, an_xlsx

NOTICE = [
    "上海市人民政府办公厅关于印发《新服务试行办法》的通知",
    "沪府办发〔2031〕9号",
    "各区人民政府，市政府各委、办、局：",
    "《新服务试行办法》已经市政府同意，现印发给你们，请认真按照执行。",
    "2031年3月4日",
]


def words(reading: Reading) -> str:
    return "\n".join(passage.text for passage in reading.passages)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_of_a_text_is_found_without_being_told(encoding: str) -> None:
    reading = read_file("\n".join(NOTICE).encode(encoding), "通知.txt")
    assert reading.facts.number == "沪府办发〔2031〕9号"
    assert "请认真按照执行。" in words(reading)


def test_big5_is_told_from_gb18030() -> None:
    text = "關於申請居住證的說明。申請人應當在市民服務中心提出申請，並且提交身分證明文件。" * 3
    reading = read_file(text.encode("big5"), "說明.txt")
    assert "申请人应当在市民服务中心提出申请" in words(reading)


def test_a_word_file_gives_its_paragraphs_headings_and_table() -> None:
    content = a_docx(
        ["办理材料如下。"], headings=["一、申请材料"], table=[["材料", "份数"], ["身份证", "1"], ["户口簿", "2"]]
    )
    reading = read_file(content, "任意名字.bin")
    assert reading.format is Format.DOCX
    assert "材料：户口簿；份数：2" in words(reading)
    assert any("一、申请材料" in passage.heading for passage in reading.passages)


def test_a_workbook_says_the_column_beside_each_value() -> None:
    content = an_xlsx({"优待证": [["2031年补贴标准"], ["人员", "金额（元）"], ["退役军人", 1200], ["残疾人", 900.5]]})
    reading = read_file(content, "a.xlsx")
    assert "人员：退役军人；金额（元）：1200" in words(reading)
    assert "2031年补贴标准" in words(reading)
    assert reading.passages[0].heading == "优待证"


def test_a_csv_in_gb18030_is_read_as_a_table() -> None:
    reading = read_file("窗口,电话\n徐汇,12345\n静安,54321\n".encode("gb18030"), "窗口.csv")
    assert "窗口：静安；电话：54321" in words(reading)


def test_a_pdf_is_read_page_by_page_without_its_page_numbers() -> None:
    pages = [
        ["某某通知", "申请人应当在收到受理通知书以后的三个工作日之内到窗口提", "— 1 —"],
        ["某某通知", "交全部原件。", "— 2 —"],
        ["某某通知", "逾期不交的，视为撤回申请。", "— 3 —"],
    ]
    reading = read_file(a_pdf(pages), "扫描.doc")
    assert reading.format is Format.PDF
    assert "三个工作日之内到窗口提交全部原件。" in words(reading)
    assert "— 2 —" not in words(reading)
    assert words(reading).count("某某通知") == 0


def test_a_passage_of_a_pdf_knows_its_page_and_its_lines_on_it() -> None:
    pages = [
        ["第一条 为了方便群众，制定本办法。"],
        ["第二条 补领证件的，每证收费五元。", "第三条 本办法自公布之日起施行。"],
    ]
    passages = read_file(a_pdf(pages), "办法.pdf").passages
    (place,) = next(p for p in passages if "收费五元" in p.text).places
    assert place.page == 2
    (box,) = place.boxes
    assert 0 < box.left < box.right <= 1
    assert 0 < box.top < box.bottom < 0.5


def test_a_locked_pdf_says_that_it_has_a_password() -> None:
    with pytest.raises(Unreadable, match="密码"):
        read_file(a_pdf([["内容"]], locked=True), "a.pdf")


def test_a_pdf_of_empty_pages_says_that_there_is_nothing_to_read() -> None:
    with pytest.raises(Unreadable, match="没有文字"):
        read_file(a_pdf([[], []]), "a.pdf")


def test_a_page_loses_its_navigation_and_keeps_its_table() -> None:
    page = """<html><head><title>办事指南-某某网</title><meta charset="utf-8"></head><body>
    <nav>首页 机构 登录</nav><script>var x = 1;</script>
    <ul><li><a href="/a">新闻</a></li><li><a href="/b">政策</a></li></ul>
    <h1>居住证签注办事指南</h1><p>居住证持有人应当在有效期届满前三十日内办理签注手续。办理签注不收费。</p>
    <p>申请人可以在社区事务受理服务中心办理，也可以在网上办理，材料齐全的当场办结，不齐全的一次告知需要补正的全部内容。</p>
    <table><tr><th>材料</th><th>要求</th></tr><tr><td>居住证</td><td>原件</td></tr><tr><td>承诺书</td><td>签名</td></tr></table>
    </body></html>"""
    reading = read_file(page.encode(), "x.txt")
    assert reading.format is Format.HTML
    assert "材料：承诺书；要求：签名" in words(reading)
    assert "登录" not in words(reading)
    assert "新闻" not in words(reading)
    assert reading.facts.title == "居住证签注办事指南"


def test_an_error_page_under_the_name_of_a_pdf_is_refused_with_its_reason() -> None:
    page = b"<!DOCTYPE html><html><head><title>404</title></head><body><h1>Not found</h1></body></html>"
    with pytest.raises(Unreadable, match="网页"):
        read_file(page, "通知.pdf")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "空的"),
        (b"\x00\x00\x00\x00", "空的"),
        (b"   \n\t ", "空的"),
        (b"\x7fELF" + bytes(range(256)) * 9, "无法识别"),
        (b"PK\x03\x04broken", "压缩包"),
        (b"%PDF-1.7 broken", "损坏"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_file(content, "a")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "Workbook".encode("utf-16-le"), "Excel"),
        (rb"{\rtf1\ansi }", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "图片已损坏"),
        (a_zip({"OFD.xml": b"<ofd/>"}), "OFD"),
    ],
    ids=["doc", "xls", "rtf", "png", "ofd"],
)
def test_a_damaged_file_says_so_by_the_name_of_its_format(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_file(content, "a.pdf")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"Rar!\x1a\x07\x00rest", "RAR"), (b"\0\0\0\x18ftypheic\0\0\0\0mif1", "HEIC")],
    ids=["rar", "heic"],
)
def test_a_format_that_is_not_read_is_named_and_told_what_to_send_instead(content: bytes, reason: str) -> None:
    with pytest.raises(Unsupported, match=reason):
        read_file(content, "a.pdf")


def test_a_markdown_table_and_comment() -> None:
    text = "# 收费标准\n\n<!-- 内部备注 -->\n\n| 项目 | 金额 |\n|---|---|\n| 工本费 | 20元 |\n| 邮寄费 | 8元 |\n"
    reading = read_file(text.encode(), "a.md")
    assert "项目：邮寄费；金额：8元" in words(reading)
    assert "内部备注" not in words(reading)


def test_the_name_says_nothing_against_the_bytes() -> None:
    assert sniff(a_docx(["内容"]), "a.txt").format is Format.DOCX
    assert sniff(a_pdf([["内容"]]), "a.html").format is Format.PDF
    assert sniff("普通文字".encode(), "a.pdf").format is Format.TEXT


def test_the_decoded_original_can_be_had_again_for_display() -> None:
    content = "一、标题\n第一段。\n".encode("gb18030")
    reading = read_file(content, "a.txt")
    assert original_text(content, "a.txt") == reading.text == "一、标题\n第一段。\n"


_LABELS = [["受理条件", "年满十八周岁，在本市居住满六个月"], ["收费", "不收费"]]
_WITH_A_LINE_ACROSS = [["项目", "分值"], ["以下加分", "以下加分"], ["学历", "5"]]


@pytest.mark.parametrize(
    ("rows", "texts"),
    [
        ([["姓名", "金额"], ["甲", "3"]], ("姓名 | 金额", "姓名：甲；金额：3")),
        (_LABELS, ("受理条件：年满十八周岁，在本市居住满六个月", "收费：不收费")),
        ([["项目", "材料", "材料"], ["一", "甲", "乙"]], ("项目 | 材料", "项目：一；材料：甲；材料：乙")),
        (_WITH_A_LINE_ACROSS, ("项目 | 分值", "以下加分", "项目：学历；分值：5")),
        ([["1", "2"], ["3", "4"]], ("1 | 2", "3 | 4")),
        ([["", ""], []], ()),
    ],
)
def test_a_row_can_be_read_on_its_own(rows: list[list[str]], texts: tuple[str, ...]) -> None:
    assert readable_rows(rows) == texts
