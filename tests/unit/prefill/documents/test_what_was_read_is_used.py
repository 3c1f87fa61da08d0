"""What was read becomes fields of a material and facts; doubt and other people's data do not."""

from dataclasses import replace
from datetime import UTC, datetime

from prefill.documents.document import NumberCheck, ReadDocument, ReadField
from prefill.documents.errors import DocumentRefused
from prefill.documents.kinds import document_kinds, kinds_for
from prefill.documents.specimens.catalogue import SPECIMENS
from prefill.documents.specimens.inventing import Inventor
from prefill.documents.using import DocumentMaterialReader, facts_of, material_fields
from prefill.facts import SourceKind
from prefill.review.application import SubmittedMaterial

NOW = datetime(2026, 11, 22, tzinfo=UTC)
NUMBER = "310101199003074514"
CARD = ReadDocument(
    kind="居民身份证",
    confidence=0.9,
    fields=(
        ReadField(name="姓名", value="钱安柏", confidence=0.99),
        ReadField(name="公民身份号码", value=NUMBER, confidence=0.99, check=NumberCheck.VALID),
        ReadField(name="住址", value="上海市静安区样章路", confidence=0.4),
    ),
)


class Read:
    """A reader whose answer is known."""

    def __init__(self, answer: ReadDocument | DocumentRefused) -> None:
        self.answer = answer

    def read(self, content: bytes, *, year: int) -> ReadDocument:
        if isinstance(self.answer, DocumentRefused):
            raise self.answer
        return self.answer

    def close(self) -> None:
        """Nothing."""


def test_what_was_read_with_doubt_is_left_out() -> None:
    assert material_fields(CARD) == {"姓名": "钱安柏", "公民身份号码": NUMBER, "清晰": True, "类型": "居民身份证"}


def test_a_seal_is_called_what_pre_review_calls_it_and_unknown_is_not_said() -> None:
    birth = ReadDocument(kind="出生医学证明", confidence=1.0, sealed=True)
    assert material_fields(birth)["签发机构盖章"] is True
    assert "签发机构盖章" not in material_fields(replace(birth, sealed=None))


def test_facts_stand_under_the_documents_own_name_with_their_place() -> None:
    facts = facts_of(CARD, observed=NOW, applicant=NUMBER)
    assert {fact.key: fact.value for fact in facts} == {"身份证.姓名": "钱安柏", "身份证.公民身份号码": NUMBER}
    assert {fact.provenance.kind for fact in facts} == {SourceKind.DOCUMENT}
    assert facts[0].provenance.source == "您上传的居民身份证"


def test_another_persons_card_gives_no_facts_about_the_applicant() -> None:
    assert facts_of(CARD, observed=NOW, applicant="31010119900307119X") == ()


def test_a_number_with_a_wrong_digit_is_no_fact() -> None:
    wrong = ReadField(name="公民身份号码", value=NUMBER, confidence=0.9, check=NumberCheck.INVALID)
    assert facts_of(replace(CARD, fields=(wrong,)), observed=NOW) == ()


def test_a_material_is_named_by_what_it_is_when_it_is_another_document() -> None:
    reader = DocumentMaterialReader(Read(ReadDocument(kind="机动车驾驶证", confidence=1.0)), year=2026)
    read = reader.read(SubmittedMaterial(material="m1", name="原居民身份证"), b"x")
    assert read.name == "机动车驾驶证"
    assert read.fields["类型"] == "机动车驾驶证"


def test_a_material_keeps_its_name_and_what_a_register_said() -> None:
    reader = DocumentMaterialReader(Read(CARD), year=2026)
    material = SubmittedMaterial(material="m1", name="原居民身份证", fields={"核验_人口库一致": True})
    read = reader.read(material, b"x")
    assert read.name == "原居民身份证"
    assert read.fields["核验_人口库一致"] is True
    assert read.fields["姓名"] == "钱安柏"


def test_a_file_that_cannot_be_opened_is_an_unreadable_material() -> None:
    reader = DocumentMaterialReader(Read(DocumentRefused("文件已损坏")), year=2026)
    assert reader.read(SubmittedMaterial(material="m1", name="居民户口簿"), b"x").fields == {"清晰": False}


def test_every_specimen_is_of_a_known_kind_and_its_fields_are_fields_a_reader_may_give() -> None:
    known = {kind.kind for kind in document_kinds()}
    assert len(SPECIMENS) >= 12
    assert {draw(Inventor(1)).kind for draw in (SPECIMENS["lease"], SPECIMENS["identity_card_front"])} <= known


def test_a_material_of_the_catalogue_names_the_kinds_that_serve() -> None:
    assert kinds_for("申请人居民身份证") == ("居民身份证",)
    assert "房屋租赁合同" in kinds_for("房屋租赁合同(或网签备案证明)")
    assert kinds_for("活动方案与安全工作方案") == ()
