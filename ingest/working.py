"""Working a batch off: each file read with a deadline, saved in one transaction; one bad file stops no other."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from ingest.archives import check_expansion
from ingest.errors import Dangerous, IngestError, Unsupported
from ingest.intake import UNCHANGED
from ingest.limits import Limits
from ingest.reading import Reading
from ingest.report import FileReport, Likeness, Outcome, Similar
from ingest.resembling import Likenesses
from ingest.sql_jobs import Claimed, SqlJobs
from ingest.worker import Reader
from knowledge.errors import KnowledgeError, StorageFull
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.documents import DocumentDrafts, ParsedDocument, SavedVersion, SaveOutcome

_MOST_ATTEMPTS = 3
_WHY = "操作员下令：导入时发布"
_OUTCOMES = {
    SaveOutcome.NEW: Outcome.NEW,
    SaveOutcome.NEW_VERSION: Outcome.NEW_VERSION,
    SaveOutcome.UNCHANGED: Outcome.UNCHANGED,
}
_OFFERS = {
    Likeness.SAME_TEXT: "duplicate_content：内容与「{name}」相同",
    Likeness.NEAR_DUPLICATE: "near_duplicate：内容与「{name}」约{percent}%相同，请确认是否重复",
    Likeness.NEWER_VERSION: "newer_version：像是「{name}」的新版本，请确认是否由它取代旧版",
    Likeness.OLDER_VERSION: "older_version：像是「{name}」的旧版本，知识库里的更新",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWorker:
    """Does the jobs of a batch, some beside each other. `readers` are how many files are read at once."""

    jobs: SqlJobs
    drafts: DocumentDrafts
    likenesses: Likenesses
    new_reader: Callable[[], Reader]
    clock: Callable[[], datetime]
    limits: Limits
    region: str
    readers: int = 2

    def work_off(self, batch_id: str, stop: Event) -> None:
        """Do what is queued and what another worker left half done; return early where `stop` is set.

        For the one that runs the batch: the job engine sees to it that there is one. Were there two, each file would
        still be saved once, because saving the same bytes again changes nothing.
        """
        self.jobs.release(batch_id)
        with ThreadPoolExecutor(self.readers, thread_name_prefix="ingest") as pool:
            for line in [pool.submit(self._line, batch_id, stop) for _ in range(self.readers)]:
                line.result()

    def _line(self, batch_id: str, stop: Event) -> None:
        claimed = self.jobs.claim(batch_id, now=self.clock())
        if claimed is None:
            return
        with closing(self.new_reader()) as reader:
            while claimed is not None:
                self._file(claimed, reader)
                claimed = None if stop.is_set() else self.jobs.claim(batch_id, now=self.clock())

    def _file(self, job: Claimed, reader: Reader) -> None:
        begun = time.perf_counter()
        media_type: str | None = None
        try:
            report, media_type = self._report(job, reader, begun)
        except Unsupported as error:
            report = _refused(job, f"暂不支持：{error}", Outcome.SKIPPED)
        except Dangerous as error:
            report = _refused(job, str(error), Outcome.QUARANTINED)
        except IngestError as error:
            report = _refused(job, str(error), Outcome.FAILED)
        except StorageFull:
            report = _refused(job, "磁盘已满，没有入库。请腾出空间后重试", Outcome.FAILED)
        except KnowledgeError as error:
            report = _refused(job, f"没有入库：{error}", Outcome.FAILED)
        except Exception:  # noqa: BLE001 - one document that cannot be stored never stops the others
            reason = "保存这个文件时出错，没有入库。请运行 xiaoshen doctor 检查数据库后重试"
            report = _refused(job, reason, Outcome.FAILED)
        if report is not None:
            self.jobs.finish(job.id, report, now=self.clock(), media_type=media_type)

    def _report(self, job: Claimed, reader: Reader, begun: float) -> tuple[FileReport | None, str | None]:
        """None where the job was cancelled before it was saved."""
        if job.attempts > _MOST_ATTEMPTS:
            raise Dangerous("读取这个文件时程序已经中断过三次，不再自动重试。请检查文件后再手动重试")
        if self.jobs.is_overtaken(job.name, job.batch, job.submitted_at):
            return _refused(job, "同名文件已有更新的上传，以新的为准，这一份没有入库", Outcome.CANCELLED), None
        content = self.jobs.content(job.sha256)
        known = self._known(job)
        if known is not None and job.attempts == 1:
            return self._unchanged(job, known, begun), None
        reading = self._read(reader, content, job.name)
        if not self.jobs.is_wanted(job.id):
            return None, None
        saved = self._save(job, content, reading)
        version = self._version(job.name, saved.version_id)
        similar = self.likenesses.resembled(version, reading.passages) if version is not None else ()
        facts = reading.facts
        return (
            FileReport(
                name=job.name,
                path=job.path,
                outcome=self._outcome(job, saved),
                passages=len(reading.passages),
                garbled=sum(1 for passage in reading.passages if passage.garbled),
                suspicious=sum(1 for passage in reading.passages if passage.suspicious),
                warnings=(*reading.warnings, *_offers(similar)),
                version_id=saved.version_id,
                title=facts.title,
                number=facts.number,
                published=job.publish,
                seconds=time.perf_counter() - begun,
                similar=similar,
            ),
            reading.media_type,
        )

    def _read(self, reader: Reader, content: bytes, name: str) -> Reading:
        if content.startswith(b"PK"):
            check_expansion(content, self.limits)
        return reader.read(content, name, self.region)

    def _save(self, job: Claimed, content: bytes, reading: Reading) -> SavedVersion:
        facts = reading.facts
        document = ParsedDocument(
            name=job.name,
            sha256=job.sha256,
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
            addressees=facts.addressees,
        )
        (saved,) = self.drafts.save_all(
            (document,),
            now=self.clock(),
            actor=job.actor,
            publish_why=_WHY if job.publish else None,
            approved_by=job.approved_by if job.publish else None,
        )
        return saved

    def _known(self, job: Claimed) -> DocumentVersion | None:
        """The newest version, where it holds just these bytes and still counts."""
        versions = self.drafts.versions(job.name)
        newest = versions[-1] if versions else None
        counts = newest is not None and newest.state is not VersionState.WITHDRAWN and newest.sha256 == job.sha256
        return newest if counts else None

    def _version(self, name: str, version_id: str) -> DocumentVersion | None:
        return next((version for version in self.drafts.versions(name) if version.id == version_id), None)

    def _outcome(self, job: Claimed, saved: SavedVersion) -> Outcome:
        """A job that was cut off after it had saved its file did save it, though it finds it there now."""
        if saved.outcome is SaveOutcome.UNCHANGED and job.attempts > 1:
            events = self.drafts.history(f"documents/{job.name}")
            own = [e for e in events if e.version_id == saved.version_id and e.action == "saved"]
            if any(event.actor == job.actor and event.at >= job.submitted_at for event in own):
                versions = self.drafts.versions(job.name)
                return Outcome.NEW if versions[0].id == saved.version_id else Outcome.NEW_VERSION
        return _OUTCOMES[saved.outcome]

    def _unchanged(self, job: Claimed, known: DocumentVersion, begun: float) -> FileReport:
        waiting = known.state in {VersionState.DRAFT, VersionState.REVIEWED}
        if waiting and job.publish:
            actor = job.approved_by or job.actor
            self.drafts.publish(known.id, now=self.clock(), actor=actor, why=_WHY)
        return FileReport(
            name=known.name,
            path=job.path,
            outcome=Outcome.UNCHANGED,
            reason=UNCHANGED,
            version_id=known.id,
            title=known.title,
            number=known.number,
            published=job.publish or not waiting,
            seconds=time.perf_counter() - begun,
        )


def _refused(job: Claimed, reason: str, outcome: Outcome) -> FileReport:
    return FileReport(name=job.name, path=job.path, outcome=outcome, reason=reason)


def _offers(similar: tuple[Similar, ...]) -> Iterator[str]:
    for one in similar:
        yield _OFFERS[one.kind].format(name=one.name, percent=round(one.share * 100))
