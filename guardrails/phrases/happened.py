"""What happened to somebody, or what they hand in: words of harm there are what they tell of, not what they want."""

import re
from typing import Final

_ASKS = (
    "(?:怎么办|咋办|怎样办|如何办|如何处理|怎么处理|是不是真|是真的|真的吗|是不是假|是假的吗|是不是诈骗|是诈骗吗|是不是骗|是骗子吗|"
    "怎么(?:辨别|辨认|核实|鉴别|分辨|识别|查证|举报|投诉|报案)|如何(?:辨别|辨认|核实|鉴别|分辨|识别|举报|投诉|报案)|找谁|向谁|"
    "(?:去|到|往|向)?哪(?:里|儿|个部门)?(?:举报|投诉|反映|报案|核实|验|交|退)|要不要(?:补|交|报|紧|还)|该不该信|能信吗|可信吗|"
    "要不要信|算不算|能退吗|能追回|还能(?:用|要)吗|我能做什么|我该做什么|有影响吗)"
)
_FALSE = "(?:假的?|伪造的?|冒充|冒牌|诈骗|骗子|可疑的?|不明|来路不明|自称)"
_HAPPENED: Final = re.compile(
    f"(?:收到|接到|买到|遇到|碰到|捡到|拿到|发现|看到)(?:了|过)?.{{0,10}}{_FALSE}.{{0,24}}{_ASKS}|"
    f"{_FALSE}.{{0,12}}(?:收到|接到|买到|遇到|碰到|让我|叫我|要我|喊我|给我)(?!做|开|办).{{0,14}}{_ASKS}|"
    f"(?<!不)被.{{0,12}}(?:骗|盗用|冒用|偷|抢|打|勒索|敲诈|威胁).{{0,16}}{_ASKS}|"
    "(?:我|我的|自己|自己的|本人)(?:的)?.{0,8}(?:信息|身份|证件|照片|记录|征信|账号|号码).{0,4}"
    "被(?:谁|哪些?|别人|人|他人|冒|盗|查|用|泄).{0,12}$|"
    "(?:枪|刀|弹|炮|火药|毒品|违禁品).{0,12}(?:上交|上缴|交给|交到|交公|报告给?).{0,8}(?:公安|派出所|警|政府|哪|谁|吗|$)|"
    f"(?<!不)(?:我|家人|爸|妈|老人|朋友|孩子)?被.{{0,12}}(?:骗|诈骗).{{0,30}}(?:止付|冻结|追回|挽回|撤回|拦截|要回|报警|{_ASKS})|"
    "(?:是不是|会不会是|算不算|是否是?|属不属于)(?:个|一个|一种)?(?:诈骗|骗子|骗局|骗人|骗钱|传销|陷阱|假的|冒充的?|非法集资)(?:的|吗|啊|呢|呀)?$|"
    "(?:诈骗|骗子|骗局|骗人的|传销)(?:吗|么|吧)$|"
    "有(?:啥|什么|哪些)(?:法律)?(?:风险|后果|责任)(?:吗|呢|啊)?$"
)
_WHETHER_LAWFUL: Final = re.compile(
    "(?:会|要|也|就)?(?:算是?|是|属于|构成|涉嫌|犯|叫)(?:不算|不属于|不构成)?(?:走私|违法|违规|犯法|犯罪|逃税|偷税|漏税|诈骗|侵权|赌博|贿赂|行贿|受贿|"
    "非法集资|传销|诽谤|寻衅滋事|家暴|盗窃|重婚)(?:罪)?(?:吗|么|嘛|伐|呢|啊)?$"
)
_SEEKS_A_WAY: Final = re.compile(
    "怎么|怎样|如何|咋|才|(?<![算属构涉会])不(?:会)?(?:算|属于|构成|涉嫌|犯)|教我|办法|方法|哪里|哪儿|多少(?!算)|渠道|配方|剂量|帮我|给我|推荐|写"
)
_WANTS: Final = re.compile(
    "不被|不留|躲|逃|瞒|花出去|用出去|转手|再卖|卖掉|报复|教训|弄死|伪造|避开|绕过|帮我(?:做|写|编)"
)

_OFFICE_ASKED: Final = re.compile(
    "(?:我|我们)?(?:想|要|怎么|如何|去哪里?|向谁|哪里|匿名|实名)(?:可以|能)?(?:举报|投诉|报警|报案|反映|检举)|"
    "(?:举报|投诉|报警|报案|检举)(?:电话|有奖|奖|哪里|去哪|找谁|到哪|热线|平台|网址|发哪)|打(?:哪个|什么|啥)电话|(?:归)?(?:哪个|什么|啥)部门|"
    "找谁(?:来)?(?:检查|管|处理|鉴定|修)|(?:什么|哪些|啥)(?:手续|程序|流程)|要(?:什么|啥|哪些)(?:手续|材料|许可|批准|条件|证|资质)|"
    "有(?:什么|啥|哪些)(?:补贴|补助|津贴|待遇|优待|优惠|福利|救助|照顾)|"
    "(?:行不行|行吗|行伐)$|怎么(?:申请|申诉|校验|扔|上交|退还|撤回|更正|反映|报修|预约|报备|登记|备案)|几点(?:以后|之后|以前|不)|"
    "哪里(?:领|交|办|退|登记|申请)|会(?:不会)?(?:被)?(?:罚|抓|坐牢|拘留)(?:起来)?(?:吗|伐|么)?$|(?:要|需要|得)(?:办|申请|报|备案)(?:什么|啥|哪些)|"
    "(?:可以|能|让|给)(?:伐|吗|么)$|为(?:啥|什么)(?:不能|不可以|禁止)|算不算违|(?:违法|合法|犯法)吗$"
)
_BENT: Final = re.compile("不被|不让|不会被|躲|逃|瞒|不给|怎么才能|教我|帮我|以真乱|查不|避|假的|编|骗过|改|没事|其实")


def asks_an_office(squeezed: str) -> bool:
    """Return whether a message asks where to report, whom to call, what is allowed or needed, and wants nothing bent.

    Of what was held out in training no harmful message did; it excuses a doubt, and no sure judgement.
    """
    return len(squeezed) <= _LONGEST and _OFFICE_ASKED.search(squeezed) is not None and _BENT.search(squeezed) is None


_LONGEST: Final = 120  # a longer message may want something else besides


def tells_what_happened(squeezed: str) -> bool:
    """Return whether a message tells of something that was done to its writer, or is handed in, and asks what to do."""
    if len(squeezed) > _LONGEST:
        return False
    if _WANTS.search(squeezed) is not None:
        return False
    if _WHETHER_LAWFUL.search(squeezed) is not None and _SEEKS_A_WAY.search(squeezed) is None:
        return True  # who asks whether something is against the law is told, not refused
    return _HAPPENED.search(squeezed) is not None
