"""The way of a file: found, read, saved, published. Each file is a transaction of its own."""

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ingest.archives import check_expansion, members, too_large
from ingest.errors import IngestError, Unsupported
from ingest.limits import Limits
from ingest.reading import Reading
from ingest.report import FileReport, IngestReport, Outcome, Progressed
from ingest.sniffing import Format, sniff
from ingest.walking import Found, NamesInUse, document_name, walk
from ingest.worker import Reader, WorkerReader
from knowledge.errors import StorageFull
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.documents import DocumentDrafts, ParsedDocument, SaveOutcome
from knowledge.storage.four_eyes import OPERATOR

_WHY = "操作员在命令行下令：导入时发布（xiaoshen ingest --publish）"
_OUTCOMES = {
    SaveOutcome.NEW: Outcome.NEW,
    SaveOutcome.NEW_VERSION: Outcome.NEW_VERSION,
    SaveOutcome.UNCHANGED: Outcome.UNCHANGED,
}


def quiet(progressed: Progressed) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipeline:
    """Files into the knowledge base. Without `publish` they wait as drafts.

    `region` is the one of documents that name none. After a kill the files that were reported are stored, the others
    are not; running again stores the rest.
    """

    drafts: DocumentDrafts
    reader: Reader
    limits: Limits = field(default_factory=Limits)
    region: str = "上海市"

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        now: datetime,
        actor: str,
        publish: bool,
        progress: Callable[[Progressed], None] = quiet,
    ) -> IngestReport:
        """Take all files of the paths; never raises for what a file contains."""
        run = _Run(self, now=now, actor=actor, publish=publish)
        reports: list[FileReport] = []
        found = list(walk(paths))
        total = len(found)
        for place in found:
            for index, report in enumerate(run.take(place)):
                total += 1 if index else 0
                reports.append(report)
                progress(Progressed(len(reports), total, report))
        return IngestReport(tuple(reports))


def ingest_paths(
    paths: Sequence[Path],
    drafts: DocumentDrafts,
    *,
    now: datetime,
    actor: str,
    publish: bool,
    progress: Callable[[Progressed], None] = quiet,
    region: str = "上海市",
    limits: Limits | None = None,
) -> IngestReport:
    """Ingest with a reading process of its own, as the command line does."""
    bounds = limits or Limits()
    reader = WorkerReader(bounds)
    try:
        pipeline = Pipeline(drafts=drafts, reader=reader, limits=bounds, region=region)
        return pipeline.ingest(paths, now=now, actor=actor, publish=publish, progress=progress)
    finally:
        reader.close()


class _Run:
    """One ingestion: who does it, when, and the names that are taken."""

    def __init__(self, pipeline: Pipeline, *, now: datetime, actor: str, publish: bool) -> None:
        self._pipeline = pipeline
        self._now = now
        self._actor = actor
        self._publish = publish
        self._names = NamesInUse()
        self._seen: dict[str, str] = {}

    def take(self, found: Found) -> Iterator[FileReport]:
        """One report for a file, several for an archive."""
        path = str(found.path)
        if found.reason is not None:
            yield _refused(path, found.reason, Outcome.SKIPPED if found.skipped else Outcome.FAILED)
            return
        try:
            size = found.path.stat().st_size
            content = None if size > self._pipeline.limits.file_bytes else found.path.read_bytes()
        except OSError:
            yield _refused(path, "无法读取这个文件。请检查权限或磁盘", Outcome.FAILED)
            return
        if content is None:
            yield _refused(path, too_large(size, self._pipeline.limits), Outcome.FAILED)
            return
        yield from self._content(path, content, depth=0)

    def _content(self, path: str, content: bytes, *, depth: int) -> Iterator[FileReport]:
        if sniff_archive(content, path) is not Format.ZIP:
            yield self._file(path, content)
            return
        if depth >= self._pipeline.limits.archive_depth:
            yield _refused(path, "压缩包里套了太多层压缩包，没有继续打开。请先解开再上传", Outcome.FAILED)
            return
        try:
            inside = members(content, self._pipeline.limits)
            for member in inside:
                place = f"{path}/{member.path}"
                if member.content is None:
                    skipped = member.reason is not None and member.reason.startswith("系统")
                    yield _refused(place, member.reason or "", Outcome.SKIPPED if skipped else Outcome.FAILED)
                else:
                    yield from self._content(place, member.content, depth=depth + 1)
        except IngestError as error:
            yield _refused(path, str(error), Outcome.FAILED)

    def _file(self, path: str, content: bytes) -> FileReport:
        begun = time.perf_counter()
        sha256 = hashlib.sha256(content).hexdigest()
        name = self._names.name_for(path, sha256)
        known = self._known(name, sha256)
        try:
            if known is not None:
                return self._unchanged(path, known, begun)
            reading = self._read(content, name)
            return self._save(path, content, sha256=sha256, name=name, reading=reading, begun=begun)
        except Unsupported as error:
            return _refused(path, f"暂不支持：{error}", Outcome.SKIPPED, name)
        except IngestError as error:
            return _refused(path, str(error), Outcome.FAILED, name)
        except StorageFull:
            return _refused(path, "磁盘已满，没有入库。请腾出空间后重新导入", Outcome.FAILED, name)
        except Exception:  # noqa: BLE001 - one document that cannot be stored never stops the others
            reason = "保存这个文件时出错，没有入库。请运行 xiaoshen doctor 检查数据库后重试"
            return _refused(path, reason, Outcome.FAILED, name)

    def _known(self, name: str, sha256: str) -> DocumentVersion | None:
        """The newest version, where it holds just these bytes and still counts."""
        versions = self._pipeline.drafts.versions(name)
        newest = versions[-1] if versions else None
        counts = newest is not None and newest.state is not VersionState.WITHDRAWN and newest.sha256 == sha256
        return newest if counts else None

    def _unchanged(self, path: str, known: DocumentVersion, begun: float) -> FileReport:
        waiting = known.state in {VersionState.DRAFT, VersionState.REVIEWED}
        if waiting and self._publish:
            self._pipeline.drafts.publish(known.id, now=self._now, actor=OPERATOR, why=_WHY)
        return FileReport(
            name=known.name,
            path=path,
            outcome=Outcome.UNCHANGED,
            reason="内容和已入库的版本完全相同",
            version_id=known.id,
            title=known.title,
            number=known.number,
            published=self._publish or not waiting,
            seconds=time.perf_counter() - begun,
        )

    def _read(self, content: bytes, name: str) -> Reading:
        if content.startswith(b"PK"):
            check_expansion(content, self._pipeline.limits)
        return self._pipeline.reader.read(content, name, self._pipeline.region)

    def _save(self, path: str, content: bytes, *, sha256: str, name: str, reading: Reading, begun: float) -> FileReport:
        facts = reading.facts
        document = ParsedDocument(
            name=name,
            sha256=sha256,
            original=content,
            media_type=reading.media_type,
            title=facts.title,
            number=facts.number,
            issuer=facts.issuer,
            issued_on=facts.issued_on,
            effective_from=facts.effective_from,
            effective_to=facts.effective_to,
            region=facts.region,
            passages=reading.passages,
        )
        (saved,) = self._pipeline.drafts.save_all(
            (document,),
            now=self._now,
            actor=self._actor,
            publish_why=_WHY if self._publish else None,
            approved_by=OPERATOR if self._publish else None,
        )
        twin = self._seen.setdefault(sha256, name)
        twins = (f"duplicate_content：内容与「{twin}」完全相同",) if twin != name else ()
        return FileReport(
            name=name,
            path=path,
            outcome=_OUTCOMES[saved.outcome],
            passages=len(reading.passages),
            garbled=sum(1 for passage in reading.passages if passage.garbled),
            warnings=(*reading.warnings, *twins),
            version_id=saved.version_id,
            title=facts.title,
            number=facts.number,
            published=self._publish,
            seconds=time.perf_counter() - begun,
        )


def sniff_archive(content: bytes, name: str) -> Format | None:
    """ZIP where the bytes are an archive of files rather than a document that happens to be zipped."""
    return sniff(content, name).format if content.startswith(b"PK") else None


def _refused(path: str, reason: str, outcome: Outcome, name: str | None = None) -> FileReport:
    return FileReport(name=name or document_name(path), path=path, outcome=outcome, reason=reason)
