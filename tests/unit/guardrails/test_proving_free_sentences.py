"""A free sentence leaves only if each of its clauses rests on one place of the evidence, and nothing turns it round."""

import pytest

from guardrails.approved import Evidence
from guardrails.grounding import supported
from guardrails.proof.families import canonical

POOL = Evidence(
    "市民游泳馆办卡须知",
    "年满六周岁的市民可以申请办理游泳卡。办卡应当提交身份证和近期照片。"
    "游泳馆应当自受理之日起5个工作日内发卡。卡片遗失的，由本人到原发卡窗口补办。儿童卡不得转让。",
)
BARGE = Evidence(
    "摆渡船停靠规定",
    "船东应当在靠岸前2小时向码头管理站报告。货船由码头管理站查验，客船由航道局查验。"
    "符合下列条件之一的，可以优先停靠：(一)载运鲜活货物；(二)载运伤病人员。",
)

DESK = Evidence(
    "渡口窗口通告",
    "渔船证书每件收费20元，货船证书每件收费50元。经营渔船的应当向渡口站备案。"
    "申请补贴须年满60周岁且连续居住满两年。夜间不代理装卸。船龄不得低于三年。东港拨打8800110，西港拨打8800220。",
)

READING = Evidence(
    "阅览室公告",
    "70周岁以上的市民凭身份证优先入座。老读者续期免交照片，缺席三次的不得预约座位。"
    "电子借阅卡与实体卡具有同等效力。积分满120分的可以兑换书签。非会员读者每次限借两册。",
)


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("七十二岁的市民凭身份证优先入座。", READING),
        ("老读者续期不用交照片。", READING),
        ("电子借阅卡和实体卡一样有效力。", READING),
        ("积分满一百二十分的可以兑换书签。", READING),
        ("一个人缺席三次的不能预约座位。", READING),
        ("要是找不着了，由本人到原发卡窗口补办卡片。", POOL),
        ("船龄不得少于三年。", DESK),
        ("法定时限是60日。", Evidence("补领", "法定时限：60日（交通不便地区可延长30日）。")),
        ("货船证书一件收费五十元。", DESK),
        ("西港拨打8800220。", DESK),
        ("办卡必须交身份证和近期照片。", POOL),
        ("受理之日起五个工作日内发卡。", POOL),
        ("卡片丢了，由本人到原发卡窗口补办。", POOL),
        ("儿童卡不能转让。", POOL),
        ("年满6岁的市民能申请办理游泳卡。", POOL),
        ("船东要在靠岸前两小时向码头管理站报告。", BARGE),
        ("货船由码头管理站检查。", BARGE),
    ],
)
def test_what_the_evidence_says_in_other_words_may_be_said(said: str, evidence: Evidence) -> None:
    judged = supported(said, [evidence])
    assert judged.allowed, judged.reason


@pytest.mark.parametrize(
    ("said", "evidence", "by"),
    [
        ("年满六周岁的市民必须申请办理游泳卡。", POOL, "modality"),
        ("办卡不用提交身份证和近期照片。", POOL, "modality"),
        ("年满六周岁的市民不得申请办理游泳卡。", POOL, "negation"),
        ("儿童卡转让。", POOL, "negation"),
        ("所有市民可以申请办理游泳卡。", POOL, "scope"),
        ("只有年满六周岁的市民可以申请办理游泳卡。", POOL, "scope"),
        ("卡片遗失的，由医院补办。", POOL, "actors"),
        ("卡片遗失的，由本人到上一级窗口补办。", POOL, "actors"),
        ("年满六周岁的市民每年可以申请办理游泳卡。", POOL, "times"),
        ("游泳馆自受理之日起5日内发卡。", POOL, "numbers"),
        ("游泳馆自交费之日起5个工作日内发卡。", POOL, "start"),
        ("成人卡也不得转让。", POOL, "extension"),
        ("办卡提交身份证就行。", POOL, "one_of"),
        ("客船由码头管理站查验。", BARGE, "words"),
        ("靠岸后2小时向码头管理站报告。", BARGE, "times"),
        ("靠岸2小时后向码头管理站报告。", BARGE, "direction"),
        ("儿童卡可以转让但不退押金。", Evidence("卡", "儿童卡不得转让但不退押金。"), "permission"),
        ("载运鲜活货物，加上载运伤病人员，可以优先停靠。", BARGE, "condition"),
        ("船东应当缴纳停靠押金。", BARGE, "asked_for"),
        ("办卡提交身份证和近期照片是可选的。", POOL, "modality"),
        ("渔船证书每件收费50元。", DESK, "words"),
        ("经营渔船的应当取得渡口站许可。", DESK, "opposites"),
        ("年满60周岁或居住满两年，有一项就能申请补贴。", DESK, "one_of"),
        ("夜间代理装卸。", DESK, "negation"),
        ("船龄最多三年。", DESK, "bounds"),
        ("西港拨打8800110。", DESK, "phones"),
        ("货船由船东查验。", BARGE, "agents"),
        ("六十八岁的市民凭身份证优先入座。", READING, "numbers"),
        ("75岁凭身份证优先入座。", READING, "numbers"),
        ("卡片遗失后30日后由本人补办。", Evidence("卡", "卡片遗失后30日内由本人补办。"), "bounds"),
        ("办卡可以提交身份证和近期照片。", POOL, "modality"),
        ("办卡应当提交身份证或近期照片。", POOL, "joined"),
        ("船东应当向码头管理站报告。", Evidence("船", "载运危险货物的，船东应当向码头管理站报告。"), "condition"),
        ("会员读者每次限借两册。", READING, "negation"),
        ("登记的会员读者押金二十元，不加倍。", Evidence("押金", "登记的非会员读者押金20元，不加倍。"), "kinds"),
        ("办卡应当本人提交身份证和近期照片。", POOL, "oneself"),
        ("没有身份证的市民也可以优先入座。", READING, "extension"),
        ("年满六周岁的市民不再申请办理游泳卡。", POOL, "negation"),
    ],
)
def test_what_turns_the_evidence_round_is_stopped_and_explained(said: str, evidence: Evidence, by: str) -> None:
    judged = supported(said, [evidence])
    assert not judged.allowed
    assert judged.reason.split(":")[0] == by, judged.reason


def test_where_old_and_new_rules_stand_side_by_side_nothing_free_is_said() -> None:
    both = Evidence("停车收费", "首小时收费原为4元，自五月起改为6元。")
    assert not supported("首小时收费6元。", [both]).allowed


def test_a_claim_hung_on_to_a_true_one_is_stopped() -> None:
    assert not supported("儿童卡不得转让，押金可以随时退还。", [POOL]).allowed


def test_characters_that_would_pass_for_a_family_of_words_are_not_believed() -> None:
    assert not supported(canonical("办卡应当提交身份证和近期照片。"), [POOL]).allowed


def test_a_sentence_without_words_in_the_evidence_is_stopped() -> None:
    assert not supported("您好呀。", [Evidence("", "。")]).allowed
