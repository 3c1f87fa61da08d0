"""Pages of originals are drawn in a process of their own; what cannot be drawn is missing, and nothing breaks."""

import io
from hashlib import sha256
from pathlib import Path

from PIL import Image

from assistant.storage.originals import OriginalFiles
from assistant.storage.page_pictures import PagePictures
from knowledge.storage.engine import open_engine
from tests.fakes.office_files import a_pdf


def kept(folder: Path, content: bytes) -> tuple[PagePictures, str]:
    """The pictures of an original that is laid out already."""
    digest = sha256(content).hexdigest()
    (folder / "originals").mkdir(exist_ok=True)
    (folder / "originals" / digest).write_bytes(content)
    return PagePictures(OriginalFiles(open_engine("sqlite://"), folder / "originals"), folder / "pages"), digest


def test_a_page_of_a_pdf_becomes_a_picture_of_its_shape(tmp_path: Path) -> None:
    pictures, digest = kept(tmp_path, a_pdf([["第一页"], ["第二页"]]))
    drawn = pictures.page(digest, 2)
    assert drawn is not None
    with Image.open(drawn) as image:
        assert image.format == "PNG"
        assert abs(image.width / image.height - 595 / 842) < 0.01
    assert pictures.page(digest, 3) is None
    assert pictures.page(digest, 0) is None


def test_a_picture_is_its_own_only_page(tmp_path: Path) -> None:
    packed = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(packed, "JPEG")
    pictures, digest = kept(tmp_path, packed.getvalue())
    drawn = pictures.page(digest, 1)
    assert drawn is not None
    with Image.open(drawn) as image:
        assert image.size == (60, 40)
    assert pictures.page(digest, 2) is None


def test_a_damaged_file_and_one_without_pages_have_no_pictures(tmp_path: Path) -> None:
    for content in (b"%PDF-1.4 broken", "只有文字".encode()):
        pictures, digest = kept(tmp_path, content)
        assert pictures.page(digest, 1) is None
