"""Handing files in: found, taken out of archives, named, and kept with a job each before anybody reads them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from ingest.archives import members, too_large
from ingest.errors import Dangerous, IngestError
from ingest.jobs import Upload
from ingest.limits import MEBIBYTE, Limits
from ingest.report import FileReport, Outcome
from ingest.sniffing import Format, sniff
from ingest.sql_jobs import Kept, SqlJobs
from ingest.walking import Found, NamesInUse, document_name, walk
from knowledge.passages import VersionState
from knowledge.storage.documents import DocumentDrafts

_FILES_AT_ONCE = 64
_BYTES_AT_ONCE = 32 * MEBIBYTE
_DOCUMENTS_IN_ZIP = frozenset({"[Content_Types].xml", "OFD.xml"})
UNCHANGED = "内容和已入库的版本完全相同"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who hands files in, and what becomes of them. `approved_by` is the second person where they are published."""

    actor: str
    publish: bool
    approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Writes batches. When a call returns, every file is on the disk with its job, or told why it is not."""

    jobs: SqlJobs
    drafts: DocumentDrafts
    limits: Limits
    clock: Callable[[], datetime]
    new_id: Callable[[], str]

    def paths(self, paths: Sequence[Path], order: Order) -> str:
        """Files, folders and archives on this machine; the id of the batch."""
        return self._batch(order, lambda names: (kept for found in walk(paths) for kept in self._found(found, names)))

    def uploads(self, uploads: Iterable[Upload], order: Order) -> str:
        """Files that came over the network; the id of the batch."""
        return self._batch(
            order, lambda names: (kept for up in uploads for kept in self._content(up.name, up.content, names, depth=0))
        )

    def _batch(self, order: Order, files: Callable[[NamesInUse], Iterator[Kept]]) -> str:
        now = self.clock()
        batch_id = f"{now:%Y%m%d-%H%M%S}-{self.new_id()[:8]}"
        self.jobs.add_batch(batch_id, actor=order.actor, publish=order.publish, approved_by=order.approved_by, now=now)
        waiting: list[Kept] = []
        done, weight = 0, 0
        for kept in files(NamesInUse()):
            waiting.append(self._settled(kept, order))
            weight += len(kept.content or b"")
            if len(waiting) >= _FILES_AT_ONCE or weight >= _BYTES_AT_ONCE:
                self.jobs.add(batch_id, waiting, first=done, now=now)
                done, weight = done + len(waiting), 0
                waiting.clear()
        self.jobs.add(batch_id, waiting, first=done, now=now)
        return batch_id

    def _settled(self, kept: Kept, order: Order) -> Kept:
        """What the knowledge base holds already needs nobody to read it."""
        if kept.report is not None:
            return kept
        versions = self.drafts.versions(kept.name)
        newest = versions[-1] if versions else None
        if newest is None or newest.sha256 != kept.sha256 or newest.state is VersionState.WITHDRAWN:
            return kept
        waits = newest.state in {VersionState.DRAFT, VersionState.REVIEWED}
        if waits and order.publish:
            return kept
        report = FileReport(
            name=kept.name,
            path=kept.path,
            outcome=Outcome.UNCHANGED,
            reason=UNCHANGED,
            version_id=newest.id,
            title=newest.title,
            number=newest.number,
            published=not waits,
        )
        return Kept(name=kept.name, path=kept.path, size=kept.size, sha256=kept.sha256, report=report)

    def _found(self, found: Found, names: NamesInUse) -> Iterator[Kept]:
        path = str(found.path)
        if found.reason is not None:
            yield _refused(path, found.reason, Outcome.SKIPPED if found.skipped else Outcome.FAILED)
            return
        try:
            size = found.path.stat().st_size
            if size > self.limits.file_bytes:
                yield from self._large(found.path, size, names)
                return
            content = found.path.read_bytes()
        except OSError:
            yield _refused(path, "无法读取这个文件。请检查权限或磁盘", Outcome.FAILED)
            return
        yield from self._content(path, content, names, depth=0)

    def _large(self, path: Path, size: int, names: NamesInUse) -> Iterator[Kept]:
        """A large archive is opened where it lies, member by member; any other file of that size is refused unread."""
        with path.open("rb") as file:
            if size <= self.limits.archive_bytes and _is_archive(file):
                yield from self._members(str(path), file, names, depth=0)
                return
        yield _refused(str(path), too_large(size, self.limits), Outcome.FAILED, size=size)

    def _content(self, path: str, content: bytes, names: NamesInUse, *, depth: int) -> Iterator[Kept]:
        if len(content) > self.limits.file_bytes:
            yield _refused(path, too_large(len(content), self.limits), Outcome.FAILED, size=len(content))
            return
        if content.startswith(b"PK") and sniff(content, path).format is Format.ZIP:
            yield from self._members(path, content, names, depth=depth)
            return
        sha256 = hashlib.sha256(content).hexdigest()
        yield Kept(name=names.name_for(path, sha256), path=path, size=len(content), sha256=sha256, content=content)

    def _members(self, path: str, archive: bytes | IO[bytes], names: NamesInUse, *, depth: int) -> Iterator[Kept]:
        if depth >= self.limits.archive_depth:
            yield _refused(path, "压缩包里套了太多层压缩包，没有继续打开。请先解开再上传", Outcome.QUARANTINED)
            return
        try:
            for member in members(archive, self.limits):
                place = f"{path}/{member.path}"
                if member.content is not None:
                    yield from self._content(place, member.content, names, depth=depth + 1)
                elif member.furniture:
                    yield _refused(place, member.reason or "", Outcome.SKIPPED)
                else:
                    outcome = Outcome.QUARANTINED if member.dangerous else Outcome.FAILED
                    yield _refused(place, member.reason or "", outcome)
        except Dangerous as error:
            yield _refused(path, str(error), Outcome.QUARANTINED)
        except IngestError as error:
            yield _refused(path, str(error), Outcome.FAILED)


def _is_archive(file: IO[bytes]) -> bool:
    try:
        with ZipFile(file) as archive:
            return not _DOCUMENTS_IN_ZIP & set(archive.namelist())
    except (BadZipFile, ValueError, NotImplementedError, OSError, IndexError):
        return False


def _refused(path: str, reason: str, outcome: Outcome, size: int = 0) -> Kept:
    name = document_name(path)
    report = FileReport(name=name, path=path, outcome=outcome, reason=reason)
    return Kept(name=name, path=path, size=size, report=report)
