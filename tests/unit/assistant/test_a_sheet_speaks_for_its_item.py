"""Where recognition is unsure, the sheet that clearly answers decides; where none does, it is still asked back."""

import numpy as np

from assistant.steps.asking import Asked
from assistant.steps.needs import need_of
from assistant.steps.statement_index import Profile, WordWeights, profile_of
from assistant.steps.supporting import Sheet, best_supported
from knowledge.items import FactStatus
from knowledge.statements import Facet, Statement

NEAR, FAR = 0.93, 0.84


def told(source: str, text: str, facet: Facet = Facet.CONDITIONS, status: FactStatus = FactStatus.SOURCED) -> Profile:
    statement = Statement(
        id=f"{source}#c1", source=source, title="船员证", facet=facet, text=text, status=status, version="1"
    )
    return profile_of(statement)


def sheet(profile: Profile, thought: float, nearness: float) -> Sheet:
    vectors = np.array([[nearness]], dtype=np.float32)
    return Sheet(source=profile.statement.source, thought=thought, profiles=(profile,), vectors=vectors)


def supported(question: str, *sheets: Sheet) -> str | None:
    weights = WordWeights([p.terms for one in sheets for p in one.profiles])
    asked = Asked(question, question, need_of(question))
    return best_supported((asked,), np.ones((1, 1), dtype=np.float32), sheets, weights)


RENEWAL = told("items/renew", "船员证到期前三个月内可以申请换发")
LOSS = told("items/loss", "遗失的应当登报声明")


def test_the_sheet_that_answers_decides() -> None:
    assert supported("到期前几个月可以换船员证", sheet(RENEWAL, 0.7, NEAR), sheet(LOSS, 0.72, FAR)) == "items/renew"


def test_two_sheets_that_say_the_same_leave_it_open() -> None:
    same = told("items/loss", RENEWAL.statement.text)
    assert supported("到期前几个月可以换船员证", sheet(RENEWAL, 0.7, NEAR), sheet(same, 0.72, NEAR)) is None


def test_a_sheet_that_nobody_thought_of_does_not_answer() -> None:
    assert supported("到期前几个月可以换船员证", sheet(RENEWAL, 0.2, NEAR), sheet(LOSS, 0.1, FAR)) is None


def test_what_the_best_sheet_has_no_source_for_is_not_answered_from_another() -> None:
    unknown = told("items/renew", "收费没有核实", Facet.FEE, FactStatus.UNVERIFIED)
    other = told("items/loss", "收费：10元", Facet.FEE)
    assert supported("换船员证收多少钱", sheet(unknown, 0.9, NEAR), sheet(other, 0.3, FAR)) is None


def test_a_wish_that_asks_nothing_is_asked_back() -> None:
    assert supported("船员证的事情", sheet(RENEWAL, 0.9, NEAR), sheet(LOSS, 0.3, FAR)) is None
