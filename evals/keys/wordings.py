"""How people ask for each kind of fact; `{}` is what the thing is called. Written by hand, in several voices."""

from knowledge.statements import Facet

QUESTIONS: dict[Facet, tuple[str, ...]] = {
    Facet.MATERIALS: (
        "办{}要带什么材料？",
        "{}需要准备哪些东西",
        "我想去办{}，手上要拿好什么",
        "{}的材料清单给我看一下",
        "What documents do I need for {}?",
        "侬好，办{}要带点啥",
        "阿拉想办{},证件要带哪几样",
        "請問辦理{}要準備什麼文件",
    ),
    Facet.FEE: (
        "{}要多少钱？",
        "办{}收费吗",
        "办一次{}要交多少费用",
        "{}是不是免费的",
        "How much does {} cost?",
        "請問{}收不收費",
    ),
    Facet.TIME_LIMIT: (
        "{}多久能办好？",
        "办{}要等几天",
        "{}几个工作日出结果",
        "递上去以后{}要多长时间批下来",
        "How long does {} take?",
    ),
    Facet.CHANNELS: (
        "{}能在网上办吗，还是要跑窗口？",
        "{}到哪里办",
        "办{}有哪些渠道",
        "手机上可以弄{}吗",
        "Where can I apply for {}?",
    ),
    Facet.RESULT: (
        "{}办好以后拿到的是什么？",
        "办完{}给什么证",
        "{}的办理结果是什么",
    ),
    Facet.CONDITIONS: (
        "什么人可以办{}？",
        "{}有什么条件",
        "我要满足哪些要求才能办{}",
        "怎么样才够格办{}",
        "Who is eligible for {}?",
    ),
    Facet.LEGAL_BASIS: (
        "{}依据的是哪部法规？",
        "办{}的法律依据是什么",
        "{}是按什么规定来的",
    ),
    Facet.PROCESS: (
        "{}的流程是怎样的？",
        "办{}一步一步怎么走",
        "{}分几步",
    ),
}
AFTER_A_REQUEST: dict[Facet, str] = {
    Facet.MATERIALS: "要带什么材料？",
    Facet.FEE: "要多少钱？",
    Facet.TIME_LIMIT: "多久能办好？",
    Facet.CHANNELS: "到哪里办？",
    Facet.CONDITIONS: "要什么条件？",
}
"""What is said behind a way of asking: 身份证丢了，要多少钱？"""

FALSE_FEES = ("听说{}要交{}元，是真的吗？", "有人跟我说办{}得先付{}块，对不对", "{}是收{}元吧？")
ELSEWHERE = ("我在{}，怎么办{}？", "{}那边{}要带什么材料", "人在{}，想在当地办{}，多久能好")
OTHER_PLACES = ("广州", "北京", "成都", "武汉", "哈尔滨", "深圳", "西安", "重庆")
POLICY = ("{}现在还能申请吗，能拿多少？", "{}的标准是多少", "我想领{}，给多少钱")
