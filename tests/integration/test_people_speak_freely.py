"""A citizen who answers out of order, beside the question, or about somebody else still gets there."""

from concurrent.futures import ThreadPoolExecutor

from assistant.cases.building import build_handling, build_talking
from assistant.cases.case import CaseState
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled
from assistant.cases.keeping import MemoryCases
from assistant.cases.reply import Reply
from assistant.dialogue import Question, Speaker, Utterance
from tests.fakes.case_product import NOW, ShippedKnowledge, shipped_items

HANDLING = build_handling(ShippedKnowledge(), MemoryCases(), lambda: NOW)
TALKING = build_talking(HANDLING)


class Talk:
    """A citizen who talks about one item, without registers."""

    def __init__(self, holder: str, item: str, wish: str) -> None:
        self.holder, self.history = holder, list[Utterance]()
        self.last = self._kept(wish, TALKING.begin(self._asked(wish), wish, [shipped_items()[item]]))

    def say(self, *texts: str) -> Reply:
        for text in texts:
            self.last = self._kept(text, TALKING.hear(self._asked(text), text))
        return self.last

    @property
    def now(self) -> Handled:
        return HANDLING.look(HANDLING.mine(self.holder)[0])

    @property
    def told(self) -> str:
        return " ".join(said.text for said in self.last.says)

    def value(self, key: str) -> str | None:
        field = self.now.standing.field(key)
        return field.value if field is not None else None

    def _asked(self, text: str) -> Question:
        return Question(text=text, as_of=NOW.date(), history=tuple(self.history), holder=self.holder)

    def _kept(self, text: str, reply: Reply | None) -> Reply:
        assert reply is not None, text
        self.history += [Utterance(Speaker.CITIZEN, text), Utterance(Speaker.XIAOSHEN, "…")]
        return reply


def test_conditions_said_to_hold_before_they_are_asked_are_told_and_taken() -> None:
    talk = Talk("ahead", "unemployment", "我要申领失业保险金")
    assert talk.now.step.kind is StepKind.SITUATION
    talk.say("条件我都具备")
    assert "失业前累计缴费满一年" in talk.told
    assert set(talk.now.case.conditions.values()) == {True}
    assert talk.now.step.kind is StepKind.SITUATION


def test_nobody_is_asked_the_same_situation_for_ever() -> None:
    talk = Talk("ever", "hk_macau_pass", "我要办港澳通行证")
    talk.say("都符合")
    talk.say("唔")
    assert talk.now.step.kind is StepKind.SITUATION
    talk.say("唔唔")
    assert "工作人员" in talk.told


def test_a_yes_to_something_else_is_no_yes_to_the_situation() -> None:
    talk = Talk("leave", "odi", "我们要办境外投资备案")
    talk.say("行,让你们查")
    assert talk.now.case.situations == ()


def test_a_bundle_for_a_newborn_does_not_ask_whether_it_is_for_one() -> None:
    talk = Talk("newborn", "bundle_birth", "我要办新生儿出生“一件事”")
    talk.say("新生儿落户和社会保障卡申领")
    assert "ssc_apply" in talk.now.case.parts
    asked = [one.question for one in talk.now.standing.situations if one.part == "ssc_apply"]
    assert asked == [None]


def test_what_was_asked_about_withdrawing_is_heard_as_what_it_is() -> None:
    talk = Talk("withdraw", "id_loss", "我要补办身份证")
    talk.say("取消申请", "符合")
    assert talk.now.case.state is CaseState.COLLECTING
    assert set(talk.now.case.conditions.values()) == {True}


def test_doing_what_is_being_done_already_asks_on() -> None:
    talk = Talk("this", "id_loss", "我要补办身份证")
    assert TALKING.begin(talk._asked("就办这个"), "就办这个", [shipped_items()["id_loss"]]) is not None
    assert "接上了" not in talk.told
    assert len(HANDLING.mine("this")) == 1


def test_the_partners_name_is_never_taken_for_the_own_one() -> None:
    talk = Talk("partner", "divorce_reg", "我要办离婚登记")
    talk.say("都谈妥了", "都符合")
    assert talk.now.step.fields[0].field.name == "姓名"
    talk.say("他叫葛川")
    assert (talk.value("姓名"), talk.value("配偶姓名")) == (None, "葛川")


def test_a_number_beside_the_partners_name_is_the_partners() -> None:
    talk = Talk("beside", "marriage_reg", "我要办结婚登记")
    talk.say("没有外国人", "都符合")
    for _ in range(12):
        if talk.now.step.fields and talk.now.step.fields[0].field.name == "配偶(对方)姓名":
            break
        talk.say("不知道")
    talk.say("她叫苗阿翠,身份证11010519491231002X")
    assert talk.value("配偶(对方)姓名") == "苗阿翠"
    assert talk.value("对方身份号码") == "11010519491231002X"
    assert talk.value("公民身份号码") is None


def test_not_this_but_that_corrects_whatever_held_it() -> None:
    talk = Talk("but", "social_transfer", "我要把养老保险从苏州转到上海")
    assert talk.value("转出地") == "苏州"
    talk.say("都符合", "等等,不是苏州,是昆山")
    assert talk.value("转出地") == "昆山"


def test_the_name_asked_for_renames_no_company_that_is_known() -> None:
    talk = Talk("branch", "branch_setup", "我们要设立分公司")
    talk.say("公司叫上海申跃贸易有限公司")
    assert talk.value("企业(单位)名称") == "上海申跃贸易有限公司"
    for _ in range(8):
        if talk.now.step.fields and talk.now.step.fields[0].field.name == "分支名称":
            break
        talk.say("不知道")
    talk.say("名字叫上海申跃贸易有限公司奉贤分公司")
    assert talk.value("企业(单位)名称") == "上海申跃贸易有限公司"
    assert talk.value("分支名称") == "上海申跃贸易有限公司奉贤分公司"


def test_what_is_told_in_two_windows_at_once_is_all_kept() -> None:
    talk = Talk("both", "id_loss", "我要补办身份证")
    talk.say("都符合")

    def in_one_window(text: str) -> None:
        reply = TALKING.hear(talk._asked(text), text)
        assert reply is not None

    with ThreadPoolExecutor(4) as windows:
        list(windows.map(in_one_window, ("我叫林小满", "昨天丢的", "手机号码13911112222", "丢失说明是掉在公交车上")))
    assert [talk.value(key) for key in ("姓名", "手机号码", "丢失日期")] == ["林小满", "13911112222", "2026-11-21"]
    assert talk.value("丢失说明") is not None


def test_a_case_that_was_laid_aside_can_be_withdrawn_by_a_word() -> None:
    talk = Talk("aside", "id_loss", "我要补办身份证")
    talk.say("先放一放,明天弄", "不想办了")
    assert talk.last.question is not None
    assert "确定不办" in talk.last.question.text
    talk.say("对")
    assert talk.now.case.state is CaseState.WITHDRAWN


def test_what_is_missing_is_told_when_asked() -> None:
    talk = Talk("missing", "id_loss", "我要补办身份证")
    talk.say("还差什么")
    assert "还差" in talk.told


def test_a_field_that_shall_be_changed_is_asked_for_once_more() -> None:
    talk = Talk("anew", "id_loss", "我要补办身份证")
    talk.say("都符合", "我叫林小满", "13911112222", "我要改姓名")
    assert talk.last.question is not None
    assert "姓名" in talk.last.question.text
    talk.say("林大满")
    assert talk.value("姓名") == "林大满"
    assert talk.now.step.fields[0].field.name == "公民身份号码"


def test_an_address_is_taken_although_a_number_was_asked_for() -> None:
    talk = Talk("address", "id_loss", "我要补办身份证")
    talk.say("都符合", "我叫林小满", "上海市杨浦区青禾路12弄3号201室")
    assert talk.value("户籍地址") == "上海市杨浦区青禾路12弄3号201室"


def test_who_wants_to_hand_in_too_early_is_told_what_is_missing() -> None:
    talk = Talk("early", "id_loss", "我要补办身份证")
    talk.say("都符合", "提交吧")
    assert "还差" in talk.told
