"""Which service item a request is about: evidence from all views, ranked, calibrated, decided."""

import numpy as np

from knowledge.recognition.deciding import Thresholds, accept_all, decide
from knowledge.recognition.decision import Decision, Recognition, RecognitionRequest, Utterance
from knowledge.recognition.elsewhere import Elsewhere
from knowledge.recognition.evidence import CatalogueIndex, Matrix
from knowledge.recognition.follow_up import Reading, read_in_dialogue
from knowledge.recognition.needs import clauses_of_several_needs
from knowledge.recognition.ranker import Probabilities, Ranker
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder

_FROM_HISTORY = 0.35
_STAYING = 1.0  # nats the item being handled is given; less than any clear change of topic brings
_ELSEWHERE = 4.0
_FLOOR = -14.0
_A_NEED = 0.7  # halves what is wrongly found in joined requests of a source that was held out, for 5 of 68 found
_NOT_STRANGE = 0.002  # what a clause asks for must be thinkable for the whole message too


class LearnedRecognizer:
    """Implements `knowledge.roles.Recognizer` for one catalogue. Immutable and safe to share between threads."""

    def __init__(
        self,
        index: CatalogueIndex,
        ranker: Ranker,
        *,
        spelling: SpellingRepair,
        embedder: Embedder,
        elsewhere: Elsewhere,
        thresholds: Thresholds | None = None,
    ) -> None:
        self._index = index
        self._ranker = ranker
        self._spelling = spelling
        self._embedder = embedder
        self._elsewhere = elsewhere
        self._thresholds = thresholds or Thresholds()

    def recognize(self, request: RecognitionRequest) -> Recognition:
        """Accept, ask one question, or none; with the ten best candidates."""
        text = self._spelling.repair(plain_wording(request.query))
        if not self._index.slugs or not any(character.isalnum() for character in text):
            return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=())
        earlier = [Utterance(one.speaker, plain_wording(one.text)) for one in request.history]
        reading = read_in_dialogue(text, earlier)
        probabilities = self._probabilities(reading, request)
        whole = decide(self._index.slugs, probabilities, request.current, self._thresholds)
        several = self._several(text, request, probabilities) if not reading.adds_nothing else ()
        return accept_all(several, whole) if several else whole

    def _probabilities(self, reading: Reading, request: RecognitionRequest) -> Matrix:
        texts = [reading.alone] if reading.with_history is None else [reading.alone, reading.with_history]
        vectors = self._embedder.embed_queries(texts)
        found = [
            self._ranker.probabilities(self._index.evidence(text, vector, request.audience))
            for text, vector in zip(texts, vectors, strict=True)
        ]
        items, none = _floored(found[0])
        if len(found) > 1:
            share = 1.0 if reading.adds_nothing else _FROM_HISTORY
            before, before_none = _floored(found[1])
            items = (1 - share) * items + share * before
            none = (1 - share) * none + share * before_none if share < 1 else before_none
        if request.current in self._index.slugs:
            place = self._index.slugs.index(request.current)
            items[place] = max(items[place], -2.0) + _STAYING if reading.adds_nothing else items[place] + _STAYING
        about_nothing = reading.adds_nothing and reading.with_history is None and request.current is None
        if about_nothing or self._elsewhere.is_meant(reading.alone):
            none += _ELSEWHERE
        total = np.logaddexp(np.logaddexp.reduce(items), none)
        return np.asarray(np.exp(items - total), dtype=np.float32)

    def _several(self, text: str, request: RecognitionRequest, probabilities: Matrix) -> tuple[str, ...]:
        """The items of a message that names several needs, each sure by its own clause; empty where it does not."""
        clauses = clauses_of_several_needs(text)
        if not clauses:
            return ()
        found: dict[int, None] = {}
        for clause, vector in zip(clauses, self._embedder.embed_queries(clauses), strict=True):
            of_clause = self._ranker.probabilities(self._index.evidence(clause, vector, request.audience))
            best = int(of_clause.items.argmax())
            if np.exp(of_clause.items[best]) >= _A_NEED and probabilities[best] >= _NOT_STRANGE:
                found[best] = None
        singles = [place for place in found if not self._index.is_bundle(place)]
        return tuple(self._index.slugs[place] for place in singles) if len(singles) > 1 else ()


def _floored(probabilities: Probabilities) -> tuple[Matrix, float]:
    return np.maximum(probabilities.items, _FLOOR), max(probabilities.none, _FLOOR)
