"""What was read, as the rest of the product takes it: fields of a material for pre-review, facts for the form."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from prefill.documents.document import NumberCheck, ReadDocument, ReadField
from prefill.documents.errors import DocumentError, ReadingStopped
from prefill.documents.kinds import kind_named
from prefill.documents.reader import DocumentReader
from prefill.documents.reading import SURE
from prefill.facts import Fact, Provenance, SourceKind
from prefill.review.application import SubmittedMaterial, Value

_FACT_NAMES = {
    "结婚证.配偶号码": "结婚证.配偶身份证号",
    "结婚证.持证人号码": "结婚证.持证人身份证号",
}
# Numbers by which a document says whose it is.
_OWN_NUMBERS = ("公民身份号码", "证号", "社会保障号码", "持证人号码")


def material_fields(document: ReadDocument) -> Mapping[str, Value]:
    """Fields as pre-review looks at them; what was read with doubt is left out.

    A number that fails its check digit stays when it was read clearly: then it is the document that is wrong.
    """
    fields: dict[str, Value] = {field.name: field.value for field in document.fields if _is_sure(field)}
    kind = kind_named(document.kind) if document.kind is not None else None
    fields["清晰"] = document.readable
    if document.kind is not None:
        fields["类型"] = document.kind
    if kind is not None and kind.sealed_as and document.sealed is not None:
        fields[kind.sealed_as] = document.sealed
    if kind is not None and kind.signed_as and document.signed is not None:
        fields[kind.signed_as] = document.signed
    return fields


def facts_of(document: ReadDocument, *, observed: datetime, applicant: str = "") -> tuple[Fact, ...]:
    """Facts under the document's own name (身份证.姓名).

    None where `applicant`, an identity number, is known and the document is another person's: their data is not taken.
    """
    kind = kind_named(document.kind) if document.kind is not None else None
    if kind is None or not document.readable:
        return ()
    values = document.values()
    owner = next((values[name] for name in _OWN_NUMBERS if name in values), "")
    if applicant and owner and owner != applicant:
        return ()
    return tuple(
        Fact(
            key=_FACT_NAMES.get(f"{kind.fact}.{field.name}", f"{kind.fact}.{field.name}"),
            value=field.value,
            provenance=Provenance(
                kind=SourceKind.DOCUMENT,
                source=f"您上传的{kind.kind}",
                confidence=field.confidence,
                observed=observed,
                evidence=f"第{field.page}页",
            ),
        )
        for field in document.fields
        if _is_sure(field) and field.check is not NumberCheck.INVALID
    )


def _is_sure(field: ReadField) -> bool:
    return field.confidence >= SURE or (field.check is NumberCheck.INVALID and field.confidence >= SURE / 2)


NOT_READ = ReadField(name="识别结果", value="没有读完，待人工核对", confidence=1.0)
"""What stands for a file whose reading was ended: the machine was slow, the photo may be good, a person looks."""


class DocumentMaterialReader:
    """The reader that pre-review asks for the files of materials."""

    def __init__(self, reader: DocumentReader, *, year: int) -> None:
        self._reader = reader
        self._year = year

    def read(self, material: SubmittedMaterial, content: bytes) -> SubmittedMaterial:
        """The material with what was read: its name corrected to what the document is, its fields filled.

        What the applicant or a back office said of it stays. A file that cannot be opened is an unreadable material.
        """
        try:
            document = self._reader.read(content, year=self._year)
        except ReadingStopped:
            return replace(material, fields={**material.fields, NOT_READ.name: NOT_READ.value})
        except DocumentError:
            return replace(material, fields={**material.fields, "清晰": False})
        name = material.name
        kind = kind_named(document.kind) if document.kind is not None else None
        if kind is not None and not kind.fits(material.name):
            name = kind.kind
        return replace(material, name=name, fields={**material_fields(document), **material.fields})
