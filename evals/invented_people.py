"""Invented people and companies: values for every field and register key, seeded, with right check digits."""

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from stdnum import luhn
from stdnum.cn import ric, uscc

from assistant.cases.consenting import keys_of
from prefill.forms import FieldType, FormField
from prefill.said.lexicon import shipped

_SURNAMES = "顾陶乔闵戚蒲茅谈柏鲍褚滕费"
_GIVEN = ("若溪", "景行", "安然", "知夏", "明远", "书瑶", "立恒", "沐白", "清和", "云舒", "嘉树", "思齐")
_ROADS = ("国和支路", "漕宝支路", "康宁支路", "打浦支路", "广粤支路", "友谊支路", "塔城支路", "建国新路")
_DISTRICTS = (
    ("杨浦区", "310110"),
    ("徐汇区", "310104"),
    ("静安区", "310106"),
    ("虹口区", "310109"),
    ("黄浦区", "310101"),
)
_TRADES = ("餐饮管理", "文化传播", "信息科技", "便利超市", "家政服务")
_BANKS = ("中国工商银行", "中国建设银行", "交通银行")
_CITIES = ("南京", "苏州", "杭州", "合肥", "武汉", "成都", "郑州", "南昌")
_COUNTRIES = ("日本", "韩国", "法国", "德国", "新加坡", "泰国")
# What such a field holds, where its sheet leaves the wording open: numbers of the right size, names of the right kind.
_KINDS = (
    (re.compile("单位$|单位名称|企业名称|就业单位|施工单位|(?:企业|分支|商户)名称"), "firm"),
    (re.compile("转出地|缴存地|就医地|省市|出生地"), "city"),
    (re.compile("国籍|目的国|国家"), "country"),
    (re.compile("银行(?!账号)"), "bank"),
    (re.compile("学校|院校|驾校"), "school"),
    (re.compile("单位银行账号"), "card"),
    (re.compile("编号|证号|账号|账户|护照|代码|车架号|发动机号|户号|订单"), "code"),
    (re.compile("地点$|地址$|住所$|场所$"), "place"),
)
_PRICES = re.compile("总价|成交|价格|首付|贷款额|债权|总投资$|开办资金")
_AHEAD = re.compile("有效期|截止|预约|期望|计划|拟|选择|预产")
_TABLES = shipped().choices
_WORDS_OF = {
    name.rpartition("/")[2]: tuple(table)
    for name, table in _TABLES.items()
    if sum(other.rpartition("/")[2] == name.rpartition("/")[2] for other in _TABLES) == 1
}
"""What people choose where a sheet lists no choices: the choices that the product knows words for."""
_PRIVATE = frozenset({"合同", "租赁合同", "劳动合同", "发票", "系统预检"})
"""What sheets name as a source that no register holds."""
_NEVER_THERE = frozenset({FieldType.LIST, FieldType.TABLE, FieldType.FILE, FieldType.COMMITMENT})
_BIN = "622202"


@dataclass(frozen=True, slots=True)
class Invented:
    """One invented person with a company. The same seed gives the same person."""

    seed: int
    today: date
    _made: dict[str, str] = field(default_factory=dict)

    def registers(self, fields: tuple[FormField, ...]) -> Mapping[str, str]:
        """What registers know of them, for the keys of these fields."""
        known = {key: self.of_key(key, f) for f in fields for key in f.prefill if "." in key}
        whole = {key: f for f in fields for key in keys_of(f) if key not in known and f.type not in _NEVER_THERE}
        return {**known, **{key: self.value(f) for key, f in whole.items() if key.partition(".")[0] not in _PRIVATE}}

    def answers(self, fields: tuple[FormField, ...]) -> Mapping[str, str]:
        """What they would answer, by field name; the same as the registers know."""
        return {f.name: self.value(f) for f in fields if not f.is_commitment}

    def value(self, f: FormField) -> str:
        """The value of a field: what the first register knows, else one of its type."""
        keys = [key for key in f.prefill if "." in key]
        return self.of_key(keys[0], f) if keys else self._of_field(f)

    def of_key(self, key: str, f: FormField) -> str:
        """The value under a register's own name."""
        if key not in self._made:
            self._made[key] = self._known(key) or self._of_field(f)
        return self._made[key]

    @property
    def name(self) -> str:
        """The person's name."""
        roll = self._roll("name")
        return roll.choice(_SURNAMES) + roll.choice(_GIVEN)

    @property
    def number(self) -> str:
        """The person's identity number, with the right check digit."""
        roll = self._roll("number")
        _, area = _DISTRICTS[self.seed % len(_DISTRICTS)]
        born = self.today - timedelta(days=roll.randint(26 * 365, 55 * 365))
        stem = f"{area}{born:%Y%m%d}{roll.randint(10, 99)}{self.seed % 10}"
        return stem + ric.calc_check_digit(stem + "0")

    def _known(self, key: str) -> str | None:
        roll = self._roll("person")
        number = self.number
        woman = int(number[16]) % 2 == 0
        known = {
            "身份证.姓名": self.name,
            "身份证.公民身份号码": number,
            "身份证.性别": "女" if woman else "男",
            "身份证.民族": "汉",
            "身份证.出生日期": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
            "户口簿.住址": self._address("home"),
            "居住证.居住地址": self._address("home"),
            "一网通办.常用地址": self._address("home"),
            "随申办账户.收件地址": self._address("home"),
            "随申办账户.手机号": self._mobile("own"),
            "社会保障卡.金融账户": self._card(),
            "社会保障卡.开户行": roll.choice(_BANKS),
            "民政婚姻登记数据.状态": "未婚",
            "营业执照.名称": f"上海{roll.choice(_GIVEN)}{roll.choice(_TRADES)}有限公司",
            "营业执照.统一社会信用代码": self._company_code(),
            "营业执照.法定代表人": self.name,
            "营业执照.住所": self._address("office"),
            "营业执照.注册资本": "300",
            "营业执照.经营范围": "餐饮服务;食品销售",
            "随申办法人账户.经办人": self.name,
            "随申办法人账户.经办人手机": self._mobile("own"),
        }
        return known.get(key)

    def _of_field(self, f: FormField) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each type
        roll = self._roll(f.name)
        if f.choices:
            return roll.choice(f.choices)
        recent = self.today - timedelta(days=roll.randint(1, 9))
        match f.type:
            case FieldType.ID_NUMBER:
                return self._relative(f.name).number
            case FieldType.COMPANY_CODE:
                return self._company_code()
            case FieldType.MOBILE:
                return self._mobile(f.name)
            case FieldType.BANK_CARD:
                return self._card()
            case FieldType.ADDRESS:
                return self._address(f.name)
            case FieldType.DATE if _AHEAD.search(f.name):
                return (self.today + timedelta(days=30)).isoformat()
            case FieldType.DATE:
                return recent.isoformat()
            case FieldType.MONTH:
                return f"{recent:%Y-%m}"
            case FieldType.DATE_TIME if _AHEAD.search(f.name):
                return f"{(self.today + timedelta(days=3)).isoformat()} 10:30"
            case FieldType.DATE_TIME:
                return f"{recent.isoformat()} 10:30"
            case FieldType.DATE_RANGE:
                return f"{recent.isoformat()}/{(recent + timedelta(days=365)).isoformat()}"
            case FieldType.MONTH_RANGE:
                return f"{recent:%Y-%m}/{self.today:%Y-%m}"
            case FieldType.DATE_TIME_RANGE:
                return f"{recent.isoformat()} 10:00/{recent.isoformat()} 18:00"
            case FieldType.DECIMAL if _PRICES.search(f.name):
                return str(roll.randint(100, 900) * 10_000)
            case FieldType.DECIMAL:
                return str(roll.randint(20, 90) * 100)
            case FieldType.INTEGER:
                return str(roll.randint(4, 12))
            case FieldType.YES_NO:
                return roll.choice(("是", "否"))
            case FieldType.VIN:  # its ninth sign checks the others
                return _vin(roll.randint(100000, 999999))
            case _ if kind := next((k for words, k in _KINDS if words.search(f.name)), ""):
                return self._of_kind(kind, f.name)
            case _ if "姓名" in f.name or f.name.partition("(")[0].endswith(("人", "员", "药师")):
                return self._relative(f.name.removesuffix("姓名")).name
            case _:
                words = _WORDS_OF.get(f.name)
                return roll.choice(words) if words else f"{f.name.partition('(')[0]}{roll.randint(100, 999)}"

    def _of_kind(self, kind: str, name: str) -> str:
        """A value of a kind that its words tell: a company, a city, a number with letters."""
        roll = self._roll(name)
        if kind in ("place", "card"):
            return self._address(name) if kind == "place" else self._card()
        listed = {"city": _CITIES, "country": _COUNTRIES, "bank": _BANKS}.get(kind)
        if listed:
            return roll.choice(listed)
        if kind == "firm":
            return f"上海{roll.choice(_GIVEN)}{roll.choice(_TRADES)}有限公司"
        if kind == "school":
            return f"{roll.choice(_GIVEN)}{'驾校' if '驾校' in name else '大学' if '院校' in name else '小学'}"
        return f"{roll.choice('ABGHKM')}{self.today.year}{roll.randint(100000, 999999)}"

    def _relative(self, who: str) -> "Invented":
        """Somebody else whom the form asks for; the same word is the same person."""
        return Invented(self.seed + 1000 + sum(map(ord, who.removesuffix("身份号码").removesuffix("公民"))), self.today)

    def _address(self, what: str) -> str:
        roll = self._roll(what)
        district, _ = _DISTRICTS[self.seed % len(_DISTRICTS)]
        lane = f"{roll.choice(_ROADS)}{roll.randint(11, 480)}弄{roll.randint(1, 20)}号"
        return f"上海市{district}{lane}{roll.randint(101, 1204)}室"

    def _mobile(self, what: str) -> str:
        return f"139{self._roll(what).randint(0, 99999999):08d}"

    def _card(self) -> str:
        stem = f"{_BIN}{self._roll('card').randint(0, 999_999_999_999):012d}"
        return stem + luhn.calc_check_digit(stem)

    def _company_code(self) -> str:
        stem = f"91310110MA1{self._roll('company').randint(0, 999999):06d}"
        return stem + uscc.calc_check_digit(stem)

    def _roll(self, what: str) -> random.Random:
        return random.Random(f"{self.seed} {what}")  # noqa: S311 - reproducible, no secret


_VIN_VALUES = {**{str(n): n for n in range(10)}, **dict(zip("ABCDEFGH", range(1, 9), strict=True))}
_VIN_VALUES |= {**dict(zip("JKLMN", range(1, 6), strict=True)), "P": 7, "R": 9}
_VIN_VALUES |= dict(zip("STUVWXYZ", range(2, 10), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def _vin(serial: int) -> str:
    """A vehicle identification number with the right check sign (GB 16735)."""
    number = f"LSVAA418?E2{serial:06d}"
    pairs = zip(number, _VIN_WEIGHTS, strict=True)
    rest = sum(_VIN_VALUES[sign] * weight for sign, weight in pairs if weight) % 11
    return number.replace("?", "X" if rest == 10 else str(rest))  # noqa: PLR2004 - ten is written X
