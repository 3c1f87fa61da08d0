"""What a clause does in its message: tells a wish, what is done already, what is not wanted, or asks what to bring.

Read from grammar alone: 「失业登记做好了,领失业金」 wants one thing, 「失业登记要做,失业金要领」 two.
"""

import re
from enum import StrEnum

_LOST = r"丢|遗失|掉|不见|偷|坏|破|烂|过期|到期|期满|没|消磁|去世|走|故|死|生|病|伤|老"
_ALREADY = re.compile(
    r"已(?:经)?[^,。]{0,8}|早就|原来有|原先有|本来有|(?:都|也)?(?:有了|在手|都在|齐了|到手|下来了?|拿到了?)$|"
    r"(?:办|做|交|缴|领|拿|签|清|销|批|审|验|核|开|买|卖|租|贷|付|登记|认定|鉴定|备案|注册|注销|公证|检测|评|考|查|立|成立)"
    r"(?:好|完|过|掉|到|成|齐|妥)*了?(?:[^,。要想得]{0,3})?(?<![要想得办做交领])(?:了|好|完|过|过了)$|"
    r"\b(?:already|have got|i have (?:a|the|my)|is done|was approved|done with)\b",
    re.I,
)
_WISH = re.compile(r"要|想|得|需|怎么|如何|咋|哪|能不能|可以|申请|\b(?:want|need|how|apply|would)\b", re.I)
_UNWANTED = re.compile(
    rf"(?<!是)不(?:涉|算|属|是|(?<!要不)要|用|办|买|卖|(?<!需不)需|想|打算|换|补|退|搞|弄|做|去|迁|租|开|管)|无需|没(?:有)?(?:{_LOST})|"
    r"以后再|回头再|先等等|再说$|暂时不|先不|先别|\b(?:not|don't|no need|later)\b",
    re.I,
)
_BRINGS = re.compile(
    r"^(?:是不是|是否|要不要|需不需要|还)?(?:要|得|需要)?(?:带|拿|备|凭|拿着|带着|准备|提供|出示|本人)|"
    r"(?:要|需要|得|用)(?:带|交|准备|提供|出示)?[^,。]{1,12}(?:吗|么|伐|不)$|要不要|需不需要|"
    r"(?:多少钱|几天|多久|材料|几个工作日|收费|预约|本人|代办|网上|线上)[^,。]{0,6}$|"
    r"\b(?:bring|documents?|how long|how much)\b",
    re.I,
)
_ONLY = re.compile(
    r"只(?:要|想|办|需|缺|差|剩|做|是|补|换|领|申请|问|管)|就(?:缺|差|剩|要|办|想|只|租|补|换|问)|光(?:要|办|想)|"
    r"单独|单单|仅|\b(?:only|just)\b",
    re.I,
)


class Standing(StrEnum):
    """What a clause does."""

    WISH = "wish"
    DONE = "done"
    UNWANTED = "unwanted"
    BRINGS = "brings"


def standing_of(clause: str) -> Standing:
    """Of one clause of a message in plain wording."""
    if _UNWANTED.search(clause):
        return Standing.UNWANTED
    if _BRINGS.search(clause):
        return Standing.BRINGS
    if _ALREADY.search(clause) and not _WISH.search(clause):
        return Standing.DONE
    return Standing.WISH


def says_only(text: str) -> bool:
    """Whether the message narrows itself to one thing."""
    return _ONLY.search(text) is not None
