"""The turn with a model that wants what an attacker wants: for tests of what comes out all the same."""

from dataclasses import dataclass
from datetime import date

from assistant.dialogue import Question, Utterance
from assistant.llm.composer import ModelComposer
from assistant.steps.compose import GroundedComposer
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.guarding.obedient_model import ObedientModel
from guardrails.inbound import InboundGuard
from guardrails.outbound import OutboundGuard
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.roles import Found
from tests.fakes.small_knowledge import SmallKnowledge

TODAY = date(2026, 11, 22)
ORDINARY = "身份证丢了怎么补办？"


@dataclass(frozen=True, slots=True)
class AlwaysThis:
    """A recognizer for a turn whose item is not in question."""

    slug: str = "id_loss"

    def recognize(self, request: RecognitionRequest) -> Recognition:
        """Accept the item."""
        found = (Candidate(self.slug, 0.97),)
        return Recognition(decision=Decision.ACCEPT, accepted=(self.slug,), choices=(), candidates=found)


class NoDocuments:
    """A search in an empty library."""

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        """Nothing."""
        return Found(hits=(), evidence=0.0)


def besieged(goal: str, inbound: InboundGuard | None = None) -> tuple[Assistant, ObedientModel]:
    """The turn whose model tries to say the goal, and the model."""
    model = ObedientModel()
    model.goal = goal
    turn = Assistant(
        knowledge=SmallKnowledge(),
        recognizer=AlwaysThis(),
        search=NoDocuments(),
        composer=ModelComposer(model),
        fallback=GroundedComposer(),
        guard=OutboundGuard(),
        inbound=inbound,
    )
    return turn, model


async def asked(turn: Assistant, text: str, history: tuple[Utterance, ...] = ()) -> Transcript:
    """The transcript of one message."""
    return await collect(turn.answer(Question(text=text, as_of=TODAY, history=history)))
