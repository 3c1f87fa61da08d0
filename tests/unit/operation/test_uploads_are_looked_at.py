"""Uploaded bytes are told by what they are."""

import pytest

from assistant.web.errors import UploadNotTaken
from assistant.web.sniffed import kind_seen, must_be, refuse_programs
from ingest.sniffing import Format


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\0",
        b"\x7fELF\x02",
        b"#!/bin/sh\nrm -rf /",
        b"\xef\xbb\xbf#!/bin/sh",
        b"\n\n<?php system($_GET[0]);",
        b"\xca\xfe\xba\xbe\0",
    ],
)
def test_a_program_is_not_taken_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(UploadNotTaken):
        refuse_programs(content)


@pytest.mark.parametrize("content", [b"%PDF-1.7", "第一条 规定".encode(), b"\x89PNG\r\n\x1a\n", b"", b"PK\x03\x04"])
def test_documents_and_pictures_are_taken(content: bytes) -> None:
    refuse_programs(content)


def test_a_page_that_is_called_a_picture_is_none() -> None:
    assert must_be(b"\x89PNG\r\n\x1a\n\0\0", "a.png", {Format.IMAGE}) is Format.IMAGE
    with pytest.raises(UploadNotTaken):
        must_be(b"<html><script>alert(1)</script></html>", "a.png", {Format.IMAGE, Format.PDF})


def test_what_a_file_is_shown_as_follows_its_bytes_and_not_its_name_or_what_was_said_of_it() -> None:
    assert kind_seen(b"\x89PNG\r\n\x1a\n\0\0", "a.html") == "image/png"
    assert kind_seen(b"<html><script>alert(1)</script></html>", "a.png") != "image/png"
    with pytest.raises(UploadNotTaken):
        kind_seen(b"MZ\x90\0", "a.png")
