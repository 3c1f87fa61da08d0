"""ZIP archives: their members as files of their own, without trusting a name or a size that they state."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from ingest.errors import Dangerous, Unreadable
from ingest.limits import MEBIBYTE, Limits

_UTF8_NAMES = 0x800
_ENCRYPTED = 0x1
_FURNITURE = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
_RATIO_MATTERS_FROM = 10 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive. Where it cannot be taken out, `content` is None and `reason` says why.

    `dangerous` where it tries to harm, `furniture` where it is no document and nothing is lost without it.
    """

    path: str
    content: bytes | None
    reason: str | None = None
    dangerous: bool = False
    furniture: bool = False


def check_expansion(content: bytes | IO[bytes], limits: Limits) -> None:
    """Raises Dangerous where an archive (also one that a DOCX or XLSX is) would grow beyond all bounds."""
    file = _opened(content)
    size = file.seek(0, io.SEEK_END)
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as error:
        raise Unreadable("压缩文件已损坏，无法打开。请重新打包后再上传") from error
    if len(infos) > limits.archive_members:
        raise Unreadable(f"压缩包里有{len(infos)}个文件，超过上限{limits.archive_members}个。请分成几个包上传")
    total = sum(info.file_size for info in infos)
    if total > limits.archive_bytes or (total > _RATIO_MATTERS_FROM and total > size * limits.archive_ratio):
        raise Dangerous("压缩包解开后异常庞大，可能是恶意文件，没有解开。请直接上传里面的文件")


def members(content: bytes | IO[bytes], limits: Limits) -> Iterator[Member]:
    """Files of the archive in the order of their paths; each is read only when its turn comes."""
    check_expansion(content, limits)
    with zipfile.ZipFile(_opened(content)) as archive:
        named = sorted(((_name(info), info) for info in archive.infolist() if not info.is_dir()), key=lambda n: n[0])
        for path, info in named:
            yield _member(archive, path, info, limits)


def _opened(content: bytes | IO[bytes]) -> IO[bytes]:
    return io.BytesIO(content) if isinstance(content, bytes) else content


def _member(archive: zipfile.ZipFile, path: str, info: zipfile.ZipInfo, limits: Limits) -> Member:
    parts = PurePosixPath(path).parts
    if any(part == ".." for part in parts) or path.startswith("/") or ":" in path[:3]:
        reason = "压缩包里的路径不安全（想写到别的文件夹），没有读取"
        return Member(path=path, content=None, reason=reason, dangerous=True)
    if "__MACOSX" in parts or PurePosixPath(path).name.lower() in _FURNITURE:
        return Member(path=path, content=None, reason="系统附带的文件，不是文档", furniture=True)
    if info.flag_bits & _ENCRYPTED:
        return Member(path=path, content=None, reason="压缩包有密码保护，无法打开。请去掉密码后再上传")
    if info.file_size > limits.file_bytes:
        return Member(path=path, content=None, reason=too_large(info.file_size, limits))
    try:
        with archive.open(info) as stream:
            # One byte more than stated shows a size that was a lie.
            content = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error):
        return Member(path=path, content=None, reason="压缩包里的这个文件已损坏，无法读取。请重新打包")
    return Member(path=path, content=content)


def too_large(size: int, limits: Limits) -> str:
    """The reason, with both sizes."""
    return f"文件太大（{size // MEBIBYTE} MB），上限是{limits.file_bytes // MEBIBYTE} MB。请拆分后再上传"


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 mark were decoded as CP437; Chinese Windows wrote them in GB18030."""
    name = info.filename
    if not info.flag_bits & _UTF8_NAMES:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:
            return name.replace("\\", "/")
        for encoding in ("utf-8", "gb18030"):
            try:
                return raw.decode(encoding).replace("\\", "/")
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
