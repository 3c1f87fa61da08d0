"""Families of words that say the same in the language of offices and in that of people: one sign for each family."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

# What stands for a family → what people write for it. Written for this project, in general terms.
_FAMILIES: Final[dict[str, str]] = {
    "免费": (
        "不收费 不收钱 不要钱 不用花钱 不花钱 不用交钱 无需支付 无需缴费 不收取任何费用 "
        "不收取费用 免收 不用付费 没有收费 免予收取 不收 不交钱 不另收费"
    ),
    "应当": "必须 务必 一定要 须要 应该 需要 得先 非得 要求 必需 应 须 需",
    "不得": "不能 不可以 不准 不许 禁止 严禁 不允许 不行 不可 不给 不让 没法 无法 没办法 不接受 不成 不能够",
    "不用": "不需要 无需 无须 不必 不须 免于 免予 用不着 不要求 不需 免除 毋须",
    "可以": "能够 可由 可向 可在 可到 可通 可凭 有权 允许 准许 准予 可自行 能",
    "不予": "不给予 不会 概不 不再",
    "父母": "爸妈 爸爸妈妈 父亲或母亲 爸爸或妈妈 父亲或者母亲 家长 双亲",
    "父亲": "爸爸",
    "母亲": "妈妈",
    "孩子": "子女 小孩 小孩子 儿童 娃 娃娃 宝宝 未成年人 婴幼儿 儿女 小朋友 婴儿 幼儿",
    "配偶": "丈夫 妻子 爱人 老公 老婆 另一半",
    "老年人": "老人 老人家 长者",
    "本人": "自己 亲自 申请人本人 您本人 亲身",
    "用人单位": "单位 公司 企业 雇主 老板 店家 商家 经营者",
    "职工": "员工 劳动者 工人 雇员 从业人员 务工人员 上班的",
    "网上": "线上 在线 网络 互联网 全程网办 网办 上网 小程序 手机上 随申办 一网通办 网站",
    "窗口": "线下 柜台 当面 大厅 办事大厅 政务大厅 受理中心",
    "提交": "递交 上交 交上 缴纳 缴交 交纳 提供 出具 携带 带上 拿上 出示 报送 缴 附上 备齐 交 带",
    "申请": "申办 申报 申领 提出 报名 办理 去办 登记 受理 办 报",
    "领取": "领到 拿到 取得 获得 享受 享有 发放 发给 给予 颁发 核发 支付 拨付 打到 打款 到账 领 拿 发 给",
    "户籍": "户口所在地 户口簿 户口本 户口 户籍所在地 常住户口",
    "居住地": "住的地方 现住地 住所地 经常居住地 实际居住 居住 住",
    "身份证": "居民身份证 身份证件 身份证明",
    "派出所": "公安机关 公安局 公安部门 公安 警察 警方 民警 公安派出所",
    "法院": "人民法院",
    "医院": "医疗机构 卫生院",
    "学校": "幼儿园 校方 院校",
    "丢失": "丢了 弄丢 遗失 灭失 丢",
    "损坏": "损毁 毁损 弄坏 坏了 破损 污损 弄脏",
    "变更": "更改 改成 变动 变化 换成 更换 换领 换发 变 调整 修改 改",
    "补": "补领 补办 补发 补交 补正 补充",
    "期限": "时限 有效期 期间 时间 时候",
    "届满": "到期 期满 满了 过期 逾期 超期 过了",
    "之内": "以内 内 里",
    "以上": "及以上 至少 不少于 不低于 起码 最少 不得少于 不得低于 满 达到 够",
    "以下": "不超过 最多 最长 至多 顶多 不多于 封顶 上限 最高 不得超过 最晚 最迟 不能超过",
    "超过": "高于 多于 大于 超出 超",
    "不足": "不满 未满 低于 不到 少于 没满 没到 小于",
    "次日": "第二天 隔天",
    "次月": "下个月 下月",
    "当场": "当天 即时 现场 立即 马上 立刻 当日 随即",
    "每年": "年度 按年 每一年",
    "每月": "按月 每个月 月度",
    "费用": "收费 花费 钱 款项 资金 经费 费",
    "元": "块钱 块 元钱",
    "补贴": "补助 津贴 资助 救助金 补助金 贴补 奖励 补偿 待遇",
    "工资": "薪水 薪酬 报酬",
    "处罚": "罚款 罚 处以",
    "停止": "中止 终止 停发 停 暂停",
    "拒绝": "驳回 不受理 不批 不批准 不许可",
    "同意": "批准 审批 核准 许可",
    "审核": "审查 核查 核实 查验 核验 检查",
    "决定": "结果 结论 答复 回复 批复 认定 办结 办完 办好 办成 作出",
    "通知": "告知 告诉 说明 公布 公示 公告 公开 通报 发布",
    "机关": "部门 机构 局",
    "委托": "代办 代理 代为 托人",
    "亲属": "家人 家属 家里人 近亲属 亲戚 亲人",
    "房屋": "住房 房子 住宅 屋 房产 不动产 房",
    "车辆": "机动车 汽车 车子 小车 车",
    "开始": "起算 算起 启动 生效 起",
    "所有": "全部 全体 一切 任何 都 均 一律 统统 凡是",
    "只": "仅 唯一 光",
    "或者": "或是 或 要么 还是",
    "和": "与 及 以及 跟 并且 并 同时 还有 还 也 又 加上",
    "如果": "要是 假如 倘若 的话",
    "除外": "除非 不包括 不算 例外 不含 不计入 不适用 不包含",
    "没有": "未 无 没 缺乏 不存在",
    "学生": "在校生 就读 在读 上学",
    "书面": "纸质 信函 文书",
    "当事人": "双方 男女双方 两个人 两人 夫妻",
    "一起": "共同 一同 一块儿 一块",
    "购买": "买 购置 购入 购",
    "出售": "卖 销售 出卖 转让",
    "死亡": "去世 过世 身故 逝世 离世 不在了",
    "出生": "生下 分娩 生育 生孩子",
    "怀孕": "孕期 妊娠",
    "退还": "返还 退回 归还 退给 退",
    "日": "天 自然日",
    "困难": "贫困",
    "残疾人": "残障",
    "结婚": "领证 婚姻登记",
    "诉讼": "起诉 打官司 官司",
    "投诉": "举报 反映",
    "离开": "离境 出境 走",
    "外国人": "外籍 外国公民",
    "经营": "营业 开店 做生意 开办",
    "错误": "有误 不对 出错 不符 不一致 对不上",
    "延长": "延期 延 展期 延后 推迟 顺延",
    "缩短": "压缩 减至 减到",
    "增加": "上浮 提高 上调 加 多",
    "减少": "扣减 下调 降低 减",
    "合计": "总共 一共 共 累计 加起来 总计",
    "自愿": "愿意 自行选择 自主",
}
_FIRST_SIGN: Final = 0xE000  # private-use characters, which no text has once it is normalized
SIGN_OF: Final = {name: chr(_FIRST_SIGN + index) for index, name in enumerate(_FAMILIES)}
_SIGNS: Final = {word: SIGN_OF[name] for name, words in _FAMILIES.items() for word in (name, *words.split())}


def _longest_first(words: Iterable[str]) -> str:
    """Return a pattern of words that tries the longest first, gathered by their first character to be fast."""
    rests: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rests.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{first}(?:{'|'.join(after)})" for first, after in rests.items())


_WRITTEN: Final = re.compile(_longest_first(_SIGNS))


@lru_cache(maxsize=8192)
def canonical(text: str) -> str:
    """Return the text with each word of a family as the family's sign, longest words first."""
    return _WRITTEN.sub(lambda match: _SIGNS[match.group()], text)


def signs(*names: str) -> str:
    """Return the signs of families, as a class for a regular expression."""
    return "[" + "".join(SIGN_OF[name] for name in names) + "]"


SIGNS: Final = re.compile("[\ue000-\uf8ff]")


def is_sign(char: str) -> bool:
    """Return whether a character stands for a family."""
    return "\ue000" <= char <= "\uf8ff"
