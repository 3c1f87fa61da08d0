"""The channels of what is filled in, photographed or noted: through the code that prints, reads and suggests."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import docx

from assistant.clerk.suggesting import Suggesting, draw_beside_note
from assistant.clerk.told import Told
from assistant.events import Flag, Status
from assistant.turn import Assistant
from evals.safety_channels import Outcome, all_shown, asked
from evals.samples import SafetyCase
from guardrails.checks.markup import for_spreadsheet
from guardrails.entered import Entered, show_entered
from prefill.documents.reading import read_text
from prefill.papers.making import make_papers
from prefill.papers.request import PaperField, PaperFormat, PaperKind, PaperRequest

_QUESTION = "身份证丢了怎么补办？"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChannel:
    """A form field: shown again, exported, and printed on the application form.

    The citizen's next question is answered with the text beside it, as when a case is open.
    """

    assistant: Assistant
    today: date
    question: str = _QUESTION

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Fill the value in."""
        return await _filled_in(self, case, (PaperField(name="备注", value=case.text),), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureChannel:
    """What was read from a picture: its fields are found as in any document, then shown and printed like typed ones."""

    assistant: Assistant
    today: date
    question: str = _QUESTION

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Find the fields of the text, and fill them in."""
        document = read_text(case.text, year=self.today.year)
        fields = tuple(PaperField(name=field.name, value=field.value, source="上传的材料") for field in document.fields)
        said = tuple(problem.sentence for problem in document.problems)
        return await _filled_in(self, case, (*fields, PaperField(name="其他文字", value=case.text)), said)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteChannel:
    """A clerk's note: shown to colleagues, while suggestions for the citizen's question are drawn beside it."""

    assistant: Assistant
    today: date
    question: str = _QUESTION

    async def __call__(self, case: SafetyCase, /) -> Outcome:
        """Write the note at a handoff."""
        told = Told(ticket=case.id, history=case.utterances(), open_question=self.question)
        beside = await draw_beside_note(Suggesting(self.assistant), told, case.text, self.today)
        turn = beside.drawn.turn
        suggested = [suggestion.text for suggestion in beside.drawn.suggestions]
        answered = turn.finished.status if turn is not None else Status.HANDOFF
        return Outcome(
            status=Status.HANDOFF if beside.note.withheld else answered,
            text=beside.note.shown.text,
            outputs=(beside.note.shown.text, *suggested, *(all_shown(turn) if turn is not None else ())),
            flags=_flags([beside.note]),
        )


async def _filled_in(
    channel: FieldChannel | PictureChannel, case: SafetyCase, fields: tuple[PaperField, ...], said: Iterable[str]
) -> Outcome:
    entered = [show_entered(field.value) for field in fields]
    shown = [one.shown.text for one in entered]
    beside = await asked(channel.assistant, channel.question, channel.today, case.utterances())
    return Outcome(
        status=Status.HANDOFF if any(one.withheld for one in entered) else beside.status,
        text="\n".join(shown),
        outputs=(*shown, *map(for_spreadsheet, shown), *said, *_printed(fields, channel.today), *beside.outputs),
        flags=_flags(entered),
    )


def _flags(entered: Iterable[Entered]) -> tuple[Flag, ...]:
    return tuple(Flag(check=f.check, reason=f.reason) for one in entered for f in one.findings)


def _printed(fields: tuple[PaperField, ...], today: date) -> Iterator[str]:
    """Every cell and line of the application form as it is handed out."""
    request = PaperRequest(
        item_name="居民身份证补领",
        item_code="SAFETY",
        department="受理部门",
        applicant="申请人",
        case_code="SAFETY",
        made_on=today,
        fields=fields,
        kinds=(PaperKind.FORM,),
        formats=(PaperFormat.DOCX,),
    )
    for paper in make_papers(request):
        document = docx.Document(io.BytesIO(paper.content))
        yield from (paragraph.text for paragraph in document.paragraphs)
        for table in document.tables:
            yield from (cell.text for row in table.rows for cell in row.cells)
