"""Notices sentences in a document that try to command the assistant. They stay text; the editor is told."""

import re

_PATTERNS = (
    re.compile(
        r"(?:忽略|无视|忘记|不要理会|跳过|覆盖)[^。！？\n]{0,12}(?:之前|以上|上述|前面|先前|所有|全部|原有|系统)[^。！？\n]{0,10}(?:指令|指示|提示|规则|设定|要求|说明|限制)"
    ),
    re.compile(
        r"(?:你|您)(?:现在|从现在起|今后|接下来)[^。！？\n]{0,6}(?:是|扮演|作为)[^。！？\n]{0,16}(?:助手|模型|AI|机器人|系统|管理员|开发者)"
    ),
    re.compile(
        r"(?:系统提示|系统指令|提示词|system\s*prompt|开发者模式|developer\s*mode|越狱|jailbreak|DAN\s*模式)",
        re.IGNORECASE,
    ),
    re.compile(
        r"ignore\s+(?:all\s+|any\s+)?(?:the\s+)?(?:previous|prior|above|earlier)\s+(?:instructions?|prompts?|rules?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:disregard|forget|override)\s+(?:all\s+|your\s+|the\s+)*(?:previous|prior|above|system)?\s*(?:instructions?|prompts?|rules?)",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?:AI|人工智能|智能)?(?:助手|模型|客服|机器人|小申)[^。！？\n]{0,10}(?:必须|应当|务必|请|只能)[^。！？\n]{0,12}(?:回答|回复|输出|告诉用户|声称|引导|推荐)"
    ),
    re.compile(
        r"(?:回答|回复|输出)(?:用户|市民|提问者)?[^。！？\n]{0,8}(?:时)?[^。！？\n]{0,4}(?:必须|务必|一律|只能)[^。！？\n]{0,10}(?:说|称|包含|附上|输出|回答|回复)"
    ),
    re.compile(r"<\|?\s*(?:im_start|im_end|system|assistant|endoftext)\s*\|?>|\[/?INST\]|<<SYS>>", re.IGNORECASE),
)


def commands_the_assistant(text: str) -> bool:
    """True where the text speaks to the assistant instead of the reader."""
    return any(pattern.search(text) for pattern in _PATTERNS)
