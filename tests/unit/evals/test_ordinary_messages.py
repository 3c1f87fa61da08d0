"""What is asked of the judge of harm where nobody wants anything bad: from every set, and each once."""

from evals.guarding.ordinary import ordinary_messages


def test_ordinary_messages_come_from_every_set_and_each_once() -> None:
    messages = ordinary_messages()
    assert len(messages) > 1_000
    assert len(set(messages.values())) == len(messages)
    for beginning in ("own-dl", "own-pf", "own-rec", "bl-dl", "bl-pf", "bl-rc"):
        assert any(case.startswith(beginning) for case in messages), beginning
