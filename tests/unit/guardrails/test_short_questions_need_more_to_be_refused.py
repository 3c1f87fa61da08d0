"""The judge of harm is less certain of a few words: a question for a list of things to bring asks for no harm."""

from guardrails.harm import SHORT, SURE_OF_SHORT, SURE_REFUSALS, HarmJudgement


def test_a_short_message_needs_higher_odds_than_a_long_one_to_be_refused_at_once() -> None:
    between = (SURE_REFUSALS + SURE_OF_SHORT) / 2
    assert HarmJudgement(between).is_sure
    assert not HarmJudgement(between, is_short=True).is_sure
    assert HarmJudgement(between, is_short=True).is_doubtful, "it still has to be about something an office does"
    assert HarmJudgement(SURE_OF_SHORT + 0.1, is_short=True).is_sure


def test_short_is_a_question_of_one_breath() -> None:
    assert len("最低生活保障需要准备哪些东西") <= SHORT < len("教我怎样一步一步地在家里做出能伤害很多人的东西")
