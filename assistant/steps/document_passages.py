"""Decides which passages that search found may answer a question."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.steps.asking import Asked
from assistant.steps.document_cues import (
    DocumentCue,
    called_by_title,
    names_one_of,
    of_the_document_meant,
    special_terms,
    without_pointers,
)
from assistant.steps.grounds import Understood
from assistant.steps.layers import local_first
from assistant.steps.needs import need_of
from assistant.steps.quoting import best_quotes
from knowledge.clauses import ClauseReference, clause_named, resolve
from knowledge.errors import KnowledgeError
from knowledge.roles import Found, Hit, KnowledgeBase, PassageSearch
from knowledge.statements import Statement
from knowledge.statements_of import passage_statement

# Either search believes that the passages answer, or one of their sentences shares this much with the question.
ENOUGH_EVIDENCE = 0.1
ENOUGH_SHARED = 0.3
# Where nothing in the wording points to a document, only strong evidence makes one speak. Evidence that hears the lead
# by vectors is strong more often; what the words alone say is not.
STRONG_EVIDENCE, STRONG_BY_WORDS = 0.95, 0.6
_MOST_PASSAGES, _BEST = 5, 3
# Enough hits to reach the document that is named, where others say similar things.
_HITS, _HITS_TO_FIND_ONE = 8, 30


def documents_for(understood: Understood, cue: DocumentCue, search: PassageSearch, knowledge: KnowledgeBase) -> Found:
    """What search finds for the question, a clause that it names first, and no rule of another district."""
    found = with_the_clause_named(understood, _searched(understood, cue, search), knowledge)
    return replace(found, hits=local_first(understood.standalone, found.hits, understood.region))


def _searched(understood: Understood, cue: DocumentCue, search: PassageSearch) -> Found:
    question, day = understood.standalone, understood.as_of
    try:
        found = search.search(question, as_of=day, limit=_HITS)
        if cue is not DocumentCue.NAMED:
            return found
        # the words that name the document stand in none of its passages
        bare = search.search(without_pointers(question), as_of=day, limit=_HITS_TO_FIND_ONE)
        return replace(bare, evidence=max(found.evidence, bare.evidence))
    except KnowledgeError as broken:
        # items and policies can still answer; the turn says that documents were not searched
        return Found(hits=(), evidence=0.0, degraded=f"documents could not be searched: {broken}")


def sharpened(cue: DocumentCue, question: str, found: Found) -> DocumentCue:
    """A document's own title points to it, and a term that only a document uses (G60, a word in quotation marks)."""
    if any(called_by_title(question, hit.document) for hit in found.hits):
        return DocumentCue.NAMED
    if cue is not DocumentCue.POSSIBLE:
        return cue
    special = special_terms(question)
    best = " ".join(f"{hit.passage.heading} {hit.passage.text}" for hit in found.hits[:_BEST])
    return DocumentCue.NAMED if special and all(term in best for term in special) else cue


def passages_for(question: str, found: Found, cue: DocumentCue) -> tuple[Statement, ...]:
    """The passages that may answer, best first; none where they are about something else."""
    named = of_the_document_meant(question, found.hits) if cue is DocumentCue.NAMED else found.hits
    hits = _of_the_clause_meant(question, named)
    passages = tuple(passage_statement(hit.passage, hit.document) for hit in hits[:_MOST_PASSAGES])
    if cue is DocumentCue.NONE:
        strong = STRONG_EVIDENCE if found.compared else STRONG_BY_WORDS
        return passages if found.evidence >= strong else ()
    if found.evidence >= ENOUGH_EVIDENCE:
        return passages
    best = best_quotes(Asked(question, question, need_of(question)), passages, 1)
    return passages if best and best[0].score >= ENOUGH_SHARED else ()


def _of_the_clause_meant(question: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits of the article that the question names; all of them where it names none, or none that was found."""
    wanted = clause_named(question)
    if wanted is None:
        return hits
    named = [(clause_named(hit.passage.clause or ""), hit) for hit in hits]
    exact = [hit for clause, hit in named if clause is not None and _is_within(clause, wanted)]
    of_article = [hit for clause, hit in named if clause is not None and clause.article == wanted.article]
    return exact or of_article or hits


def _is_within(clause: ClauseReference, wanted: ClauseReference) -> bool:
    """第二条第一款第（七）项 is what 第二条第（七）项 means."""
    return (
        (clause.article, clause.inserted) == (wanted.article, wanted.inserted)
        and wanted.paragraph in (None, clause.paragraph)
        and wanted.item in (None, clause.item)
    )


def with_the_clause_named(understood: Understood, found: Found, knowledge: KnowledgeBase) -> Found:
    """「条例第十五条第二款」 is read where it stands, whatever search thinks of the words around it."""
    question, day = understood.standalone, understood.as_of
    wanted = clause_named(question)
    if wanted is None:
        return found
    in_force = [d for d in knowledge.published_documents() if d.is_in_force(day) and called_by_title(question, d)]
    exact = tuple(
        Hit(passage=passage, document=document, score=1.0)
        for document in sorted(in_force, key=lambda d: len(d.title))[-1:]
        for passage in resolve(knowledge.passages(document.id), wanted)
    )
    if not exact:
        return found
    known = {hit.passage.id for hit in exact}
    others = tuple(hit for hit in found.hits if hit.passage.id not in known)
    return replace(found, hits=(*exact, *others), evidence=1.0)


def is_silent(question: str, found: Found, cue: DocumentCue, passages: tuple[Statement, ...]) -> bool:
    """True where the question names a document that is here, and the document says nothing about it."""
    return cue is DocumentCue.NAMED and not passages and names_one_of(question, found.hits)
