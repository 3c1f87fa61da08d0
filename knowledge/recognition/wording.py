"""Brings the many ways of writing the same thing onto one: width, traditional characters, Shanghainese words."""

import re
import unicodedata
from functools import cache, lru_cache

from opencc import OpenCC

# Only words whose Mandarin counterpart is certain; particles like 个 or 到 that mean several things stay as they are.
_SHANGHAINESE = {
    "啥地方": "哪里",
    "啥辰光": "什么时候",
    "几钿": "多少钱",
    "哪能": "怎么",
    "哪恁": "怎么",
    "阿拉": "我们",
    "伊拉": "他们",
    "侬": "你",
    "伊": "他",
    "吾": "我",
    "小囡": "孩子",
    "小人": "孩子",
    "毛毛头": "婴儿",
    "毛头": "婴儿",
    "辰光": "时候",
    "屋里向": "家里",
    "屋里厢": "家里",
    "屋里": "家里",
    "里厢": "里面",
    "里向": "里面",
    "高头": "上面",
    "侪": "都",
    "钞票": "钱",
    "铜钿": "钱",
    "今朝": "今天",
    "明朝": "明天",
    "旧年": "去年",
    "老早": "以前",
    "勿": "不",
    "弗": "不",
    "呒没": "没有",
    "没得": "没有",
    "覅": "不要",
    "搿个": "这个",
    "格个": "这个",
    "迭个": "这个",
    "搿": "这",
    "拨": "给",
    "自家": "自己",
    "爷娘": "父母",
    "阿爸": "爸爸",
    "姆妈": "妈妈",
    "阿婆": "婆婆",
    "老头子": "老公",
    "老太婆": "老婆",
    "娘子": "老婆",
    "家主婆": "老婆",
    "新妇": "儿媳",
    "困觉": "睡觉",
    "落脱": "丢了",
    "掉脱": "丢了",
    "寻勿着": "找不到",
    "寻不着": "找不到",
    "寻": "找",
    "物事": "东西",
    "事体": "事情",
    "辣海": "在",
    "勒海": "在",
    "辣": "在",
    "汏": "洗",
    "交关": "很",
    "蛮": "很",
    "顶": "最",
    "讲": "说",
    "晓得": "知道",
    "廿": "二十",
    "卅": "三十",
    "伐": "吗",
}
_WORDS = re.compile("|".join(sorted(map(re.escape, _SHANGHAINESE), key=len, reverse=True)))
# 伊 in 伊朗, 吾 in 支吾, 辣 in 辣椒, 顶 in 楼顶, 拨 in 拨款, 讲 in 讲座, 伐 in 砍伐 and the like are no dialect
_NO_DIALECT = re.compile(
    r"伊朗|伊拉克|伊斯兰|维吾尔|勿忘|辣椒|麻辣|酸辣|屋顶|楼顶|顶楼|顶层|顶替|拨款|拨打|划拨|调拨|讲座|讲师|讲解|砍伐|采伐|步伐|寻衅|寻人|蛮横|野蛮"
)
_HIDDEN = re.compile(r"[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2060\ufeff\ud800-\udfff]+")
_SPACES = re.compile(r"\s+")
_LONGEST = 2000


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(256)  # the steps of one turn ask for the same few texts again and again
def plain_wording(text: str) -> str:
    """The text in simplified Mandarin wording, half width, without hidden characters; at most 2,000 characters."""
    text = _HIDDEN.sub(" ", unicodedata.normalize("NFKC", text[:_LONGEST]))
    text = _SPACES.sub(" ", text).strip()[:_LONGEST]
    if text.isascii():
        return text
    text = str(_simplifier().convert(text))
    parts = re.split(f"({_NO_DIALECT.pattern})", text)
    return "".join(part if _NO_DIALECT.fullmatch(part) else _WORDS.sub(_mandarin, part) for part in parts)


def _mandarin(found: re.Match[str]) -> str:
    return _SHANGHAINESE[found.group()]
