"""Reading datasets: broken lines are named, the run goes on."""

from pathlib import Path

from evals.samples import CaseFile, RecognitionCase

GOOD = '{"id":"a","query":"身份证丢了","expected":["id_loss"],"tags":["near:bundle_ssc"],"surprise":1}'


def file_of(tmp_path: Path, *lines: str) -> CaseFile[RecognitionCase]:
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return CaseFile(path, RecognitionCase)


def test_a_broken_line_is_reported_with_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    cases = file_of(tmp_path, GOOD, '{"id":"b", broken', "", '{"id":"c","query":"x"}', GOOD.replace('"a"', '"d"'))
    assert [c.id for c in cases] == ["a", "d"]
    assert [b.line for b in cases.broken] == [2, 4]
    assert "expected" in cases.broken[1].reason


def test_unknown_keys_are_kept_and_ignored(tmp_path: Path) -> None:
    (case,) = file_of(tmp_path, GOOD)
    assert case.model_extra == {"surprise": 1}


def test_a_bundle_tagged_near_is_acceptable(tmp_path: Path) -> None:
    (case,) = file_of(tmp_path, GOOD)
    assert case.acceptable == {"id_loss", "bundle_ssc"}


def test_bytes_that_are_no_utf8_break_one_line_only(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\xff\xfe{\n" + GOOD.encode() + b"\n")
    cases = CaseFile(path, RecognitionCase)
    assert [c.id for c in cases] == ["a"]
    assert [b.line for b in cases.broken] == [1]


def test_the_limit_counts_cases_not_lines(tmp_path: Path) -> None:
    path = file_of(tmp_path, "{", GOOD, GOOD).path
    assert len(list(CaseFile(path, RecognitionCase, limit=1))) == 1
