"""The proof answers for any text, and what it computes for all parts at once is what each part says by itself."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from guardrails.approved import Evidence
from guardrails.grounding import supported
from guardrails.proof.families import canonical
from guardrails.proof.overlap import Signs, in_twentieths
from guardrails.proof.words import bare, held_by, said_in, shared, words_of

TEXTS = st.text(
    alphabet="身份证丢补办须在5个工作日内,，。、；:：\n(一)第2条|—至65岁以上非不得可以202 \u3000aB.%元\ue000\u200b",
    max_size=50,
)


@given(TEXTS, st.lists(TEXTS, max_size=3))
@example("65岁", ["第一,65岁以上\n至20岁以上，(一)不满6岁"])
@settings(max_examples=300, deadline=None)
def test_there_is_a_verdict_on_any_sentence_over_any_evidence(sentence: str, evidence: list[str]) -> None:
    judged = supported(sentence, [Evidence("公告", text) for text in evidence])
    assert judged.allowed or judged.reason


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_what_all_parts_say_at_once_is_what_each_of_them_says(clause: str, parts: list[str]) -> None:
    wanted, held = bare(canonical(clause)), [bare(canonical(part)) for part in parts]
    if not wanted:
        return
    rows = Signs(held).held(wanted)
    for row, part in zip(rows, parts, strict=True):
        assert row.tolist() == in_twentieths(said_in(wanted, held_by(canonical(part)))).tolist()


@given(TEXTS, TEXTS)
@settings(max_examples=300, deadline=None)
def test_words_that_are_looked_for_are_those_that_both_texts_have(sentence: str, text: str) -> None:
    wanted = words_of(sentence)
    assert set(shared(wanted, text, bare(canonical(text)))) == wanted & words_of(text)
