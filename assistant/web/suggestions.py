"""What the page offers before anybody has asked: six situations of life and a few questions, for items that exist."""

from collections.abc import Set
from dataclasses import dataclass

from assistant.web.schemas import Situation, Suggestions
from assistant.web.sse import render
from guardrails.outbound import notice


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question about one item, in both languages."""

    item: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeSituation:
    """A situation as people name it."""

    id: str
    zh: str
    en: str
    questions: tuple[Suggested, ...]


OPENING_ZH = "您好，我是小申，上海政务服务智能助手。要办什么事、带什么材料、到哪里办，都可以直接问我。"
OPENING_EN = (
    "Hello, I am Xiao Shen, the assistant for government services in Shanghai. "
    "Ask me what to bring, where to go and how long it takes."
)
LABEL_ZH = "AI生成，内容依据所列来源"
LABEL_EN = "AI-generated, based on the sources listed"

SITUATIONS = (
    LifeSituation(
        id="child",
        zh="有孩子了",
        en="A new child",
        questions=(
            Suggested(
                "bundle_birth", "孩子刚出生，有哪些手续可以一起办？", "My baby was just born. What can I do in one go?"
            ),
            Suggested("birth_cert", "出生医学证明怎么领？", "How do I get the medical certificate of birth?"),
            Suggested(
                "hukou_birth", "宝宝报户口需要什么材料？", "What do I need to register my baby's household (户口)?"
            ),
            Suggested("school_enroll", "孩子上小学怎么报名？", "How do I enrol my child in primary school?"),
        ),
    ),
    LifeSituation(
        id="home",
        zh="换房搬家",
        en="Housing and moving",
        questions=(
            Suggested("property_first", "新房的房产证怎么办理？", "How do I register a newly bought home?"),
            Suggested("gjj_rent", "租房怎么提取公积金？", "How do I withdraw the housing fund (公积金) for rent?"),
            Suggested("hukou_move", "户口迁到新家要怎么办？", "How do I move my household registration (户口)?"),
            Suggested("residence_permit", "怎么申领居住证？", "How do I apply for a residence permit (居住证)?"),
        ),
    ),
    LifeSituation(
        id="business",
        zh="开店创业",
        en="Starting a business",
        questions=(
            Suggested(
                "bundle_restaurant",
                "想开一家小饭店，要办哪些证？",
                "I want to open a small restaurant. Which permits do I need?",
            ),
            Suggested("indiv_setup", "个体工商户怎么注册？", "How do I register as a sole trader (个体工商户)?"),
            Suggested("company_setup", "注册公司要准备什么材料？", "What do I need to register a company?"),
            Suggested("startup_loan", "创业担保贷款有什么条件？", "Who can get a guaranteed start-up loan?"),
        ),
    ),
    LifeSituation(
        id="papers",
        zh="身份证件",
        en="Identity papers",
        questions=(
            Suggested("id_loss", "身份证丢了怎么办？", "I lost my identity card (身份证). What should I do?"),
            Suggested("id_renew", "身份证快到期了怎么换？", "My identity card expires soon. How do I renew it?"),
            Suggested("passport_first", "第一次办护照要带什么？", "What do I bring to apply for my first passport?"),
            Suggested("hk_macau_pass", "港澳通行证怎么办？", "How do I get a permit for Hong Kong and Macau?"),
        ),
    ),
    LifeSituation(
        id="retirement",
        zh="退休养老",
        en="Retirement and care",
        questions=(
            Suggested(
                "pension_retire", "快退休了，养老金怎么申领？", "I retire soon. How do I claim my pension (养老金)?"
            ),
            Suggested("gjj_retire", "退休后公积金怎么取出来？", "How do I withdraw the housing fund after retirement?"),
            Suggested("sen_card", "敬老卡怎么申请？", "How do I apply for the senior card (敬老卡)?"),
            Suggested("ltc_insurance", "长期护理保险怎么申请评估？", "How do I apply for long-term care insurance?"),
        ),
    ),
    LifeSituation(
        id="car",
        zh="车和驾照",
        en="Car and licence",
        questions=(
            Suggested("driver_license_renew", "驾驶证到期了怎么换证？", "How do I renew my driving licence?"),
            Suggested("driver_license_loss", "驾驶证丢了怎么补？", "How do I replace a lost driving licence?"),
            Suggested("vehicle_transfer", "二手车过户要办什么手续？", "How do I transfer a used car?"),
            Suggested("nev_quota", "新能源车牌怎么申请？", "How do I apply for a new-energy plate?"),
        ),
    ),
)
FIRST = ("id_loss", "gjj_rent", "bundle_birth", "residence_permit")


def suggestions(known: Set[str], language: str) -> Suggestions:
    """The suggestions for items in `known`; a situation without any question is left out."""
    english = language == "en"
    told = []
    by_item: dict[str, str] = {}
    for situation in SITUATIONS:
        asked = [s for s in situation.questions if s.item in known]
        questions = [_say(s.zh, s.en, english) for s in asked]
        by_item.update({s.item: q for s, q in zip(asked, questions, strict=True)})
        if questions:
            title = _say(situation.zh, situation.en, english)
            told.append(Situation(id=situation.id, title=title, questions=questions))
    return Suggestions(
        opening=_say(OPENING_ZH, OPENING_EN, english),
        label=_say(LABEL_ZH, LABEL_EN, english),
        situations=told,
        questions=[by_item[slug] for slug in FIRST if slug in by_item],
    )


def _say(zh: str, en: str, english: bool) -> str:
    return render(notice(en if english else zh))
