"""What stands on a paper, each text approved by the guard; nothing else is ever set."""

from dataclasses import dataclass, field
from datetime import date

from guardrails.approved import Approved
from guardrails.entered import show_entered
from guardrails.labels import SHORT_ZH, VISIBLE_ZH
from guardrails.outbound import notice, quote
from prefill.papers.request import MaterialState, PaperField, PaperKind, PaperRequest

_STATES = {
    MaterialState.PROVIDED: "√ 已提交",
    MaterialState.EXEMPT: "√ 免于提交",
    MaterialState.LATER: "□ 到窗口出示",
    MaterialState.MISSING: "□ 待补交",
    MaterialState.NOT_NEEDED: "— 无需提交",
}
_TITLES = {
    PaperKind.FORM: "申请表",
    PaperKind.COMMITMENT: "承诺书",
    PaperKind.CHECKLIST: "材料清单",
}
_WITHHELD = "（内容异常，未打印，请当面填写）"
_BY_HAND = "（签字前请逐项核对；空白栏请用黑色水笔填写。）"
_GENERATED_NOTE = f"标有“{SHORT_ZH}”的内容由人工智能归纳，请重点核对。"
_DECLARES = "申请人就本次申请作出如下承诺："
_CONSEQUENCE = "以上承诺是申请人的真实意思表示。承诺不实的，申请人依法承担相应责任。"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """One paper before it is set. `widths` are shares of the table's columns; an empty cell is left to be filled in."""

    kind: PaperKind
    title: Approved
    subtitle: Approved
    facts: tuple[tuple[Approved, Approved], ...]
    paragraphs: tuple[Approved, ...] = ()
    columns: tuple[Approved, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[Approved | None, ...], ...] = ()
    notes: tuple[Approved, ...] = ()
    signature: tuple[Approved, ...] = ()
    label: Approved = field(default_factory=lambda: notice(VISIBLE_ZH))
    footer: Approved
    qr_says: Approved
    qr_holds: str
    made_on: date
    withheld: tuple[str, ...] = ()


def content_of(kind: PaperKind, request: PaperRequest) -> PaperContent | None:
    """None where there is nothing to put on this paper: no commitments, no materials."""
    match kind:
        case PaperKind.FORM:
            return _form(request)
        case PaperKind.COMMITMENT:
            return _commitment(request) if request.commitments else None
        case PaperKind.CHECKLIST:
            return _checklist(request) if request.materials else None


def _form(request: PaperRequest) -> PaperContent:
    shown = [(one, *_value(one)) for one in request.fields]
    marked = any(one.generated for one in request.fields)
    notes = (notice(_BY_HAND), notice(_GENERATED_NOTE)) if marked else (notice(_BY_HAND),)
    return _paper(
        PaperKind.FORM,
        request,
        columns=("栏目", "填写内容", "内容来源"),
        widths=(5, 9, 5),
        rows=tuple((_ours(one.name), value, _source(one)) for one, value, _ in shown),
        notes=notes,
        signature=("申请人（签名/盖章）：", "日期："),
        withheld=tuple(one.name for one, _, withheld in shown if withheld),
    )


def _commitment(request: PaperRequest) -> PaperContent:
    numbered = [f"{number}．{sentence}" for number, sentence in enumerate(request.commitments, 1)]
    paragraphs = (notice(_DECLARES), *(_ours(one) for one in numbered), notice(_CONSEQUENCE))
    return _paper(
        PaperKind.COMMITMENT,
        request,
        paragraphs=tuple(p for p in paragraphs if p is not None),
        signature=("承诺人（签名/盖章）：", "日期："),
    )


def _checklist(request: PaperRequest) -> PaperContent:
    rows = tuple(
        (
            notice(str(number)),
            _ours(material.name),
            _ours(material.form or "—"),
            notice(_STATES[material.state]),
            show_entered(material.note).shown if material.note else notice("—"),
        )
        for number, material in enumerate(request.materials, 1)
    )
    return _paper(
        PaperKind.CHECKLIST,
        request,
        columns=("序号", "材料名称", "形式", "状态", "说明"),
        widths=(2, 8, 4, 5, 8),
        rows=rows,
        notes=(notice("清单按生成当日的情况列出；以受理窗口和官方公布的材料要求为准。"),),
    )


def _paper(
    kind: PaperKind,
    request: PaperRequest,
    *,
    paragraphs: tuple[Approved, ...] = (),
    columns: tuple[str, ...] = (),
    widths: tuple[int, ...] = (),
    rows: tuple[tuple[Approved | None, ...], ...] = (),
    notes: tuple[Approved, ...] = (),
    signature: tuple[str, ...] = (),
    withheld: tuple[str, ...] = (),
) -> PaperContent:
    day = request.made_on
    facts = (
        (notice("事项名称"), quote(request.item_name, "items")),
        (notice("事项编码"), quote(request.item_code or "—", "items")),
        (notice("受理部门"), quote(request.department or "—", "items")),
        (notice("申请人"), show_entered(request.applicant or "—", withheld=_WITHHELD).shown),
        (notice("办件编号"), show_entered(request.case_code).shown),
        (notice("生成日期"), notice(f"{day.year}年{day.month}月{day.day}日")),
    )
    return PaperContent(
        kind=kind,
        title=notice(_TITLES[kind]),
        subtitle=quote(request.item_name, "items"),
        facts=facts,
        paragraphs=paragraphs,
        columns=tuple(notice(name) for name in columns),
        widths=widths,
        rows=rows,
        notes=notes,
        signature=tuple(notice(name) for name in signature),
        footer=show_entered(f"办件编号 {request.case_code}").shown,
        qr_says=notice("窗口扫码调取办件"),
        qr_holds=request.case_url or request.case_code,
        made_on=day,
        withheld=withheld,
    )


def _value(one: PaperField) -> tuple[Approved | None, bool]:
    if not one.value.strip():
        return None, False
    text = f"{one.value}（{SHORT_ZH}）" if one.generated else one.value
    entered = show_entered(text, withheld=_WITHHELD)
    return entered.shown, entered.withheld


def _source(one: PaperField) -> Approved:
    if not one.value.strip():
        return notice("待填写")
    return show_entered(one.source).shown if one.source else notice("申请人填写")


def _ours(text: str) -> Approved:
    """The catalogue's words: names of fields, materials and commitments."""
    return quote(text, "items")
