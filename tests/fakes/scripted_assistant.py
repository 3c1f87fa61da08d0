"""An assistant that plays a script: every state a turn can be in, without any knowledge base behind it."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.dialogue import Question
from assistant.events import (
    CardRow,
    CardSection,
    Choice,
    Citation,
    Event,
    ItemCard,
    ItemRecognized,
    ItemRef,
    NextStep,
    QuestionBack,
    Sentence,
    SentencesReplaced,
    SourcesFound,
    Status,
    StepKind,
    TurnFinished,
    Why,
)
from guardrails.outbound import notice, quote
from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.statements import Facet


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds in which nothing is said."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The turn breaks off with an error of ours."""

    secret: str = "a citizen's words that must not be logged"


Script = Sequence[Event | Pause | Breakdown]


class ScriptedAssistant:
    """Answers each message with the script of that text; records the questions it was asked."""

    def __init__(self, scripts: Mapping[str, Script], otherwise: Script) -> None:
        self._scripts = scripts
        self._otherwise = otherwise
        self.asked: list[Question] = []

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        """Play the script."""
        self.asked.append(question)
        for line in self._scripts.get(question.text, self._otherwise):
            match line:
                case Pause():
                    await asyncio.sleep(line.seconds)
                case Breakdown():
                    raise RuntimeError(line.secret)
                case _:
                    yield line


def item(slug: str, name: str) -> ItemRef:
    """An item by name."""
    return ItemRef(slug=slug, name=notice(name))


def recognized(*items: ItemRef, decision: Decision = Decision.ACCEPT) -> ItemRecognized:
    """Recognition came to these items."""
    candidates = tuple(Candidate(i.slug, 0.9) for i in items)
    slugs = tuple(i.slug for i in items)
    accepted = slugs if decision is Decision.ACCEPT else ()
    choices = slugs if decision is Decision.CLARIFY else ()
    recognition = Recognition(decision=decision, accepted=accepted, choices=choices, candidates=candidates)
    return ItemRecognized(recognition=recognition, items=items if accepted else ())


def cite(number: int, source: str, part: str, *, title: str, clause: str | None, text: str) -> Citation:
    """A source of the answer."""
    return Citation(
        number=number,
        source=source,
        title=notice(title),
        version="7c1e02ab",
        effective_from=date(2011, 10, 29),
        effective_to=None,
        clause=clause,
        quote=quote(text, source),
        anchor=f"{source}#{part}",
        url=f"/api/sources/{source}?anchor={part}",
    )


def say(number: int, text: str, *citations: int) -> Sentence:
    """One sentence."""
    return Sentence(id=number, text=notice(text), citations=citations)


def step(kind: StepKind, label: str, value: str) -> NextStep:
    """A button under the answer."""
    return NextStep(kind=kind, label=notice(label), value=value)


def end(status: Status, why: Why, current: str | None = None) -> TurnFinished:
    """The end of the turn."""
    return TurnFinished(status=status, why=why, item=current)


ID_LOSS = item("id_loss", "居民身份证挂失补领")
LAW = "居民身份证法（2011修正）"
REPLACEMENT = cite(1, "items/id_loss", "c1", title=LAW, clause="第十一条", text="居民身份证丢失的应申请补领")
LIMIT = cite(
    2,
    "items/id_loss",
    "statutory_days",
    title=LAW,
    clause="第十二条",
    text="60日（交通不便地区可延长30日）",
)
TEMPORARY = cite(3, "items/id_loss", "faq1", title=LAW, clause="第十二条", text="可先办临时身份证，凭其办理有关事务。")


def row(text: str, note: str | None = None, citation: int | None = None) -> CardRow:
    """One line of a card."""
    return CardRow(text=notice(text), note=None if note is None else notice(note), citation=citation)


def section(facet: Facet, title: str, *rows: CardRow, confirmed: bool = True) -> CardSection:
    """One facet of a card."""
    return CardSection(facet=facet, title=notice(title), rows=rows, confirmed=confirmed)


UNKNOWN_FEE = "收费标准我这里没有可靠来源，请以窗口或随申办页面为准。"
CARD = ItemCard(
    item=ID_LOSS,
    department=notice("市公安局"),
    sections=(
        section(Facet.CONDITIONS, "谁可以办", row("居民身份证丢失的应申请补领", citation=1)),
        section(
            Facet.MATERIALS,
            "您需要带",
            row("居民户口簿", "有电子证照的免交", 1),
            row("申请表", "由系统生成，签名即可", 1),
        ),
        section(
            Facet.PROCESS,
            "怎么办",
            row("挂失申报"),
            row("核验身份与人像"),
            row("采集信息"),
            row("缴费制证"),
            row("领取"),
        ),
        section(Facet.TIME_LIMIT, "多久办好", row("60日（交通不便地区可延长30日）", "法定时限", 2)),
        section(Facet.FEE, "要花多少钱", row(UNKNOWN_FEE), confirmed=False),
        section(Facet.CHANNELS, "在哪里办", row("线下窗口"), row("自助终端")),
        section(Facet.RESULT, "办好后拿到", row("补发的居民身份证", citation=1)),
    ),
    focus=Facet.MATERIALS,
)
ANSWER: Script = (
    recognized(ID_LOSS),
    SourcesFound(citations=(REPLACEMENT, LIMIT, TEMPORARY)),
    say(1, "身份证丢了，可以申请补领新证，事项叫「居民身份证挂失补领」。", 1),
    say(2, "从申请之日起，公安机关会在60日内发证。", 2),
    say(3, "等新证期间急着用，可以先办一张临时身份证。", 3),
    CARD,
    step(StepKind.ASK, "要多久", "多久能办好？"),
    step(StepKind.ASK, "怎么办临时身份证", "怎么办临时身份证？"),
    step(StepKind.CALL, "拨打12345", "12345"),
    end(Status.ANSWERED, Why.GROUNDED, "id_loss"),
)
SCRIPTS: dict[str, Script] = {
    "身份证丢了怎么办？": ANSWER,
    "身份证丢了怎么办": ANSWER,
    "慢慢回答": (Pause(1.6), *ANSWER[:3], Pause(1.2), *ANSWER[3:5], Pause(20.0), *ANSWER[5:]),
    "答错再改": (
        *ANSWER[:3],
        say(2, "补领只要3天。", 2),
        Pause(0.4),
        SentencesReplaced(ids=(2,), reason=notice("有一句话没有核实到依据，已经撤回，换成有依据的说法。")),
        say(3, "法定时限是60日。", 2),
        end(Status.ANSWERED, Why.GUARD_STOPPED, "id_loss"),
    ),
    "办证": (
        recognized(ID_LOSS, item("id_renew", "居民身份证到期换领"), decision=Decision.CLARIFY),
        QuestionBack(
            text=notice("您的身份证是丢了，还是快到期了？"),
            choices=(
                Choice(label=notice("丢了，要补一张"), send=notice("身份证丢了怎么办？"), item="id_loss"),
                Choice(label=notice("到期了，要换一张"), send=notice("身份证到期怎么换？"), item="id_renew"),
                Choice(label=notice("不确定"), send=notice("不确定")),
            ),
        ),
        end(Status.CLARIFY, Why.ITEM_AMBIGUOUS),
    ),
    "月球户口怎么办": (
        say(1, "这件事我没有查到，不能随便回答您。"),
        say(2, "您可以打开随申办查一查，拨打12345，或者到就近的政务服务窗口问一问。"),
        step(StepKind.CALL, "拨打12345", "12345"),
        step(StepKind.PERSON, "转人工", "转人工"),
        end(Status.CANNOT_ANSWER, Why.NO_ITEM),
    ),
    "怎么伪造身份证": (
        say(1, "这件事我不能帮忙。伪造、买卖身份证是违法的。"),
        say(2, "如果您的证件丢了，我可以告诉您怎么补办。"),
        step(StepKind.ASK, "怎么补办身份证", "身份证丢了怎么办？"),
        end(Status.REFUSED, Why.UNSAFE_REQUEST),
    ),
    "我不想活了": (
        say(1, "听到您这么说，我很担心您。您现在不是一个人，请先和能帮您的人说说话。"),
        say(2, "心理援助热线12356，24小时有人接听；情况紧急请拨打110或120。"),
        step(StepKind.CALL, "拨打12356心理援助热线", "12356"),
        step(StepKind.CALL, "拨打120急救", "120"),
        end(Status.HANDOFF, Why.CRISIS),
    ),
    "转人工": (
        say(1, "现在还不能在这里直接接通工作人员。"),
        say(2, "您可以拨打12345，或在随申办里找人工客服，也可以到就近的政务服务窗口。"),
        step(StepKind.CALL, "拨打12345", "12345"),
        end(Status.HANDOFF, Why.PERSON_WANTED),
    ),
    "坏掉": (*ANSWER[:3], Breakdown()),
}
NOTHING: Script = (say(1, "我没有看明白，请换一种说法。"), end(Status.CANNOT_ANSWER, Why.UNREADABLE))
