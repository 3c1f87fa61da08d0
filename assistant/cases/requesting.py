"""What the papers of a case are made of: the values with their sources, the materials with what became of each."""

from assistant.cases.standing import Settlement, Standing, StandingField, StandingMaterial
from knowledge.items import ServiceItem
from prefill.papers.request import MaterialState, PaperField, PaperMaterial, PaperRequest

_APPLICANT = ("姓名", "申请人姓名", "申请人", "经营者姓名", "企业(单位)名称", "单位名称")
_SETTLED = {
    Settlement.LICENCE: (MaterialState.EXEMPT, "已有电子证照，免交实体证件。"),
    Settlement.SHARED: (MaterialState.EXEMPT, "由部门数据共享核验，免交。"),
    Settlement.BRING: (MaterialState.LATER, "请带原件到窗口。"),
    Settlement.MADE: (MaterialState.PROVIDED, "本件已生成。"),
    Settlement.NOT_NEEDED: (MaterialState.NOT_NEEDED, "您的情况不需要。"),
}
COMMITMENT = "本人（单位）承诺所填内容和所交材料真实、准确、完整，并对此负责。"


def paper_request(stands: Standing, item: ServiceItem) -> PaperRequest:
    """The papers of one part of the case."""
    own = [f for f in stands.fields if item.slug in f.parts]
    form = stands.form(item.slug)
    return PaperRequest(
        item_name=item.name,
        item_code=item.code,
        department=item.department,
        applicant=next((form[name] for name in _APPLICANT if name in form), ""),
        case_code=stands.case.code,
        made_on=stands.today,
        fields=tuple(_field(f) for f in own if not f.field.is_commitment),
        materials=tuple(_material(stands, m) for m in stands.materials if any(p == item.slug for p, _ in m.uses)),
        commitments=(COMMITMENT,),
    )


def _field(field: StandingField) -> PaperField:
    source = field.filled.provenance.source if field.filled else ""
    return PaperField(name=field.field.name, value=field.value or "", source=source)


def _material(stands: Standing, material: StandingMaterial) -> PaperMaterial:
    if material.file is not None:
        state, note = MaterialState.PROVIDED, material.file.remark
    elif material.settled is not None:
        state, note = _SETTLED[Settlement(material.settled.how)]
    elif stands.is_needed(material):
        state, note = MaterialState.MISSING, "还缺，请补上。"
    else:
        state, note = MaterialState.NOT_NEEDED, "您的情况不需要。"
    return PaperMaterial(name=material.name, state=state, form=material.material.form or "", note=note)
