"""From the paths that were given to the files to read: folders in order, no loops, nothing but regular files."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_ABOUT_THE_FOLDER = re.compile(
    r"^(?:readme|license|licence|changelog|_index|\.gitignore)(?:\.\w{1,5})?$", re.IGNORECASE
)
_FURNITURE = frozenset({"thumbs.db", "desktop.ini"})
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f/\\\\\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LONGEST_NAME = 200
_LONGEST_SUFFIX = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file to read, or with a `reason` one that is not read and why. `skipped` is false where that is a failure."""

    path: Path
    reason: str | None = None
    skipped: bool = True


def walk(paths: Sequence[Path]) -> Iterator[Found]:
    """Files in the order of the paths given, folders by name. A file given by itself is always read."""
    seen: set[tuple[int, int]] = set()
    for path in paths:
        if not _exists(path):
            yield Found(path=path, reason="找不到这个文件或文件夹。请检查路径", skipped=False)
        elif path.is_dir():
            yield from _folder(path, seen)
        else:
            yield _file(path)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def _folder(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Found(path=folder, reason="没有权限打开这个文件夹。请检查权限", skipped=False)
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if not entry.name.startswith("."):
                yield from _folder(path, seen)
        elif entry.is_symlink() and path.is_dir():
            yield Found(path=path, reason="指向其他文件夹的链接，没有跟随")
        else:
            yield _from_folder(path)


def _from_folder(path: Path) -> Found:
    if path.name.startswith(".") or path.name.lower() in _FURNITURE:
        return Found(path=path, reason="系统附带的文件，不是文档")
    if _ABOUT_THE_FOLDER.match(path.name):
        return Found(path=path, reason="文件夹的说明文件，不是要入库的文档")
    return _file(path)


def _file(path: Path) -> Found:
    try:
        mode = path.stat().st_mode
    except OSError:
        return Found(path=path, reason="无法读取这个文件。请检查链接和权限", skipped=False)
    if not stat.S_ISREG(mode):
        return Found(path=path, reason="不是普通文件（设备或管道），没有读取")
    return Found(path=path)


def document_name(path: str) -> str:
    """The name under which a file is cited: its own, in one Unicode form and without control characters."""
    base = path.replace("\\", "/").rsplit("/", 1)[-1]
    if any("\udc80" <= ch <= "\udcff" for ch in base):
        base = base.encode("utf-8", "surrogateescape").decode("gb18030", "replace")
    clean = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", base.encode("utf-8", "replace").decode("utf-8")))
    stem, dot, suffix = clean.rpartition(".")
    if len(clean) > _LONGEST_NAME:
        tail = f".{suffix}" if dot and len(suffix) <= _LONGEST_SUFFIX else ""
        clean = (stem if tail else clean)[: _LONGEST_NAME - len(tail)] + tail
    return clean or "未命名文件"


class NamesInUse:
    """Names given out in one run; another file of the same name gets the name of its folder before its own."""

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}

    def name_for(self, path: str, sha256: str) -> str:
        """Deterministic for the same files in the same order, so that a second run changes nothing."""
        parts = path.replace("\\", "/").split("/")
        name = document_name(path)
        tries = [name, *(document_name("-".join(parts[-depth:])) for depth in range(2, min(len(parts), 6) + 1))]
        stem, dot, suffix = name.rpartition(".")
        tries.extend(f"{stem}-{number}.{suffix}" if dot else f"{name}-{number}" for number in range(2, 1_000))
        for candidate in tries:
            if self._taken.setdefault(candidate, sha256) == sha256:
                return candidate
        return f"{sha256[:12]}-{name}"
