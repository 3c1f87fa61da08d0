"""Whether a message asks for anything at all: a value told to a form asks for nothing, so it cannot ask for harm."""

import re
from typing import Final

_ASKS: Final = re.compile(
    "怎么|怎样|怎麼|如何|咋|哪里|哪儿|哪能|何处|什么办法|啥办法|什么方法|有什么路子|教我|教教|教一|告诉我|说说|讲讲|"
    "帮我|帮忙|替我|给我|求(?!职)|写(?:一|个|篇|份|封|条|段|出)|列(?:出|一|个)|编(?:一|个|造)|推荐|介绍(?:一下|个|几)|有没有|能不能|"
    "可不可以|要不要|吗$|吗[?？]|[?？]|多少钱|谁(?:有|能|会|知道)|"
    r"\b(?:how|where|what|which|tell me|teach|write|give me|help me|show me|make me|can you|could you|list)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 80  # characters; what is longer is told a story, and judged as one


def asks_for_nothing(text: str) -> bool:
    """Return whether a short message only tells something: a name, a purpose, an amount."""
    return len(text) <= _LONGEST and _ASKS.search(text) is None


_ASKS_A_VALUE: Final = re.compile(
    "[?？]\\s*$|请(?:您)?(?:再)?(?:填写|填|提供|告诉|核对|上传|选择|选|补充|输入|说|确认)|(?:还)?需要.{0,12}(?:签字|信息|材料|本人|号码|资料|证明)"
)


def asks_for_a_value(said: str) -> bool:
    """Return whether what we said last asks for something, so that the next message answers it."""
    return _ASKS_A_VALUE.search(said) is not None
