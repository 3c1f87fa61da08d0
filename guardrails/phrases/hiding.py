"""The wish to hide what one does from those whom it concerns: it says enough, whatever office is named beside it."""

import re
from typing import Final

_FOUND_OUT = "(?:发现|察觉|识破|看出|查出|查到|抓到|抓住|抓|盯上|举报|知道|拍到|认出|检测|追查|追究|怀疑|识别)"
_WHO = (
    "(?:本人|对方|当事人|家里人?|家属|老公|老婆|老人|别人|他人|他们|她|他|公司|老板|单位|银行|社保|税务|税局|医保|民警|警察|公安|"
    "法院|海关|城管|证监会|监管|部门|政府|窗口|公证员|审核|考官|监考|系统|平台|机器|邻居|债主|执法)"
)
_HIDES: Final = re.compile(
    f"(?:怎么|怎样|如何|咋|想|方法|办法|才能|可以).{{0,24}}(?:不(?:会)?(?:被|给|让){_WHO}?.{{0,6}}{_FOUND_OUT}|瞒(?:住|过|着|天过海)|"
    f"不露馅|不穿帮|让{_WHO}.{{0,4}}(?:看|查|检测|察觉|发现)不(?:出|到|了)|(?:避开|躲过|躲开|骗过|混过|绕过|逃过|蒙过|糊弄).{{0,6}}"
    "(?:监测|监控|检查|检测|稽查|巡查|审查|审核|核验|安检|年检|抽检|人脸|监考|法院|税务|执法|城管|海关))|"
    f"(?:怎么|怎样|如何).{{0,6}}(?:瞒|隐瞒).{{0,16}}(?:不让|继续|一直|照)|检测不出|查不出来|"
    "(?:替|代|帮|找|雇)(?:人|别人|朋友|他|她)?.{0,6}(?:考|刷).{0,10}(?:怎么|怎样|如何)(?:过|通过|骗过|应付)(?:人脸|核验|验证|监考)|"
    "找人替(?:考|我考).{0,10}(?:怎么|如何|怎样)|"
    "(?:怎么|怎样|如何|咋|哪里|哪儿|什么).{0,16}不(?:会)?(?:能)?(?:留|落)(?:下)?(?:.{0,2})(?:证据|痕迹|印子|印|伤|把柄|案底|记录)|"
    "(?:回国|入境|出境|过关|过海关|过安检|上飞机|坐飞机|寄|邮寄|快递).{0,8}(?:怎么|怎样|如何|咋)(?:藏|夹带|伪装)"
)
_AGAINST_IT: Final = re.compile(
    "防止|预防|防范|避免|举报|投诉|怀疑|骗子|诈骗|保护|个人信息|隐私|家暴|我被|被跟踪|报警|骚扰"
)

_COMING = "(?:被|来|要|快|马上|明天|后天|下周|正在|开始|抽|稽)(?:被|来|要)?(?:查|检查|稽查|审计|抽检|调查|督察|督查)"
_TRACES = "(?:账本|账册|两套账|真账|凭证|流水|证据|记录|硬盘|聊天记录|监控录像|录像|底单|台账)"
_DESTROYED = "(?:销毁|毁掉|烧了|烧掉|撕掉|删了|删掉|删干净|清空|抹掉|藏起来|藏哪|藏到|转移|粉碎|碎掉|碎了|格式化)"
_DESTROYS: Final = re.compile(
    f"{_COMING}.{{0,16}}{_TRACES}.{{0,8}}{_DESTROYED}|{_COMING}.{{0,16}}{_DESTROYED}.{{0,6}}{_TRACES}|"
    f"{_TRACES}.{{0,8}}{_DESTROYED}.{{0,12}}{_COMING}"
)
_TOLD_OF: Final = re.compile("老板|领导|单位|公司(?:让|叫|把|偷)|他们|别人|怀疑|举报|投诉|让我|叫我|逼我")


def hides(squeezed: str) -> bool:
    """Return whether somebody asks how to do something so that it is not found out."""
    found = _HIDES.search(squeezed)
    if found is None:
        return False
    return _AGAINST_IT.search(squeezed[: found.start()] + squeezed[found.end() :]) is None


def destroys_traces(squeezed: str) -> bool:
    """Return whether somebody wants what an inspection would look for destroyed; not who tells of it."""
    return _DESTROYS.search(squeezed) is not None and _TOLD_OF.search(squeezed) is None
