"""Promises: nobody may be told that an application will surely succeed; deciding is the authority's."""

import re

from guardrails.approved import Wording
from guardrails.claims import Claim, Problem

_SUCCESS = (
    "(?:通过(?=$|[,。!;、)了吧啊]|审[核批]|申请)|批准|获批|批下来|办下来|办成|办好|办妥|成功|"
    "拿到|下来|落户|到账|到手|审核过|过审|录取|没问题|没有问题|搞定|批给)"
)
_PROMISE = re.compile(
    "(?:保证|担保|承诺(?=您|你|一定|必|能|可以|会)|包(?!括|含|装|容|涵)您?|肯定|一定(?!条件|"
    "数[额量]|期限|比例|程度|范围|标准|的|时间|年限|区域|规模|资质|经济|困难|金额)|必定|必然|"
    "绝对|百分之百|百分百|100%|稳稳|打包票|放心)(?:您|你|可以|能够?|会|就|都|给您|给你|是|地|,|"
    f",)*.{{0,8}}?{_SUCCESS}|包过|包办成|必过|稳过(?!渡)|"
    r"guarantee[ds]?.{0,20}(?:approv|success|pass)|definitely.{0,12}(?:approv|pass|get)|will certainly be approved",
    re.IGNORECASE,
)
_DENIED = re.compile(
    "(?:不|无法|不能|没法|没有人能|不得|不会|不敢|难以|未必|勿信|警惕|谨防|并非|不是|不等于|"
    "不代表|凡是|声称|任何).{0,10}$"
)


def look(claim: Claim) -> Problem | None:
    """Return the first promise; a sentence that denies or warns (不能保证通过) makes none."""
    for promise in _PROMISE.finditer(claim.sentence):
        before = claim.sentence[max(0, promise.start() - 12) : promise.start()]
        conditional = re.search(r"(?:不一定|未必|不|才)", promise.group())
        is_the_sources_own = claim.wording is Wording.COMPOSED and promise.group() in claim.evidence
        if not _DENIED.search(before) and conditional is None and not is_the_sources_own:
            return Problem("promises", f"不能作出“{promise.group()}”这样的保证。")
    return None
