"""A file handed in for a material, and what of it goes into the case."""

import re
from dataclasses import dataclass
from datetime import datetime

from assistant.cases.happenings import FileAdded, KeptFact
from assistant.cases.kept_facts import kept_of
from assistant.cases.standing import Standing
from prefill.documents.document import ReadDocument
from prefill.documents.using import facts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file handed in for a material of a part."""

    part: str
    material: str
    name: str
    media_type: str
    content: bytes


_APPLICANT = ("公民身份号码", "申请人身份号码", "申请人公民身份号码")
_OF_A_PERSON = frozenset({"公民身份号码", "证号", "社会保障号码", "持证人号码", "户主姓名"})
_OWN = ("申请人", "本人")
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def issues(register: str, material: str) -> bool:
    """True where the register is the one that issues the material: 身份证 and 申请人居民身份证."""
    return any(word in material for word in _WORD.findall(register))


def facts_read(stands: Standing, material: str, read: ReadDocument, at: datetime, file: str) -> tuple[KeptFact, ...]:
    """What the form can take from a document, nothing of another person's: the facts go when the file is taken back.

    Whose a personal document is must be known: by the applicant's number, or because their own was asked for.
    """
    applicant = next((f.value for f in stands.fields if f.field.name in _APPLICANT and f.value), "")
    names = {field.name for field in read.fields}
    if not applicant and names & _OF_A_PERSON and not material.startswith(_OWN):
        return ()
    found = facts_of(read, observed=at, applicant=applicant or "")
    asked = {key for field in stands.fields for key in field.field.prefill}
    wanted = [fact for fact in found if fact.key in asked or fact.key.partition(".")[0] in asked]
    return kept_of(wanted, reference=file)


def places_of(read: ReadDocument) -> dict[str, tuple[float, float, float, float]]:
    """Where on the picture each field stands, for those that have a place; a ten-thousandth of the page is enough."""
    return {
        field.name: (round(box.left, 4), round(box.top, 4), round(box.right, 4), round(box.bottom, 4))
        for field in read.fields
        if (box := field.box) is not None
    }


def pages_of(read: ReadDocument) -> dict[str, int]:
    """The page of each of those places, where it is not the first."""
    return {field.name: field.page for field in read.fields if field.box is not None and field.page > 1}


def file_added(file: str, upload: Upload, read: ReadDocument) -> FileAdded:
    fields = {key: value for key, value in read.values().items() if value}
    if read.sealed is not None:
        fields["盖章"] = "是" if read.sealed else "否"
    if read.signed is not None:
        fields["签名"] = "是" if read.signed else "否"
    return FileAdded(
        file=file,
        part=upload.part,
        material=upload.material,
        name=upload.name[:200],
        media_type=upload.media_type,
        size=len(upload.content),
        kind=read.kind or "",
        fields=fields,
        readable=read.readable,
        remark=" ".join(p.sentence for p in read.problems),
        places=places_of(read),
        pages=pages_of(read),
    )
