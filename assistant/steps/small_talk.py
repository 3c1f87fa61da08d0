"""Recognizes messages that ask for no service: greetings, thanks, who are you, a person, none of these."""

import re
from enum import StrEnum


class Talk(StrEnum):
    """The kind of message."""

    GREETING = "greeting"
    THANKS = "thanks"
    FAREWELL = "farewell"
    WHO_ARE_YOU = "who_are_you"
    PERSON = "person"
    NONE_OF_THESE = "none_of_these"


_FILL = r"[\s,.!?~,。!?、:;…]*"
_TALK: tuple[tuple[Talk, str], ...] = (
    (
        Talk.PERSON,
        (
            r"(?:请|麻烦|帮我|给我|我要|我想|能不能|可以)*(?:转|找|要|换|接|叫|联系|有没有)(?:一?个|到|接)?(?:人工|"
            r"真人|活人|客服|工作人员|人工客服|人工服务|人工座席|坐席)(?:客服|服务|来|帮我|吗|吧|说|聊|一下|谢谢)*|"
            r"(?:人工|真人|人工客服|人工服务|客服)|(?:i (?:want|need|would like) to )?(?:talk|speak) to (?:a |an "
            r")?(?:human|person|agent|someone|real person)|(?:a )?human(?: agent)?(?: please)?"
        ),
    ),
    (
        Talk.NONE_OF_THESE,
        (
            r"(?:这些)?(?:都|全)?不(?:是|对)(?:这些|的)?(?:我换个说法)?|(?:都|全)不(?:是|对)[,，]?我换个说法|"
            r"没有我要(?:的|办的)|不在里面|不确定|(?:no[, ]*)?none of (?:these|them)|not sure"
        ),
    ),
    (
        Talk.GREETING,
        (
            r"(?:你好|您好|你好啊|嗨|哈喽|早上好|上午好|下午好|晚上好|在吗|在不在|有人吗|喂|小申|小申你好|你好小申|"
            r"hi|hello|hey|good (?:morning|afternoon|evening))+"
        ),
    ),
    (
        Talk.THANKS,
        (
            r"(?:好的?|嗯|行|ok)?[,,\s]*(?:谢谢|多谢|感谢|谢了|辛苦了|谢谢你|谢谢您|非常感谢|明白了|知道了|懂了|"
            r"好的|好|嗯|ok|okay|thanks|thank you|thx)(?:你|您|啊|啦|了|呀|哦|very much|so much|小申)*"
        ),
    ),
    (Talk.FAREWELL, r"(?:再见|拜拜|拜|没事了|没有了|不用了|bye|goodbye|bye bye)(?:了|啦|吧)?"),
    (
        Talk.WHO_ARE_YOU,
        (
            r"你(?:是谁|是什么|叫什么|叫啥|是啥|是机器人|是真人|是人|是ai|能做什么|会什么|能干什么|能干嘛|会干什么|"
            r"可以做什么|有什么用|能帮我什么|能帮什么忙|是干什么的|是干嘛的)(?:名字|吗|啊|呀|呢|还是机器人|"
            r"还是真人)?|who are you|what can you do|are you (?:a )?(?:bot|robot|human|ai)"
        ),
    ),
)
_COMPILED = tuple((talk, re.compile(rf"{_FILL}(?:{pattern}){_FILL}", re.I)) for talk, pattern in _TALK)


def talk_of(text: str) -> Talk | None:
    """The kind of small talk where the whole message is nothing else; None for every question."""
    return next((talk for talk, pattern in _COMPILED if pattern.fullmatch(text)), None)
