"""Every page that is read can be shown as a picture, whatever the file is; what has no picture shows none."""

import io

import docx
import pytest
from PIL import Image

from prefill.documents.picturing import page_as_read, picture_of
from tests.fakes.office_files import a_pdf


def pages(*colors: str) -> bytes:
    """A PDF of scans: a plain page of each color."""
    drawn = [Image.new("RGB", (600, 840), color) for color in colors]
    packed = io.BytesIO()
    drawn[0].save(packed, "PDF", save_all=True, append_images=drawn[1:])
    return packed.getvalue()


def middle(picture: bytes | None) -> tuple[int, ...]:
    assert picture is not None
    with Image.open(io.BytesIO(picture)) as shown:
        assert shown.format == "JPEG"
        return tuple(round(share / 255) for share in shown.convert("RGB").resize((1, 1)).tobytes())


def test_the_second_page_of_a_pdf_is_shown_by_a_process_of_its_own() -> None:
    assert middle(picture_of(pages("red", "blue"), 2)) == (0, 0, 1)


def test_a_photo_is_its_first_page() -> None:
    packed = io.BytesIO()
    Image.new("RGB", (600, 400), "lime").save(packed, "TIFF")
    assert middle(page_as_read(packed.getvalue(), 1)) == (0, 1, 0)


def text_alone() -> bytes:
    written, packed = docx.Document(), io.BytesIO()
    written.add_paragraph("房屋租赁合同。出租人和承租人就房屋租赁的有关事宜达成一致，签订本合同，共同遵守。")
    written.save(packed)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "page"),
    [
        (pages("red"), 2),
        (pages("red"), 0),
        (a_pdf([["合同"]], locked=True), 1),
        (b"%PDF-1.7 broken", 1),
        (text_alone(), 1),
    ],
    ids=["no such page", "before the first", "locked", "broken", "text alone"],
)
def test_what_has_no_picture_shows_none(content: bytes, page: int) -> None:
    assert page_as_read(content, page) is None
