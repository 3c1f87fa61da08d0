"""Recognizes that somebody wants a person, in whatever words, also in the middle of a longer message.

Most words for a person are also words of the administration (人工授精, 真人核验): a word counts only where what follows
shows that it means somebody to talk with, or where a verb of asking stands before it.
"""

import re
from typing import Final

_REFUSED = re.compile(
    r"(?:不用|不要|不必|不需要|别|无需|没要|不是要)(?:再|给我|帮我)*(?:转|找|要|接|叫)?(?:到|个|接)?(?:人工|真人|客服|工作人员)"
)
_ABOUT_IT = re.compile(
    r"(?:人工|客服)(?:服务|电话|热线|窗口)*(?:的)?(?:是)?(?:几点|什么时候|什么时间|多少|时间|号码|工作时间|上班|下班)"
)

_ASKS = r"(?:转|找|要|换|接|叫|喊|联系|请|给|派|安排|接通|呼叫|来|有没有|有|能不能|帮我转|切|切换|连|连线|需要|想要)"
_FILL = (
    r"(?:到|至|成|给|接|个|一个|一位|位|名|一名|你们|你们的|我|下|一下|为|的|咱|咱们|真正|真的|正常|在线|线上|上){0,4}"
)
_AFTER = (
    r"(?=$|[,，。.!！?？~、…\s]|客服|服务(?!费|机构|外包|合同|公司|中心)|坐席|座席|专员|台|来|帮|处理|回|接|说|讲|聊|谈|沟通|"
    r"咨询|问|解|办一下|指导|可以|行|好|呢|吧|吗|嘛|啊|呀|啦|了|呗|哈|嗷|谢|在|吱|跟|和|给|看|对话|通话|交流)"
)
_MACHINE = r"(?:机器人?|人机|电脑|AI|ai|智能客服|程序|小申)"

_PATTERNS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_ASKS}{_FILL}(?:人工客服|人工服务|人工|真人|活人|大活人|真人客服|活的人)(?:客服|坐席|座席|服务)?{_AFTER}",
        r"^(?:请|麻烦)?(?:人工|真人|活人|客服)(?:客服|服务|坐席|座席)?(?:[,，。.!！?？~\s吧呢啊呀吗]|在吗|在不在|谢谢)*$",
        r"(?:^|[,，。!！?？\s])(?:人工|真人|客服)[!！。~]+",
        rf"(?:请|麻烦|帮我|给我|我要|我想|想|要|能不能|可不可以|可以)(?:.{{0,4}})(?:转|找|接|叫|喊|联系|换|安排){_FILL}"
        rf"(?:客服|工作人员|办事员|帮办员?|帮办人员|专员|值班人员|管事的|负责人|领导){_AFTER}",
        rf"^(?:转|找|接|叫|联系|换){_FILL}(?:客服|工作人员|办事员|帮办人员|专员|值班人员|管事的|负责人){_AFTER}",
        r"(?:跟|和|同|与|找)(?:个|一个|你们的?|位|真的?|活的?){0,3}(?:人|真人|活人|工作人员|客服)(?:直接|来|好好|当面|在线)*"
        r"(?:说|讲|聊|谈|沟通|对话|通话|交流|问问|问清楚)(?:话|说|聊|谈|一下|话吗|清楚|两句)*",
        r"(?:叫|让|换|找|派|喊|来)(?:个|一个|位|一位)(?:活|真|懂的?|管事的?|明白|能说清楚的?|会办的?)*人"
        r"(?:来|跟|和|给我?(?:说|讲|回|解|打电话)|帮我(?:看|查|问|解|处理|办一下)|说|讲|回|接|处理|行|好|吧|$|[,，。!！?？\s])",
        rf"(?:不想|不要|别|不愿意?|懒得|没法|受够了?|讨厌)(?:再|让|用|拿)*(?:跟|和|同|与|对着?|用|拿)?(?:你这个|这个|一个)?{_MACHINE}"
        r"(?:来)?(?:说|讲|聊|谈|沟通|对话|交流|回|答|糊弄|敷衍|打发|了)",
        r"(?:真人|活人|人工)(?:客服|服务)?(?:有|在)(?:伐|没|吗|么|不)",
        r"有没有(?:活|真|个)(?:的)?人|有(?:活|真)人(?:在)?吗|没有?真人吗|"
        r"(?:到底)?有没有人(?:管|理|回|答|接|在|啊|呀|吗|能)",
        r"\b(?:talk|speak|chat|talking|speaking|connect(?:ed)?|transfer(?:red)?|put|get)\b(?: me| us)?(?: through)?"
        r"(?: to| with)? (?:a |an |some |the |any |your )?(?:real |actual |live |human |living |breathing )*"
        r"(?:human|person|agent|someone|somebody|operator|representative|rep|staff|clerk|officer|people|being)\b",
        r"\b(?:real|actual|live|living) (?:human|person|people|agent|operator|human being)s?\b",
        r"^\W*(?:a )?(?:human|person|agent|operator|representative)(?: please| now)?\W*$|"
        r"\b(?:human|person|agent|operator) please\b",
        r"\b(?:need|want|give me|is there) (?:a |an |any )?(?:human|person|operator|representative|live agent)\b"
        r"(?! (?:id|card|tax))",
    )
)
_COMPLAINS = re.compile(
    r"投诉(?:你们|你|小申|客服|窗口|工作人员|办事员|这个窗口|你们窗口|你们的服务|服务态度)|(?:你们|窗口|工作人员)的?(?:服务)?态度(?:太|很|极其|特别)?"
    r"(?:差|恶劣|不好)|\bcomplain(?:t)? about (?:your|the) (?:service|staff|clerk|office)",
    re.I,
)


def wants_a_person(text: str) -> bool:
    """Whether the message asks to be connected to a person. Asking about a person's hours or number does not."""
    if _REFUSED.search(text) or _ABOUT_IT.search(text):
        return False
    return any(pattern.search(text) for pattern in _PATTERNS)


def complains(text: str) -> bool:
    """Whether the message complains about us: the service, a window, somebody who works here."""
    return bool(_COMPLAINS.search(text))
