"""Cases of pre-review as the contract defines them."""

from datetime import date

from pydantic import BaseModel, Field, JsonValue

from evals.samples import Case
from prefill.review.application import Application, Exemption, ExemptionKind, SubmittedMaterial
from prefill.review.result import Code, Outcome, PointResult


class MaterialSample(BaseModel):
    """One material of a case: its fields, or a file beside the dataset that must be read first."""

    material: str
    name: str = ""
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    file: str | None = None


class ExemptionSample(BaseModel):
    """A material that need not be handed in."""

    material: str
    kind: ExemptionKind
    reference: str = ""


class ExpectedReview(BaseModel):
    """What the review must say. `codes_also_ok`: other codes that are right beside or instead."""

    outcome: Outcome
    points: dict[str, PointResult] = Field(default_factory=dict)
    missing_materials: list[str] = Field(default_factory=list)
    codes: list[Code] = Field(default_factory=list)
    codes_also_ok: list[Code] = Field(default_factory=list)


class PrereviewCase(Case):
    """One application with the expected review."""

    item: str
    today: date
    form: dict[str, JsonValue]
    materials: list[MaterialSample] = Field(default_factory=list)
    exemptions: list[ExemptionSample] = Field(default_factory=list)
    expected: ExpectedReview

    def application(self) -> Application:
        """The application as the product takes it; files are not read yet."""
        return Application(
            item=self.item,
            today=self.today,
            form=self.form,
            materials=tuple(
                SubmittedMaterial(material=one.material, name=one.name, fields=one.fields, file=one.file)
                for one in self.materials
            ),
            exemptions=tuple(Exemption(one.material, one.kind, one.reference) for one in self.exemptions),
        )
