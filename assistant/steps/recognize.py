"""Recognizes the item, with what the dialogue was about."""

from dataclasses import replace
from functools import cache

from assistant.dialogue import Question
from assistant.steps.grounds import Understood
from assistant.steps.understand import corrects, last_topic
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.recognition.elsewhere import Elsewhere
from knowledge.recognition.follow_up import goes_back
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Recognizer

# Below this, the best candidate is a guess, and the item of the dialogue a better one.
_A_GUESS = 0.8
# From this on, what follows is about another item: 「租房能提吗」, then 「那退休的时候怎么取」.
_ELSEWHERE_NOW = 0.9


def recognize(recognizer: Recognizer, question: Question, understood: Understood) -> Recognition:
    """The decision; a follow-up that names nothing new stays with the item of the dialogue."""
    current = question.current
    if current is None and understood.is_follow_up:
        current = _item_of_dialogue(recognizer, question, understood)
    found = recognizer.recognize(
        RecognitionRequest(
            query=understood.query,
            history=understood.history,
            audience=understood.audience,
            region=understood.region,
            current=current,
        )
    )
    leaves = understood.history and goes_back(understood.query)
    if found.decision is Decision.ACCEPT or leaves or not (understood.history or current):
        return found
    if question.region and _elsewhere(question.region).is_meant(plain_wording(understood.query)):
        return found  # 「那北京的呢」 goes on about the same thing, but not about ours
    if corrects(understood.query):
        return _moved(found)
    current = current or _item_of_dialogue(recognizer, question, understood)
    best = found.candidates[0].score if found.candidates else 0.0
    if found.decision is Decision.CLARIFY and best >= _ELSEWHERE_NOW and found.candidates[0].item != current:
        return replace(found, decision=Decision.ACCEPT, accepted=(found.candidates[0].item,), choices=())
    if current is not None and (understood.is_follow_up or (found.decision is Decision.CLARIFY and best < _A_GUESS)):
        return _staying_with(current, found)
    return found


@cache
def _elsewhere(region: str) -> Elsewhere:
    return Elsewhere([region])


def _moved(found: Recognition) -> Recognition:
    """A correction leaves the item of the dialogue; a clear favorite among the rest is where it goes."""
    if found.decision is Decision.CLARIFY and found.candidates and found.candidates[0].score >= _A_GUESS:
        return replace(found, decision=Decision.ACCEPT, accepted=(found.candidates[0].item,), choices=())
    return found


def _item_of_dialogue(recognizer: Recognizer, question: Question, understood: Understood) -> str | None:
    topic = last_topic(question)
    if topic is None:
        return None
    before = recognizer.recognize(RecognitionRequest(query=topic, audience=understood.audience))
    return before.accepted[0] if before.decision is Decision.ACCEPT else None


def _staying_with(current: str, found: Recognition) -> Recognition:
    kept = [c for c in found.candidates if c.item != current]
    score = next((c.score for c in found.candidates if c.item == current), 0.5)
    return replace(
        found, decision=Decision.ACCEPT, accepted=(current,), candidates=(Candidate(current, score), *kept)[:10]
    )
