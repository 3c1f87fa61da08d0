"""Situation judgement (情形判断) in a case: the one question that matters next, what follows, and changing it."""

from collections.abc import Iterator

import pytest

from assistant.cases.building import build_handling, build_talking
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled
from assistant.cases.keeping import MemoryCases
from assistant.cases.reply import Reply
from assistant.dialogue import Question, Speaker, Utterance
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from prefill.review.situations import shipped_paths
from tests.fakes.case_product import NOW, Browser, CaseProduct, ShippedKnowledge, case_product, shipped_items

HANDLING = build_handling(ShippedKnowledge(), MemoryCases(), lambda: NOW)
TALKING = build_talking(HANDLING)
HANDLED = sorted(slug for slug in shipped_paths() if HANDLING.desk.reviewer.handles(shipped_items()[slug]))


class Talk:
    """A citizen who talks about one item."""

    def __init__(self, holder: str, item: str, wish: str) -> None:
        self.holder, self.history = holder, list[Utterance]()
        question = self._question(wish)
        self.last = self._kept(wish, TALKING.begin(question, wish, [shipped_items()[item]]))

    def say(self, text: str) -> Reply:
        self.last = self._kept(text, TALKING.hear(self._question(text), text))
        return self.last

    @property
    def told(self) -> str:
        return " ".join(said.text for said in self.last.says)

    @property
    def now(self) -> Handled:
        return HANDLING.look(HANDLING.mine(self.holder)[0])

    def needed(self) -> list[str]:
        stands = self.now.standing
        return [number for m in stands.materials if stands.is_needed(m) for _, number in m.uses]

    def _question(self, text: str) -> Question:
        return Question(text=text, as_of=NOW.date(), history=tuple(self.history), holder=self.holder)

    def _kept(self, text: str, reply: Reply | None) -> Reply:
        assert reply is not None, text
        self.history += [Utterance(Speaker.CITIZEN, text), Utterance(Speaker.XIAOSHEN, "…")]
        return reply


def test_the_question_that_matters_is_asked_first_with_its_answers_as_choices() -> None:
    talk = Talk("m", "marriage_reg", "我要办结婚登记")
    assert talk.last.question is not None
    assert talk.last.question.text == "双方里有外国人或港澳台居民吗？"
    assert [option.label for option in talk.last.options] == ["有", "没有", "不知道"]
    talk.say("没有")
    assert "双方都是内地居民" in talk.told
    assert talk.now.step.kind is StepKind.CONDITIONS


def test_an_answer_that_is_a_field_of_the_form_is_not_asked_again_there() -> None:
    talk = Talk("r", "residence_reg", "我要办居住登记")
    talk.say("租的")
    form = talk.now.standing.form("residence_reg")
    assert form["住所性质"] == "租赁"
    assert "住所性质" not in [f.key for f in talk.now.standing.to_ask]


def test_materials_follow_the_situation_and_a_change_of_it() -> None:
    talk = Talk("v", "vehicle_transfer", "我要办二手车过户")
    talk.say("都符合")
    talk.say("没有")
    talk.say("过期了")
    assert "m5" in talk.needed()
    talk.say("不对，没过期")
    assert "m5" not in talk.needed()
    assert "没有抵押，检验有效" in talk.told


def test_the_right_item_is_offered_where_the_wish_was_for_another() -> None:
    talk = Talk("i", "id_renew", "我想换身份证，原来的丢了")
    assert "居民身份证挂失补领" in talk.told
    assert talk.last.question is None
    assert talk.last.offers[0].send == "帮我办居民身份证挂失补领"


def test_of_two_items_meant_the_one_that_the_situation_rules_out_is_not_begun() -> None:
    text = "我想换身份证，原来的丢了"
    question = Question(text=text, as_of=NOW.date(), history=(), holder="two")
    TALKING.begin(question, text, [shipped_items()["id_renew"], shipped_items()["id_loss"]])
    assert HANDLING.mine("two")[0].parts == ("id_loss",)


def test_who_does_not_know_goes_on_and_is_not_asked_again() -> None:
    talk = Talk("u", "unemployment_reg", "我要办失业登记")
    talk.say("都符合")
    talk.say("不知道")
    assert "工作人员" in talk.told
    assert talk.now.step.kind is not StepKind.SITUATION
    assert talk.now.standing.situations[0].situation is None


def test_a_question_in_between_is_not_taken_for_an_answer() -> None:
    talk = Talk("q", "company_cancel", "我要注销公司")
    talk.say("都符合")
    text = "清算要多久？"
    assert TALKING.hear(talk._question(text), text) is None
    assert talk.now.step.kind is StepKind.SITUATION


@pytest.mark.parametrize("slug", HANDLED)
def test_every_question_of_every_item_is_answered_by_each_of_its_choices(slug: str) -> None:
    """Whatever is chosen, the dialogue moves on: no situation is a dead end, no question comes twice."""
    paths = shipped_paths()[slug]
    for turn in range(max(len(q.choices) for q in paths.questions)):
        handled = HANDLING.open(f"{slug}-{turn}", [shipped_items()[slug]], "上海市")
        asked: list[str] = []
        while handled.step.kind is StepKind.SITUATION:
            question = handled.step.situation
            assert question is not None
            assert question.fact not in asked
            asked.append(question.fact)
            handled = HANDLING.situate(
                handled.case, question, question.choices[min(turn, len(question.choices) - 1)].label
            )
        found = handled.standing.situation(slug)
        assert found is not None
        if asked and found.situation is not None:
            needed = {n for m in handled.standing.materials if handled.standing.is_needed(m) for _, n in m.uses}
            assert not needed & found.excluded
            assert found.required <= needed


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CaseProduct]:
    engine = open_engine(sqlite_url(tmp_path_factory.mktemp("home")))
    upgrade_to_head(engine)
    yield case_product(engine)
    engine.dispose()


def test_the_page_is_told_the_situation_and_changes_it(product: CaseProduct) -> None:
    browser = Browser(product)
    begun = browser.begin("hukou_birth")
    assert begun["step"] == "conditions"  # no situation leads to another item: what a register may tell is asked later
    question = begun["situations"][0]["question"]
    assert question["choices"] == ["结了", "没有"]
    browser.step("situation", part="hukou_birth", fact=question["fact"], answer="也许", status=409)
    told = browser.step("situation", part="hukou_birth", fact=question["fact"], answer="结了")
    assert told["situations"][0]["name"] == "婚生子女"
    assert told["situations"][0]["answered"][0]["chosen"] == "结了"
    changed = browser.step("situation", part="hukou_birth", fact=question["fact"], answer="没有")
    assert changed["situations"][0]["question"]["text"] == "孩子的户口跟谁落？"
    father = browser.step("situation", part="hukou_birth", fact="way", answer="跟父亲")
    needed = {m["material"] for m in father["materials"] if m["needed"]}
    assert "m5" in needed
    assert "m4" not in needed
    browser.step("situation", part="hukou_birth", fact="nothing", answer="没有", status=409)
