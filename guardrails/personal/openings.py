"""The one table of roles, relatives and requests: where a name may begin, by the words directly before it."""

import re
from collections.abc import Iterator
from enum import StrEnum

from guardrails.personal.likeness import FIRST_OF_NAMES, family_length


class Opening(StrEnum):
    """What stands before a name, the surest first."""

    CALLED = "called"
    ROLE = "role"
    ASKED = "asked"
    RUN = "run"


_CALLED = """
名字 姓名 名叫 我叫 我姓 落款 签字 签名 署名 name xm applicant contact owner
holder person guardian agent sqr lxr user
取名 起名 联络
"""
# Trades, parties and kin; whoever ends with 人, 者 or 族 (来电人, 报修人, 维吾尔族) is one too.
_ROLES = """
股东 监事 人士 护士 博士 财务 出纳 原告 被告 台胞 侨胞 同胞 甲方 乙方 男方 女方 买方 卖方 租方
出租方 承租方 受让方 转让方 委托方 受托方 对方 业主 户主 车主 房主 机主 店主 事主 雇主 失主 物主
债主 船主 货主 买主 卖主 住户 租户 用户 客户 商户 农户 职员 教员 店员 队员 党员 团员 会员 驾驶员
管理员 保安员 保洁员 办事员 快递员 外卖员 服务员 辅导员 演员 运动员 学员 业务员 专员 协管员 网格员
志愿员 雇员 官员 律师 医师 厨师 教师 工程师 会计师 会计 学生 考生 医生 毕业生 研究生 新生 新生儿
租客 房客 顾客 乘客 访客 来客 旅客 女友 男友 朋友 病友 网友 室友 校友 战友 工友 家属 职工 员工
护工 民工 技工 社工 义工 婆婆 公公 姑姑 姑妈 姨妈 阿姨 舅舅 舅妈 叔叔 婶婶 伯伯 伯父 爷叔 侄子
侄女 外甥 外甥女 孙子 孙女 外孙 外孙女 嫂子 弟媳 弟妹 表哥 表弟 表姐 表妹 堂哥 堂弟 堂姐 堂妹 岳父
岳母 继父 继母 养父 养母 父亲 母亲 丈母娘 老丈人 老伴 老头 老头子 儿子 女儿 闺女 女婿 媳妇 儿媳
儿媳妇 对象 未婚夫 未婚妻 前夫 前妻 老公 老婆 丈夫 妻子 爱人 配偶 爸爸 妈妈 我爸 我妈 爷爷 奶奶
外公 外婆 哥哥 姐姐 弟弟 妹妹 我哥 我姐 我弟 我妹 孩子 宝宝 小囡 老师 法人 经理 董事 保姆 司机
先生 太太 同事 同学 邻居 房东 护理对象 幼儿 月嫂 新郎 新娘 民警 警官 居民 村民 市民 孤老 低保户 病员 父母
小孩 店长 车间主任 窗口 号窗口 队长 校长 园长 教练 导游 记者 船员 骑手 家长
"""
_ASKED = """
查一下 查下 查询 帮我查 帮查 请问 问一下 找 找一下 代 替 帮 让 叫 派 由 请 委托 回复 转告 通知
联系 送给 发给 还给 写着 写的是 写成 登记在 登记成 开在 挂在 户名 过户给 转给 打给 寄给 卖给 租给 交给 打到
汇到 转到 打进 汇入 和 与 跟 同 是 为 属于 我是
"""
_BY_WORD = (
    dict.fromkeys(_ASKED.split(), Opening.ASKED)
    | dict.fromkeys(_ROLES.split(), Opening.ROLE)
    | dict.fromkeys(_CALLED.split(), Opening.CALLED)
)
# The lengths of the words that end with a character, longest first: nothing else is looked up.
_LENGTHS = {
    last: tuple(sorted({len(word) for word in _BY_WORD if word[-1] == last}, reverse=True))
    for last in {word[-1] for word in _BY_WORD}
}
_PERSONS = "人者族"
# 户主某某,妻苗秀云: kin in one sign, only where a list or a clause begins with it
_KIN = re.compile(r"(?:^|[,;:、。( \n])(?:[长次三独]?[子女]|妻|夫|父|母|媳|婿|孙女?|外孙|兄|弟|姐|妹)\Z")
_OF_A_NAME = re.compile("名字|姓名|叫做|名叫")
_LAST_OF_KIN = frozenset("子女妻夫父母媳婿孙兄弟姐妹")
_LAST = frozenset(word[-1] for word in _BY_WORD) | frozenset(_PERSONS + "姓叫我") | _LAST_OF_KIN
_SEPARATORS = frozenset(" \t:=\"'“「是为")
_FIRST = re.compile(f"[{''.join(sorted(FIRST_OF_NAMES))}]")


def openings(text: str) -> Iterator[tuple[Opening, int]]:
    """Yield each place where a surname stands and a name may begin."""
    for found in _FIRST.finditer(text):
        start = found.start()
        opening = opening_before(text, start)
        if opening is not None and family_length(text, start):
            yield opening, start


def opening_before(text: str, start: int) -> Opening | None:
    """Return what stands before this place, None in the middle of other words."""
    before = text[start - 1 : start] if start else ""
    free = not ("\u4e00" <= before <= "\u9fff" or before == "·")
    opening = _announced(text, start)
    if opening is None and before in _SEPARATORS:
        words_end = _without_separators(text, start)
        opening = _announced(text, words_end)
        if opening is Opening.ROLE and before not in "是为":  # 来信人：…, but not 住户“…
            opening = Opening.CALLED if text[words_end - 1] in _PERSONS and ":" in text[words_end:start] else None
        elif opening is Opening.ASKED or (opening is None and before in '"“「' and _OF_A_NAME.search(text, 0, start)):
            opening = None if opening else Opening.CALLED
    return opening or (Opening.RUN if free else None)


def _without_separators(text: str, start: int) -> int:
    while start and text[start - 1] in _SEPARATORS:
        start -= 1
    return start


def _announced(text: str, end: int) -> Opening | None:
    if not end or text[end - 1].lower() not in _LAST:
        return None
    last = text[end - 1 : end] if end else ""
    for length in _LENGTHS.get(last.lower(), ()):
        if length <= end and (opening := _BY_WORD.get(text[end - length : end].lower())):
            return opening
    if _is_somebody(text, end, last):
        return Opening.ROLE
    if last in ("姓", "叫", "我") and (end == 1 or not "\u4e00" <= text[end - 2] <= "\u9fff"):
        return Opening.ASKED if last == "我" else Opening.CALLED
    if last == "叫" and _BY_WORD.get(text[max(0, end - 3) : end - 1]) is Opening.ROLE:
        return Opening.CALLED
    return None


def _is_somebody(text: str, end: int, last: str) -> bool:
    """Return whether a word for people ends here that no list needs to hold: 来电人, or kin in one sign."""
    if last in _PERSONS:
        return text[end - 2 : end] != "民族" and text[end : end + 1] != "家"
    return last in _LAST_OF_KIN and _KIN.search(text, max(0, end - 4), end) is not None
