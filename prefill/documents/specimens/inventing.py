"""Invented people, companies and numbers: right check digits, but regions that no authority has assigned."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from stdnum import luhn
from stdnum.cn import ric, uscc

_SURNAMES = "钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN = "安柏澄川丹恩帆光和佳嘉景静可兰乐林明宁诺清荣若书思桐薇文贤晓欣雅彦怡益雨元远泽知子"
_STREETS = ("样章路", "示例路", "虚构东路", "演示支路", "范本大道")
_DISTRICTS = ("黄浦区", "徐汇区", "静安区", "浦东新区", "闵行区", "嘉定区")
_TRADES = ("餐饮管理", "信息科技", "商贸", "文化传播", "建筑装饰")
_BANKS = (("中国建设银行", "622700"), ("上海银行", "622268"), ("中国工商银行", "622202"), ("交通银行", "622260"))
_UNASSIGNED_REGION = "310199"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Nobody."""

    name: str
    sex: str
    born: date
    number: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """No company."""

    name: str
    code: str
    address: str
    founded: date


class Inventor:
    """Makes things up, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - invented data, no secret

    def number(self, low: int, high: int) -> int:
        """Any whole number of the range."""
        return self._random.randint(low, high)

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(str(self.number(0, 9)) for _ in range(count))

    def pick(self, *choices: str) -> str:
        """One of them."""
        return self._random.choice(choices)

    def day(self, first: int, last: int) -> date:
        """A day in the years from `first` to `last`."""
        return date(first, 1, 1) + timedelta(days=self.number(0, 365 * (last - first + 1) - 1))

    def name(self) -> str:
        """Surname and one or two characters."""
        return self.pick(*_SURNAMES) + "".join(self.pick(*_GIVEN) for _ in range(self.number(1, 2)))

    def address(self) -> str:
        """A street that does not exist, in a district that does."""
        room = f"{self.number(1, 18)}0{self.number(1, 6)}室"
        return (
            f"上海市{self.pick(*_DISTRICTS)}{self.pick(*_STREETS)}{self.number(10, 980)}弄{self.number(1, 60)}号{room}"
        )

    def person(self, first: int = 1960, last: int = 2004, sex: str = "") -> Person:
        """Born in the years from `first` to `last`."""
        born = self.day(first, last)
        sex = sex or self.pick("男", "女")
        order = self.number(0, 499) * 2 + (1 if sex == "男" else 0)
        bare = f"{_UNASSIGNED_REGION}{born:%Y%m%d}{order:03d}"
        return Person(
            name=self.name(), sex=sex, born=born, number=bare + ric.calc_check_digit(bare + "0"), address=self.address()
        )

    def company(self) -> Company:
        """With a code whose check digit is right."""
        bare = "91" + _UNASSIGNED_REGION + "MA1" + self.digits(6)
        name = f"上海{self.pick(*_GIVEN)}{self.pick(*_GIVEN)}{self.pick(*_GIVEN)}{self.pick(*_TRADES)}有限公司"
        return Company(
            name=name,
            code=bare + uscc.calc_check_digit(bare + "0"),
            address=self.address(),
            founded=self.day(2005, 2025),
        )

    def bank_card(self) -> tuple[str, str]:
        """The bank, and a number that passes Luhn."""
        bank, prefix = self._random.choice(_BANKS)
        bare = prefix + "00000" + self.digits(7)
        return bank, bare + luhn.calc_check_digit(bare)
