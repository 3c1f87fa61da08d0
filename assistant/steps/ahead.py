"""What is announced: rules that are published and take effect on a later day, told as such beside what holds today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.steps.asking import Asked
from assistant.steps.document_cues import DocumentCue, document_cue
from assistant.steps.document_passages import ENOUGH_SHARED, passages_for
from assistant.steps.grounds import Piece, Understood
from assistant.steps.layers import local_first
from assistant.steps.needs import need_of
from assistant.steps.parent_clauses import lead_of
from assistant.steps.policy_match import PolicyMatcher, is_for_region
from assistant.steps.quoting import best_quotes
from assistant.steps.wording import ended
from guardrails.approved import Wording
from knowledge.errors import KnowledgeError
from knowledge.policies import Policy
from knowledge.roles import Found, KnowledgeBase, PassageSearch
from knowledge.statements import Facet, Statement
from knowledge.statements_of import policy_statements
from knowledge.wording.chinese import day as day_in_words

_HORIZON = timedelta(days=366)
_MOST_DAYS, _MOST_QUOTES, _HITS, _NAMED = 4, 2, 8, 0.5


@dataclass(frozen=True, slots=True)
class Announced:
    """A passage of a document that takes effect on a later day."""

    begins: date
    passage: Statement


class Ahead:
    """Looks at the days on which something published begins. Costs nothing where nothing is announced."""

    def __init__(self, knowledge: KnowledgeBase, search: PassageSearch) -> None:
        self._knowledge = knowledge
        self._search = search

    def days(self, as_of: date) -> tuple[date, ...]:
        """The next days on which something begins."""
        ahead = self._knowledge.beginnings(as_of)
        return tuple(day for day in ahead if day - as_of <= _HORIZON)[:_MOST_DAYS]

    def passages(self, question: str, cue: DocumentCue, place: str, as_of: date) -> tuple[Announced, ...]:
        """Passages of announced documents that answer, the nearest day first."""
        found: list[Announced] = []
        for day in self.days(as_of):
            try:
                looked = self._search.search(question, as_of=day, limit=_HITS)
            except KnowledgeError:
                continue  # what holds today was searched in the same index and says that it is broken
            fresh = tuple(hit for hit in looked.hits if hit.document.effective_from == day)
            if fresh:
                hits = local_first(question, fresh, place)
                meant = replace(looked, hits=hits) if hits else Found(hits=(), evidence=0.0)
                # what is announced is told beside the answer: a question need not point to a document to hear of it
                passages = passages_for(question, meant, cue if cue is DocumentCue.NAMED else DocumentCue.POSSIBLE)
                found.extend(Announced(day, passage) for passage in _answering(question, passages))
        return tuple(found)

    def pieces(self, understood: Understood) -> list[Piece]:
        """The sentences about what is announced, for the question; none where nothing is."""
        if not self.days(understood.as_of):
            return []
        question = understood.standalone
        cue = document_cue(question)
        passages = self.passages(question, cue, understood.region, understood.as_of)
        return [*self._of_policies(understood), *announced_pieces(question, passages)][:_MOST_QUOTES]

    def _of_policies(self, understood: Understood) -> Iterator[Piece]:
        """What a policy will give, where its sheet changes later; one that has only not begun says so itself."""
        today = {policy.source: policy for policy in self._knowledge.policies(understood.as_of)}
        coming: dict[str, Policy] = {}
        for day in self.days(understood.as_of):
            for policy in self._knowledge.policies(day):
                known = today.get(policy.source)
                if known is None or known.version != policy.version:
                    coming.setdefault(policy.source, policy)
        matched = PolicyMatcher(tuple(coming.values()), None).match(understood.standalone, None)
        for policy in (m.policy for m in matched if m.named >= _NAMED and is_for_region(m.policy, understood)):
            begins = policy.period.begins
            for statement in _changed(policy, today.get(policy.source), understood.facets):
                if begins is not None:
                    day_said = f"自{day_in_words(begins)}起（目前尚未施行）"
                    dated = replace(statement, title=f"{policy.name}（自{day_in_words(begins)}起施行）")
                    text = f"{day_said}，「{policy.name}」：{ended(statement.text)}"
                    yield Piece(text=text, wording=Wording.COMPOSED, statements=(dated,))


def _changed(policy: Policy, today: Policy | None, wanted: Sequence[Facet]) -> Sequence[Statement]:
    """The statement to tell of a coming policy: one that is not what it is today, of what is asked where there is."""
    known = {s.text for s in policy_statements(today)} if today is not None else set()
    told = (Facet.BENEFIT, Facet.CONDITIONS, *wanted)
    fresh = [s for s in policy_statements(policy) if s.may_be_stated and s.text not in known and s.facet in told]
    return sorted(fresh, key=lambda s: (s.facet not in wanted, s.facet is not Facet.BENEFIT))[:1]


def _answering(question: str, passages: Sequence[Statement]) -> tuple[Statement, ...]:
    """The passages whose sentences share enough with the question."""
    asked = Asked(question, question, need_of(question))
    quotes = [q for q in best_quotes(asked, tuple(passages), _MOST_QUOTES) if q.score >= ENOUGH_SHARED]
    return tuple(dict.fromkeys(quote.statement for quote in quotes))


def announced_pieces(question: str, announced: Sequence[Announced]) -> list[Piece]:
    """One or two sentences, each with its day: 自2027年1月1日起（目前尚未施行）."""
    pieces: list[Piece] = []
    asked = Asked(question, question, need_of(question))
    for day in dict.fromkeys(one.begins for one in announced):
        passages = tuple(one.passage for one in announced if one.begins == day)
        for quote in best_quotes(asked, passages, _MOST_QUOTES):
            lead = lead_of(quote.text, quote.statement, ())
            # the title names the day, so that the sentence's day stands in its evidence and in the citation
            dated = replace(quote.statement, title=f"{quote.statement.title}（自{day_in_words(day)}起施行）")
            said = (lead.text if lead is not None else "") + ended(quote.text)
            text = f"自{day_in_words(day)}起（目前尚未施行），《{quote.statement.title}》规定：{said}"
            pieces.append(Piece(text=text, wording=Wording.COMPOSED, statements=(dated,)))
    return pieces[:_MOST_QUOTES]
