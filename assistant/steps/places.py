"""Tells whether a question is about a place that is not served here."""

import re


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_PROVINCES = _names(
    "北京 天津 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 "
    "贵州 云南 陕西 甘肃 青海 内蒙古 广西 西藏 宁夏 新疆"
)
_CITIES = _names(
    "石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉 长治 晋城 朔州 晋中 运城 "
    "忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 "
    "沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 "
    "延边 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 "
    "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 太仓 张家港 常熟 江阴 启东 "
    "海门 杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 嘉善 平湖 "
    "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山市 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田 "
    "三明 泉州 漳州 南平 龙岩 宁德 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 "
    "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 郑州 开封 洛阳 平顶山 "
    "安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 济源 "
    "武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 "
    "张家界 益阳 郴州 永州 怀化 娄底 湘西 "
    "广州 深圳 珠海 汕头 佛山 韶关 湛江 肇庆 江门 茂名 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山市 潮州 揭阳 "
    "云浮 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海口 三亚 三沙 儋州 "
    "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝 甘孜 "
    "凉山 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 "
    "拉萨 日喀则 昌都 林芝 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银市 天水 "
    "武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 海东 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密"
)
_NAMES = tuple(sorted((*_PROVINCES, *_CITIES), key=len, reverse=True))
# A road, a dish or a shop may carry a city's name.
_NOT_A_PLACE = r"(?:路|大道|街道|街|西路|东路|拉面|烧饼|大厦|银行|大学)"
_ANY_PLACE = re.compile(rf"(?P<place>{'|'.join(_NAMES)})(?:省|市|自治区)?(?!{_NOT_A_PLACE})")
# Where somebody or something comes from says nothing about where the matter is to be handled.
_ORIGIN_AFTER = re.compile(
    r"^(?:省|市|自治区)?(?:那边|这边|农村|老家)?(?:户口|户籍|人|籍|的?身份证|的?驾照|的?驾驶证|的?车牌?|"
    r"牌照|的?(?:社保|公积金|医保)(?!贷|政策|基数|比例|怎么(?:交|缴|提)|提取|最[高低多少]|局|中心|待遇|报销|"
    r"[^,。;?]{0,8}(?:提|报|领|贷)(?!过|了|前)|[^,。;?]{0,6}(?:多少|几[钱成块万元])(?!年|个月))|考的?|发的?|买的?|办(?:的|过|好)|领(?:的|过|好)|交的?|缴的?|来的?|过来|出生|毕业|"
    r"登记结婚|领的?证|转(?:入|到|来|过来)|迁(?:入|到|来|过来)|读(?:书|大学)|老家|工作|上班|(?:去)?(?:看病|就医|就诊|治病|住院|开刀|养老|长住|定居|出差|旅游|玩))"
)
_ORIGIN_BEFORE = re.compile(r"(?:从|老家|户口在|户籍在|户口是|来自|原来在|以前在|之前在|原先在|出生在|生在)$")
_HERE = re.compile(
    r"上海|本市|沪|浦东|黄浦|徐汇|长宁|静安|普陀区|虹口|杨浦|闵行|宝山|嘉定|金山区|松江|青浦|奉贤|崇明|"
    r"随申办|长三角|这边|这里能|异地|跨省|全国"
)


def other_region(text: str, asker_region: str, served: str = "上海市") -> str | None:
    """The place outside the region served that the question is about, or None.

    「我和对象都是四川户口,在上海能登记结婚吗」 is about Shanghai; 「成都公租房怎么申请」 is not.
    """
    home = served.partition("/")[0].removesuffix("市").removesuffix("省")
    if _HERE.search(text) or home in text:
        return None
    for found in _ANY_PLACE.finditer(text):
        before, after = text[: found.start()], text[found.end("place") :]
        if _ORIGIN_AFTER.match(after) or _ORIGIN_BEFORE.search(before):
            continue
        return found.group("place")
    if asker_region and not asker_region.startswith((home, "长三角")):
        return asker_region
    return None
