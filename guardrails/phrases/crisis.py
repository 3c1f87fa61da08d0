"""Signs that somebody is in danger now: of hurting themselves, of violence, or a child at risk."""

import re
from typing import Final

# Told on squeezed text. Idioms (笑死, 热死, 跳楼价) are no danger.
_IDIOM = re.compile(
    "不想活动|跳楼(?:价|机|大)|(?:热|累|烦|急|忙|笑|饿|气|冷|吓|困|吵|恨)死|想死(?=你|您|他|她|它|我了|大家|妈|爸|家|宝)|死机|安乐死|"
    "自杀式|生不如死的?(?:流程|手续)"
)
SELF_HARM: Final = re.compile(
    "(?:我|人)?(?:不想活|活不下去|不想活了|活着没意思|活着没有意思|活够了|没有活下去|想死(?!你|"
    "我了)|去死(?!亡)|寻死|轻生|自杀|自尽|自残|割腕|跳楼|跳江|跳黄浦江|上吊|喝农药|吞安眠药|"
    "烧炭)|"
    "结束(?:我的?|自己的?|这条)?生命|了结(?:自己|生命)|(?<!误)(?<!孩子)(?:吃|喝|吞|服)(?:了|下).{0,6}(?:安眠药|农药|百草枯|敌敌畏|老鼠药|一整?瓶药|好多药|很多药|大量药|几十[片颗粒])|"
    "(?:割了|划了|割破|割开)(?:自己的?)?手腕|一了百了|想不开|遗书(?!.{0,6}(?:公证|"
    "遗嘱))|想(?:要|着|就|就这么)?(?:从.{0,8})?(?:往下跳|跳下去|一跃而下|纵身跳)(?!伞|水|蹦极|台)|结束(?:这|了)一切|(?:再也)?不想(?:再)?醒(?:来|过来)|"
    "一睡不醒|永远睡(?:过去|着)|没脸活|不如死了|死了(?:算了|干净)|kill(?:ing)?myself|suicid|endmylife|wanttodie|hurtmyself|selfharm"
)
# Asking about insurance, law or statistics of suicide is not despair.
_TECHNICAL = re.compile(r"(?:赔偿|保险|理赔|责任|认定|工伤|索赔|案例|赔付|统计|免责|法院|起诉|判)")
VIOLENCE: Final = re.compile(
    "(?:正在|刚刚|刚才|现在|又|要|扬言|威胁).{0,6}(?:打我|打妈妈|打孩子|砍人|砍我|杀我|杀人|捅人|"
    "掐我|打人|强奸|行凶|放火)|(?:有人|他|她|老公|丈夫|前夫|男友|前男友|邻居|歹徒).{0,4}(?:拿|持|"
    "举)着?(?:刀|枪|斧)|"
    "(?:老公|丈夫|前夫|男友|前男友|男朋友|老婆|妻子|父亲|爸爸|继父|儿子|家里人|他).{0,6}(?:家暴|"
    "殴打|打我|打了我|打伤|虐待我|跟踪我|骚扰我|威胁我|堵我|不让我出门|一直骚扰|囚禁|软禁|"
    "关着我)|"
    "我(?:被|遭).{0,6}(?:家暴|殴打|打伤|强奸|性侵|绑架|囚禁|软禁|非法拘禁|跟踪|威胁|拐卖|"
    "传销控制)|(?:家暴|被打).{0,8}(?:救命|救救|害怕|躲|逃)|救命(?!恩|稻草|药|车|钱|的(?:药|"
    "手术))|"
    "(?:砸门|踹门|撞门|砸东西|发酒疯|抄起).{0,16}(?:躲在?|躲进|不敢出|锁在)|"
    r"(?:heis|ishitting|beating|hitting)me|beingabused|domesticviolence|someoneistryingtokill"
)
# Somebody tells what is done to them: they are helped, whatever their words sound like.
_BY_WHOM = (
    "(?:老公|丈夫|前夫|男友|男朋友|前男友|老婆|妻子|对象|父亲|爸爸|我爸|继父|母亲|妈妈|我妈|儿子|女婿|儿媳|公公|婆婆|"
    "室友|邻居|老板|房东|他们?|她)"
)
VICTIM: Final = re.compile(
    f"{_BY_WHOM}[^我]{{0,8}}(?:打|掐|踢|踹|揍|砍|勒|烫|捅|扇|推|咬|捆|绑|锁|关|拖|强暴|侵犯|逼)(?:了|着|伤|住)?我(?!们说)|"
    f"{_BY_WHOM}.{{0,4}}把我.{{0,3}}(?:打|掐|踢|捆|绑|锁|关|推)|"
    "我(?:被|遭到?|让).{0,8}(?:掐|踢|踹|揍|砍|勒|烫|捅|扇|捆|绑|锁在|关在|强暴|侵犯|性骚扰|尾随)"
)
CHILD: Final = re.compile(
    "(?:孩子|小孩|儿童|女儿|儿子|未成年人?|学生|婴儿|幼儿|宝宝|小朋友|小姑娘|小男孩|孙子|"
    "孙女).{0,6}(?:被|遭|受)(?:.{0,4})(?:虐待|性侵|猥亵|拐|打(?!疫苗|针)|家暴|遗弃|关在|绑架|"
    "霸凌|欺负|骚扰)|"
    "(?:孩子|小孩|儿童|女儿|儿子|学生|宝宝|小朋友|孙子|孙女)(?:走丢|走失|失踪|不见了|离家出走|"
    "丢了(?!身份|证|户口|社保|医保|卡|学生))|(?:虐待|猥亵|性侵|拐卖|遗弃)(?:儿童|孩子|小孩|幼童|"
    "未成年|女童|婴儿)|"
    r"(?:child|kid|son|daughter)(?:ismissing|isbeingabused|gotlost|isabused|waskidnapped)"
)


_MEANS = re.compile(
    "怎么|怎样|如何|多少|方法|办法|方式|指南|教程|攻略|步骤|脚本|直播|约人|一起(?:死|自杀)|最快|无痛|没有痛苦|剂量|几[片颗粒]|"
    "写一|哪种|how(?:to|many|do)|painless|method|dose|pills|guide"
)
_SEEKS_HELP = re.compile("热线|援助|求助|帮助|救|怎么办|咋办|聊聊|找谁|找人|劝|开导|心理|医院|医生|hotline|help")


_DRIVES: Final = re.compile(
    "(?:劝|逼|怂恿|教唆|诱导|刺激|让|叫|使|帮)(?:.{0,10}(?:网友|朋友|同学|同事|女友|男友|老公|老婆|前任|对方|别人|人|他|她|ta)).{0,10}"
    "(?:自杀|轻生|去死|跳楼|了结|结束(?:自己|生命)|想不开|割腕|自尽|自残)"
)
_HOLDS_BACK: Final = re.compile(
    "别|不要|放弃|打消|不再|防止|阻止|避免|救|劝住|劝阻|开导|不去|担心|怕|怎么办|热线|求助|吗$"
)


def drives_others(squeezed: str) -> bool:
    """Return whether somebody wants another person to do it: no hot line answers that."""
    return _DRIVES.search(squeezed) is not None and _HOLDS_BACK.search(squeezed) is None


def asks_how(squeezed: str) -> bool:
    """Return whether means are asked for, and not help."""
    return _MEANS.search(squeezed) is not None and _SEEKS_HELP.search(squeezed) is None


def hurts_themselves(squeezed: str) -> bool:
    """Return whether somebody may want to die."""
    without_idioms = _IDIOM.sub("", squeezed)
    return SELF_HARM.search(without_idioms) is not None and _TECHNICAL.search(without_idioms) is None
