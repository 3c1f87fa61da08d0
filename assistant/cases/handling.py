"""Handling a case: each operation reads the case, lets something happen to the version it read, and gives it back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES, Case, CaseState
from assistant.cases.code import new_code
from assistant.cases.concluding import conclude
from assistant.cases.consenting import Consenting, in_force
from assistant.cases.desk import Desk
from assistant.cases.earlier import Earlier
from assistant.cases.errors import CaseKept, StepNotAllowed, UnknownCase
from assistant.cases.guiding import Step, next_step
from assistant.cases.happenings import CITIZEN, SYSTEM, Actor, Channel, Happening
from assistant.cases.requesting import paper_request
from assistant.cases.situating import situated
from assistant.cases.situation import SituationQuestion
from assistant.cases.standing import Settlement, Standing, entered_fact, standing
from assistant.cases.uploading import Upload, facts_read, file_added
from assistant.cases.verifying import proved, require_unchanged
from knowledge.items import ItemLink, ServiceItem
from prefill.papers.paper import Paper
from prefill.papers.request import PaperFormat, PaperKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """A case after an operation, with what stands in it and what comes next."""

    case: Case
    standing: Standing
    step: Step


class Handling:
    """The operations on cases. Dialogue and HTTP both use these, so a case is the same from everywhere."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        earlier = Earlier(desk.cases, desk.knowledge, self.today)
        self._consenting = Consenting(desk.registers, earlier, desk.verifying, self.today)
        self._hearers: list[Callable[[Case], None]] = []

    def tell(self, hearer: Callable[[Case], None]) -> None:
        """From now on call this after each change of a case that was made here."""
        self._hearers.append(hearer)

    def _changed(self, case: Case) -> Handled:
        for hearer in self._hearers:
            hearer(case)
        return self.look(case)

    def today(self) -> date:
        """The day of the office."""
        return self.desk.clock().date()

    def open(self, holder: str, items: Sequence[ServiceItem], region: str, channel: Channel = Channel.PAGE) -> Handled:
        """Begin a case for one item, or for several that were wished for together."""
        opened = h.Opened(
            item=items[0].slug,
            parts=tuple(item.slug for item in items),
            region=region,
            channel=channel,
            code=new_code(self.desk.choose),
        )
        case = self.desk.cases.open(self.desk.new_id(), holder, opened, actor=CITIZEN, at=self.desk.clock())
        return self.look(self._bound(case, holder))

    def _bound(self, case: Case, holder: str) -> Case:
        """The case with what the sign-in of its holder proves; a browser without a name proves nothing."""
        vouched = self.desk.identities.vouched(holder) if case.identity is None and case.is_open else None
        if vouched is None:
            return case
        happened: list[Happening] = [h.Identified(subject=vouched.subject, by=vouched.source)]
        if vouched.values:
            facts = proved(vouched.values, vouched.source)
            happened.append(self.desk.verifying.told(case.id, facts, vouched.source))
        at = self.desk.clock()
        return self.desk.cases.add(case.id, happened, on=case.version, actor=SYSTEM, at=at)

    def mine(self, holder: str) -> tuple[Case, ...]:
        """The holder's cases, the last changed first."""
        return self.desk.cases.held_by(holder)

    def case(self, case_id: str, holder: str) -> Case:
        """The holder's case. Raises UnknownCase where it is somebody else's: the two are never told apart."""
        if not self.desk.cases.is_held_by(case_id, holder):
            raise UnknownCase(f"No case {case_id} of this holder; ask for its continuation code.")
        return self.desk.cases.case(case_id)

    def join(self, code: str, holder: str, channel: Channel, actor: Actor = CITIZEN) -> Handled | None:
        """Go on with a case by its code on another device or at the window; None where the code opens nothing."""
        found = self.desk.cases.by_code(code)
        if found is None or found.state in CLOSED_STATES:
            return None
        return self.look(self.desk.cases.join(found.id, holder, channel, actor=actor, at=self.desk.clock()))

    def look(self, case: Case) -> Handled:
        """The case with what stands in it and what comes next."""
        stands = self.standing(case)
        members = self.members(stands.item) if stands.item.is_bundle else ()
        step = next_step(stands, members=members, registers=tuple(self.offered(stands)))
        return Handled(case=case, standing=stands, step=step)

    def standing(self, case: Case) -> Standing:
        """What stands in the case today, pre-review's view of it included."""
        today = self.today()
        slugs = dict.fromkeys((case.item, *case.parts))
        items = {slug: item for slug in slugs if (item := self.desk.knowledge.item(slug, today)) is not None}
        if case.item not in items:
            raise UnknownCase(f"The item of case {case.id} is no longer published; hand it to a person.")
        stands = situated(standing(in_force(case, today), items, today), self.desk.situations)
        reviewer = self.desk.reviewer
        whole = {item.slug: (item, stands.application(item)) for item in stands.handled}
        reviews = {slug: reviewer.review(application, item) for slug, (item, application) in whole.items()}
        early = [reviewer.early(application, item) for item, application in whole.values()] if case.is_open else []
        return stands.reviewed(reviews, tuple(point for found in early for point in found.failed))

    def members(self, item: ServiceItem) -> tuple[ItemLink, ...]:
        """The members of a bundle that are handled to the end here."""
        today = self.today()
        known = ((link, self.desk.knowledge.item(link.slug, today)) for link in item.members)
        return tuple(link for link, sheet in known if sheet is not None and self.desk.reviewer.handles(sheet))

    def offered(self, stands: Standing) -> Mapping[str, tuple[str, ...]]:
        """The registers that could fill what is missing, each with the keys it would be asked for."""
        return self._consenting.offered(stands)

    def consent_ends(self) -> date:
        """The last day of a consent that is given today."""
        return self._consenting.until()

    def add(self, case: Case, happenings: Sequence[Happening], actor: Actor = CITIZEN) -> Handled:
        """Let something happen to the case as it was read. Raises CaseChanged, StepNotAllowed."""
        if not happenings:
            return self.look(case)
        added = self.desk.cases.add(case.id, happenings, on=case.version, actor=actor, at=self.desk.clock())
        return self._changed(added)

    def identify(self, case: Case, subject: str, by: str) -> Handled:
        """Somebody else than the citizen vouches for who this is."""
        return self.add(case, [h.Identified(subject=subject, by=by)], SYSTEM)

    def consent(self, case: Case, registers: Sequence[str]) -> Handled:
        """The citizen allows these registers to be asked; the others that were offered are refused."""
        return self.add(case, self._consenting.consented(self.standing(case), registers))

    def revoke(self, case: Case, register: str) -> Handled:
        """The consent is taken back, and what that register told with it."""
        return self.add(case, [h.ConsentRevoked(register)])

    def enter(self, case: Case, values: Mapping[str, str | None], *, said: bool = False) -> Handled:
        """Values for fields by their keys; None: not known now. Unknown keys are left out. Raises LockedValue."""
        stands = self.standing(case)
        require_unchanged(stands, {key: value for key, value in values.items() if value})
        facts: list[h.KeptFact] = []
        unknown: list[Happening] = []
        for key, value in values.items():
            field = stands.field(key)
            if field is None or (field.filled is not None and field.filled.locked):
                continue
            if value is None:
                unknown.append(h.NotKnown(key))
            facts.append(entered_fact(field, value or None, said=said))
        return self.add(case, [*([h.FactsKept(tuple(facts))] if facts else []), *unknown])

    def situate(self, case: Case, question: SituationQuestion, label: str | None) -> Handled:
        """The answer to a question between situations, by its label; None: not known. It can be changed later.

        Where a field of the form holds the same, it is filled too, and not asked again. Raises StepNotAllowed.
        """
        choice = question.choice(label) if label is not None else None
        if label is not None and choice is None:
            raise StepNotAllowed(f"{label!r} is no answer to {question.fact}; choose one of its answers.")
        value = choice.value if choice is not None else None
        answer = h.SituationAnswered(part=question.part, fact=question.fact, value=value, label=label or "")
        field = self.standing(case).field(question.fills)
        happened: list[Happening] = [answer]
        if choice is not None and field is not None and not (field.filled is not None and field.filled.locked):
            told = question.values.get(choice.label)
            if told is not None or field.value in question.values.values():
                happened.append(h.FactsKept((entered_fact(field, told, said=True),)))
        return self.add(case, happened)

    def upload(self, case: Case, upload: Upload) -> Handled:
        """A file for a material: read, kept with the case, and its facts with it."""
        stands = self.standing(case)
        wanted = stands.material(upload.part, upload.material)
        if wanted is None:
            raise StepNotAllowed(f"Case {case.id} needs no material {upload.material} of {upload.part}.")
        read = self.desk.reader.read(upload.content, upload.name, wanted.name)
        file = self.desk.new_id()
        added = file_added(file, upload, read)
        happened: list[Happening] = [h.FileRemoved(wanted.file.file)] if wanted.file else []
        happened.append(added)
        told = facts_read(stands, wanted.name, read, self.desk.clock(), file)
        happened += [h.FactsKept(told)] if told else []
        at = self.desk.clock()
        kept = self.desk.cases.add(
            case.id, happened, on=case.version, actor=CITIZEN, at=at, contents={file: upload.content}
        )
        return self._changed(kept)

    def settle(self, case: Case, part: str, material: str, how: Settlement) -> Handled:
        """A material comes another way than by a file; a file that was the wrong one goes."""
        known = self.standing(case).material(part, material)
        gone = [h.FileRemoved(known.file.file)] if known is not None and known.file is not None else []
        return self.add(case, [*gone, h.MaterialSettled(part=part, material=material, how=how.value)])

    def confirm(self, case: Case) -> Handled:
        """The citizen stands by what is in the case: commitments are made, the form is signed."""
        stands = self.standing(case)
        facts = tuple(entered_fact(f, "是", said=False) for f in stands.commitments)
        made = [
            h.MaterialSettled(part=m.uses[0][0], material=m.uses[0][1], how=Settlement.MADE)
            for m in stands.materials
            if m.is_made_by_us and not m.is_there
        ]
        return self.add(case, [*([h.FactsKept(facts)] if facts else []), *made])

    def review(self, case: Case) -> Handled:
        """Pre-review of the whole case, all parts, with one complete notice."""
        stands = self.standing(case)
        reviewed = replace(conclude(stands), seal=self.desk.verifying.reviewed(stands))
        return self.add(case, [h.ReviewBegun(), reviewed])

    def papers(self, case: Case) -> tuple[Paper, ...]:
        """The application documents of every part, as the case stands."""
        return tuple(paper for _, paper in self.papers_by_part(case))

    def papers_by_part(self, case: Case) -> list[tuple[str, Paper]]:
        """The same, each with its part."""
        stands = self.standing(case)
        return [(i.slug, paper) for i in stands.handled for paper in self.desk.papers.make(paper_request(stands, i))]

    def paper(self, case: Case, part: str, kind: PaperKind, format_: PaperFormat) -> Paper | None:
        """One of them, and none of the others made: a bundle has dozens. None where the part has no such paper."""
        stands = self.standing(case)
        item = next((i for i in stands.handled if i.slug == part), None)
        if item is None:
            return None
        wanted = replace(paper_request(stands, item), kinds=(kind,), formats=(format_,))
        return next(iter(self.desk.papers.make(wanted)), None)

    def submit(self, case: Case, submitted: Mapping[str, str | None] | None = None) -> Handled:
        """Hand it in; sent twice it is one submission. `submitted`: the form's values, where the page sends them along.

        Raises LockedValue, ValueTampered where a verified value is not what its register told.
        """
        stands = self.standing(case)
        require_unchanged(stands, submitted or {})
        self.desk.verifying.require_intact(stands)
        receipt = self.desk.office.submit(case, self.today())
        return self.add(case, [h.Submitted(office=receipt.office, receipt=receipt.number)])

    def withdraw(self, case: Case, reason: str = "") -> Handled:
        """The citizen withdraws it."""
        return self.add(case, [h.Withdrawn(reason)])

    def take_over(self, earlier: str, holder: str) -> None:
        """What was begun in this browser before signing in is the signed-in person's too."""
        at = self.desk.clock()
        for case in self.desk.cases.held_by(earlier):
            if not self.desk.cases.is_held_by(case.id, holder):
                joined = self.desk.cases.join(case.id, holder, Channel.PAGE, actor=SYSTEM, at=at)
                self._bound(joined, holder)

    def forget_own(self, case_id: str, holder: str) -> None:
        """Delete everything about the holder's case. Raises CaseKept while an office has it: withdraw first."""
        case = self.case(case_id, holder)
        if case.state in (CaseState.SUBMITTED, CaseState.ACCEPTED):
            raise CaseKept(f"Case {case_id} is {case.state}; withdraw it, then delete it.")
        self.forget(case_id)

    def forget(self, case_id: str) -> None:
        """Delete everything about a case, whoever holds it. For deletion on request: check the right first."""
        self.desk.cases.forget(case_id)
