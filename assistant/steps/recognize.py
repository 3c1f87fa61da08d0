"""Recognizes the item, with what the dialogue was about."""

from dataclasses import replace

from assistant.dialogue import Question
from assistant.steps.grounds import Understood
from assistant.steps.understand import last_topic
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.roles import Recognizer


def recognize(recognizer: Recognizer, question: Question, understood: Understood) -> Recognition:
    """The decision; a follow-up that names nothing new stays with the item of the dialogue."""
    current = question.current or _item_of_dialogue(recognizer, question, understood)
    found = recognizer.recognize(
        RecognitionRequest(
            query=understood.query,
            history=understood.history,
            audience=understood.audience,
            region=understood.region,
            current=current,
        )
    )
    if found.decision is Decision.NONE and current is not None and understood.is_follow_up:
        return _staying_with(current, found)
    return found


def _item_of_dialogue(recognizer: Recognizer, question: Question, understood: Understood) -> str | None:
    topic = last_topic(question) if understood.is_follow_up else None
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
