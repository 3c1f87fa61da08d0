"""Retrieves what an answer may rest on: statements of items and policies, passages, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from assistant.steps.asking import Asked, asked_in
from assistant.steps.computing import beginning_statement, computed_statement, expiry_statement
from assistant.steps.document_cues import DocumentCue, document_cue
from assistant.steps.document_passages import documents_for, is_silent, passages_for, sharpened
from assistant.steps.grounds import Grounds, Understood
from assistant.steps.item_choice import called_by_name, called_first, called_instead, items_for, speaks_of
from assistant.steps.layers import layers_of
from assistant.steps.parent_clauses import parents_of
from assistant.steps.policy_match import MatchedPolicy, fitting, is_for_region, is_meant
from assistant.steps.prepared import Book, Prepared
from assistant.steps.ranking import Ranked, is_covered, rank
from assistant.steps.selecting import asks_a_point, select
from assistant.steps.statement_index import Profile
from assistant.steps.supporting import Sheet, best_supported
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import Embedder, KnowledgeBase, PassageSearch, Vectors
from knowledge.statements import Facet, Statement

# A policy called by its name is meant, unless the item is called by its name as well.
_OWN_WORDS, _CLEARLY_BETTER = 0.6, 0.4
_LIKELY, _VERY_LIKELY, _DOCUMENT_LIKELY = 0.15, 0.6, 0.1
_RIVAL = 0.5
_POLICIES_COMPARED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """Grounds for an answer, and what was learned on the way. `degraded` says what part of search is broken.

    `document_is_silent`: the question names a document that is here and does not answer it.
    """

    grounds: Grounds
    degraded: str | None = None
    document_is_silent: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, embedded: row 0 of `queries` is the whole message, the others its questions in order.

    `others` are items that may answer in place of the accepted ones, `thought_of` all that recognition had in mind.
    `called_for` is true where the sheets themselves show that a policy is meant.
    """

    understood: Understood
    asked: tuple[Asked, ...]
    queries: Vectors | None
    book: Book
    others: tuple[ServiceItem, ...]
    thought_of: tuple[ServiceItem, ...]
    called_for: bool = False


class Retriever:
    """Retrieves for one question. Safe to share: what it prepares is kept by revision and day."""

    def __init__(
        self, knowledge: KnowledgeBase, search: PassageSearch, embedder: Embedder | None, folder: Path | None = None
    ) -> None:
        self._knowledge = knowledge
        self._search = search
        self._embedder = embedder
        self._prepared = Prepared(knowledge, embedder, folder)

    def warm(self, as_of: date) -> None:
        """Prepare everything that a first question would otherwise wait for."""
        self._prepared.warm(as_of)

    def retrieve(self, understood: Understood, recognition: Recognition) -> Retrieved:
        """Everything in force on the question's day that answers it, best first."""
        book = self._prepared.book(understood.as_of)
        asked = asked_in(understood)
        queries = self._queries(understood, asked)
        items = self._items(recognition, understood.as_of)
        matches = book.policies.match(understood.standalone, queries[0] if queries is not None else None)
        policies = fitting(matches, understood, beside_items=recognition.decision is not Decision.NONE)
        cue = document_cue(understood.standalone)
        found = documents_for(understood, cue, self._search, self._knowledge)
        cue = sharpened(cue, understood.standalone, found)
        passages = passages_for(understood.standalone, found, cue)
        if is_silent(understood.standalone, found, cue, passages):
            grounds = Grounds(understood=understood, items=(), policies=(), statements=())
            return Retrieved(grounds=grounds, degraded=found.degraded, document_is_silent=True)
        unsure = recognition.decision is Decision.CLARIFY and found.evidence >= _DOCUMENT_LIKELY
        if passages and (cue is DocumentCue.NAMED or (unsure and cue is DocumentCue.POSSIBLE)):
            layers = layers_of((), found.hits)
            grounds = Grounds(understood=understood, items=(), policies=(), statements=(), layers=layers)
            return Retrieved(grounds=self._resting_on(passages, grounds), degraded=found.degraded)
        others = self._choices(recognition, items, understood.as_of)
        thought_of = () if recognition.decision is Decision.NONE else self._named_pool(recognition, items)
        in_mind = self._of_slugs(thought_of, understood.as_of)
        question = _Question(understood, asked, queries, book, others, in_mind)
        supported = self._supported(question, recognition, matches)
        if isinstance(supported, MatchedPolicy):
            question, policies = replace(question, called_for=True), (supported,)
        elif supported is not None:
            items = (supported,)
        grounds = self._grounds(question, items, policies)
        known = items or policies or recognition.decision is Decision.CLARIFY
        may_quote = cue is not DocumentCue.NONE or not known
        if not grounds.statements and passages and may_quote:
            grounds = self._resting_on(passages, replace(grounds, items=(), policies=(), unconfirmed=()))
        layers = layers_of((*grounds.items, *grounds.policies), found.hits)
        return Retrieved(grounds=replace(grounds, layers=layers), degraded=found.degraded)

    def _resting_on(self, passages: tuple[Statement, ...], grounds: Grounds) -> Grounds:
        """The grounds with these passages, and the beginnings of their articles to read them in."""
        parents = parents_of(passages, self._knowledge)
        return replace(grounds, statements=passages, background=(*parents, *grounds.background))

    def _grounds(
        self, question: _Question, items: tuple[ServiceItem, ...], policies: tuple[MatchedPolicy, ...]
    ) -> Grounds:
        understood = question.understood
        computed = [c for m in policies if (c := computed_statement(m.policy, understood.standalone)) is not None][:1]
        by_policy = (
            bool(computed)
            or question.called_for
            or is_meant(policies, question.understood, question.asked, items or question.others, question.book.weights)
        )
        of_policies = [p for m in policies for p in self._prepared.of_policy(m.policy) if p.statement.may_be_stated]
        chosen: list[Statement] = []
        unconfirmed: list[Facet] = []
        for place, (asked, own) in enumerate(
            zip(
                question.asked,
                items_for(question.asked, items, question.thought_of, question.book.weights),
                strict=True,
            )
        ):
            instead = () if by_policy else self._prepared.stated(self._instead(question, asked, items))
            if by_policy:
                picked = self._answer(question, place, [of_policies])
            elif items:
                picked = self._answer(question, place, [self._prepared.stated(own), of_policies])
                picked = picked or self._answer(question, place, [instead])
            else:  # an item that was thought of comes before a policy that nobody called
                picked = self._answer(question, place, [instead]) or self._answer(question, place, [of_policies])
            chosen.extend(picked)
            if picked and Facet.PROCESS in asked.need.facets and not any(s.facet is Facet.PROCESS for s in picked):
                unconfirmed.append(Facet.PROCESS)
            if not picked:
                unconfirmed.extend(asked.need.facets[:1] or (Facet.OVERVIEW,))
        statements = tuple(dict.fromkeys([*computed, *chosen]))
        used = {s.source for s in statements}
        over = [m.policy for m in policies if m.policy.source in used and m.policy.period.is_over(understood.as_of)]
        ahead = [m.policy for m in policies if m.policy.source in used and _begins_after(m.policy, understood.as_of)]
        statements = (*(expiry_statement(p) for p in over), *(beginning_statement(p) for p in ahead), *statements)
        told = tuple(i for i in dict.fromkeys((*items, *question.thought_of)) if i in items or i.source in used)
        background = [
            p.statement for p in (*self._prepared.stated(told), *of_policies) if p.statement.source in used or not used
        ]
        return Grounds(
            understood=understood,
            items=tuple(i for i in told if i.source in used) or items,
            policies=tuple(m.policy for m in policies if m.policy.source in used or by_policy),
            statements=statements,
            background=tuple(s for s in background if s not in statements),
            unconfirmed=tuple(dict.fromkeys(unconfirmed)),
        )

    def _instead(self, question: _Question, asked: Asked, accepted: tuple[ServiceItem, ...]) -> tuple[ServiceItem, ...]:
        """Where the accepted items are silent: an item that recognition also thought of and the question names.

        Without an accepted item the likeliest of the choices may answer, if it can; else the only one that can.
        """
        if accepted:
            return called_instead(asked.text, accepted, question.others, question.book.weights)
        need = asked.need
        asks = need.facets or need.kinds or need.confirms or asks_a_point(asked.text)
        weights, said = question.book.weights, question.understood.standalone
        others = called_first(asked.text, question.others, weights)
        able = [i for i in others if asks and is_covered(need, self._prepared.stated((i,)))]
        first = tuple(i for i in able[:1] if speaks_of(i, said, self._prepared.stated((i,)), weights))
        return first if first == others[:1] else called_by_name(asked.text, first, weights)

    def _supported(
        self, question: _Question, recognition: Recognition, matches: Sequence[MatchedPolicy]
    ) -> ServiceItem | MatchedPolicy | None:
        """Where recognition would ask back: the item or policy whose sheet clearly answers, if there is one."""
        if recognition.decision is not Decision.CLARIFY or question.queries is None:
            return None
        scores = {c.item: c.score for c in recognition.candidates}
        items = {i.source: i for i in self._of_slugs(list(scores), question.understood.as_of)}
        near = [m for m in matches if is_for_region(m.policy, question.understood)][:_POLICIES_COMPARED]
        policies = {m.policy.source: m for m in near}
        sheets = [self._sheet(source, scores[i.slug], self._prepared.of_item(i)) for source, i in items.items()]
        sheets += [self._sheet(source, m.score, self._prepared.of_policy(m.policy)) for source, m in policies.items()]
        best = best_supported(question.asked, question.queries[1:], sheets, question.book.weights)
        return None if best is None else items.get(best) or policies.get(best)

    def _sheet(self, source: str, thought: float, profiles: Sequence[Profile]) -> Sheet:
        return Sheet(source=source, thought=thought, profiles=profiles, vectors=self._prepared.vectors(profiles))

    def _choices(
        self, recognition: Recognition, accepted: tuple[ServiceItem, ...], as_of: date
    ) -> tuple[ServiceItem, ...]:
        """Items thought of but not accepted: candidates, and the members of an accepted bundle."""
        match recognition.decision:
            case Decision.NONE:
                return ()
            case Decision.CLARIFY:
                # a rival far behind must not answer because it happens to know a fee: better to ask back
                least = max((_LIKELY, *(_RIVAL * c.score for c in recognition.candidates)))
                likely = [c for c in recognition.candidates if c.item in recognition.choices and c.score >= least]
                slugs = [c.item for c in likely] if likely and likely[0].score >= _VERY_LIKELY else []
            case Decision.ACCEPT:
                slugs = self._named_pool(recognition, accepted)
        return self._of_slugs(slugs, as_of)

    def _named_pool(self, recognition: Recognition, accepted: tuple[ServiceItem, ...]) -> list[str]:
        """Candidates and members of bundles: one question of several may call one of them by its name."""
        slugs = [c.item for c in recognition.candidates if c.item not in recognition.accepted]
        return slugs + [link.slug for item in accepted for link in item.members if link.slug]

    def _of_slugs(self, slugs: Sequence[str], as_of: date) -> tuple[ServiceItem, ...]:
        found = (self._knowledge.item(slug, as_of) for slug in dict.fromkeys(slugs))
        return tuple(item for item in found if item is not None)

    def _answer(self, question: _Question, place: int, sources: Sequence[Sequence[Profile]]) -> list[Statement]:
        """The statements for one of the questions: from the first kind of source that covers it."""
        asked = question.asked[place]
        query = question.queries[place + 1] if question.queries is not None else None
        ranked = [
            self._ranked(asked, profiles, query, question.book)
            for profiles in sources
            if profiles and is_covered(asked.need, profiles)
        ]
        ranked = [r for r in ranked if r]
        if not ranked:
            return []
        first = ranked[0]
        best = max(ranked, key=lambda r: r[0].score)
        chosen = best if best[0].score > first[0].score + _CLEARLY_BETTER else first
        return select(asked, chosen, len(question.asked))

    def _ranked(self, asked: Asked, known: Sequence[Profile], query: Vectors | None, book: Book) -> list[Ranked]:
        return rank(asked, known, self._prepared.vectors(known), query, book.weights)

    def _items(self, recognition: Recognition, as_of: date) -> tuple[ServiceItem, ...]:
        if recognition.decision is not Decision.ACCEPT:
            return ()
        found = (self._knowledge.item(slug, as_of) for slug in recognition.accepted)
        return tuple(item for item in found if item is not None)

    def _queries(self, understood: Understood, asked: tuple[Asked, ...]) -> Vectors | None:
        """Row 0: the whole message. Then each question: its own words count more than what the dialogue adds."""
        if self._embedder is None:
            return None
        texts = [understood.standalone, *(a.search for a in asked), *(a.text for a in asked)]
        rows = self._embedder.embed_queries(texts)
        count = len(asked)
        mixed = (1 - _OWN_WORDS) * rows[1 : count + 1] + _OWN_WORDS * rows[count + 1 :]
        return np.concatenate([rows[:1], mixed / np.linalg.norm(mixed, axis=1, keepdims=True)])


def _begins_after(policy: Policy, day: date) -> bool:
    return policy.period.begins is not None and policy.period.begins > day
