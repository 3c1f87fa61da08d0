"""What Xiao Shen says in Chinese without a source: short, plain, and honest about what it does not know."""

from assistant.phrases.phrasebook import Phrasebook
from assistant.steps.small_talk import Talk
from knowledge.recognition.differences import Circumstance, Dimension
from knowledge.statements import Facet

_WAY_ON = "请以随申办页面或窗口为准，也可以打12345问。"

_FACETS = {
    Facet.OVERVIEW: "这件事",
    Facet.CONDITIONS: "办理条件",
    Facet.MATERIALS: "要带的材料",
    Facet.PROCESS: "办理步骤",
    Facet.CHANNELS: "在哪里办",
    Facet.TIME_LIMIT: "办理时间",
    Facet.FEE: "收费标准",
    Facet.RESULT: "办好以后拿到什么",
    Facet.LEGAL_BASIS: "法律依据",
    Facet.AGENT: "能不能请人代办",
    Facet.RELATED: "相关的事",
    Facet.DEPARTMENT: "由哪个部门办",
    Facet.BENEFIT: "金额和标准",
    Facet.VALIDITY: "有效期限",
    Facet.REFERENCE_STATUS: "资料来源",
}

CHINESE = Phrasebook(
    facets=_FACETS,
    questions={
        Facet.CONDITIONS: "要什么条件?",
        Facet.MATERIALS: "要带什么材料?",
        Facet.PROCESS: "怎么办?",
        Facet.CHANNELS: "在哪里办?",
        Facet.TIME_LIMIT: "多久能办好?",
        Facet.FEE: "要收费吗?",
        Facet.LEGAL_BASIS: "依据是哪部法律?",
        Facet.BENEFIT: "能领多少?",
        Facet.VALIDITY: "有效期多久?",
    },
    talk={
        Talk.GREETING: "您好，我是小申。您想办什么事，直接告诉我就行，比如“身份证丢了怎么办”。",
        Talk.THANKS: "不客气。还有别的事要办，接着问我就行。",
        Talk.FAREWELL: "再见。有事随时来问。",
        Talk.WHO_ARE_YOU: (
            "我是小申，上海的政务服务助手，是电脑程序，不是真人。"
            "我能告诉您办事要什么条件、带什么材料、去哪里办、要多久、收不收费；每句回答都有来源，"
            "没有可靠来源的我会直说。"
        ),
        Talk.NONE_OF_THESE: "好的，请换个说法：您遇到了什么事，最后想拿到什么？也可以打12345，让人工帮您找。",
        Talk.PERSON: "好的，为您找工作人员。没有人在线时，请打12345，或到就近的社区事务受理服务中心窗口。",
    },
    unconfirmed={facet: f"{name}我这里没有可靠来源，{_WAY_ON}" for facet, name in _FACETS.items()}
    | {Facet.OVERVIEW: f"您问的这一点我这里没有可靠来源，{_WAY_ON}"},
    way_on="您可以在随申办里查，打12345问，或到就近的社区事务受理服务中心窗口。",
    no_item="这个问题我这里没有可靠的资料，不能随便回答。",
    no_evidence="我没有找到能回答这个问题的原文，不能随便回答。",
    other_region="您问的是外地的规定，我这里只有上海的资料，不能替那边回答。",
    other_region_way_on="请查当地的政务服务网，或打当地的12345；想问在上海怎么办，请再说一遍。",
    clarify="您想办的是哪一件？",
    tell_apart={
        Dimension.REASON: "您要办的“{}”，是下面哪一种情况？",
        Dimension.AUDIENCE: "您要办的“{}”，是个人办，还是单位办？",
        Dimension.PLACE: "您要办的“{}”，是下面哪一种情况？",
        Dimension.KIND: "您要办的“{}”，是哪一种？",
    },
    circumstances={
        Circumstance.FIRST: "第一次办",
        Circumstance.RENEWAL: "到期了，要续办或换新的",
        Circumstance.LOST: "丢了，要补办",
        Circumstance.DAMAGED: "坏了，要换",
        Circumstance.CHANGE: "情况变了，要改登记",
        Circumstance.CANCEL: "不用了，要注销",
        Circumstance.AGAIN: "以前办过，要重新办",
        Circumstance.PERSON: "个人办",
        Circumstance.COMPANY: "单位办",
        Circumstance.WITHIN: "在本地",
        Circumstance.ACROSS: "从外地来，或去外地",
        Circumstance.FOREIGN: "涉及外国或港澳台",
    },
    clarify_not_these="都不是，我换个说法",
    clarify_not_these_send="都不是",
    replaced="刚才的话没有说完整，换成下面的回答。",
    guard_stopped="这个回答没有通过核对，我不能给您。",
    search_broken="查找资料的部分出了故障，现在不能回答，请稍后再试。",
    row_unconfirmed="这一项还没有可靠来源，以随申办页面或窗口为准",
    more_materials="还有材料没有核实，完整清单以随申办页面或窗口为准。",
    call_12345="拨打12345",
    person="转人工",
    open_card="看完整的办事卡片",
)
