"""Retrieves what an answer may rest on: statements of items and policies, passages, and what is missing."""

from collections import OrderedDict
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
from assistant.steps.policy_match import MatchedPolicy, PolicyMatcher, fitting, is_meant
from assistant.steps.ranking import Ranked, is_covered, rank
from assistant.steps.selecting import asks_a_point, select
from assistant.steps.statement_index import Profile, StatementVectors, WordWeights, profile_of
from knowledge.items import ServiceItem
from knowledge.policies import Policy
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import Embedder, KnowledgeBase, PassageSearch, Vectors
from knowledge.statements import Facet, Statement
from knowledge.statements_of import item_statements, policy_statements

# A policy called by its name is meant, unless the item is called by its name as well.
_OWN_WORDS, _CLEARLY_BETTER = 0.6, 0.4
_LIKELY, _VERY_LIKELY, _DOCUMENT_LIKELY = 0.15, 0.6, 0.1
_RIVAL = 0.5
_BOOKS_KEPT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieved:
    """Grounds for an answer, and what was learned on the way. `degraded` says what part of search is broken.

    `document_is_silent`: the question names a document that is here and does not answer it.
    """

    grounds: Grounds
    degraded: str | None = None
    document_is_silent: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    """One state of the knowledge base, prepared: word weights over all statements, and the policies."""

    weights: WordWeights
    policies: PolicyMatcher


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked, embedded: row 0 of `queries` is the whole message, the others its questions in order.

    `others` are items that may answer in place of the accepted ones, `thought_of` all that recognition had in mind.
    """

    understood: Understood
    asked: tuple[Asked, ...]
    queries: Vectors | None
    book: _Book
    others: tuple[ServiceItem, ...]
    thought_of: tuple[ServiceItem, ...]


class Retriever:
    """Retrieves for one question. Safe to share: what it prepares is kept by revision and day."""

    def __init__(
        self, knowledge: KnowledgeBase, search: PassageSearch, embedder: Embedder | None, folder: Path | None = None
    ) -> None:
        self._knowledge = knowledge
        self._search = search
        self._embedder = embedder
        self._vectors = StatementVectors(embedder, folder) if embedder is not None else None
        self._books: OrderedDict[tuple[int, date], _Book] = OrderedDict()
        self._profiles: dict[tuple[str, str], tuple[Profile, ...]] = {}

    def warm(self, as_of: date) -> None:
        """Prepare everything that a first question would otherwise wait for."""
        self._book(as_of)
        items = self._knowledge.items(as_of)
        profiles = [p for item in items for p in self._of_item(item)]
        profiles += [p for policy in self._knowledge.policies(as_of) for p in self._of_policy(policy)]
        if self._vectors is not None:
            self._vectors.of([_embedded(p.statement) for p in profiles])
            self._vectors.keep()

    def retrieve(self, understood: Understood, recognition: Recognition) -> Retrieved:
        """Everything in force on the question's day that answers it, best first."""
        book = self._book(understood.as_of)
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
        by_policy = bool(computed) or is_meant(
            policies, question.understood, question.asked, items or question.others, question.book.weights
        )
        of_policies = [p for m in policies for p in self._of_policy(m.policy) if p.statement.may_be_stated]
        chosen: list[Statement] = []
        unconfirmed: list[Facet] = []
        for place, (asked, own) in enumerate(
            zip(
                question.asked,
                items_for(question.asked, items, question.thought_of, question.book.weights),
                strict=True,
            )
        ):
            instead = () if by_policy else self._stated(self._instead(question, asked, items))
            if by_policy:
                picked = self._answer(question, place, [of_policies])
            elif items:
                picked = self._answer(question, place, [self._stated(own), of_policies])
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
            p.statement for p in (*self._stated(told), *of_policies) if p.statement.source in used or not used
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
        able = [i for i in others if asks and is_covered(need, self._stated((i,)))]
        first = tuple(i for i in able[:1] if speaks_of(i, said, self._stated((i,)), weights))
        return first if first == others[:1] else called_by_name(asked.text, first, weights)

    def _stated(self, items: tuple[ServiceItem, ...]) -> list[Profile]:
        return [p for item in items for p in self._of_item(item) if p.statement.may_be_stated]

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

    def _ranked(self, asked: Asked, known: Sequence[Profile], query: Vectors | None, book: _Book) -> list[Ranked]:
        vectors = self._vectors.of([_embedded(p.statement) for p in known]) if self._vectors is not None else None
        return rank(asked, known, vectors, query, book.weights)

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

    def _of_item(self, item: ServiceItem) -> tuple[Profile, ...]:
        key = (item.source, item.version)
        if key not in self._profiles:
            self._profiles[key] = tuple(profile_of(s) for s in item_statements(item))
        return self._profiles[key]

    def _of_policy(self, policy: Policy) -> tuple[Profile, ...]:
        key = (policy.source, policy.version)
        if key not in self._profiles:
            self._profiles[key] = tuple(profile_of(s) for s in policy_statements(policy))
        return self._profiles[key]

    def _book(self, as_of: date) -> _Book:
        key = (self._knowledge.revision(), as_of)
        if key not in self._books:
            items, policies = self._knowledge.items(as_of), self._knowledge.policies(as_of)
            every = [p.terms for item in items for p in self._of_item(item)]
            every += [p.terms for policy in policies for p in self._of_policy(policy)]
            self._books[key] = _Book(WordWeights(every), PolicyMatcher(policies, self._vectors))
            while len(self._books) > _BOOKS_KEPT:
                self._books.popitem(last=False)
        return self._books[key]


def _begins_after(policy: Policy, day: date) -> bool:
    return policy.period.begins is not None and policy.period.begins > day


def _embedded(statement: Statement) -> str:
    return f"{statement.title}:{statement.question or ''}{statement.text}"
