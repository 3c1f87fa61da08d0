"""A file handed in for a material, and what of it goes into the case."""

import re
from dataclasses import dataclass

from assistant.cases.happenings import FileAdded
from prefill.documents.document import ReadDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file handed in for a material of a part."""

    part: str
    material: str
    name: str
    media_type: str
    content: bytes


_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


def issues(register: str, material: str) -> bool:
    """True where the register is the one that issues the material: 身份证 and 申请人居民身份证."""
    return any(word in material for word in _WORD.findall(register))


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
    )
