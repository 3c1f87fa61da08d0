"""Made-up numbers, addresses, dates and illnesses, for texts that tell of somebody."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

_STREETS: Final = (
    "国顺",
    "中山北",
    "定西",
    "芷江西",
    "凤阳",
    "莲花南",
    "博山",
    "张杨",
    "宝山",
    "漕溪",
    "光复西",
    "齐河",
    "昌里",
    "双阳",
    "场中",
    "新村",
    "临汾",
    "民星",
    "德州",
    "水城",
)
_ILLS: Final = (
    "高血压",
    "糖尿病",
    "肺癌",
    "重度抑郁",
    "尿毒症",
    "脑梗",
    "乙肝",
    "白血病",
    "骨折",
    "精神分裂症",
    "冠心病",
    "阿尔茨海默病",
    "帕金森",
    "甲状腺癌晚期",
    "双相情感障碍",
)
_DISTRICTS: Final = ("杨浦区", "徐汇区", "上海市闵行区", "浦东新区", "普陀区", "静安区", "虹口区", "", "", "")


def made_up(field: str, rng: Random) -> str:
    """A number, an address, a date or an illness, by the letter of its field in the templates."""
    return _MADE[field](rng)


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices("0123456789", k=count))


def _phone(rng: Random) -> str:
    mobile = f"1{rng.choice('3578')}{_digits(rng, 9)}"
    spaced = f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}"
    return rng.choice((mobile, mobile, mobile, mobile, spaced, f"021-{rng.choice('56')}{_digits(rng, 7)}"))


def _identity(rng: Random) -> str:
    born = f"19{rng.randrange(40, 99)}0{rng.randrange(1, 9)}1{_digits(rng, 1)}"
    return f"310{rng.choice(('101', '104', '115', '112'))}{born}{_digits(rng, 3)}{rng.choice('0123456789X')}"


def _home(rng: Random) -> str:
    street = f"{rng.choice(_DISTRICTS)}{rng.choice(_STREETS)}路{rng.randrange(2, 2000)}弄"
    return f"{street}{rng.randrange(1, 90)}号{rng.randrange(101, 2400)}室"


def _mail(rng: Random) -> str:
    person, host = rng.choice(("lily", "sun", "happy", "wq", "tom")), rng.choice(("163.com", "qq.com", "example.com"))
    return f"{person}{_digits(rng, 3)}@{host}"


def _day(rng: Random) -> str:
    month, day = rng.randrange(1, 13), rng.randrange(1, 29)
    return rng.choice((f"{rng.randrange(1940, 2026)}年{month}月{day}日", f"{month}月{day}号", "上周三", "去年六月"))


_MADE: Final[Mapping[str, Callable[[Random], str]]] = {
    "p": _phone,
    "i": _identity,
    "b": lambda rng: f"6222{_digits(rng, 15)}",
    "a": _home,
    "e": _mail,
    "s": lambda rng: f"{rng.choice(('E', 'EK', 'G', 'X'))}{_digits(rng, 8)}"[:9],
    "v": lambda rng: f"沪{rng.choice('ABCDEFG')}{rng.choice('ABKFM')}{_digits(rng, 4)}",
    "d": _day,
    "m": lambda rng: rng.choice(_ILLS),
}
