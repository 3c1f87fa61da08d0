"""Walks a case through the whole product, turn by turn, as the page would: same turn, same operations, no shortcut."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field

from assistant.cases.case import Case
from assistant.cases.errors import LockedValue
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Channel
from assistant.cases.registers import KeptRegisters
from assistant.cases.uploading import Upload
from assistant.dialogue import Question, Speaker, Utterance
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.dialogue_samples import CitizenTurn, Uploaded
from prefill.documents.document import ReadDocument, ReadField

VOUCHED = "script"
_PREPARED = "application/x-prepared-reading+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing the citizen did, and what came back. `asked` is the step that the case then was at."""

    citizen: str
    transcript: Transcript | None
    asked: str
    state: str
    milliseconds: float


@dataclass(slots=True)
class Walk:
    """One citizen at one case. Mutable: it is a conversation."""

    assistant: Assistant
    handling: Handling
    holder: str
    subject: str = ""
    region: str = "上海市"
    language: str | None = None
    said: list[Said] = field(default_factory=list)
    history: list[Utterance] = field(default_factory=list)
    current: str | None = None
    case_id: str | None = None

    async def do(self, turn: CitizenTurn) -> None:
        """One turn of the script."""
        if turn.other_device:
            self.change_device()
        if turn.form is not None:
            self.enter(turn.form)
        if turn.upload is not None:
            self.upload(turn.upload)
        if turn.citizen is not None:
            await self.say(turn.citizen)

    async def say(self, text: str) -> Transcript:
        """Say something and listen."""
        began = time.perf_counter()
        question = Question(
            text=text,
            as_of=self.handling.today(),
            history=tuple(self.history),
            region=self.region,
            current=self.current,
            language=self.language,
            holder=self.holder,
            case=self.case_id,
            message=f"{self.holder}-{len(self.said)}",
        )
        transcript = await collect(self.assistant.answer(question))
        elapsed = (time.perf_counter() - began) * 1000
        self.history += [Utterance(Speaker.CITIZEN, text), Utterance(Speaker.XIAOSHEN, transcript.text)]
        self.current = transcript.finished.item or self.current
        if transcript.case is not None:
            self.case_id = transcript.case.case
            self._prove()
        self._note(text, transcript, elapsed)
        return transcript

    def enter(self, values: dict[str, str]) -> None:
        """Fill fields of the form on the page."""
        began = time.perf_counter()
        handled = self.look()
        if handled is not None:
            with suppress(LockedValue):  # the page says so, and the form stays as it is
                self.handling.enter(handled.case, dict(values))
        self._note("（填表）", None, (time.perf_counter() - began) * 1000)

    def upload(self, uploaded: Uploaded) -> None:
        """Hand in a file for the material whose name or id it says, or for the one that is asked for."""
        began = time.perf_counter()
        handled = self.look()
        wanted = _material_of(handled, uploaded.material) if handled is not None else None
        if handled is not None and wanted is not None:
            content, media_type = _content_of(uploaded)
            part, material = wanted
            upload = Upload(
                part=part, material=material, name=uploaded.material, media_type=media_type, content=content
            )
            self.handling.upload(handled.case, upload)
        self._note("（上传）", None, (time.perf_counter() - began) * 1000)

    def change_device(self) -> None:
        """Go on elsewhere, with nothing but the code."""
        case = self.case()
        self.holder = f"{self.holder}-again"
        self.history.clear()
        if case is not None:
            self.handling.join(case.code, self.holder, Channel.PAGE)

    def case(self) -> Case | None:
        """The case as it is now."""
        return self.handling.desk.cases.case(self.case_id) if self.case_id else None

    def case_state(self) -> str:
        """The state of the case; empty where there is none."""
        case = self.case()
        return case.state.value if case else ""

    def look(self) -> Handled | None:
        """The case with what stands in it and what comes next."""
        case = self.case()
        return self.handling.look(case) if case is not None else None

    def _prove(self) -> None:
        """The registers know who this is: the page's sign-in, done once."""
        case = self.case()
        if case is not None and case.identity is None and self.subject and case.is_open:
            self.handling.identify(case, self.subject, VOUCHED)

    def _note(self, text: str, transcript: Transcript | None, elapsed: float) -> None:
        handled = self.look()
        self.said.append(
            Said(
                citizen=text,
                transcript=transcript,
                asked=handled.step.name if handled else "",
                state=handled.case.state.value if handled else "",
                milliseconds=elapsed,
            )
        )


class PreparedReader:
    """Reads what a script says would be read; real files go to the real reader."""

    def __init__(self, real: object) -> None:
        self._real = real

    def read(self, content: bytes, name: str, expected: str) -> ReadDocument:
        """What stands in the file."""
        prepared = json.loads(content)
        values = {key: value for key, value in prepared["fields"].items() if isinstance(value, str | int | float)}
        fields = tuple(ReadField(name=k, value=_written(v), confidence=1.0) for k, v in values.items())
        return ReadDocument(
            kind=prepared.get("kind") or expected,
            confidence=1.0,
            fields=fields,
            readable=bool(prepared.get("readable", True)),
        )


def registers_of(handling: Handling) -> KeptRegisters:
    """The registers that scripts fill. Raises TypeError where the product asks other ones."""
    registers = handling.desk.registers
    if not isinstance(registers, KeptRegisters):
        raise TypeError("Scripted people need KeptRegisters: build the handling for the evaluation with them.")
    return registers


def needs_a_person(walk: Walk) -> bool:
    """True where the case does not go on without somebody else."""
    handled = walk.look()
    return handled is None or handled.step.kind in (StepKind.WAIT, StepKind.OVER)


def _written(value: str | float) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value)


def _content_of(uploaded: Uploaded) -> tuple[bytes, str]:
    prepared = {"kind": uploaded.material, "fields": uploaded.fields, "readable": uploaded.readable}
    return json.dumps(prepared, ensure_ascii=False).encode(), _PREPARED


def _material_of(handled: Handled, named: str) -> tuple[str, str] | None:
    asked = handled.step.material
    all_of_it = (*((asked,) if asked is not None else ()), *handled.standing.materials)
    exact = (m for m in all_of_it if named == m.name or any(named == number for _, number in m.uses))
    found = next(exact, None) or next((m for m in all_of_it if named in m.name), asked)
    return found.uses[0] if found is not None else None
