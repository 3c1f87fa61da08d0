"""From a gap to a drafted entry: what somebody wrote becomes a document draft that another person reviews."""

import hashlib
from dataclasses import dataclass
from datetime import date

from knowledge.life.work import Work
from knowledge.storage.documents import ParsedDocument, PassageDraft

_MEDIA_TYPE = "text/markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryDraft:
    """An answer that somebody wrote for citizens. `basis` names what it rests on: a law, a notice, who was asked."""

    title: str
    question: str
    answer: str
    basis: str
    region: str
    issuer: str | None = None
    effective_from: date | None = None
    effective_to: date | None = None


def entry_name(work: Work) -> str:
    """The file name under which the entry is cited; the same gap leads to the same entry."""
    return f"知识条目-{work.finding.id}.md"


def document_of(entry: EntryDraft, name: str) -> ParsedDocument:
    """The entry as a document: its Markdown is the original, the answer its one passage."""
    head = f"# {entry.title}\n\n## {entry.question}\n\n"
    text = f"{head}{entry.answer}\n\n依据：{entry.basis}\n"
    original = text.encode()
    answer = PassageDraft(
        text=entry.answer,
        heading=f"{entry.title} / {entry.question}",
        clause=None,
        start=len(head),
        end=len(head) + len(entry.answer),
    )
    basis = f"依据：{entry.basis}"
    begin = len(head) + len(entry.answer) + 2
    return ParsedDocument(
        name=name,
        sha256=hashlib.sha256(original).hexdigest(),
        original=original,
        media_type=_MEDIA_TYPE,
        title=entry.title,
        number=None,
        issuer=entry.issuer,
        issued_on=None,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        region=entry.region,
        passages=(
            answer,
            PassageDraft(text=basis, heading=entry.title, clause=None, start=begin, end=begin + len(basis)),
        ),
    )
