"""Builders of documents, passages and libraries for search tests."""

from collections.abc import Sequence
from datetime import date

from knowledge.backends.memory_library import MemoryLibrary
from knowledge.passages import DocumentVersion, Passage, VersionState

TEXTS = (
    "养犬人应当在取得犬只之日起三十日内到所在地公安派出所办理养犬登记，领取《养犬登记证》。",
    "失业人员可以凭居民身份证向户籍所在地的街道社区事务受理中心申领失业保险金，每月发放一次。",
    "灵活就业人员参加职工基本医疗保险，连续缴费满六个月后享受住院待遇。",
    "新能源汽车专用牌照额度免费发放，申请人名下不得有未处理完毕的道路交通违法。",
    "居住证积分达到一百二十分的，其同住子女可以在本市参加普通高中学业水平考试。",
    "企业注销登记前应当清缴税款，并通过国家企业信用信息公示系统公告四十五日。",
)


def a_version(name: str = "notice.txt", version: int = 1, **changes: date | None) -> DocumentVersion:
    """A published version in force for ever, unless told otherwise."""
    return DocumentVersion(
        id=f"{name}@{version}",
        name=name,
        title=f"关于{name}的通知",
        number=None,
        issuer="上海市人民政府",
        issued_on=None,
        effective_from=changes.get("effective_from"),
        effective_to=changes.get("effective_to"),
        region="上海市",
        state=VersionState.PUBLISHED,
        sha256="0" * 64,
    )


def passages_of(version: DocumentVersion, texts: Sequence[str], clause: str | None = None) -> tuple[Passage, ...]:
    """One passage a text."""
    return tuple(
        Passage(
            id=f"{version.id}#p{n}",
            version_id=version.id,
            ordinal=n,
            text=text,
            heading="一、总体要求",
            clause=clause,
            start=0,
            end=len(text),
        )
        for n, text in enumerate(texts)
    )


def a_library(**documents: Sequence[str]) -> MemoryLibrary:
    """A library with one version a document; without documents, one that holds TEXTS."""
    library = MemoryLibrary()
    for name, texts in (documents or {"notice": TEXTS}).items():
        version = a_version(f"{name}.txt")
        library.publish(version, passages_of(version, texts))
    return library
