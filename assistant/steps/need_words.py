"""The words by which people ask for a facet, a kind of value or a time. Data: what they mean is in `needs`."""

import re
from enum import StrEnum

from assistant.steps.quantities import Unit
from knowledge.statements import Facet


class ValueKind(StrEnum):
    """The kind of value an answer has to contain; a statement without it does not answer the question."""

    MONEY = "money"
    DURATION = "duration"
    PERCENT = "percent"
    LEVEL = "level"
    SCORE = "score"
    AGE = "age"
    COUNT = "count"
    LAW = "law"
    NUMBER = "number"
    MULTIPLE = "multiple"
    HOURS = "hours"


class Timing(StrEnum):
    """Which time is asked: how long the office takes, until when one must act, how long the result holds."""

    PROCESSING = "processing"
    DEADLINE = "deadline"
    VALIDITY = "validity"
    REQUIRED = "required"


_NUM = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万半]+)"
_ASKED = r"(?:几|多少|多少个|几个|多)"
_TIME_UNIT = r"(?:个?工作日|天|日|个?月|年|个?小时|个?星期|周)"

MONEY = re.compile(
    r"多少(?:块|元)?钱|几(?:块|元|百|千|万)|多少(?:元|块|万)|(?:收|要|交|付|花)(?:不|没)?(?:收|要|交|付|"
    r"花)?(?:钱|费)|收费|费用|工本费|手续费|免费|"
    r"(?:补贴|补助|津贴|奖励|贴息|金额|额度|贷款?|拿|领|发|给|补|抵|奖|交|缴|收|付|标准|工资|基数)(?:的|到|"
    r"款)?(?:是|能|可以|最多|最高|最低|最少)?(?:多少|几万|几千)(?!人|个|天|次|年|分|比例|级)|"
    rf"(?:收|要|交|付|花|罚)[^,。;]{{0,4}}{_NUM}(?:多)?(?:块|元|(?:一|每)(?:个?月|年|次|本|张))|"
    r"(?:费|租金|押金|价格|标准)(?:用)?(?:一?个?月|一年|每月|每年)?(?:是|要|得)?多少(?!个|人|天|次)|"
    r"(?:一?个月|每个?月|一年|每年|一次|一天)(?:能|可以|要|得|给|发|领|拿|交|缴|补)*(?:最多|最少|最低|"
    r"最高)?(?:能|可以|要|得|给|发|领|拿|交|缴|补)*多少(?!个|人|天|次|分)|"
    r"收(?:您|我)?多少|报(?:销)?(?:多少|几)|多少(?:补贴|补助|津贴|奖励|额度|税)|"
    r"how much|fee|cost|charge|price|free of charge",
    re.I,
)
PROCESSING = re.compile(
    rf"(?:批|审|办|等|审批|审核|审查|办理|受理|登记|处理|核发|下证|出证)[^,。?;]{{0,6}}(?:多久|"
    rf"{_ASKED}{_TIME_UNIT}|多长时间)|"
    rf"(?:多久|{_ASKED}{_TIME_UNIT}|多长时间|啥时候|什么时候|何时)[^,。?;]{{0,5}}(?:办好|办完|办结(?!婚)|办成|"
    rf"办下来|下来|拿到|拿证|到手|出来|出证|出结果|有结果|有结论|批|审|好|到账|完成|有答复|给答复|答复|给我|"
    rf"联系|发|领到|能拿|能领|能办好|能好|生效|搞定)|"
    rf"承诺[^,。?;]{{0,6}}(?:{_ASKED}{_TIME_UNIT}|多长|多久|期限|时间|办结|办完|办好)|法定[^,。?;]{{0,6}}(?:{_ASKED}|期限|时限|多久)|时限|办结(?!婚)|要多久|需要多久|需要多长时间|"
    rf"要{_ASKED}{_TIME_UNIT}|得{_ASKED}{_TIME_UNIT}|"
    r"(?:马上|立刻|当场|当天|即时|立等|很快)[^,。?;]{0,4}(?:好|办|拿|取|出|下|可以|能)|压(?:缩)?到|快不快|"
    r"how long|how many (?:working )?days|processing time",
    re.I,
)
DEADLINE = re.compile(
    rf"(?:多久|{_ASKED}{_TIME_UNIT}|多长时间|什么时候|啥时候|何时|哪天)[^,。?;]{{0,4}}(?:以?内|之内|前)|最晚|"
    rf"最迟|最早|截止|之前|提前|来得及|还来不来得及|逾期|超期|过期|期限|"
    rf"(?:多久|{_ASKED}{_TIME_UNIT}|多长时间|什么时候)[^,。?;]{{0,4}}(?:去|要|得|可以|能)[^,。"
    rf"?;]{{0,4}}(?:报|申请|申报|改|换|办|登记|签|续|缴|申领)|"
    rf"{_NUM}{_TIME_UNIT}(?:以?内|之内)|deadline|within how|by when|how soon",
    re.I,
)
# How long something has to have lasted before one may apply.
REQUIRED = re.compile(
    r"(?:满|连续|累计|至少|最少|交|缴|住|待|读|干|工作|经营|上|参保)(?:满|够|了|足)?(?:几|多少|多久)(?:个?月|年|天)?|"
    r"(?:几|多少)(?:个?月|年|天)(?:以上)?(?:社保|公积金|个税|才|以上)"
)
VALIDITY = re.compile(
    rf"有效期|有效|保护(?:期|多|几年)|管(?:几年|多久|{_NUM}年)|(?:证书?|照|专利|商标|执照|许可|凭证|牌)(?:[能可]?用|是|有|管)?{_ASKED}年|能用(?:多久|几年|到)|用多久|到期|失效|还(?:有效|能用|算数|执行)|现在还|"
    r"(?:用|执行|实施|延续|持续)到|哪一?年底|截止到?(?:哪|什么)|"
    r"长期|永久|(?:几年|多久|每年|多长时间)(?:一)?(?:要|得|必须)?(?:换|审|检|复核|签|续|重新|更新)|valid|expire|expiry",
    re.I,
)
KINDS: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (ValueKind.MONEY, MONEY),
    (
        ValueKind.DURATION,
        re.compile(
            rf"多久|多长时间|{_ASKED}{_TIME_UNIT}|什么时候|啥时候|何时|哪天|最晚|最迟|最早|时限|期限|截止|提前|how "
            rf"long|how many (?:\w+ )?(?:days|months|years)",
            re.I,
        ),
    ),
    (
        ValueKind.PERCENT,
        re.compile(r"几成|百分之几|百分比|比例|几个点(?!位)|多少个点(?!位)|费率|几折|税率|利率|percentage|rate\b"),
    ),
    (ValueKind.MULTIPLE, re.compile(r"几倍|多少倍")),
    (
        ValueKind.HOURS,
        re.compile(
            r"几点钟?(?:开|关|上班|下班|营业|到几点|结束|就)|(?:营业|办公|上班|下班|开放|接待)时间|周[末六日][^,。?;]{0,6}(?:开|上班|办)"
        ),
    ),
    (ValueKind.LEVEL, re.compile(r"几级|哪一?级(?!公安|政府|部门|机关|单位|法院|的?[局委办])|什么等级|多少级")),
    (ValueKind.SCORE, re.compile(r"多少分|几分|分数线?|打分|分值")),
    (ValueKind.AGE, re.compile(r"几岁|多大(?:年纪|岁数|年龄)?(?!面积|的)|年龄|多少岁|how old|age\b")),
    (
        ValueKind.COUNT,
        re.compile(
            r"几(?:个(?!工作日|月|星期|小时|点)|次|趟|人|家|项|种|件|张|份|条|名|位)|多少(?:个(?!工作日|月|星期|"
            r"小时|点)|次|趟|人|家|项|种|件|张|份|名|位|条|户|平)|how many"
        ),
    ),
    (
        ValueKind.LAW,
        re.compile(
            r"哪(?:部|条|个|一部|一条)?(?:法律|法规|法|条例|规定|办法|文件)|(?:什么|哪里的?)(?:法律|法规|条例|依据|"
            r"文件)|依据|第几条|which law|legal basis"
        ),
    ),
)

BENEFIT_WORDS = re.compile(
    r"补贴|补助|津贴|奖励|贴息|贴几|贴多少|补几|补多少|抵(?:多少|税|扣)|减免|减半|报销|报几|待遇|领多少|"
    r"领几|发多少|给多少|能给|能拿多少|拿多少|额度|资金|奖(?:多少|金)|低保|补助标准|"
    r"抚恤|救助金|失业金|保险金|养老金|贷多少|能贷|最多贷|缴(?:费)?(?:比例|基数)|费率|几个点|几成|(?:社保|"
    r"医保|养老|公积金|保险|税)[^,。?;]{0,8}(?:交|缴)|(?:交|缴)[^,。?;]{0,6}(?:社保|医保|养老|公积金|保险|"
    r"税)|最(?:高|多)[^,。?;]{0,6}(?:万|多少(?!天|年|个|人|次))|subsid|"
    r"allowance|benefit",
    re.I,
)
FACETS: tuple[tuple[Facet, re.Pattern[str]], ...] = (
    (
        Facet.MATERIALS,
        re.compile(
            r"材料|资料|(?:带|准备|提供|交|提交|备齐?|出示|拿)(?:上|齐|好)?(?:些|点|哪些|什么|啥|哪几样)(?!税|费|钱|险|保险)|(?:带|要|"
            r"需要|得|备|出|准备)(?:些|点)?(?:什么|啥|哪些)(?!样?的?(?:条件|要求|资格|前提|限制|流程|步骤|费))"
            r"(?:东西|证件|证明|手续|文件|材料|资料)?|"
            r"(?:什么|啥|哪些)(?:证件|证明|材料|东西|文件)|(?:要|用|需|得)(?:不|不用)?(?:要|用|需)?(?:带|交|提供|"
            r"拿)[^,。?;]{0,6}(?:本|证|簿|件|照片|合同|证明|表)|"
            r"照片|复印件|清单|免交|document|material|bring|paperwork",
            re.I,
        ),
    ),
    (
        Facet.LEGAL_BASIS,
        re.compile(
            r"依据|哪(?:部|条|个|一部|一条)(?:法|条例|规定|文件)|(?:什么|哪个|哪里的?)(?:法律|法规|条例|规定|文件|"
            r"办法)|法律(?:规定|依据)|第几条|哪(?:部|一部)$|到底是哪部|which law|legal basis",
            re.I,
        ),
    ),
    (
        Facet.AGENT,
        re.compile(
            r"代办|代领|代取|代为|代理|委托|替(?:我|他|她|妈|爸|老|家|孩|别)|(?:帮|代)(?:我|他|她|忙)?(?:妈|爸|老|"
            r"家|孩|朋友|父母|爷|奶)|别人(?:去|来|办|代)|本人(?:去|来|到|必须|一定|亲自|不去|没空)|"
            r"必须本人|亲自|谁(?:来|去|可以|能|有资格|才能|负责)?[^,。?;]{0,4}(?:申请|办理?|报|申报|签字|签|领)|"
            r"(?:让|叫|请|由)(?:我|他|她)?(?:儿子|女儿|孩子|子女|老公|老婆|妻子|丈夫|对象|爱人|爸|妈|父母|家人|家里人|亲戚|"
            r"朋友|同事|别人|他人|邻居|护工|中介|律师|秘书|会计)[^,。?;]{0,5}(?:去|来|帮|替|代|办|领|取)|"
            r"由谁|一个人(?:去|来|签|办|能)|都得?(?:去|到场|签)|on behalf|someone else|in person|agent",
            re.I,
        ),
    ),
    (
        Facet.CHANNELS,
        re.compile(
            r"在?(?:哪儿?|哪里|哪边|啥地方|什么地方)(?:能|可以|去|申请|办|领|取|交|登记|受理|报|弄|考|买|$)|"
            r"去(?:哪儿?|哪里|哪个|什么|啥)|到(?:哪儿?|哪里|哪个)|哪(?:个|家)?(?:窗口|地方|银行|医院|派出所|网站|"
            r"中心)|网上(?:能|可以|办|申请|怎么)|线上|手机(?:上)?(?:能|可以|办)|"
            r"要不要跑|跑窗口|就近|异地|外地|跨省|跨区|全国通办|小程序|随申办(?:上|里|能)|上门|邮寄|where|online|"
            r"office\b",
            re.I,
        ),
    ),
    (
        Facet.DEPARTMENT,
        re.compile(
            r"哪个(?:部门|单位|局|机关|委)|什么(?:部门|单位|局)|谁(?:管|批|发|审)|(?:局|委|所|中心|部门|医院|"
            r"产院)(?:批|管|发|审|给办|办)的?(?:吗|吧|还是)?|归(?:谁|哪|什么)|找谁|which (?:department|authority|"
            r"bureau)|who (?:issues|approves)",
            re.I,
        ),
    ),
    (
        Facet.PROCESS,
        re.compile(
            r"怎么(?:办|弄|申请|搞|操作|走|报|登记|领|申领|换|补|开|查|交|缴|提|预约|注销|变更|转|改|迁|续|签|备案|"
            r"注册|认定|申报|用)|如何(?:办|申请|操作|登记|领)?|流程|步骤|手续|程序|咋(?:办|弄|申请|整)|怎样|how "
            r"(?:do|can|to|should)|procedure|steps?\b|process\b",
            re.I,
        ),
    ),
    (
        Facet.CONDITIONS,
        re.compile(
            r"条件|要求|资格|前提|门槛|符合|满足|(?:能|可以|可)(?:不能|不可以|否)?[^,。?;]{0,14}(?:吗|么|不|嘛|没)$|"
            r"能不能|可不可以|可否|够不够|够了|算不算|行不行|行吗|就行|才(?:能|可以|算)|什么(?:人|情况|样的)|"
            r"哪些(?:人|情况|企业|单位)|谁(?:能|可以|有资格)|"
            r"要不要|需不需要|用不用|是不是(?:必须|一定|要)|必须|还?要办|也要办|限制|几岁|多大|年龄|反悔|撤回|"
            r"eligib|requirement|qualif|condition|can i\b|am i\b|do i need",
            re.I,
        ),
    ),
    (
        Facet.RESULT,
        re.compile(
            r"(?:办好|办完|最后)[^,。?;]{0,4}(?:拿到|得到|给)(?:什么|啥)|发(?:什么|啥)证|什么证|电子证|"
            r"同等(?:法律)?效力|有没有效|result|certificate do i get",
            re.I,
        ),
    ),
    (
        Facet.RELATED,
        re.compile(
            r"还(?:要|有|得|能)(?:办|什么|哪些|啥)(?:别的|其他)?|一起办|顺便|同步(?:办|注销)?|相关事项|接下来|"
            r"办完.{0,4}(?:还|之后)|包括(?:哪|什么)|哪(?:些|几)(?:个)?(?:事项|样|件)|一并|related|what else",
            re.I,
        ),
    ),
    (
        Facet.REFERENCE_STATUS,
        re.compile(
            r"(?:有|什么|哪来的?|的)(?:来源|出处)|准不准|可靠吗|官方(?:说|的)?吗|靠谱|source of|"
            r"is it official|reliable",
            re.I,
        ),
    ),
)
KIND_OF_UNIT: dict[Unit, ValueKind] = {
    Unit.MONTHS: ValueKind.DURATION,
    Unit.DAYS: ValueKind.DURATION,
    Unit.AGE: ValueKind.AGE,
    Unit.YUAN: ValueKind.MONEY,
    Unit.PERCENT: ValueKind.PERCENT,
    Unit.COUNT: ValueKind.COUNT,
    Unit.SCORE: ValueKind.SCORE,
}
CONFIRMS = re.compile(
    r"真的(?:吗|假的|么)[??。]*$|(?:对|是|没错|行|可以|够了?)(?:吧|吗|么|不)[??。]*$|对不对|是不是|听说|据说|听人说|有人说|网上说|吧[??]?$"
)
# Money that one has to have is a condition, no fee.
OWN_MONEY = re.compile(
    r"注册(?:资本|资金)|开办资金|实缴|认缴|出资|保证金|质量保证|营业额|年?收入|工资(?:不|要)|净资产|基数"
)
# A measure that is asked by its name is answered by a figure of that measure only.
MEASURES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (re.compile(rf"(?:多少|几){asked}"), re.compile(rf"{_NUM}多?(?:{said})"))
    for asked, said in (
        (r"(?:米|公尺)", "米"),
        (r"(?:公里|千米)", "公里|千米"),
        (r"平(?:方米?|米|米)?", "平方米|平米|平方|㎡|m²"),
        ("亩", "亩"),
        ("吨", "吨"),
        ("辆", "辆"),
        ("层", "层"),
        ("桌", "桌"),
        (r"(?:趟|次窗口)", "趟|次(?:到|跑|上门)"),
    )
)
PROMISED, STATUTORY = re.compile(r"承诺|promised"), re.compile(r"法定|法律规定|statutory", re.I)


# Who acts decides between the two times: the office that answers, or the citizen who has to come.
OFFICE_ACTS = re.compile(r"承诺|法定|批|审|办好|办完|办结(?!婚)|下来|结论|结果|答复|发证|出证|决定|到账|拿到")
AHEAD = re.compile(rf"提前(?:多久|多长|{_ASKED}{_TIME_UNIT})")
WAITS = re.compile(
    r"等待期|(?:要|得|需要?)?等(?:多久|多长|几|多少)[^,。;]{0,6}(?:才|再|能)|(?:再|才能|能)[^,。"
    r";]{0,6}(?:要|得|需要?)?等(?:多久|多长|几|多少)"
)


VALUES: tuple[tuple[ValueKind, re.Pattern[str]], ...] = (
    (
        ValueKind.MONEY,
        re.compile(rf"{_NUM}\s*(?:个?[万亿千百])?(?:多)?元|{_NUM}万|免费|不收|免收|工本费|免缴|不得收取"),
    ),
    (
        ValueKind.DURATION,
        re.compile(
            rf"{_NUM}\s*(?:-\d+|至\d+)?个?\s*(?:工作日|日|天|个月|月|年|小时|周)|当场|即时|当日|当年|即备案|即办|"
            rf"次日|长期|开工前|葬前|事先|施工前|营业前|(?:登记|申报|办理|取得|使用|出境|开业|交付)之?前|随时|无等待期|\d{{4}}-\d{{2}}"
        ),
    ),
    (ValueKind.PERCENT, re.compile(r"\d+(?:\.\d+)?\s*%|百分之|一半|减半|\d+BP|\d+成|[一二三四五六七八九]成|个百分点")),
    (ValueKind.LEVEL, re.compile(rf"{_NUM}级|重度|轻度|中度")),
    (ValueKind.SCORE, re.compile(rf"{_NUM}分(?!钟|之|支|公司)")),
    (ValueKind.AGE, re.compile(rf"龄[^,，。;；]{{0,5}}{_NUM}|{_NUM}\s*(?:-\d+)?周?岁")),
    (
        ValueKind.COUNT,
        re.compile(
            rf"{_NUM}\s*多?(?:个|次|趟|人|家|项|种|件|张|份|条|只|名|位|户|平方米|余|部门|级|万)|双方|本人|单方|共同|"
            rf"^\d+$|零跑动"
        ),
    ),
    (ValueKind.LAW, re.compile(r"法|条例|规定|办法|典")),
    (ValueKind.MULTIPLE, re.compile(r"倍")),
    (ValueKind.HOURS, re.compile(r"\d{1,2}[:：]\d\d|\d{1,2}点|[上下]午|周[一二三四五六日末]|法定节假日")),
    (ValueKind.NUMBER, re.compile(r"\d|[一二三四五六七八九十百千万两]")),
)
