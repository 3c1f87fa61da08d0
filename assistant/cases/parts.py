"""The real parts that handling works with: the rulebook, the reader of documents, the maker of papers."""

from datetime import date

from assistant.cases.roles import Clock
from knowledge.items import ServiceItem
from prefill.documents.document import Problem, ProblemCode, ReadDocument
from prefill.documents.errors import DocumentRefused
from prefill.documents.reading import read_document
from prefill.papers.making import make_papers
from prefill.papers.paper import Paper
from prefill.papers.request import PaperRequest
from prefill.review.application import Application
from prefill.review.result import Review
from prefill.review.reviewing import review
from prefill.review.rulebook import Rulebook


class RulebookReviewer:
    """Pre-review by the rules in force."""

    def __init__(self, rulebook: Rulebook, clock: Clock) -> None:
        self._rulebook = rulebook
        self._clock = clock

    def review(self, application: Application, item: ServiceItem) -> Review:
        """The review of one application."""
        return review(application, item, self._rulebook)

    def handles(self, item: ServiceItem) -> bool:
        """True where the item has a form, and rules in force today."""
        today: date = self._clock().date()
        return bool(item.form_fields) and self._rulebook.rules_for(item.slug, today) is not None


class DocumentReader:
    """Reads uploads; what cannot be opened is an unreadable document with the reason, not a failure."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        """What stands in the file."""
        try:
            return read_document(content, year=self._clock().year)
        except DocumentRefused as refused:
            problem = Problem(code=ProblemCode.UNKNOWN_KIND, sentence=str(refused))
            return ReadDocument(kind=None, confidence=0.0, readable=False, problems=(problem,))


class PaperPrinter:
    """Makes the papers."""

    def make(self, request: PaperRequest) -> tuple[Paper, ...]:
        """The papers of one application."""
        return make_papers(request)
