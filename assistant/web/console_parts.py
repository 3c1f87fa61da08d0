"""What the console's routes are handed: the parts that `assistant.bootstrap` chose."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assistant.cases.case import Case
from assistant.dialogue import Question
from assistant.operation.runs import EvaluationRuns
from assistant.storage.evaluation_cases import EvaluationCases
from assistant.storage.original_texts import OriginalTexts
from assistant.storage.rule_versions import RuleVersions
from assistant.upkeep.life import KnowledgeLife
from assistant.web.console_schemas import Who
from assistant.web.services import Clock, Services
from assistant.web.staff import Staff
from ingest.jobs import IngestJobs
from knowledge.recognition.decision import Recognition
from knowledge.roles import KnowledgeBase, PassageSearch
from knowledge.storage.document_lists import DocumentLists
from knowledge.storage.documents import DocumentDrafts
from knowledge.storage.passage_edits import PassageEdits
from knowledge.storage.sheet_drafts import SheetDrafts
from prefill.review.rulebook import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Console:
    """Everything that the knowledge console works on.

    `refresh` makes what was just written count in this process; False where the index follows a little later.
    `rules` gives the review rules in force now, `cases_of` the stored cases of some items, the newest first.
    `people` are the names of those who have an account, by id.
    """

    services: Services
    staff: Staff
    knowledge: KnowledgeBase
    documents: DocumentDrafts
    lists: DocumentLists
    edits: PassageEdits
    texts: OriginalTexts
    jobs: IngestJobs
    search: PassageSearch
    recognize: Callable[[Question], Recognition]
    cases: EvaluationCases
    rule_versions: RuleVersions
    rules: Callable[[], Rulebook]
    cases_of: Callable[[frozenset[str], int], Iterable[Case]]
    sheets: SheetDrafts
    life: KnowledgeLife
    runs: EvaluationRuns
    refresh: Callable[[], bool]
    people: Callable[[], Mapping[str, str]]
    clock: Clock

    def who(self, person_id: str) -> Who:
        """The person behind an id of the log; the product itself and former people by their id."""
        return Who(id=person_id, name=self.people().get(person_id, person_id))
