"""Tells when a request is about another region's business, which a catalogue of one region must not answer."""

import re
from collections.abc import Iterable

_PLACES = {
    "北京": "", "天津": "", "重庆": "", "上海": "沪",
    "河北": "石家庄 唐山 保定 廊坊", "山西": "太原 大同", "辽宁": "沈阳 大连", "吉林": "长春", "黑龙江": "哈尔滨",
    "江苏": "南京 苏州 无锡 常州 南通 扬州 徐州 昆山 镇江 盐城 泰州 连云港 淮安 宿迁 常熟 张家港",
    "浙江": "杭州 宁波 温州 嘉兴 绍兴 金华 台州 湖州 义乌 舟山 衢州 丽水",
    "安徽": "合肥 芜湖 蚌埠 马鞍山 安庆 黄山 阜阳", "福建": "福州 厦门 泉州 漳州 莆田",
    "江西": "南昌 赣州 九江 上饶", "山东": "济南 青岛 烟台 威海 潍坊 临沂", "河南": "郑州 洛阳 商丘 开封",
    "湖北": "武汉 宜昌 襄阳", "湖南": "长沙 株洲 岳阳", "广东": "广州 深圳 珠海 佛山 东莞 惠州 中山 汕头",
    "海南": "海口 三亚", "四川": "成都 绵阳", "贵州": "贵阳 遵义", "云南": "昆明 大理 丽江", "陕西": "西安",
    "甘肃": "兰州", "青海": "西宁", "内蒙古": "呼和浩特 包头", "广西": "南宁 桂林", "西藏": "拉萨", "宁夏": "银川",
    "新疆": "乌鲁木齐",
}  # fmt: skip
_BUSINESS = (
    "落户|入户|户口|积分|医保|社保|公积金|低保|居住证|政策|补贴|津贴|车牌|牌照|摇号|小客车|身份证|驾照|护照|执照|"
    "学籍|入学|养老|退休|生育|政务|随申办|民政局|社保局|医保局|人社|派出所|局|呢"
)


# Who moves something here from another city has business here: 「要把苏州的公积金转过来」.
_MOVES_HERE = re.compile(r"(?:转|迁|接)(?:移)?(?:过来|进来|回来|来|入|到这|到本)|接续")


class Elsewhere:
    """Knows which places are not the catalogue's own."""

    def __init__(self, regions: Iterable[str]) -> None:
        own = "".join(regions)
        foreign: list[str] = []
        home: list[str] = []
        for province, cities in _PLACES.items():
            names = [province, *cities.split()]
            (home if any(name in own for name in names) else foreign).extend(names)
        place = f"(?:{'|'.join(foreign)})"
        self._home = re.compile("|".join(home)) if home else None
        self._mentions = re.compile(
            rf"{place}(?:市|省)?(?:那边|那里|当地)?(?:的|办|申请|领|怎么办)?(?:{_BUSINESS})"
            rf"|(?:办|领|吃|申请|查|要)[^,，。]{{0,4}}{place}(?:市|省)?(?:那边|当地)?的"
            rf"|在{place}[^。]*(?:那边的|当地的|那里的)"
        )

    def is_meant(self, text: str) -> bool:
        """True where another region's business is named and the own region is not."""
        if self._home is None or self._home.search(text) or _MOVES_HERE.search(text):
            return False
        return self._mentions.search(text) is not None
