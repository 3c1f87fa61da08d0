"""The real parts that handling works with: the rulebook, the reader of documents, the maker of papers."""

from collections.abc import Callable, Sequence
from datetime import date

from assistant.cases.errors import FileNotOpened
from assistant.cases.roles import Clock
from knowledge.items import ServiceItem
from prefill.documents.document import Problem, ProblemCode, ReadDocument
from prefill.documents.errors import DocumentError, ReadingStopped
from prefill.documents.reader import DocumentReader as FileReader
from prefill.documents.reader import WorkerDocumentReader
from prefill.documents.using import NOT_READ
from prefill.facts import Fact
from prefill.forms import Form
from prefill.papers.making import make_papers
from prefill.papers.paper import Paper
from prefill.papers.request import PaperRequest
from prefill.review.application import Application
from prefill.review.eligibility import Eligibility, check_early
from prefill.review.result import Review
from prefill.review.reviewing import review
from prefill.review.rulebook import Rulebook
from prefill.said.reading import read_said
from prefill.said.speech import fold


class RulebookReviewer:
    """Pre-review by the rules in force; asked for anew each time, so that a published change counts at once."""

    def __init__(self, rules: Callable[[], Rulebook], clock: Clock) -> None:
        self._rules = rules
        self._clock = clock

    def review(self, application: Application, item: ServiceItem) -> Review:
        """The review of one application."""
        return review(application, item, self._rules())

    def early(self, application: Application, item: ServiceItem) -> Eligibility:
        """What can be said of the conditions with what is known so far."""
        return check_early(application, item, self._rules())

    def handles(self, item: ServiceItem) -> bool:
        """True where the item has a form, and rules in force today."""
        today: date = self._clock().date()
        return bool(item.form_fields) and self._rules().rules_for(item.slug, today) is not None


class SaidListener:
    """Reads what was said, the whole dialogue in view; only what the last message adds or changes is news."""

    def facts(self, form: Form, messages: Sequence[str], today: date, asked: str | None) -> tuple[Fact, ...]:
        """What the last message says about the form's fields."""
        before = {fact.key: fact.value for fact in read_said(form, messages[:-1], today)} if messages[:-1] else {}
        now = read_said(form, messages, today)
        last = fold(messages[-1]) if messages else ""

        def again(fact: Fact) -> bool:
            return fact.field == asked and (fact.provenance.evidence or "") in last

        return tuple(f for f in now if f.key not in before or before[f.key] != f.value or again(f))


class DocumentReader:
    """Reads uploads; what nobody can open is refused with the reason, so that it takes the place of nothing.

    Where reading was ended because it took too long, the photo is not blamed: a person looks at it.

    Reading goes on in a process of its own; `read` waits for it, so call it off the event loop.
    """

    def __init__(self, clock: Clock, files: FileReader | None = None) -> None:
        self._clock = clock
        self._files = files or WorkerDocumentReader()

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        """What stands in the file. Raises FileNotOpened."""
        try:
            return self._files.read(content, year=self._clock().year)
        except ReadingStopped as stopped:
            problem = Problem(code=ProblemCode.UNKNOWN_KIND, sentence=str(stopped))
            return ReadDocument(kind=None, confidence=0.0, fields=(NOT_READ,), problems=(problem,))
        except DocumentError as refused:
            raise FileNotOpened(str(refused)) from refused


class PaperPrinter:
    """Makes the papers."""

    def make(self, request: PaperRequest) -> tuple[Paper, ...]:
        """The papers of one application."""
        return make_papers(request)
