"""Reads a message in its dialogue: what it adds, and what of the earlier words it takes back."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.recognition.decision import Speaker, Utterance
from knowledge.recognition.evidence import without_denials

_REMEMBERED = 6
_NEW_WORDS = 2
# Words of their own that are made of letters which could be asked of any item.
_KEPT = "去世|过世|走了|过户|到期|过期|后事|一件事|提取|退钱|交税|生孩子"
_FACETS = re.compile(
    rf"(?P<kept>{_KEPT})|"
    r"需要|要|带|准备|提供|提交|交|填|什么|啥|哪些|哪里|哪儿|哪个|地方|去|到|在|怎么|怎样|如何|办理|办|弄|申请|材料|资料|"
    r"东西|证件|条件|资格|要求|流程|步骤|手续|费用|收费|多少|钱|价格|免费|时间|多久|多长|几天|几个|几年|几岁|工作日|时候|周末|上班|"
    r"地址|电话|窗口|网上|线上|手机|随申办|现场|预约|代办|别人|本人|亲自|必须|可以|能不能|能|可不可以|行不行|行吗|"
    r"结果|进度|查询|查|法律依据|依据|规定|政策|有效期|期限|寄|邮寄|快递|拿|取|下来|好|会|有|没有|是不是|是|不|"
    r"那|这|它|个|件|事|呢|吗|呀|啊|吧|嘛|的|了|着|过|还|也|都|就|再|又|然后|接着|另外|请问|谢谢|您好|你好|想|知道|问|一下|"
    r"我|你|他|她|们|老婆|老公|爱人|妻子|丈夫|爸爸|妈妈|爸|妈|父亲|母亲|父母|儿子|女儿|孩子|家人|朋友|老人|"
    r"\b(?:what|which|how|much|many|long|where|when|who|does|do|is|are|can|should|i|my|me|we|it|that|this|the|an|a|to|for|"
    r"of|need|bring|take|cost|fees?|free|documents?|materials?|conditions?|time|days?|online|apply|about|and|then|please|"
    r"wife|husband|father|mother|son|daughter|someone|else|go|get)\b|\W|_",
    re.IGNORECASE,
)
# Who goes back leaves what is handled for what was talked about before: 「回到刚才那个」, 「还是先说前面的」.
_EARLIER = "刚才|刚刚|前面|上面|之前|一开始|最开始|开头|原来"
_RETURNS = re.compile(
    rf"(?:回到|回过头|说回|转回|还是(?:先)?(?:说|问|讲|看|办))[^,。]{{0,4}}(?:{_EARLIER})[^,。]{{0,3}}(?:那|的|个|件|事|问题)*|"
    rf"^(?:那)?(?:{_EARLIER})(?:说|问|讲|提)?(?:到)?的?那(?:个|件|事)[^,。]{{0,3}}|"
    r"\b(?:back to|return to|go back)\b(?: (?:the|my))?(?: (?:first|earlier|previous|other))?"
    r"(?: (?:one|thing|question|topic))?",
    re.IGNORECASE,
)
_FIRST = re.compile(r"一开始|最开始|开头|最早|\bfirst\b", re.IGNORECASE)
_DENYING = re.compile(r"不是|并非|不想|不要|不用|不办|没有?|先不|我说的|不光|不只|[,，。;；!！?？\s]")
_SHORTEST_DENIED = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """`alone` is the message; `with_history` has what was said before in front, None where nothing was.

    `adds_nothing` is true for 「那要带什么」: a question about whatever is being talked about. `returns` is true for
    「回到刚才那个」: then it is about what was talked about before, and the item being handled counts no more.
    """

    alone: str
    with_history: str | None
    adds_nothing: bool
    returns: bool = False


def goes_back(text: str) -> bool:
    """Whether the message leaves what is being handled for what was talked about before."""
    return _RETURNS.search(text) is not None


def content_of(text: str) -> str:
    """What is left of a message without the words that could be asked of any item."""
    return _FACETS.sub(lambda found: found["kept"] or "", text)


def says_nothing(text: str) -> bool:
    """Whether not even one letter is left that could tell an item: 「要带什么」."""
    return not content_of(text)


def adds_nothing(text: str) -> bool:
    """Whether only words that could be asked of any item are left."""
    return len(content_of(text)) < _NEW_WORDS


def read_in_dialogue(text: str, earlier: Sequence[Utterance]) -> Reading:
    """`text` and `earlier` are in plain wording."""
    said = [one.text for one in earlier if one.speaker is Speaker.CITIZEN and one.text][-_REMEMBERED:]
    topics = [one for one in said if not adds_nothing(one) and not _RETURNS.search(one)]
    if topics and _RETURNS.search(text):
        return _returning(text, topics)
    empty = adds_nothing(text)
    topic = topics[-1] if topics else None
    if topic is None:
        return Reading(text, None, empty)
    kept, denied = without_denials(text)
    for word in _DENYING.split(denied):
        if len(word) >= _SHORTEST_DENIED:
            topic = topic.replace(word, "")
    return Reading(text, f"{topic} {kept}", empty)


def _returning(text: str, topics: Sequence[str]) -> Reading:
    """Back to the topic that the message names, or to the one before the last."""
    rest = _RETURNS.sub("", text, count=1)
    named = {letter for letter in content_of(rest) if letter.isalnum()}
    earlier = topics[:-1] or topics
    if len(named) >= _NEW_WORDS:
        topic = max(topics, key=lambda one: len(named & set(one)))
    else:
        topic = earlier[0] if _FIRST.search(text) else earlier[-1]
    return Reading(rest or text, f"{topic} {rest}".strip(), adds_nothing=True, returns=True)
