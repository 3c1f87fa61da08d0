"""What pre-review looked at is marked on its page, photo or PDF, for the clerk and for the citizen."""

from datetime import UTC, date, datetime

from assistant.cases import happenings as h
from assistant.cases.case import case_of
from assistant.cases.happenings import CITIZEN, SYSTEM, CaseEvent, Channel
from assistant.cases.uploading import Upload, file_added
from assistant.clerk.case_side import points_of
from assistant.web.case_views import spots_of
from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import read_yaml
from knowledge.items import ServiceItem
from knowledge.passages import Box
from prefill.documents.document import ReadDocument, ReadField
from prefill.review.application import Application, SubmittedMaterial
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook

MONTHS = "公积金连续缴存月数"
PLACE = (0.1, 0.2, 0.4, 0.25)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def an_item() -> ServiceItem:
    values = read_yaml((SHIPPED / "items" / "gjj_rent.yaml").read_bytes())
    assert isinstance(values, dict)
    return read_item(values)


def a_file(page: int = 1, *, placed: bool = True) -> h.FileAdded:
    box = Box(left=PLACE[0], top=PLACE[1], right=PLACE[2], bottom=PLACE[3])
    read = ReadDocument(
        kind="证明",
        confidence=1.0,
        fields=(ReadField(name=MONTHS, value="2", confidence=1.0, page=page, box=box if placed else None),),
    )
    upload = Upload(part="gjj_rent", material="m1", name="a", media_type="application/pdf", content=b"x")
    return file_added("f1", upload, read)


def test_the_clerk_sees_the_point_on_its_page_and_who_stands_behind_the_rule() -> None:
    item, file = an_item(), a_file(page=3)
    material = SubmittedMaterial(material="m1", name="居民身份证", fields=dict(file.fields))
    application = Application(item="gjj_rent", today=date(2026, 11, 23), form={}, materials=(material,))
    found = review(application, item, shipped_rulebook())
    point = next(one for one in points_of(item, found, (file,)) if one.id == "c1")
    assert [(seen.file, seen.page, seen.place) for seen in point.trace] == [("f1", 3, PLACE)]
    assert point.rule is not None
    assert "还没有审核" in point.rule.text


def test_the_citizen_sees_on_which_page_a_fault_stands_and_nothing_for_a_file_without_pages() -> None:
    finding = h.KeptFinding(part="gjj_rent", code="c", where="c1", what="x", remedy="y", seen=(("m1", MONTHS),))
    opened = h.Opened(item="gjj_rent", parts=("gjj_rent",), region="上海市", channel=Channel.PAGE, code="AB")
    for file, places in ((a_file(), [(1, PLACE)]), (a_file(page=2), [(2, PLACE)]), (a_file(placed=False), [])):
        events: list[h.Happening] = [
            opened,
            file,
            h.ReviewBegun(),
            h.Reviewed(outcome="return", notice="", findings=(finding,)),
        ]
        actors = (CITIZEN, CITIZEN, CITIZEN, SYSTEM)
        case = case_of(
            "c", (CaseEvent(number=n + 1, at=NOW, actor=actors[n], happening=event) for n, event in enumerate(events))
        )
        assert [(spot.page, spot.place) for spot in spots_of(case, finding)] == places
