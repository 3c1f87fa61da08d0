"""Archives and folders are opened without trusting what they say about themselves."""

from pathlib import Path

import pytest

from ingest.archives import check_expansion, members
from ingest.errors import Unreadable
from ingest.limits import Limits
from ingest.walking import NamesInUse, document_name, walk
from tests.fakes.office_files import a_zip


def test_members_come_in_order_with_their_content() -> None:
    taken = list(members(a_zip({"b/二.txt": b"2", "a/一.txt": b"1"}), Limits()))
    assert [(member.path, member.content) for member in taken] == [("a/一.txt", b"1"), ("b/二.txt", b"2")]


def test_a_name_that_chinese_windows_wrote_is_readable() -> None:
    raw = bytearray(a_zip({"XXXXXXXX.txt": b"1"}))
    chinese = "通知文件".encode("gb18030")
    content = bytes(raw).replace(b"XXXXXXXX", chinese)
    assert [member.path for member in members(content, Limits())] == ["通知文件.txt"]


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "C:/windows/a.txt", "a/../../b.txt"])
def test_a_member_that_wants_to_leave_the_archive_is_not_read(path: str) -> None:
    (member,) = members(a_zip({path: b"x"}), Limits())
    assert member.content is None
    assert member.reason is not None
    assert "不安全" in member.reason


def test_a_zip_bomb_is_not_opened() -> None:
    bomb = a_zip({f"{i}.txt": b"\0" * 30_000_000 for i in range(2)})
    with pytest.raises(Unreadable, match="异常庞大"):
        check_expansion(bomb, Limits())


def test_more_members_than_the_limit_are_not_opened() -> None:
    with pytest.raises(Unreadable, match="超过上限"):
        list(members(a_zip({f"{i}.txt": b"x" for i in range(4)}), Limits(archive_members=3)))


def test_a_member_with_a_password_says_so() -> None:
    content = bytearray(a_zip({"a.txt": b"secret"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    (member,) = members(bytes(content), Limits())
    assert member.content is None
    assert "密码" in (member.reason or "")


def test_a_damaged_member_does_not_stop_the_next() -> None:
    content = bytearray(a_zip({"a.txt": b"first " * 50, "b.txt": b"second"}))
    content[40] ^= 0xFF
    first, second = members(bytes(content), Limits())
    assert first.content is None
    assert second.content == b"second"


def test_a_broken_archive_says_what_to_do() -> None:
    with pytest.raises(Unreadable, match="重新打包"):
        list(members(b"PK\x03\x04 nothing else", Limits()))


def test_folders_are_walked_in_order_and_their_readme_is_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/二.txt", "a/一.txt", "README.md", ".hidden"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("内容", encoding="utf-8")
    found = list(walk([tmp_path]))
    assert [place.path.name for place in found if place.reason is None] == ["一.txt", "二.txt", "b.txt"]
    assert {place.path.name: place.skipped for place in found if place.reason} == {"README.md": True, ".hidden": True}


def test_a_readme_that_was_asked_for_is_read(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text("内容", encoding="utf-8")
    assert [place.reason for place in walk([path])] == [None]


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    folder = tmp_path / "甲"
    folder.mkdir()
    (folder / "回来").symlink_to(tmp_path)
    (folder / "a.txt").write_text("内容", encoding="utf-8")
    (folder / "断.txt").symlink_to(tmp_path / "没有")
    reasons = {place.path.name: place.reason for place in walk([tmp_path])}
    assert reasons["a.txt"] is None
    assert "链接" in (reasons["回来"] or "")
    assert "无法读取" in (reasons["断.txt"] or "")


def test_a_path_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    (place,) = walk([tmp_path / "没有.txt"])
    assert place.reason
    assert not place.skipped


def test_two_files_of_one_name_get_two_names_the_same_in_every_run() -> None:
    for _ in range(2):
        names = NamesInUse()
        given = [
            names.name_for("上海/通知.txt", "1"),
            names.name_for("区/通知.txt", "2"),
            names.name_for("区/通知.txt", "3"),
        ]
        assert given == ["通知.txt", "区-通知.txt", "通知-2.txt"]
        assert names.name_for("别处/通知.txt", "1") == "通知.txt"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a/b/通知 1.txt", "通知 1.txt"),
        ("..\\..\\a.txt", "a.txt"),
        ("坏\u202e名\x07字.txt", "坏名字.txt"),
        ("", "未命名文件"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
    ],
)
def test_the_name_of_a_document_is_safe_to_show(path: str, name: str) -> None:
    assert document_name(path) == name
