"""Looks at the bytes of an uploaded file before anything else does: its name and its stated type prove nothing."""

from collections.abc import Collection

from assistant.web.errors import UploadNotTaken
from ingest.sniffing import Format, media_type_of, sniff

# Programs have no place in any upload, whatever reads them later.
_PROGRAMS = (
    b"MZ",  # Windows
    b"\x7fELF",  # Linux
    b"\xfe\xed\xfa\xce",  # macOS, and its other three spellings
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",  # Java, and macOS for several processors
    b"dex\n",  # Android
    b"\0asm",  # WebAssembly
    b"#!",  # a script
    b"<?php",
    b"L\0\0\0\x01\x14\x02\0",  # a Windows shortcut
)


def refuse_programs(content: bytes) -> None:
    """Raises UploadNotTaken for what a machine would run."""
    if content.lstrip(b" \t\r\n\xef\xbb\xbf").startswith(_PROGRAMS):
        raise UploadNotTaken


def must_be(content: bytes, name: str, kinds: Collection[Format]) -> Format:
    """The format, by its bytes. Raises UploadNotTaken where it is none of these."""
    refuse_programs(content)
    found = sniff(content, name).format
    if found not in kinds:
        raise UploadNotTaken
    return found


def kind_seen(content: bytes, name: str) -> str:
    """The media type by the bytes, whatever was said of it: under this one the file is shown again.

    Raises UploadNotTaken for what a machine would run.
    """
    refuse_programs(content)
    return media_type_of(sniff(content, name).format, content)
