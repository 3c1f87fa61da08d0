"""What excludes each other: a clause that names one of a group where its place names another says something else."""

import re
from collections.abc import Sequence
from typing import Final

from guardrails.claims import phones_in
from guardrails.proof.alignment import Aligned
from guardrails.proof.families import canonical, signs
from guardrails.proof.places import Ground, is_numbered
from guardrails.proof.words import bare, held_by, is_word, said, said_in, share, words_of

# Each line is a group, its members parted by blanks, the words of a member by strokes.
_GROUPS: Final = tuple(
    tuple(re.compile(member) for member in line.split())
    for line in (
        "许可 备案",
        "小学 初中 高中|中职 大学|高校|本科|大专 研究生|硕士|博士 幼儿园|托育|托班",
        "本科 硕士 博士 大专|专科|高职 中专|中职",
        "市场价|市价 原价 成本价|成本 指导价 评估价",
        "另外|另行|另付|另计|另收|另给|不含|不包含|不包括 包含|包括|含在|已含|内含",
        "增加|提高|上浮|上调|上涨|多发|加发 减少|降低|下调|下降|下浮|少发|扣减|减发",
        "延长|延期|顺延|推迟 缩短|压缩|提前",
        "书面|纸质 口头|口述",
        "主动|自行 依申请|经申请",
        "自愿|自由选择|自己决定|随意|任意|随便 必须|应当|强制|须",
        "继续|仍然?|照常|照旧|恢复 中止|停止|停发|暂停|终止|失效|作废|不再",
        "有效 无效|失效|作废",
        "公开|公示|公告 保密|不公开|不予公开",
        "每户 每人 每件 每次 每套 每车",
        "单人|个人 单位|企业|公司 家庭|每户|全家",
        "住宅 非住宅|商铺|商业|厂房|办公",
        "新建|新设|新办|首次|初次|第一次 变更|续办|续期|延续|换发 注销 补办|补领|补发",
        "首次|初次|第一次|首套|第一辆|首辆 再次|二次|第二次|二套|第二辆 第三次|三套|第三辆",
        "买方|买受人|购房人|买家 卖方|出卖人|售房人|卖家",
        "出租|房东 承租|租客|租户",
        "男方|男性|男职工|男士 女方|女性|女职工|女士",
        "父亲|爸爸|丈夫 母亲|妈妈|妻子",
        "养老 医保|医疗保险|基本医疗 失业 工伤 生育 公积金",
        "居民医保|居民医疗|居民基本医疗 职工医保|职工医疗|职工基本医疗",
        "身份证 护照 驾驶证|驾照 户口簿|户口本 居住证 学生证 社保卡",
        "结婚 离婚",
        "迁入 迁出",
        "本市|本区|本地|本县|本省 外省|外市|外地|外区|市外|省外|异地",
        "城镇 农村",
        "工作日 周末|双休日|节假日|周[六日]|星期[六天日]",
        "周一|星期一 周二|星期二 周三|星期三 周四|星期四 周五|星期五 周六|星期六 周日|星期[天日]",
        "原件 复印件",
        "全额|全部|全数 部分|一半|减半|按比例",
        "上门|到家 到场|窗口",
        "一年|年度|每年 季度|每季 每月|按月 每周|每星期",
    )
)
_GIVEN_BY = re.compile(r"由([\u4e00-\u9fff、]{2,10})")
_DID_IT_BEFORE = re.compile(r"原(?:来的?)?(?:办理|登记|发证|审批|作出|处理)|作出.{0,10}(?:机关|部门)")
_ABOVE = re.compile(r"上一?级")
_ANY_ONE = re.compile(r"有一[个项样条]|任一|任意一|任何一|其中一|满足一|之一")
_ALL_OF_THEM = re.compile(r"同时|均须?|且|都|缺一不可|既")
_ONE_OF_THEM = re.compile(r"之一|任一|任何一|或|其中一")
_MUST = re.compile("必须|务必|一定要|非得|强制")
_MAY, _SHALL = re.compile(signs("可以")), re.compile(signs("应当"))
_ENOUGH = re.compile("就行|即可|就可以|都行|就能|就可|只要|就[给发领算]|便可|够了")
_AND_ALSO = re.compile(r"(?:并且|而且|同时|且|并)(?!行)([^,，。;；:：、]{3,20})")
_JOINED = re.compile("(?<=([\u4e00-\u9fff]{2}))(或者?|和|与|及|以及|且|并且)(?=([\u4e00-\u9fff]{2}))")
_LIST = re.compile("[、和及与]|以及")
_HANDED_IN = re.compile(signs("应当", "和", "不用") + ".{0,2}" + signs("提交") + "(.{2,})")
_LEAST_OF_A_THING: Final = 0.75  # of the words of a thing, in one part of the evidence
_LEAST_NAMED: Final = 2  # words of another source's title in the sentence
_LEAST_SAID: Final = 0.34  # of a condition, to count as kept


def opposites(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the clause names one of a group that its place does not, and the place another."""
    place = f"{clause.place.context},{clause.place.text}"
    for group in _GROUPS:
        mine = {i for i, member in enumerate(group) if member.search(clause.clause)}
        if mine:
            theirs = {i for i, member in enumerate(group) if member.search(place)}
            if not theirs:
                theirs = {i for i, member in enumerate(group) if member.search(ground.text)}
            if theirs and mine.isdisjoint(theirs):
                return "句子和依据说的是相反的，或者同类里的另一种。"
    return None


def agents(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where somebody else does it than the place says, or the same office instead of the one above."""
    theirs = _GIVEN_BY.findall(clause.place.text)
    for mine in _GIVEN_BY.findall(clause.clause):
        if theirs and max(_is_the_same(mine, other) for other in theirs) < _LEAST_SAID:
            return "依据说由别人办。"
    if _DID_IT_BEFORE.search(clause.clause) and not _ABOVE.search(clause.clause) and _ABOVE.search(clause.place.text):
        return "依据说的是上一级机关。"
    return None


def _is_the_same(mine: str, other: str) -> float:
    """Return how far somebody is somebody else; what they do, where it ends alike, is left out."""
    while mine and other and mine[-1] == other[-1]:
        mine, other = mine[:-1], other[:-1]
    return said(mine, held_by(canonical(other))) if mine else 1.0


def asked_for(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where something is to be handed in, or paid, that no place names."""
    asked = _HANDED_IN.search(clause.signs)
    if asked is None:
        return None
    for thing in _LIST.split(asked[1]):
        text = bare(thing)
        if (
            sum(map(is_word, text)) >= _LEAST_NAMED
            and max(share(text, said_in(text, part.held)) for part in ground.parts) < _LEAST_OF_A_THING
        ):
            return "要交的东西，依据里没有。"
    return None


def joined(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where two things are joined by “and”, and in the place by “or”, or the other way round."""
    theirs = {(one, other): _is_or(by) for one, by, other in _JOINED.findall(clause.place.text)}
    for one, by, other in _JOINED.findall(clause.clause):
        if theirs.get((one, other), _is_or(by)) is not _is_or(by):
            return "两样东西，依据说的是“或”还是“和”，和句子不一致。"
    return None


def _is_or(by: str) -> bool:
    return by.startswith("或")


def phones(clause: Aligned, sentence: str, ground: Ground) -> str | None:
    """Return a reason where the number to call is that of another place or office than the sentence names."""
    mine = phones_in(clause.clause)
    if not mine:
        return None
    worth = {True: 0.0, False: 0.0}
    for piece, of_piece in zip(ground.pieces, ground.worth_of_pieces(words_of(sentence)), strict=True):
        numbers = phones_in(piece.text)
        if numbers:
            here = any(number in numbers for number in mine)
            worth[here] = max(worth[here], of_piece)
    return "这个电话在依据里是另一处的。" if worth[False] > worth[True] else None


def one_of(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where one condition is enough, or one is left out, and the evidence asks for all of them."""
    for clause in clauses:
        place = clause.place.text
        if _ANY_ONE.search(clause.clause) and _ALL_OF_THEM.search(place) and not _ONE_OF_THEM.search(place):
            return "依据要的是都符合，不是其中一个。"
    if not _ENOUGH.search(sentence):
        return None
    mine = held_by(canonical(sentence))
    for clause in clauses:
        asked = [*_AND_ALSO.findall(clause.place.text), *_listed(clause.window)]
        if any(said(condition, mine) < _LEAST_SAID for condition in asked):
            return "依据还要别的，句子没有说。"
    return None


def _listed(window: str) -> list[str]:
    """Return what a list that asks for all of its things asks for."""
    if _ONE_OF_THEM.search(window):
        return []
    things = [thing for thing in _LIST.split(window) if len(thing) >= _LEAST_NAMED]
    return things[1:] if len(things) > 1 else []


def duty(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where “must” is said of what one of the places only allows."""
    if not _MUST.search(sentence):
        return None
    for clause in clauses:
        place = clause.place.signs
        if _MAY.search(place) and not _SHALL.search(place):
            return "依据说的是“可以”，不是“必须”。"
    return None


def items(sentence: str, clauses: Sequence[Aligned], ground: Ground) -> str | None:
    """Return a reason where a sentence names one item, and says of it what stands at another."""
    numbered = {clause.place.parts.start for clause in clauses if is_numbered(clause.place.text)}
    if len(numbered) > 1 and not re.search("[;；]", sentence):
        return "句子把依据的几条拼在了一起。"
    if len(ground.titles) == 1:
        return None
    sources = {clause.place.title for clause in clauses}
    if len(sources) > 1:
        return None
    here = next(iter(sources))
    mine = words_of(sentence)
    for title, words in ground.titles.items():
        if title != here and len(mine & words - ground.words_of_source(here)) >= _LEAST_NAMED:
            return "句子说的是另一个事项。"
    return None
