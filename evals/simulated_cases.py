"""One simulated case: an invented citizen with a temper, from the first sentence to the office."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.cases import happenings as h
from assistant.cases.handling import Handling
from assistant.turn import Assistant
from evals.invented_people import Invented
from evals.scorers.dialogue import questions_asked
from evals.scripted_citizen import ScriptedCitizen
from evals.simulated_documents import documents_of
from evals.walking import Walk, registers_of
from knowledge.items import Audience, ServiceItem
from prefill.forms import FieldType, FormField, form_of
from prefill.review.result import Code

_BY_THEMSELVES = {"register", "e-licence", "document", "earlier_case", "derived"}
_OPENINGS = ("我要办{name}", "帮我办{name}", "我想办一下{name}", "请帮我申请{name}")
_MENDS = 3
_DAY, _MONTH = re.compile(r"(\d{4})-(\d{2})-(\d{2})"), re.compile(r"(\d{4})-(\d{2})(?!\d)")
_TELLS = (0, 1, 1, 1, 2, 2, 2, 3, 3, 4)
_KEPT = 0.1
"""How many facts people tell unasked (two of eight fields; in the development conversations it is 2.3), and how many
of these are in a register all the same (there 10 of 91). Set after those conversations, not measured on citizens."""
_NEVER_TOLD = {FieldType.COMMITMENT, FieldType.TABLE, FieldType.LIST, FieldType.FILE, FieldType.TEXT, FieldType.YES_NO}
READ_SECONDS, SIGN_SECONDS, UPLOAD_SECONDS = 6.0, 0.6, 25.0
"""The estimate of a citizen's time: reading a reply, writing one sign on a phone, photographing one document."""


CONSENTING, AS_FORM, DIGRESSING, SLIPPING, COMPLETE = 0.8, 0.33, 0.25, 0.2, 0.7
"""How many citizens allow the registers, want a form, ask something in between, write a wrong digit, and have
documents that state everything that the rules look for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How this citizen is: drawn per case, so that the shares are those of the run."""

    consents: bool
    as_form: bool
    digresses: bool
    slips: bool
    complete: bool = True

    @classmethod
    def drawn(cls, roll: random.Random) -> "Temper":
        """One citizen."""
        return cls(
            consents=roll.random() < CONSENTING,
            as_form=roll.random() < AS_FORM,
            digresses=roll.random() < DIGRESSING,
            slips=roll.random() < SLIPPING,
            complete=roll.random() < COMPLETE,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedCase:
    """What one case came to.

    `fields` were shown, declarations not counted; `tellable` are those that some source could tell at all, and
    `prefilled` those that nobody had to enter. `told` are the fields filled from what was said unasked, beside
    those, and `declarations` the ones that are always asked: with them the ratio is the one of the contract.
    """

    item: str
    opened: bool
    state: str
    outcomes: tuple[str, ...]
    notice_incomplete: bool
    prefilled: int
    fields: int
    tellable: int
    told: int
    declarations: int
    for_persons: bool
    consented: bool
    questions: int
    turns: int
    slipped: bool
    machine_ms: float
    citizen_seconds: float

    @property
    def was_ineligible(self) -> bool:
        """True where the citizen was told that a condition is not met, and left."""
        return self.state == "withdrawn"

    @property
    def passed_first(self) -> bool:
        """True where the first pre-review sent nothing back."""
        return bool(self.outcomes) and self.outcomes[0] != "return"

    @property
    def returned_twice(self) -> bool:
        """True where something came back again after the citizen had mended what they could."""
        return self.outcomes.count("return") > 1


async def simulate(assistant: Assistant, handling: Handling, item: ServiceItem, seed: int) -> SimulatedCase:
    """Walk one case of this item."""
    roll = random.Random(seed)  # noqa: S311 - reproducible, no secret
    today = handling.today()
    temper = Temper.drawn(roll)
    fields = _all_fields(handling, item, today)
    person = Invented(seed, today)
    subject = f"simulated-{seed}"
    registers_of(handling).know(subject, person.registers(fields))
    walk = Walk(assistant=assistant, handling=handling, holder=subject, subject=subject)
    truth = person.answers(fields)
    facts = _volunteered(form_of(item).fields, truth, roll)
    heard = await walk.say(roll.choice(_OPENINGS).format(name=item.name) + "".join(f"，{fact}" for fact in facts))
    if walk.case_id is None and heard.question is not None:  # which of several: the citizen presses the right button
        chosen = next((c for c in heard.question.choices if item.name in c.label.text or c.item == item.slug), None)
        await walk.say(chosen.send.text if chosen else item.name)
    if walk.case_id is None:
        return _result(item, walk, temper, frozenset(), slipped=False)
    told = _told_rightly(walk, truth)
    answers = dict(truth)
    slip = _slip(answers, fields) if temper.slips else {}
    citizen = ScriptedCitizen(
        answers={**answers, **slip},
        materials=documents_of(_all_items(handling, item, today), person, fields, today, complete=temper.complete),
        consents=temper.consents,
        digression="要收费吗?" if temper.digresses else "",
        as_form=temper.as_form,
        gives_up=True,
        parts=_parts(item, roll),
    )
    await citizen.finish(walk)
    for _ in range(_MENDS):
        if walk.case_state() != "collecting" or not slip:
            break
        walk.enter({name: answers[name] for name in slip})  # mended as the notice says, then on to the end
        slip = {}
        await ScriptedCitizen(answers=answers, materials=citizen.materials).finish(walk)
    return _result(item, walk, temper, told, slipped=temper.slips)


def _volunteered(fields: tuple[FormField, ...], truth: Mapping[str, str], roll: random.Random) -> list[str]:
    """What somebody says of their matter before being asked: none to four facts, most of them in no register."""
    sayable = [f for f in fields if f.type not in _NEVER_TOLD and not f.identity and f.name in truth]
    matter, kept = ([f.name for f in sayable if bool(f.prefill) is held] for held in (False, True))
    roll.shuffle(matter)
    roll.shuffle(kept)
    lists = [kept if roll.random() < _KEPT else matter for _ in range(roll.choice(_TELLS))]
    told = [names.pop() for names in lists if names]
    return [f"{name.partition('(')[0]}是{_aloud(truth[name])}" for name in told]


def _aloud(value: str) -> str:
    """Days as people write them to somebody: 2026年3月1日到2027年2月28日."""
    days = _DAY.sub(lambda m: f"{m[1]}年{int(m[2])}月{int(m[3])}日", value)
    spoken = _MONTH.sub(lambda m: f"{m[1]}年{int(m[2])}月", days)
    return spoken.replace("/", "到") if spoken != value else value


def _told_rightly(walk: Walk, truth: Mapping[str, str]) -> frozenset[str]:
    """The fields filled from the first sentence, with the value that was meant."""
    handled = walk.look()
    shown = handled.standing.fields if handled else ()
    return frozenset(f.field.name for f in shown if f.filled and f.filled.value == truth.get(f.field.name))


def _parts(item: ServiceItem, roll: random.Random) -> str:
    """Of a bundle the joint form, or one or two of its members with it."""
    if not item.members or roll.random() < AS_FORM:
        return "只办这张联办表"
    names = [link.name for link in item.members]
    return "、".join(roll.sample(names, min(2, len(names))))


def _all_items(handling: Handling, item: ServiceItem, today: date) -> tuple[ServiceItem, ...]:
    members = (handling.desk.knowledge.item(link.slug, today) for link in item.members)
    return (item, *(m for m in members if m is not None))


def _all_fields(handling: Handling, item: ServiceItem, today: date) -> tuple[FormField, ...]:
    return tuple(f for one in _all_items(handling, item, today) for f in form_of(one).fields)


def _slip(answers: Mapping[str, str], fields: tuple[FormField, ...]) -> dict[str, str]:
    """A wrong digit in a number that can be checked; such slips are what pre-review is there for."""
    for f in fields:
        if f.type in (FieldType.ID_NUMBER, FieldType.BANK_CARD, FieldType.COMPANY_CODE) and f.name in answers:
            value = answers[f.name]
            return {f.name: value[:-2] + str((int(value[-2]) + 1) % 10) + value[-1] if value[-2].isdigit() else value}
    return {}


def _result(item: ServiceItem, walk: Walk, temper: Temper, told: frozenset[str], *, slipped: bool) -> SimulatedCase:
    handled, case = walk.look(), walk.case()
    shown = [f for f in handled.standing.fields if not f.field.is_commitment] if handled else []
    filled = [f for f in shown if f.filled is not None]
    asked = [f for f in shown if f.is_asked or f.filled]
    tellable = [f for f in asked if f.field.prefill or (f.filled and f.filled.provenance.kind in _BY_THEMSELVES)]
    own = [f for f in filled if f.filled is not None and f.filled.provenance.kind in _BY_THEMSELVES]
    reviews = [e.happening for e in case.events if isinstance(e.happening, h.Reviewed)] if case else []
    outcomes = [review.outcome for review in reviews]
    noticed = [{f.what for f in review.findings if f.code != Code.NEEDS_HUMAN} for review in reviews]
    written = sum(len(s.citizen) for s in walk.said)
    uploads = sum(s.citizen == "（上传）" for s in walk.said)
    return SimulatedCase(
        item=item.slug,
        opened=case is not None,
        state=case.state.value if case else "",
        outcomes=tuple(outcomes),
        notice_incomplete=any(later - noticed[0] for later in noticed[1:]),
        prefilled=len(own),
        fields=len(asked),
        tellable=len(tellable),
        told=sum(f.field.name in told and f not in own for f in filled),
        declarations=sum(f.field.is_commitment for f in handled.standing.fields) if handled else 0,
        for_persons=Audience.PERSON in item.audience,
        consented=temper.consents,
        questions=questions_asked([s.asked for s in walk.said]),
        turns=len(walk.said),
        slipped=slipped,
        machine_ms=sum(s.milliseconds for s in walk.said),
        citizen_seconds=len(walk.said) * READ_SECONDS + written * SIGN_SECONDS + uploads * UPLOAD_SECONDS,
    )
