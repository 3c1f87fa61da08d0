"""What stands in a case today: its fields over all parts, its materials, and what is still missing. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assistant.cases.case import Case
from assistant.cases.happenings import FileAdded, KeptFact, MaterialSettled
from assistant.cases.kept_facts import facts_of
from assistant.cases.situation import PartSituation
from knowledge.items import Material, ServiceItem
from prefill.facts import FIELD_PREFIX, SourceKind
from prefill.filling import FilledField, fill
from prefill.forms import FieldType, FormField, Need, form_of
from prefill.review.application import Application, Exemption, ExemptionKind, SubmittedMaterial, Value
from prefill.review.result import PointReview, Review


class Settlement(StrEnum):
    """How a material comes that is not a file."""

    LICENCE = "licence"
    SHARED = "shared"
    BRING = "bring"
    MADE = "made"  # the application form, which we make and the citizen signs
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingField:
    """A field of the case. Parts that mean the same by it share it: it is asked once."""

    key: str
    field: FormField
    parts: tuple[str, ...]
    filled: FilledField | None
    is_asked: bool

    @property
    def value(self) -> str | None:
        """The value that stands in it."""
        return self.filled.value if self.filled else None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingMaterial:
    """A material of the case; `uses` are the (part, material id) that one file serves."""

    name: str
    uses: tuple[tuple[str, str], ...]
    material: Material
    file: FileAdded | None
    settled: MaterialSettled | None

    @property
    def is_there(self) -> bool:
        """True where nothing more has to be done about it now."""
        return self.file is not None or self.settled is not None

    @property
    def is_made_by_us(self) -> bool:
        """True for the application form itself."""
        return is_application_form(self.material)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A case with what its parts' sheets ask for, on one day."""

    case: Case
    item: ServiceItem
    handled: tuple[ServiceItem, ...]
    fields: tuple[StandingField, ...]
    materials: tuple[StandingMaterial, ...]
    today: date
    reviews: Mapping[str, Review] = field(default_factory=dict)
    failed_conditions: tuple[PointReview, ...] = ()
    situations: tuple[PartSituation, ...] = ()

    def reviewed(self, reviews: Mapping[str, Review], failed: tuple[PointReview, ...]) -> "Standing":
        """The same with what pre-review says of each part as it stands, and the conditions already ruled out."""
        return replace(self, reviews=reviews, failed_conditions=failed)

    def is_needed(self, material: StandingMaterial) -> bool:
        """True where a part needs it: by the situation where that decides it, else where pre-review misses it.

        Without any review, where the sheet lists it.
        """
        if not self.reviews:
            return True
        return any(self._is_needed_for(part, number) for part, number in material.uses if part in self.reviews)

    def situation(self, part: str) -> PartSituation | None:
        """Which situation of the part the citizen is in, as far as that is known."""
        return next((one for one in self.situations if one.part == part), None)

    def _is_needed_for(self, part: str, material: str) -> bool:
        situation = self.situation(part)
        if situation is not None and material in situation.excluded:
            return False
        wanted = situation is not None and material in situation.required
        return wanted or material in self.reviews[part].missing_materials

    @property
    def to_ask(self) -> tuple[StandingField, ...]:
        """Fields still to be asked, those that the citizen did not know last; commitments are confirmed later.

        What they did not know when asked again is left to a person: nobody is asked the same thing for ever.
        """
        left = self.case.left
        asked = [f for f in self.fields if f.is_asked and not f.field.is_commitment and f.key not in left]
        asked.sort(key=lambda f: f.field.type is FieldType.FILE)  # a picture is handed in, not told
        known = [f for f in asked if f.key not in self.case.unknown]
        return tuple(known + [f for f in asked if f.key in self.case.unknown])

    @property
    def left_open(self) -> tuple[StandingField, ...]:
        """Fields that stay open because the citizen does not know them: a person helps with those."""
        return tuple(f for f in self.fields if f.is_asked and f.key in self.case.left)

    @property
    def commitments(self) -> tuple[StandingField, ...]:
        """Commitments and declarations: only the citizen can make them."""
        return tuple(f for f in self.fields if f.field.is_commitment)

    def field(self, key: str) -> StandingField | None:
        """The field with this key."""
        return next((f for f in self.fields if f.key == key), None)

    def material(self, part: str, material: str) -> StandingMaterial | None:
        """The material that serves this part's material."""
        return next((m for m in self.materials if (part, material) in m.uses), None)

    def form(self, part: str) -> dict[str, str]:
        """The values of one part's form, under the sheet's own field names."""
        return {f.field.name: f.value for f in self.fields if part in f.parts and f.value}

    def application(self, item: ServiceItem) -> Application:
        """One part as it would be handed in today."""
        held = [m for m in self.materials if any(part == item.slug for part, _ in m.uses)]
        situation = self.situation(item.slug)
        beside: Mapping[str, Value] = situation.beside if situation is not None else {}
        form: Mapping[str, Value] = {**beside, **self.form(item.slug)}
        return Application(
            item=item.slug,
            today=self.today,
            form=form,
            materials=tuple(s for m in held for s in self._submitted(m, item.slug)),
            exemptions=tuple(e for m in held for e in _exempt(m, item.slug)),
        )

    def _submitted(self, material: StandingMaterial, part: str) -> Iterator[SubmittedMaterial]:
        ids = [m for p, m in material.uses if p == part]
        if material.file is not None:
            read: dict[str, Value] = dict(material.file.fields)
            if not material.file.readable:
                read["清晰"] = False
            yield from (
                SubmittedMaterial(material=m, name=material.file.kind or material.name, fields=read) for m in ids
            )
        elif material.settled is not None and material.settled.how == Settlement.MADE:
            signed: dict[str, Value] = {"申请人": self._applicant(part), "签名": True, "日期": self.today.isoformat()}
            yield from (SubmittedMaterial(material=m, name=material.name, fields=signed) for m in ids)

    def _applicant(self, part: str) -> str:
        form = self.form(part)
        return next((form[name] for name in _APPLICANT if name in form), "")


_APPLICANT = ("姓名", "申请人姓名", "申请人", "经营者姓名", "企业(单位)名称", "单位名称", "监护人姓名", "经办人姓名")
_FORM_MATERIAL = re.compile(
    r"系统生成|^[^与和及、,]*(?:申请表|申请书|登记表|申领表|申报表|备案表|采集表|申请)(?:[(/].*)?$"
)
_SPACES = re.compile(r"\s+")


def is_application_form(material: Material) -> bool:
    """True for the application form: it is made from the case, nobody has to bring it."""
    return bool(_FORM_MATERIAL.search(material.name))


def standing(case: Case, items: Mapping[str, ServiceItem], today: date) -> Standing:
    """What stands in the case today. `items` holds the sheets of its parts; parts without a sheet are left out."""
    handled = tuple(items[slug] for slug in case.parts if slug in items) or (items[case.item],)
    return Standing(
        case=case,
        item=items[case.item],
        handled=handled,
        fields=_fields(case, handled, today),
        materials=_materials(case, handled),
        today=today,
    )


def entered_fact(field: StandingField, value: str | None, *, said: bool) -> KeptFact:
    """What the citizen entered or answered for a field; None where they do not know it."""
    kind = SourceKind.SAID if said else SourceKind.ENTERED
    only = field.parts[0] if ":" in field.key else ""
    return KeptFact(
        key=f"{FIELD_PREFIX}{field.field.name}",
        value=value,
        kind=kind.value,
        source="您在对话中说的" if said else "您填写的",
        part=only,
    )


def _fields(case: Case, items: Sequence[ServiceItem], today: date) -> tuple[StandingField, ...]:
    found: dict[str, StandingField] = {}
    for item in items:
        form = form_of(item)
        filling = fill(form, facts_of(case.facts, item.slug), today)
        asked = set(filling.ask)
        for own in form.fields:
            key = _key(own, item.slug, found)
            former = found.get(key)
            known = filling.filled.get(own.name) or _committed(own, case.facts)
            filled = (former.filled if former else None) or known or _answered(own, item.slug, case.facts)
            commits = own.is_commitment and own.need is not Need.OPTIONAL
            wanted = (former.is_asked if former else False) or own.name in asked or commits
            found[key] = StandingField(
                key=key,
                field=former.field if former else own,
                parts=(*(former.parts if former else ()), item.slug),
                filled=filled,
                is_asked=wanted and filled is None,
            )
    return tuple(found.values())


def _answered(field: FormField, part: str, facts: Sequence[KeptFact]) -> FilledField | None:
    """What was answered when just this field was asked: it stands, or the same would be asked for ever."""
    own = [f for f in facts if f.key == f"{FIELD_PREFIX}{field.name}" and f.part in ("", part) and not f.evidence]
    if field.is_commitment or not own or own[-1].value is None:
        return None
    return FilledField(value=own[-1].value, provenance=facts_of(own[-1:], part)[0].provenance)


def _committed(field: FormField, facts: Sequence[KeptFact]) -> FilledField | None:
    """A commitment stands only where the citizen made it, in this case, by a click or a word."""
    if not field.is_commitment:
        return None
    made = next((f for f in reversed(facts) if f.key == f"{FIELD_PREFIX}{field.name}"), None)
    if made is None or made.value is None or made.kind not in (SourceKind.ENTERED, SourceKind.SAID):
        return None
    return FilledField(value=made.value, provenance=facts_of([made])[0].provenance)


def _key(field: FormField, part: str, found: Mapping[str, StandingField]) -> str:
    """The field's name; with its part where another part means something else by the name."""
    former = found.get(field.name)
    if former is None or not (former.field.prefill and field.prefill):
        return field.name
    return field.name if set(former.field.prefill) & set(field.prefill) else f"{part}:{field.name}"


def _materials(case: Case, items: Sequence[ServiceItem]) -> tuple[StandingMaterial, ...]:
    by_name: dict[str, list[tuple[ServiceItem, Material]]] = {}
    for item in items:
        for material in item.materials:
            by_name.setdefault(_SPACES.sub("", material.name), []).append((item, material))
    return tuple(_standing_material(case, uses) for uses in by_name.values())


def _standing_material(case: Case, uses: Sequence[tuple[ServiceItem, Material]]) -> StandingMaterial:
    pairs = tuple((item.slug, material.id) for item, material in uses)
    first = uses[0][1]
    return StandingMaterial(
        name=first.name,
        uses=pairs,
        material=first,
        file=next((f for f in reversed(case.files) if (f.part, f.material) in pairs), None),
        settled=next((s for s in reversed(case.settled) if (s.part, s.material) in pairs), None),
    )


def _exempt(material: StandingMaterial, part: str) -> Iterator[Exemption]:
    settled = material.settled
    if settled is None or material.file is not None:
        return
    kinds = {Settlement.LICENCE: ExemptionKind.ELECTRONIC_LICENCE, Settlement.SHARED: ExemptionKind.SHARED_DATA}
    kind = kinds.get(Settlement(settled.how))
    if kind is not None:
        yield from (Exemption(m, kind, settled.reference) for p, m in material.uses if p == part)
