"""Personal data is found where it stands, and masked; public numbers are left alone. All people are invented."""

import itertools
import re
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import ric

from guardrails import pii

FOUND = [
    ("我的身份证号11010519491231002X，请查", "11010519491231002X", "id_card"),
    ("证件 1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X", "id_card"),
    ("１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ", "id_card"),
    ("身份证110105491231002", "110105491231002", "id_card"),
    ("身份证110105194912310021校验位打错了", "110105194912310021", "id_card"),
    ("手机13800138000", "13800138000", "phone"),
    ("+86 138-0013-8000", "+86 138-0013-8000", "phone"),
    ("电话一三八零零一三八零零零", "一三八零零一三八零零零", "phone"),
    ("家里电话62345678", "62345678", "phone"),
    ("卡号6222021001048293176", "6222021001048293176", "bank_card"),
    ("4111 1111 1111 1111", "4111 1111 1111 1111", "bank_card"),
    ("护照E12345678", "E12345678", "passport"),
    ("回乡证H0123456789", "H0123456789", "hk_macau_permit"),
    ("台胞证号01234567", "01234567", "taiwan_permit"),
    ("车牌沪A·12345", "沪A·12345", "plate"),
    ("新能源车沪AD12345", "沪AD12345", "plate"),
    ("邮箱zhang_san@example.com", "zhang_san@example.com", "email"),
    ("微信号wxid_abc123", "wxid_abc123", "wechat"),
    ("我叫欧阳文静，想办居住证", "欧阳文静", "name"),
    ("我叫张杰，想办居住证", "张杰", "name"),
    ("姓名：刘德华", "刘德华", "name"),
    ("申请人：陈立新，男", "陈立新", "name"),
    ("房东路长海 手机忘了", "路长海", "name"),
    ("股东史明远持股三成", "史明远", "name"),
    ("户主某某,妻苗秀云", "苗秀云", "name"),
    ("收件人：古丽娜尔，新疆寄来", "古丽娜尔", "name"),
    ("我是艾尼瓦尔·吐尔逊", "艾尼瓦尔·吐尔逊", "name"),
    ("請聯絡張國華，謝謝", "張國華", "name"),
    ("My name is Maria Keller and I need a visa", "Maria Keller", "name"),
    ("座机58880001，上午打", "58880001", "phone"),
    ("(021)58880001是我的，没人接", "(021)58880001", "phone"),
    ("passport number 39000017", "39000017", "passport"),
    ("住址：杨浦区国顺路100弄5号302室", "杨浦区国顺路100弄5号302室", "address"),
    ("梅毒抗体阳性怎么办健康证", "梅毒抗体阳性", "medical"),
    ("138 0013\n8000，换行了", "138 0013\n8000", "phone"),
    ("我电话幺三九洞洞两三四五六七", "幺三九洞洞两三四五六七", "phone"),
    ("身份证一一零一零五一九四九一二三一零零二叉", "一一零一零五一九四九一二三一零零二叉", "id_card"),
    ("往来台湾通行证T01234567", "T01234567", "taiwan_permit"),
    ("邮箱是li_si艾特example点com", "li_si艾特example点com", "email"),
    ("邮箱 li.si @ example . com", "li.si @ example . com", "email"),
    ("班主任张丽老师不在", "张丽", "name"),
    ("我有乙肝，能办健康证吗", "乙肝", "medical"),
    ("来访人逯晓岚，问落户进度", "逯晓岚", "name"),
    ("我和安静结婚，要什么材料", "安静", "name"),
    ("维吾尔族艾合买提，想开店", "艾合买提", "name"),
    ("雷锋先生，您好", "雷锋", "name"),
]
NOT_FOUND = [
    "有乙肝的人能办健康证吗",
    "第一批13家\n第二批8001家",
    "上海市教委主任张某某",
    "请拨打12345或者110、12356",
    "咨询电话021-23112345",
    "工单号20261103008825417什么时候办结",
    "统一社会信用代码91310000MA1FL0000X",
    "身份证样例110101XXXXXXXXXXXX",
    "列车G7305几点到虹桥",
    "缴费1380000元",
    "沪牌额度什么时候投标",
    "浦东新区合欢路2号市民中心几点开门",
    "张三、李四是示例姓名",
    "申请人居民身份证（必要；原件）",
    "申请人应当提交户口簿",
    "孩子高中入学怎么报名",
    "想领张居住证",
    "父母双方都要到吗",
    "艾滋病感染者能申请低保吗",
    "房东不让我登记居住证",
    "患者常见病在社区医院看",
    "夫妻双方一起去登记结婚",
    "陈家浜菜场几点开门",
    "窗口咨询电话(021)58880001",
    "受理号310105202609110077查进度",
    "护照号填E12345678那样的格式对吗",
    "田子坊、李子园、杨树浦怎么走",
    "诸葛亮和周瑜谁大",
    "父母双方、单身、高龄，手机打不通",
    "老人家才信这种话",
    "My name is on the Shanghai Government website",
    "",
    "？！",
]


@pytest.mark.parametrize(("text", "data", "kind"), FOUND)
def test_personal_data_is_found_where_it_stands(text: str, data: str, kind: str) -> None:
    assert [(text[s.start : s.end], s.type) for s in pii.find(text)] == [(data, kind)]


@pytest.mark.parametrize(("text", "data", "kind"), FOUND)
def test_masked_text_does_not_hold_it(text: str, data: str, kind: str) -> None:
    masked = pii.mask(text)
    assert data not in masked
    assert "〔" in masked


@pytest.mark.parametrize("text", NOT_FOUND)
def test_public_numbers_and_plain_words_are_left_alone(text: str) -> None:
    assert pii.mask(text) == text


def test_both_partners_and_what_one_of_them_suffers_from_are_found() -> None:
    assert pii.mask("韩晓峰和邝雨晴登记结婚") == "〔姓名〕和〔姓名〕登记结婚"
    assert pii.mask("患者隋晓梅，确诊肺癌晚期") == "患者〔姓名〕，确诊〔健康信息〕"


def test_a_name_beside_other_data_needs_no_announcing_word() -> None:
    assert pii.mask("台胞证01234567，贺若松，换证") == "台胞证〔台胞证号〕，〔姓名〕，换证"
    assert pii.mask("替公孙晴问：她的卡6222021001048293176") == "替〔姓名〕问：她的卡〔银行卡号〕"
    assert pii.mask("Emma Schmidt，护照E12345678") == "〔姓名〕，护照〔护照号〕"
    assert pii.mask("贺若松，重度抑郁，残疾证能办吗") == "〔姓名〕，〔健康信息〕，残疾证能办吗"


def test_a_line_with_area_code_is_of_whom_the_sentence_names() -> None:
    assert pii.mask("举报人贺若松，请保密，电话021-58880001") == "举报人〔姓名〕，请保密，电话〔电话〕"


def test_several_pieces_are_masked_in_their_places() -> None:
    assert (
        pii.mask("我叫陈立新，手机13800138000，身份证11010519491231002X。")
        == "我叫〔姓名〕，手机〔电话〕，身份证〔身份证号〕。"
    )


ID_NUMBERS = st.builds(
    lambda region, day, serial: _with_check_digit(f"{region}{day.strftime('%Y%m%d')}{serial:03d}"),
    st.sampled_from(["310101", "310115", "110105", "440106"]),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 12, 31)),
    st.integers(0, 999),
)


def _with_check_digit(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


@settings(max_examples=60, deadline=None)
@given(ID_NUMBERS, st.text(max_size=20), st.text(max_size=20))
def test_no_valid_identity_number_survives_masking(number: str, before: str, after: str) -> None:
    text = f"{before} {number}，{after}"
    left = re.findall(r"(?<![0-9A-Za-z])\d{17}[\dXx](?![0-9A-Za-z])", pii.mask(text))
    assert number not in left


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=120))
def test_no_string_breaks_the_search_and_spans_are_in_order(text: str) -> None:
    spans = pii.find(text)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    pii.mask(text)


@pytest.mark.parametrize("unit", ["1", "王", "弄1", "a@", "E D 5", "沪A", "(", "中路1号", "1 "])
def test_a_hundred_thousand_characters_take_no_more_than_linear_time(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        began = time.thread_time()
        pii.find(text)
        return time.thread_time() - began

    seconds(1000)
    assert seconds(100_000) < 3.0
