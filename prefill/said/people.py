"""Whose a value is: words for oneself, kin and other parties, and the surroundings that tie a value to them."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Person(StrEnum):
    """Somebody a citizen speaks about."""

    SELF = "self"
    SPOUSE = "spouse"
    PARTNER = "partner"
    EX = "ex"
    FATHER = "father"
    MOTHER = "mother"
    CHILD = "child"
    GRANDCHILD = "grandchild"
    SIBLING = "sibling"
    ELDER = "elder"
    BOSS = "boss"
    AGENT = "agent"
    LANDLORD = "landlord"
    BUYER = "buyer"
    SELLER = "seller"
    WORKER = "worker"
    DECEASED = "deceased"
    CONTACT = "contact"
    OTHER = "other"
    PRONOUN = "pronoun"


_WORDS: Final[tuple[tuple[Person, str], ...]] = (
    (Person.EX, "前夫|前妻|前任|前老公|前老婆|前男友|前女友|前配偶"),
    (
        Person.FATHER,
        "家父|先父|亡父|我爸爸?|我父亲|我爹|我老爸|我老爹|爸爸|父亲|孩子(?:他)?爸爸?|孩子(?:的)?父亲|孩子爹|他爸爸?|她爸爸?|宝宝爸爸?|爸(?=叫|是|的)",
    ),
    (
        Person.MOTHER,
        "家母|先母|亡母|我妈妈?|我母亲|我娘(?!家)|我老妈|妈妈|母亲|孩子(?:他)?妈妈?|孩子(?:的)?母亲|他妈妈?|她妈妈?|宝宝妈妈?|妈(?=叫|是|的)",
    ),
    (
        Person.SPOUSE,
        "亡夫|亡妻|先夫|老伴儿?|老公|老婆|丈夫|妻子|爱人|我先生|^先生(?![你您]好)(?=[一-鿿]{2,3}(?:$|\\d))|我太太|(?<=[和跟与])先生(?=(?![没不都也有在是])[一-鿿]{2,3}(?:一起|去|来|$))|先生(?=叫|是|的)|太太(?=叫|是|的)|媳妇儿?|配偶|另一半|"
        "孩子他爸|孩子他妈",
    ),
    (
        Person.PARTNER,
        "(?:跟|和|与|同)(?=[\u4e00-\u9fff]{2,4}[^,]{0,10}?(?:领证|登记|结婚|复婚|离婚))|对象|男方|女方|新郎|新娘|对方|未婚夫|未婚妻|男朋友|女朋友|男友|女友",
    ),
    (
        Person.CHILD,
        "儿子|女儿|闺女|男孩|女孩|男宝|女宝|(?<![毛生带])孩子|小孩|小朋友|宝宝|宝贝|娃娃?|小姑娘|小男孩|小丫头|女婴|男婴|囡囡|小毛头|阿囡|新生儿|小的(?=叫)|老大|老二|老三|大宝|二宝|小宝|哥哥|弟弟|姐姐|妹妹|小囡|学生",
    ),
    (Person.GRANDCHILD, "外孙女?|孙子|孙女|侄子|侄女|外甥女?"),
    (Person.SIBLING, "我哥哥?|我姐姐?|我弟弟?|我妹妹?|我嫂子|我姐夫|我妹夫|堂哥|表[哥姐弟妹]|大哥|大姐"),
    (Person.ELDER, "爷爷|奶奶|外公(?!司)|外婆|姥姥|姥爷|公公|婆婆|岳父|岳母|丈人|丈母娘|爸妈|父母|老人"),
    (
        Person.OTHER,
        "室友|舍友|同屋|同住的|合租的|小叔子|大伯子|小姑子|大姑子|小舅子|小姨子|车贩子|同事|朋友|邻居|同学|亲戚|舅舅|舅妈|叔叔|婶婶|婶子|姑姑|姑妈|姑父|姑夫|阿姨|姨妈|姨父|姨夫|伯伯|伯父|伯母|干妈|干爹|中介|客户|合伙人|人家|别人|隔壁家?|"
        "老乡|班主任|老师|民警|秘书|司机|保姆|"
        "(?:驾驶员|快递员|护士|医生|保安|物业|居委会?|社工|店员|客服|律师|前台|导游|经理|师傅|对方)(?=的?(?:电话|手机|号码|联系方式))",
    ),
    (Person.BOSS, "老板娘?|法定代表人|法人代表|法人|负责人|店长|老总|董事长|总经理"),
    (Person.AGENT, "经办人|经办|会计|财务|人事|行政|代办|代理人|办事员|HR"),
    (
        Person.LANDLORD,
        "(?:房子|产证|房产证)上?(?:是|写)的?(?:我)?(?!自己|我|租|买|新|旧|老|公)[\u4e00-\u9fff]{1,3}(?:的|名下的?)|房东|房主|出租人|出租方|产权人|业主",
    ),
    (Person.BUYER, "买[房车]的人?|(?:卖|过户|转让|赠)(?:与|给)了?|买方|买家|买主|下家|受让人|新车主"),
    (Person.SELLER, "卖方|卖家|卖[房车]的|上家|转让方|转让人|原车主|前车主|原业主|开发商"),
    (
        Person.WORKER,
        "[焊电木瓦漆钳车小普]工(?!资|作|厂|程|具)|(?:招用|新招|聘用)了?|受伤职工|伤者|受伤的|员工|职工|徒弟|学徒|徒儿|组员|工人|工友|师傅|骑手|外卖员|新人|新招的",
    ),
    (Person.DECEASED, "逝者|死者|被继承人|亡者|故人"),
    (Person.CONTACT, "紧急联系人|联系人"),
    (
        Person.SELF,
        "我自己|自己|本人|我(?!报错|说错|记错|写错|搞错|打错|弄错|看错|们单位|们公司|们店|单位|公司|哥|姐|弟|妹|爸|妈)|咱",
    ),
    (Person.PRONOUN, "他|她"),
)
_A_WORD: Final = 2
_PERSON = re.compile("|".join(f"(?P<{person.name}>{words})" for person, words in _WORDS))


@dataclass(frozen=True, slots=True)
class Named:
    """A person word and where it stands in its clause."""

    person: Person
    word: str
    start: int
    end: int


_ROLES: Final = frozenset(
    {Person.BOSS, Person.AGENT, Person.LANDLORD, Person.BUYER, Person.SELLER, Person.WORKER, Person.CONTACT}
)
_IS: Final = re.compile("(?:就|还|现在|也)?(?:是|换成|换|改成|改为|由|为|找|让|请)?了?")


def people(text: str) -> tuple[Named, ...]:
    """The people a clause names by a word, in order; who is said to hold a role is named by it (经办人是我同事)."""
    found: list[Named] = []
    for match in _PERSON.finditer(text):
        if match.lastgroup is None:
            continue
        person = Person[match.lastgroup]
        mine = bool(found) and found[-1].person is Person.SELF and found[-1].end == match.start()  # 我同事
        earlier = found[:-1] if mine else found
        before = earlier[-1] if earlier else None
        if before is not None and before.person in _ROLES and person not in _ROLES | {Person.SELF, Person.PRONOUN}:
            between = text[before.end : match.start()].removesuffix("我")
            person = before.person if _IS.fullmatch(between) else person
        found.append(Named(person, match.group(), match.start(), match.end()))
    return tuple(found)


_GIVEN_TO_ME: Final = re.compile(
    "(?:说|让|叫|喊)(?:我)?(?:打|拨|联系)|(?:给|发)(?:了)?我|那边|他们|她们|(?<!我)留了?(?:个|一个)"
)
_OWN_WORDS: Final = re.compile("本人|自己|我的|打我|找我|联系我|我手机|我电话|我号|我这|我用|我留|我现在|我新")
_NEUTRAL: Final = re.compile(
    "电话|手机|手機|電話|号码?|联系|联络|打|拨|请|换成?|改成?|用|新|现在|就|是|为|的|:|,|有事|有什么事|可以|找|短信|发|到|通知|留|填|写|"
    "这个|这|那|登记|要|先|还|和|也|都|呢|了|微信|同号|以后|今后|变|最|常用|更|不|对|应该|成|个|把|给|在|下|吧|麻烦|叫|方式|码|本机|接|上|说|能|会|"
    "一个|已经|另外|办|随时|直接|目前|收|验证|我们?|咱|店里|店铺|家里|公司|单位|经营者|丢|补|旧|老|原来|座机|来|记|有|问题|情况|进度|结果|咨询|回复|回|晚上|白天|中午"
)


def is_anothers_number(before: str, after: str) -> bool:
    """Whether the words around a telephone number tell of somebody whom no word names (客服留了个…给我)."""
    if _OWN_WORDS.search(before) or people(before):
        return False
    if _GIVEN_TO_ME.search(before) or re.match("(?:给|发给|留给)我", after):
        return True
    left = _NEUTRAL.sub("", before)
    return len(re.findall("[\u4e00-\u9fff]", left)) >= _A_WORD
