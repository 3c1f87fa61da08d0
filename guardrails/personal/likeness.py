"""Judges how much a few characters look like a Chinese name: surname, given name, or a word instead."""

import re
from functools import lru_cache

import rjieba

from guardrails.personal.public import KNOWN
from guardrails.personal.surnames import DOUBLE, NOT_LAST, PUBLIC, SINGLE, UNLIKELY

# Four fifths of all people have one of these.
_COMMON = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程魏苏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付傅方邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱覃武戴莫孔汤严常赖康施洪葛季俞申倪"
    "樊欧祝章詹裴庞颜柳柯翁温芦骆庄岳殷邢齐梅童翟蓝鲁辛管聂焦祁左翁尤柴耿卞舒凌霍冷屈阮关费纪褚戚解符单娄"
)
# Surnames beyond those that other readers know: rare, so only with signs of a name around them.
_RARE = frozenset(
    "靖鹿敬亢况郏阚折啜蹇遇禤钭麴粟厍宛暴墨苍海商云黑尚荣富赏官操镇展景种庹仓练智豆闭巢布羿泰植衣刀树仝仙肇颉缑逮寸旦由母"
)
_GIVEN = frozenset(
    # men's
    "宾拓圭楚杏伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建亮成民峰志永国文武东海山江河春松柏柱根福贵财"
    "宝生元亨利贞祥瑞庆喜寿康安泰顺和正义仁礼智信忠孝勤俭良善德才兴旺发达富荣光耀宗祖先继业承启鸿鹤翔鹰骏驰骋腾跃"
    "虎豹彪雄霸刚毅坚定恒远博学思哲睿渊深广厚重泽润沛沐涵浩瀚清澈澄泓淼源溪洲洋波涛岩岭峻嵩岱巍峰岳石磊硕坤乾震"
    "天宇宙辰星昊昱昕晨曦晓旦明朗晖晟晗昌晶晴昭景暄煜炜烨炎焱灿煌熙然燃轩昂豪杰英俊彦才子儒雅谦逊诚恳毅力航舟帆"
    "锋铭钧钢铁锐钊铮鑫锦钰银金玉宝珍琛瑜瑾璋珩珏琪琦琨玮珺璟璇琳瑶琅珂珑玲珠碧翠丹青朱紫素白雪冰霜露雨云霞虹霓雷"
    "电风岚飘飞凡一二三四五六七八九十百千万亿同彤桐梓桦樟楠栋梁材森林木枫柯桥楷榕槐杨柳松柏梅兰竹菊荷莲芙蓉蓉芝芳"
    "芬菲萱蕊蕾薇茵茜莎莉莺萍苹苗花草叶茂荣英若茹苏蓓蓝芸芹芷菁菡葵蒙萌"
    # women's
    "丽娟娜敏静秀艳霞燕红玲桂芳英兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛艳瑞凡佳嘉琼勤珍贞莉桂娣叶璧璐娅琦晶妍茜秋珊莎"
    "锦黛青倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希欣飘育"
    "滢馥筠柔竹霭凝晓欢霄枫芸菲寒伊亚宜可姬舒影荔枝丽阳妮宝贝初程梵罡恒鸿桦骅剑娇纪宽苛灵玛媚琪晴容睿烁堂唯威韦雯苇"
    "萱阅彦宇雨洋忠宗曼紫逸贤蝶菡绿蓝儿翠烟小轩乐诗书画琴棋语言诺言许愿念思忆怀慕恋慈惠慧敏捷灵秀娥妙妃姿婧媚嫣嫦妤"
    "姝娆如意心悠忻恬恺悦悠惜愉愫慰懿沁泳洛浅渔湘溶滔漫漪潇潼澜灏烽焕照爽牧犇珈甜甫申畅畔皓皎盈盛益真眉睿知矜祎禄禧"
    "禹秉秋科程稷穆立竞章端笑笛符筱箐箫米粒糯纬纯纶绍维绮绪绫绣继缘羚群翊翎翰耘聆肃肖育胜臣臻自至致舜舞艾艺苒苓苑范"
    "茗荃荆莞莹菀菱萃萦蓁蔓蔚蕙薰蘅融行衡裕西观言训记诚谊谦谨谷豫贝贺赋超越路轶轲辞运进迎远连适迪逍逸遥道邦郁都采野"
    "钦长闻阔陶隽雁雅雯霁霄霏霖静非韬音韶韵顾颂颖领频风飒馨骁骄骥高魁鲁麒麟麦默鼎齐龄尔以其之子彧念在川北南东中央"
    "归来未新开向望冠卓卫友双召叔可吉名向君吟启周和品唯商善喆嘉器囡固圆坚坦城培基堃塘塬增士壮声夏夕大夫奇奎奕奥好"
    "孜存孟季学宁守官定宛宜宣宪家容密寅富察寒寻导封将少尚尧展屏岐岑崇川州工左巧希帝常年幸幼庄序庭康廉廷弘弛张弦彬彰影"
    "律徐得御微徽必忱态怿恂恕恩息悟情惟愈慎戈成战扬承抒拓持振捷据揽摇撼支攸政教敬斐方施旖旗无日时昀易映是显晃晋晏普"
    "智曙更曲有朋朔望木本术机权村杏束条来杭果染柔栀栩核格桃梧棠棣椿榆榛槿樱橙次欧正步殊毛水永汀汉汐汝池汶沂沅沙法泉泊"
    "洪济浔浙浦海涌润涯淇淑淞温游湖满滨滢演潭潮激炀点炫烈焰熠爵片特狄猛献玄率王玺珅球理琢瑛瑚璞生用田由甲画留疆登皆盼"
    "直省睦矣石矾砚确磐示祈祖祯神祺福禅秀秦积竣符简粤糖系纪细纹织终经罗美羲习老者耿聿聪肇胤腊自航良色节芃芊芒芥芯苇若"
    "苹荟药莎莱萧葭蒲蓬蔡蕃虎虔蛮衍衣裴见览觉角解誉论设识试话语诵课谣谱象财贤赐赞赫赵起足跃路车辅辉辰达迅迈还述追逢通"
    "造逵道那邵部郎里重野量釜钊钏铃铎锡锦镇镜门问间阁阅阿陆陵随隆雄集零青面革须顶顺风飚首香马驹骅骏骐骞鱼鲲鸣鸥鹃鹄鹿"
    "芮琥琮瑄瑀琇玥玟珉珊珧珞琏琛瑞瑢瑱瑷璀璘璞妞妡妘妧姗娓婳媞媱嬿宸屹峥崎岷嵘嶙巍徉忞恺悰惇愷懋昇昉旻昶晁晔晞晧曈曜曦"
    "杉杞枝柠栎桉梣棋楹榕榉沄沚泠泱洵浠涓涔涟淳渝渠湛湫溯滟漩潞澍澎濡瀚瀛炅炘炯烜焓焘煊煦熹燊燚爰牧犀狮瓒甄皙砺祐祜禛"
)
FIRST_OF_NAMES = SINGLE | _RARE | {double[0] for double in DOUBLE}
# These stand in sentences, not in given names.
_NEVER = frozenset(
    "的了吗呢吧啊呀么们这那哪谁什怎您她他它我你咱和与或及并且而但把被将就也还都很太最更再又没不别请让给跟往从于用能会该须每各某"
    "几个只张件份次号证费办收付交领退查缴填拿找打换补签借买卖租住死病是有到着过要没吃说讲问做号码元岁块期类第"
    "卡表款转记还"
) - frozenset("和能都用于将张从更每期类第")
_PLACES = frozenset("浦泾滩墩庙路街园桥镇村浜湾弄巷庄站寺区县坊埭厍渡宅屯店厂局厅所院馆库局港岛苑楼场")
# Words that begin with a likely surname.
WORDS = re.compile(
    "后|或|应|时|居[民住家]|公[民司安证布示]|单[位独亲身方]|应[当该于在]|成[员]|有[效无关]|"
    "户[口籍主]|向[社区]|国[家籍]|家[属庭长]|相[关应]|从[事业]|常[住驻]|管[理辖]|于[是]|"
    "和[其申]|全[部家日]|高[中龄考校等新品工级]|明[确年天]|任[职]|金额|康复|农[村民业]|付款|余额|"
    "劳动|华[侨人]|水平|江[苏西]|黄[牌标]|马上|钱款|项目|童[工]|孙[子辈女]|双方|养老|敬老|毛毛|车[辆祸位]|费用|"
    "温馨|陆[续地]|许[可多]|安[徽微]|石[库]|龙华|徐汇|黄浦|杨浦|金山|"
    "张[贴开大家三]|白[领天]|尤其|顾[客问虑]|沈阳|陶瓷|成[年为立功]|方[便面案式]|雷[锋雨]|童年|"
    "杜绝|谢谢|习惯|曾经|郑[重州]|梅[毒花]|乐[器园]|齐全|施[工行]|牛[奶]|江[宁湾]|苏[州]|宋体|"
    "彭[浦]|须|第[一二三四五六七八九十]|关[系于爱]|寿星|毛孩|丁克|冷[静加]|任[何一意]|周[围边末]|充[分满]|高[于分]|明厨|齐备|程序|付[月年清]|张许可|张[减办]|周[岁期]|高[效风速]|范围|毕业|任[命务]|劳务|费率|宿舍|浦东|冷[食藏]|勾选"
)
# 王先生, 第五条, 陈家浜
_OTHERWISE = re.compile(
    ".(?:先生|女士|小姐|太太|老师|阿姨|同志|警官|师傅|医生|主任|经理|律师|法官|书记|校长|某某?|总)$|第五[一二三四五六七八九十条款项批次届章节期]|.家"
    "[桥浜宅渡角嘴湾汇园巷弄]$|.*[问说称讲]$"
)
_VERBS = ("v", "d", "p", "c", "r", "u", "y", "t", "m", "q", "f")

IMPOSSIBLE, A_WORD = -9, -2
_FOR_A_PLACE = 5
POSSIBLE, LIKELY, SURE = 1, 2, 3


def family_length(text: str, start: int = 0) -> int:
    """Return how many characters of a surname begin here: 2, 1 or 0."""
    if text[start : start + 2] in DOUBLE:
        return 2
    one = text[start : start + 1]
    return 1 if one and (one in SINGLE or one in _RARE) else 0


@lru_cache(maxsize=4096)
def likeness(token: str) -> int:
    """Return how well this would do as a name, wherever it stands: from IMPOSSIBLE over A_WORD to SURE and above."""
    family = family_length(token)
    given = token[family:]
    if len(given) == 3 and _is_double_barrelled(token):  # noqa: PLR2004 - a married woman's two surnames
        family, given = 2, given[1:]
    if token[:2] in DOUBLE and token[2:] in DOUBLE:
        return SURE
    if not family or not 1 <= len(given) <= 2 or not all("\u4e00" <= c <= "\u9fff" for c in token):  # noqa: PLR2004
        return IMPOSSIBLE
    if token in PUBLIC or token in KNOWN or token[-1] in NOT_LAST or not _NEVER.isdisjoint(given):
        return IMPOSSIBLE
    if _OTHERWISE.match(token):
        return IMPOSSIBLE
    tag = _word_tag(token)
    if tag:
        return _of_whole_word(token, family, tag)
    return _of_surname(token, family) + _of_given_name(given) + _of_words(token, family, given)


def _of_whole_word(token: str, family: int, tag: str) -> int:
    """Judge what stands in the dictionary, which also holds names."""
    pair = len(token) == 2  # noqa: PLR2004
    if not tag.startswith("nr") or WORDS.match(token):
        return A_WORD
    if pair and token[0] in UNLIKELY:
        return A_WORD + 1
    return POSSIBLE + (not pair or token[0] in _COMMON)


def is_like_a_place(token: str) -> bool:
    """Return whether it ends as places do."""
    return token[-1] in _PLACES


def _is_double_barrelled(token: str) -> bool:
    """Return whether two common surnames stand before two characters that fit into a given name."""
    return (
        token[0] in _COMMON
        and token[1] in _COMMON
        and _GIVEN.issuperset(token[2:])
        and not (_word_tag(token[:2]) or _word_tag(token[2:]) or _word_tag(token[1:3]))
    )


def _of_surname(token: str, family: int) -> int:
    if family > 1:
        return 2
    if token[0] in UNLIKELY and token[0] not in _COMMON:
        return -1
    return 1 if token[0] in SINGLE else 0


def _of_given_name(given: str) -> int:
    if len(given) > 1 and given[0] == given[1]:  # 圆圆, 婷婷
        return 2
    fitting = sum(c in _GIVEN for c in given)
    if len(given) == 1:
        return 1 if fitting else -1
    return fitting


def _of_words(token: str, family: int, given: str) -> int:
    found = 0
    if family == 1 and len(token) > 2:  # noqa: PLR2004 - a word may begin with the surname
        opening = _word_tag(token[:2])
        if (opening and not opening.startswith("nr")) or WORDS.match(token):
            found -= 2
    if len(given) > 1 and given[0] != given[1]:
        tag = _word_tag(given)
        found -= 2 if tag.startswith(_VERBS) or (token[0] in UNLIKELY and tag[:2] not in ("", "nr")) else 0
    return found - (_FOR_A_PLACE if given[-1] in _PLACES else 0)


def _word_tag(characters: str) -> str:
    """Return the dictionary's tag where it has these characters as one word, otherwise nothing."""
    if not rjieba.has_word(characters):
        return ""
    tagged = rjieba.tag(characters, False)
    return tagged[0][1] if len(tagged) == 1 else ""
