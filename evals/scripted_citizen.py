"""A citizen who goes on without a script: answers what is asked, hands in what is wanted, confirms, submits."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import JsonValue

from assistant.cases.guiding import StepKind
from assistant.cases.situation import SituationQuestion
from evals.dialogue_samples import Uploaded
from evals.walking import Walk

LONGEST = 90  # turns: a case that is not over by then never will be
_NOT_KNOWN = "不知道"
_DIGRESSES = 3
_SAY = {
    StepKind.PARTS: "都要",
    StepKind.CONDITIONS: "都符合",
    StepKind.CONSENT: "同意",
    StepKind.CONFIRM: "我确认并承诺属实",
    StepKind.REVIEW: "检查一下",
    StepKind.SUBMIT: "提交",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptedCitizen:
    """What somebody knows and has: values by field name, documents by a part of the material's name.

    `gives_up`: withdraws when told that a condition is not met. `licences`: uses electronic licences where they are
    accepted; otherwise, without a document, the original is brought to the window.
    """

    answers: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, Mapping[str, JsonValue]] = field(default_factory=dict)
    licences: bool = True
    parts: str = ""
    situations: Mapping[str, str] = field(default_factory=dict)
    consents: bool = True
    as_form: bool = False
    digression: str = ""
    gives_up: bool = False

    async def finish(self, walk: Walk) -> None:
        """Go on until the case waits for somebody else, or does not move any more."""
        asked: dict[str, int] = {}
        if self.as_form:
            await walk.say("改用表格填")
        for turn in range(LONGEST):
            handled = walk.look()
            if handled is None or handled.step.kind in (StepKind.WAIT, StepKind.OVER):
                return
            if handled.step.kind is StepKind.REVIEW and handled.case.review is not None:
                return  # sent back: whoever goes on has to mend something first
            name = handled.step.name
            asked[name] = asked.get(name, 0) + 1
            if asked[name] > 2:  # noqa: PLR2004 - asked a third time, nothing new to say
                return
            if self.gives_up and any(holds is False for holds in handled.case.conditions.values()):
                await walk.say("不办了")
                await walk.say("确定撤回")
                return
            if self.digression and turn == _DIGRESSES:
                await walk.say(self.digression)
            await self._answer(walk)

    async def _answer(self, walk: Walk) -> None:  # noqa: C901, PLR0912 - one line for each step
        handled = walk.look()
        if handled is None:
            return
        step = handled.step
        match step.kind:
            case StepKind.FIELD:
                await walk.say(self.answers.get(step.fields[0].field.name, _NOT_KNOWN))
            case StepKind.FORM:
                known = {f.key: self.answers[f.field.name] for f in step.fields if f.field.name in self.answers}
                if known:
                    walk.enter(known)
                else:
                    await walk.say(_NOT_KNOWN)
            case StepKind.MATERIAL if step.material is not None:
                name = step.material.name
                held = self.materials.get(name) or next((f for n, f in self.materials.items() if n in name), None)
                if held is not None:
                    walk.upload(Uploaded(material=step.material.name, fields=dict(held)))
                elif self.licences and step.material.material.exempt in ("yes", "partial"):
                    await walk.say("用电子证照")
                else:
                    await walk.say("带原件到窗口")
            case StepKind.SITUATION if step.situation is not None:
                await walk.say(self._situation(step.situation))
            case StepKind.CONSENT if not self.consents:
                await walk.say("不同意,我自己填")
            case StepKind.PARTS if self.parts:
                await walk.say(self.parts)
            case _:
                await walk.say(_SAY[step.kind])

    def _situation(self, question: SituationQuestion) -> str:
        """The answer that fits what they know; else the one that another item is least likely to be meant by."""
        known = self.answers.get(question.fills)
        fitting = (c.label for c in question.choices if known is not None and question.values.get(c.label) == known)
        return next(fitting, None) or self.situations.get(question.fact) or question.choices[0].label
