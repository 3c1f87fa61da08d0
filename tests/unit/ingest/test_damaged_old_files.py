"""Bytes turned over in old and layout files end in passages or in a reason, in nothing else, and in time."""

import contextlib
import random

import pytest

from ingest.errors import IngestError
from ingest.reading import read_file
from tests.fakes.old_office_files import a_doc, an_ofd, an_xls

_WHOLE = {
    "doc": a_doc(["灯塔管理办法", "参观须预约。"], table=[["材料", "份数"], ["身份证", "1"]], numbered=["总则"]),
    "xls": an_xls([["街道", "学校"], ["东街", "一小"]], merged=[(1, 1, 0, 1)]),
    "rtf": rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 \'cb\'ce;}}\f0 \'b5\'c6\'cb\'fe\par\u21442?\cell\row}",
    "ofd": an_ofd([[(20, 20, "灯塔管理办法"), (20, 40, "参观须预约。")]]),
}


@pytest.mark.parametrize("kind", sorted(_WHOLE))
def test_a_damaged_file_gives_passages_or_a_reason(kind: str) -> None:
    chance = random.Random(kind)  # noqa: S311 - the same damage every time
    for _ in range(40):
        content = bytearray(_WHOLE[kind])
        for _ in range(chance.choice([1, 4, 16])):
            place = chance.randrange(len(content))
            if chance.random() < 0.2:
                del content[place : place + chance.randrange(1, 40)]
            else:
                content[place] = chance.randrange(256)
        with contextlib.suppress(IngestError):
            assert read_file(bytes(content), "a").passages
