"""Unanswered questions, grouped by meaning."""

from datetime import UTC, datetime, timedelta

import numpy as np

from assistant.storage.asked import UnansweredQuestion
from assistant.upkeep.gaps import gaps_among, grouped
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.life.work import Severity

NOW = datetime(2026, 11, 20, 1, tzinfo=UTC)


def a_question(text: str, minutes: int = 0, item: str | None = None) -> UnansweredQuestion:
    return UnansweredQuestion(text=text, at=NOW + timedelta(minutes=minutes), why="no_evidence", item=item)


def test_nothing_asked_is_no_gap() -> None:
    assert gaps_among([], HashingEmbedder()) == ()


def test_the_most_frequent_gap_stands_first_with_its_volume() -> None:
    often = [a_question("灯塔讲解费多少钱", n) for n in range(10)]
    found = gaps_among([a_question("怎么领养流浪猫"), *often], HashingEmbedder())
    assert [(gap.volume, gap.severity) for gap in found] == [(10, Severity.HIGH), (1, Severity.LOW)]


def test_words_of_asking_make_no_other_question() -> None:
    found = gaps_among(
        [a_question("灯塔讲解费多少钱"), a_question("请问一下灯塔的讲解费是多少钱呢", 1)], HashingEmbedder()
    )
    assert [gap.volume for gap in found] == [2]


def test_a_gap_keeps_its_id_when_more_people_ask() -> None:
    first = a_question("灯塔讲解费多少钱")
    (before,) = gaps_among([first], HashingEmbedder())
    (after,) = gaps_among([first, a_question("灯塔讲解费要多少钱", 5)], HashingEmbedder())
    assert before.id == after.id


def test_the_item_that_most_of_them_were_about_is_named() -> None:
    (gap,) = gaps_among([a_question("狗证多少钱", n, "dog_reg") for n in range(2)], HashingEmbedder())
    assert gap.places[0].source == "items/dog_reg"


def test_a_chain_of_half_alike_questions_is_not_one_group() -> None:
    angles = np.deg2rad([0, 20, 40, 60, 80])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    groups = grouped(vectors, 0.9)
    assert groups[0] == groups[1]
    assert groups[0] != groups[4]


def test_groups_of_many_are_found_whatever_the_order() -> None:
    one, other = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    vectors = np.stack([one, other, one, other, one]).astype(np.float32)
    groups = grouped(vectors, 0.9)
    assert len({groups[0], groups[2], groups[4]}) == 1
    assert len(set(groups)) == 2
