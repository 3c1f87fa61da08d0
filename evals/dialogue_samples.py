"""Dialogue cases as the contract defines them: a goal, who the citizen is, what they say, and what must have come."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from evals.samples import Case


class Uploaded(BaseModel):
    """A file that the scripted citizen hands in: what a reader would find in it, or the path of a real file."""

    model_config = ConfigDict(extra="allow")

    material: str
    fields: dict[str, JsonValue] = Field(default_factory=dict)
    file: str | None = None
    readable: bool = True


class CitizenTurn(BaseModel):
    """One thing the citizen does. Unknown keys are kept and ignored."""

    model_config = ConfigDict(extra="allow")

    citizen: str | None = None
    upload: Uploaded | None = None
    form: dict[str, str] | None = None
    other_device: bool = False


class DialogueRun(Case):
    """One scripted case. `answers` are what the citizen says when asked for a field after the script has ended.

    `finish`: after the script the citizen goes on by themselves to the end of the case; by default where `answers`
    are given.
    """

    goal: str = ""
    profile: dict[str, dict[str, str]] = Field(default_factory=dict)
    turns: list[CitizenTurn]
    checks: list[JsonValue] = Field(default_factory=list)
    answers: dict[str, str] = Field(default_factory=dict)
    materials: dict[str, dict[str, JsonValue]] = Field(default_factory=dict)
    finish: bool | None = None
    language: str | None = None

    @property
    def registers(self) -> Mapping[str, str]:
        """What registers know of the citizen: person and company together."""
        return {key: value for known in self.profile.values() for key, value in known.items()}

    @property
    def goes_on(self) -> bool:
        """True where the citizen finishes the case without a script."""
        return bool(self.answers) if self.finish is None else self.finish
