"""Who wants a person is heard in many words; words that only look alike are not."""

import pytest

from assistant.steps.asking_person import complains, wants_a_person


@pytest.mark.parametrize(
    "text",
    [
        "转人工",
        "人工！",
        "人工客服",
        "我要转人工服务",
        "能不能给我转个人工",
        "说了半天没用，找个活人来",
        "我要跟人说",
        "我想和真人聊聊",
        "别用机器人糊弄我了",
        "我不想跟机器人说话",
        "有没有活人",
        "有没有人管啊",
        "叫个懂的人来",
        "换个人来回答我",
        "请帮我联系一下工作人员",
        "麻烦找你们负责人来",
        "你讲的我听不懂，还是给我接人工吧",
        "居住证的事情你说不清，转人工客服",
        "real person please",
        "I'd like to speak to a human being",
        "can you connect me with an agent?",
        "Is there a real person I can talk to?",
        "human please",
    ],
)
def test_a_wish_for_a_person_is_heard(text: str) -> None:
    assert wants_a_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "人工授精的费用能报销吗",
        "人工智能企业有什么补贴",
        "做人工流产可以休几天假",
        "安装人工耳蜗有补助吗",
        "人工费怎么开发票",
        "要人工审核多久",
        "真人核验一直不通过怎么办",
        "人脸识别要真人认证吗",
        "找工作人员登记表在哪里下载",
        "招用外籍工作人员要什么手续",
        "请保姆要签合同吗",
        "不用转人工，你说就行",
        "人工客服几点上班",
        "我要找工作",
        "家里有个人要办残疾证",
        "换个人名下的房子要交税吗",
        "本人不能来，让别人代办可以吗",
        "person id card replacement",
        "how do I hire an agent to register a company",
        "有没有人才补贴",
        "叫个人所得税怎么申报",
        "有没有人工湖养殖的许可",
    ],
)
def test_words_that_only_look_alike_are_not_heard(text: str) -> None:
    assert not wants_a_person(text)


def test_a_complaint_about_us_is_told_from_one_about_a_shop() -> None:
    assert complains("我要投诉你们，窗口态度太差")
    assert not complains("我要投诉饭店卫生不好")
