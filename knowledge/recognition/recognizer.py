"""Which service item a request is about: evidence from all views, ranked, calibrated, decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.recognition.deciding import Decider, accept_all, accept_named
from knowledge.recognition.decision import Decision, Recognition, RecognitionRequest, Utterance
from knowledge.recognition.decision_signs import Outlook
from knowledge.recognition.elsewhere import Elsewhere
from knowledge.recognition.evidence import CatalogueIndex
from knowledge.recognition.follow_up import Reading, read_in_dialogue, says_nothing
from knowledge.recognition.item_names import NamesOfItems, clauses_by_names
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.need_signs import Clause, need_signs
from knowledge.recognition.needs import clauses_of, grammar_of
from knowledge.recognition.open_requests import OpenRequests
from knowledge.recognition.ranker import Ranker
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder, Vectors

_FROM_HISTORY = 0.35
_STAYING = 1.0  # nats the item being handled is given; less than any clear change of topic brings
_ELSEWHERE = 6.0  # nats for "nothing" where another city is named; what was said before must not outweigh it
_FLOOR = -14.0
_SURELY_ONE = 0.9  # from here on only grammar makes a message worth cutting into clauses
_ALSO_IN_THE_WHOLE = 0.22  # a clause alone (挂失再补一张) brings in what the whole message is not about


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueDecisions:
    """What decides for one catalogue, once the evidence is there."""

    decider: Decider
    kinship: Kinship
    names: NamesOfItems
    open_requests: OpenRequests


@dataclass(frozen=True, slots=True)
class _Heard:
    """The message as it was heard: how likely each item is in the dialogue, and the message by itself."""

    outlook: Outlook
    alone: Clause


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
        decisions: CatalogueDecisions,
    ) -> None:
        self._index = index
        self._ranker = ranker
        self._spelling = spelling
        self._embedder = embedder
        self._elsewhere = elsewhere
        self._decisions = decisions

    def recognize(self, request: RecognitionRequest) -> Recognition:
        """Accept, ask one question, or none; with the ten best candidates."""
        text = self._spelling.repair(plain_wording(request.query))
        if not self._index.slugs or not any(character.isalnum() for character in text):
            return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=())
        earlier = [Utterance(one.speaker, plain_wording(one.text)) for one in request.history]
        reading = read_in_dialogue(text, earlier)
        if reading.returns:
            request = replace(request, current=None)
        heard = self._hear(reading, request)
        whole = self._decisions.decider.decide(heard.outlook, request.current)
        named = self._decisions.names.named_alone(text)
        if named is not None:
            return accept_named(self._index.slugs[named], whole)
        several = self._several(text, request, heard, whole) if not reading.adds_nothing else ()
        return accept_all(several, whole) if len(several) > 1 else whole

    def _hear(self, reading: Reading, request: RecognitionRequest) -> _Heard:
        texts = [reading.alone] if reading.with_history is None else [reading.alone, reading.with_history]
        vectors = self._embedder.embed_queries(texts)
        found = self._clauses(texts, vectors, request.audience)
        items, none = np.maximum(found[0].items, _FLOOR), max(found[0].none, _FLOOR)
        if len(found) > 1:
            share = 1.0 if reading.adds_nothing else _FROM_HISTORY
            before, before_none = np.maximum(found[1].items, _FLOOR), max(found[1].none, _FLOOR)
            items = (1 - share) * items + share * before
            none = (1 - share) * none + share * before_none if share < 1 else before_none
        if request.current in self._index.slugs:
            place = self._index.slugs.index(request.current)
            items[place] = max(items[place], -2.0) + _STAYING if reading.adds_nothing else items[place] + _STAYING
        about_nothing = says_nothing(reading.alone) and reading.with_history is None and request.current is None
        if about_nothing or self._elsewhere.is_meant(reading.alone):
            none += _ELSEWHERE
        total = np.logaddexp(np.logaddexp.reduce(items), none)
        outlook = Outlook(
            text=texts[-1] if reading.adds_nothing else reading.alone,
            said=texts[-1],
            probabilities=np.asarray(np.exp(items - total), dtype=np.float32),
            evidence=found[-1 if reading.adds_nothing else 0].evidence,
            leanings=self._decisions.open_requests.leanings(vectors[-1]),
        )
        return _Heard(outlook, found[0])

    def _clauses(self, texts: Sequence[str], vectors: Vectors, audience: str | None) -> list[Clause]:
        found = []
        for text, vector in zip(texts, vectors, strict=True):
            evidence = self._index.evidence(text, vector, audience)
            probabilities = self._ranker.probabilities(evidence)
            found.append(Clause(text=text, items=probabilities.items, none=probabilities.none, evidence=evidence))
        return found

    def _several(self, text: str, request: RecognitionRequest, heard: _Heard, whole: Recognition) -> tuple[str, ...]:
        """The items of a message that names several needs; fewer than two where it does not."""
        surely_one = float(heard.outlook.probabilities.max()) >= _SURELY_ONE
        if surely_one and not grammar_of(text).speaks_of_several:
            return ()
        clauses = clauses_of(text) or clauses_by_names(text, self._decisions.names.found_in(text))
        parts = self._clauses(clauses, self._embedder.embed_queries(clauses), request.audience) if clauses else []
        decisions = self._decisions
        signs = need_signs(
            text,
            heard.alone,
            parts,
            leanings=heard.outlook.leanings,
            kinship=decisions.kinship,
            names=decisions.names,
        )
        several = decisions.decider.several(signs)
        if signs.says_several:
            return several
        in_the_whole = {c.item for c in whole.candidates if c.score >= _ALSO_IN_THE_WHOLE}
        return tuple(slug for slug in several if slug in in_the_whole)
