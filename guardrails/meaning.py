"""Small words that turn a sentence round: negation, must and may, who and where."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A kind of such words, by what they mean."""

    explanation: str
    words: Mapping[str, re.Pattern[str]]

    def found_in(self, text: str) -> frozenset[str]:
        """Return the meanings that a text has."""
        return frozenset(meaning for meaning, pattern in self.words.items() if pattern.search(text))


def _words(**patterns: str) -> Mapping[str, re.Pattern[str]]:
    return {meaning: re.compile(pattern) for meaning, pattern in patterns.items()}


NEGATION: Final = Meaning(
    explanation="句子和依据一处说“是”、一处说“不”。",
    words=_words(
        not_allowed="不得|禁止|不准|不能|不可以|不可|不允许|严禁|不许|不行",
        not_needed="不需要|无需|无须|不用|不必|免交|免于|免予|免除|不再需要|不要求|可不",
        not_accepted="不予|不受理|不批准|不办理|不再|不享受|不列入|不计入|不属于|不含|不包括|不在|除外|不适用",
        nothing=(
            "没有|未(?!成年|婚|来)|无(?!障碍|犯罪|人机|需|须|论|房|业)|非(?!机动|营利|公|物质)|不(?:足|满|是|同|符|会)"
        ),
    ),
)
MODALITY: Final = Meaning(
    explanation="依据说的是“可以”还是“应当、必须”，和句子不一致。",
    words=_words(
        must=(
            "必须|应当|应该|(?<!无)须|(?<![不无])需要|务必|一定要|只能|只得|才能|强制|"
            "(?<![值获取记觉])得(?:先|去|由|交|带|到)|一律"
        ),
        may="可以|可(?:由|向|在|到|通过|凭|自愿|选择|申请|委托)|允许|自愿|也行|任选|均可|可选",
    ),
)
ACTOR: Final = Meaning(
    explanation="句子里的办理人、机关或地点，依据里没有。",
    words=_words(
        police="公安|派出所|警署|交警|车管所|出入境",
        street="街道|乡镇|居委|村委|居民委员会|村民委员会|社区",
        center="受理服务中心|受理中心|政务中心|服务中心|市民中心|办事大厅|政务大厅",
        court="法院",
        hospital="医院|医疗机构|助产机构|卫生服务",
        school="学校|幼儿园|高校|院校",
        employer="用人单位|单位|企业|公司|雇主|老板",
        bank="银行",
        civil="民政",
        tax="税务",
        market="市场监管|市场监督|工商",
        health="卫生健康|卫健",
        labour="人力资源|人社|社保(?:局|经办|中心|分中心)|劳动",
        education="教育(?:局|部门|行政)",
        housing="房管|房屋管理|住房保障|住建",
        notary="公证",
        agent="代办|委托|代理|受托|代为|托人",
        self="本人|亲自|自己",
        parents="父母|父亲|母亲|爸|妈|监护人",
        grandparents="祖父母|外祖父母|爷爷|奶奶|外公|外婆|老人",
        spouse="配偶|夫妻|丈夫|妻子|爱人|老公|老婆",
        child="子女|孩子|小孩|儿童|婴|幼儿|未成年|宝宝",
        province="省级|省(?:人民政府|里)",
        city="市级|市(?:人民政府|里|局)",
        district="区级|区(?:人民政府|里|局|县)",
        state="国务院|国家级|全国|中央",
        residence="居住地|现住地|住所地|实际居住",
        household="户籍|户口",
        online="网上|线上|在线|随申办|小程序|app|一网通办|互联网|手机",
        offline="线下|窗口|现场|当面|到场",
        post="邮寄|寄送|快递",
        phone="电话|致电|来电",
        abroad="境外|国外|外国|涉外|港澳|台湾",
    ),
)
