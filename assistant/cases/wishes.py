"""What a message wants of a case, apart from telling a value: begin, go on, later, withdraw, where is it, a form."""

import re
from enum import StrEnum

from assistant.phrases.handling import HandlingPhrases
from guardrails.normalizing import normalize


class Wish(StrEnum):
    """One thing a citizen can want of a case."""

    BEGIN = "begin"
    GO_ON = "go_on"
    LATER = "later"
    WITHDRAW = "withdraw"
    PROGRESS = "progress"
    AS_FORM = "as_form"
    ONE_BY_ONE = "one_by_one"
    NOT_KNOWN = "not_known"
    YES = "yes"
    NO = "no"
    ALL = "all"
    BRING = "bring"  # the original comes to the window
    LICENCE = "licence"  # the electronic licence is used
    UPLOADED = "uploaded"
    REVIEW = "review"
    SUBMIT = "submit"
    PAPERS = "papers"
    CODE = "code"
    REVOKE = "revoke"
    NEW = "new"


_YES_WORDS = (
    r"是|是的|对|对的|对头|没错|嗯+|嗯呐|嗯哪|好|好的|好嘞|好滴|行|行嘞|成|得|得嘞|中|妥|妥妥|要得|可以|同意|我同意|确认|我确认|没问题|"
    r"没毛病|没得问题|莫问题|符合|都符合|满足|都满足|当然|必须|要|需要|有|ok|okay|愿意|我承诺|承诺|知道了|我知道了|已阅读?|正确|都对|准|准了|"
    r"就这样|确定|确认|可以的|行的|没有问题|你?去查|做得到|是这样|使得|完全可以|当然可以"
)
END = r"[\s,.!~。!,、;…吧了呀啊呢哦哈的啦]*"
START = r"[\s,.。!,、]*(?:(?:嗯|好[的了]?|行|那|那就|哦|ok|你好|您好|小申|请|麻烦)[\s,。!,]*)*"

_QUESTION = re.compile(
    r"[?？]|吗|怎么|如何|什么|啥|哪|多少|多[久长大高远]|(?<!前)(?<!这)(?<!过)(?<!近)(?<!好)几[天个号点岁年月]|能不能|可不可以|是否|是不是|行不行|要不要|"
    r"有没有|需不需要|([\u4e00-\u9fff])不\1|(?:行|好|可以|成|得|对|够)不$|咋|伐$|.{6}(?:对|是|没错|行|可以|够)了?吧[。!]*$|\d[^,，]{0,4}吧[。!]*$|(?:一定|必须|非|只能|应该|不用|可以|只要)(?:得|要)?.{1,20}吧[。!]*$|"
    r"为何|凭什么|谁|\b(?:what|how|where|when|which|who|why|can i|do i|is it|are there)\b",
    re.I,
)
CLAUSES = re.compile(r"[,，。;；!！\s]+")
_SIGHS = re.compile("算了|唉|哎|嗯+|哦|那|好吧|好了|不好意思|谢谢|谢谢你|麻烦你了|辛苦了")
_WHOLE: tuple[tuple[Wish, str], ...] = (
    (
        Wish.WITHDRAW,
        r"(?:我)?(?:要|想|决定)?(?:先)?(?:撤回|撤销|撤掉|取消|放弃|不办了|不想办了|不要办了|别办了|不弄了|不申请了|先不办了|算了不办了?|作废)"
        r"(?:吧|这个|这件|这次|本次|办件|申请|办理|掉|它|了)*|(?:这个|这件|这件事|这事|申请)?(?:我)?(?:不办了|"
        r"不想办了|撤了吧|取消吧|算了不办了)|"
        r"(?:算了|还是)[,，]?(?:先)?不(?!填|说|写|管|用填|选|回答|知|清|确|太)\S{1,4}了?|"
        r"(?:我)?(?:不想|不要|不)(?:再|继续)?(?:办|弄|申请|搞)(?:下去)?了?[,，]?(?:怎么办|咋办|怎么弄|可以吗|行吗|能撤吗|怎么撤|怎么取消)|"
        r"(?:我想?)?(?:怎么|咋|如何|能不能|可以|能)(?:才能)?(?:撤回|取消|撤销|撤掉)(?:这个|这件)?(?:申请|办理|办件)?(?:吗|么)?|"
        r"(?:please )?(?:withdraw|cancel)(?: (?:it|this|my application|the case))?",
    ),
    (
        Wish.LATER,
        r"(?:我)?(?:先|今天|现在|就)*(?:到这里?|到这儿|到此为止|停一下|暂停|停|保存一?下?|存一下|先?存着|先放着|"
        r"(?:等一?会儿?|等等|回头|晚点|下次|下回|改天|改日|明天|明早|今晚|晚上|周末|以后|过(?:几|两)天)"
        r"再?(?:接着|继续)?(?:说|办|弄|填|来|搞|补|继续)?)"
        r"(?:吧|我再来|再继续|,?我还有事|,?我先忙)?|"
        r"(?:等一?下|稍等|等会儿?|慢着)(?:一下)?[,，]?(?:我)?(?:先)?(?:去|要|得)?(?:接个?电话|有点?事|开(?:个)?会|吃(?:个)?饭|"
        r"上课|忙|出去)\S{0,4}|"
        r"(?:hold on|wait|sorry)?[,. ]*(?:i'?ll|i will|let me|can i|can we|i'?d like to) (?:do|"
        r"finish|continue|come back|"
        r"fill|go on|stop|save)[^?]{0,25}(?:later|tomorrow|another (?:day|time)|here|for now)[^?]{0,15}\??|"
        r"(?:能不能|可不可以|可以|能|我)?(?:剩下的|其他的|其余的)?(?:明天|明早|回头|改天|晚点|下次|晚上|过两天|周末)(?:再|接着)(?:来)?"
        r"(?:弄|办|来|填|继续|搞)(?:吗|行吗|可以吗|行不行|好吗|行伐|好伐)?\??|"
        r"(?:let'?s )?(?:stop|pause|leave it) (?:here|now|there|for now)|"
        r"(?:maybe |not now,? ?)?(?:later|another (?:day|time)|not now)|"
        r"i (?:have|need|got) to go(?: now)?|save (?:it|this)(?: for later)?|"
        r"(?:我)?(?:有事|先走|先忙)"
        r".{0,6}(?:回头|晚点|下次|明天|等会儿?|改天)(?:再)?(?:来|办|说|弄|填|继续)*|(?:save|later|"
        r"continue later|pause)",
    ),
    (
        Wish.GO_ON,
        r"(?:我)?(?:把|拿)?(?:昨天|前天|上次|上回|刚才|刚刚|之前|前面|那天|上午|早上|昨晚)(?:没)?(?:办|弄|填|说)?(?:完|好)?(?:的)?(?:那个|那件事?|申请|办件)?"
        r"(?:我们|咱们)?(?:再)?(?:继续|接着|接下去)(?:办|填|弄|来|说)?(?:完|下去)?|"
        r"(?:我)?(?:要|想|来)?(?:继续|接着|接下去|回来|往下|下一步|下一项|接着上次)(?:办|填|办理|弄|来|的|吧|"
        r"上次)*(?:的|那个|那件|办件|申请)?|"
        r"(?:我)?(?:回来了|来了|好了,?继续)|(?:continue|next|go on|resume)",
    ),
    (
        Wish.AS_FORM,
        r"(?:给|发|弄)我?(?:一?[张个份])?表(?:格|单)?(?:让)?(?:我)?(?:自己|来|一起)*填?(?:吧|好了)?|"
        r"(?:我)?(?:想|要)?(?:还是|直接|改|换)?(?:成|用|给我|看|填|来)?(?:一?张|个)?(?:表格|表单|填表|"
        r"表)(?:吧|来填|填|方式|一起填|的方式)?|"
        r"(?:还是)?(?:一次|一起|一次性|一口气|全部)(?:都)?(?:填|问|列出来|填完)(?:吧|完)?|(?:show|"
        r"use)?\s*(?:me )?(?:the |a )?form",
    ),
    (
        Wish.ONE_BY_ONE,
        r"(?:还是|请|你)?(?:一项一项|一个一个|一条一条|一步一步|一个个|逐项|逐个|一样一样)(?:地|来|问|"
        r"填)*(?:我|吧)*|(?:还是)?你问我(?:答)?吧?|"
        r"one (?:by one|at a time)",
    ),
    (
        Wish.NOT_KNOWN,
        r"(?:这个|这)?(?:我)?(?:也|还|真)?(?:不知道|不清楚|不晓得|不太清楚|不确定|不记得|记不清|记不得|"
        r"想不起来|忘记?|不会填|没概念|说不准|"
        r"不懂|不明白|搞不清|弄不清|没记住|手头没有|现在没有)(?:了|啊|呀|怎么填|填什么|填啥|这个|是什么)*|"
        r"(?:能|可以|那就?|先)*(?:跳过|空着|放着)(?:这个|这项|它)?(?:可以|行|好)?吗?|下一个|(?:算了|那)?[,，]?(?:这个|这项)?先?不(?:填|写|管|选|说)(?:这个|这项|它)?了?|"
        r"\S{0,6}(?:还)?没(?:有)?(?:想好|想过|定下?来?|起好|取好|决定|考虑好|拿到|收到|下来|办下来|出来)\S{0,4}|\S{1,6}没(?:有)?(?:给|告诉|跟|说)(?:过)?我\S{0,3}|"
        r"\S{0,8}(?:没带|不在身边|不在手边|不在手头|一时找不到|要回去(?:找|看|查)\S{0,3})|"
        r"(?:pass|skip)(?: (?:it|this|that|this one))?|can i skip (?:it|this)(?: one)?|(?:i )?(?:have )?no idea|"
        r"(?:i )?(?:don'?t|do not) (?:know|remember|have (?:it|that|one|any)\b.{0,20})(?: (?:it|that|yet|now))?|"
        r"(?:i'?m )?not sure(?: yet)?|i forgot|"
        r"(?:i )?haven'?t decided(?: yet)?|(?:not yet )?decided later",
    ),
    (
        Wish.ALL,
        r"(?:这些|这几[条样]|上面的?|条件|以上)?(?:我们?|我家|我司|咱|阿拉)?(?:都|全|全部|统统|所有|侪|样样|条条|完全|一概)(?:都)?"
        r"(?:能|能够|是)?(?:要|办|选|符合|满足|是|可以|同意|对|没问题|有|一起办|要办|够|够条件|具备|对得上|做得到|达标|达到|齐|齐全|"
        r"没毛病|ok|行|好|中|准备好|处理好|达得到)(?:的|了|额|呀|啦)*|"
        r"(?:条件|要求)(?:我)?(?:都|全)?(?:符合|满足|够|具备|有|达到)(?:的|了)?|(?:我)?(?:够|符合|满足|具备)(?:这些|这个)?(?:条件|要求)(?:的)?|"
        r"没(?:有|啥|什么)*不(?:符合|满足|达标|够|对)的?|都一起办|全都要|一起办|all(?: of them)?|"
        r"(?:i|we) (?:do|meet (?:them|all|all of them))",
    ),
    (
        Wish.YES,
        rf"(?:这些|这几条|以上|上面的|我|那)?(?:{_YES_WORDS})(?:{_YES_WORDS}|的|吧|啊|呀|额|嘛|哇|的呀)*|"
        r"(?:yes|yep|yeah|yup|sure|agree|i agree|confirm|correct|right|fine|of course|"
        r"no problem|go ahead|ok go ahead|sounds good)",
    ),
    (
        Wish.NO,
        r"(?:不|不是|不对|不用|不用了|不要|不需要|不同意|我不同意|不可以|不行|没有|不符合|不满足|没|否|不愿意|"
        r"不授权|自己填|我自己填|不了|"
        r"我自己来)(?:的|了|吧|啊|,|，|我自己填|自己填)*|"
        r"(?:no|nope|don'?t agree|disagree)(?:,? (?:thanks?|thank you))?|"
        r"(?:no,? ?(?:thanks?|thank you|need(?: to \w+)?)?[,.]? ?)?i(?:'ll| will|'d rather| would rather| prefer to|"
        r" want to) "
        r"(?:fill|enter|type|do|write|not)[^?]{0,30}(?:myself)?",
    ),
    (
        Wish.BRING,
        r".{0,8}(?:带|拿|送|交)(?:原件|过去|到|去|来).{0,6}(?:窗口|大厅|现场|中心)?.{0,4}|(?:到|去)?(?:窗口|"
        r"现场|大厅).{0,4}(?:交|带|给|提交|再说)|"
        r"(?:我)?(?:带|交|拿)(?:纸质|原件|纸的|实物)(?:去|来)?|(?:bring|at the window).{0,20}",
    ),
    (
        Wish.LICENCE,
        r".{0,6}(?:用|有|使用|调用|调|授权)?(?:我的)?(?:电子证照|电子证|电子版证照|随申码|电子亮证|"
        r"亮证)(?:就行|可以|吧|的|调)*|"
        r"(?:electronic|e-?)licen[cs]e",
    ),
    (
        Wish.UPLOADED,
        r"(?:我)?(?:已经|都)?(?:传|上传|拍)(?:好|完|过|上去|了)+.{0,4}|(?:照片|图片|文件|材料)?(?:发|传|"
        r"上传)(?:了|好了|过了|上去了)|uploaded",
    ),
    (
        Wish.REVIEW,
        r"(?:帮我|请|再)?(?:预审|检查|审一下|审核|核对|看看|查)(?:一下|一遍|材料|对不对|有没有问题|吧|"
        r"我的材料)*|(?:check|review)(?: it)?",
    ),
    (
        Wish.SUBMIT,
        r"(?:我)?(?:要|确认|可以|就)?(?:提交|递交|交上去|报上去|交给窗口|送审|交了|交吧|提交申请|提交吧)(?:了|"
        r"吧|申请|给窗口|到窗口)*|"
        r"submit(?: it)?",
    ),
    (
        Wish.PAPERS,
        r"(?:我)?(?:要|想|给我|帮我)?(?:下载|打印|看看?|生成|出|预览)(?:一下)?(?:申请表|申请书|文书|承诺书|"
        r"材料清单|表格?)(?:吧|给我)?|papers|download",
    ),
    (
        Wish.CODE,
        r"(?:我的|给我|看|要)?(?:接续码|办件码|二维码|续办码)(?:是多少|呢|给我|在哪)?|(?:换(?:个|了|台)?(?:手机(?!号)|"
        r"电脑|设备)|到窗口|去窗口)(?:了|的话)?(?:怎么|咋|哪能|要怎么)?(?:接着|继续)?(?:办|弄)?.{0,4}",
    ),
    (
        Wish.REVOKE,
        r"(?:我)?(?:要|想)?(?:撤销|收回|取消|撤回)(?:我的)?(?:授权|同意|数据授权)(?:吧|了)?|(?:不要|"
        r"别)(?:再)?(?:用|查)我的(?:数据|"
        r"信息)(?:了)?|revoke consent",
    ),
)
_COMPILED = tuple((wish, re.compile(rf"^{START}(?:{pattern}){END}$", re.I)) for wish, pattern in _WHOLE)
_PROGRESS = re.compile(
    r"(?:办件|申请|我的(?:事|件|业务)|那件事|那个|材料|这件|刚才(?:的|那)|上次(?:的|那)).{0,8}(?:到哪|哪一步|"
    r"进度|进展|怎么样了|办好(?:了)?(?:吗|没)|"
    r"批(?:了|下来)|审(?:好|完|过)|有结果|多久能好|办得怎样|什么情况)|(?:查|看|"
    r"问)(?:一?下)?(?:我的)?(?:办理)?(?:进度|进展|办件)|"
    r"^(?:我的)?(?:办理)?(?:进度|进展)(?:呢|怎么样)?[?？]?$|到哪(?:一)?步了|还(?:差|缺|少)(?:了|些|点)?(?:什么|啥|哪些|几[样项])|还有(?:什么|啥|哪些)(?:没|要|需)|"
    r"还(?:要|需要?|得)(?:我|再)*(?:交|填|补|提供|上传|弄|准备)(?:些|点)?(?:什么|啥|哪些)|(?:办|弄|审)(?:到哪|得怎么样)|"
    r"(?:application|"
    r"case) (?:status|progress)|\bwhat(?:'s| is| are| else is)? (?:still )?(?:missing|left to do|left|still needed)\b|"
    r"\bhow far (?:am i|are we|is it)\b",
    re.I,
)
_HOW_LONG = re.compile(r"多久|多长|几天|几个工作日|承诺|法定")  # how long it takes anybody, not where mine is
_CORRECTS = re.compile(
    r"^(?:不对|不是|更正|纠正|应该是|(?:等等|等一?下|慢着|哎|哦|啊)[,，].{0,10}(?:其实|应该|不是)|"
    r"其实(?:是|不是|应该)|我?改(?:一?下|了|成|为|个|[,，、 ]))|"
    r"(?:[写填说搞打弄记讲报输选]|^|[,，。 ])错(?:了|啦|字|误)|(?:改成|改为|更正为|应该是|应为|换成)|"
    r"^(?:sorry|no|wait|correction|i mean)\b[^a-z]|\b(?:should be|i meant|correct(?:ion)?:|mistake)\b",
    re.I,
)


def wish_of(text: str) -> Wish | None:
    """The wish where the whole message is nothing else; None where it may be a value, a question or a new topic."""
    plain = text.strip()
    if _PROGRESS.search(plain) and not _HOW_LONG.search(plain):
        return Wish.PROGRESS
    return _wish_of_one(plain) or _wish_of_all(plain)


def _wish_of_one(plain: str) -> Wish | None:
    found = next((wish for wish, pattern in _COMPILED if pattern.match(plain)), None)
    return None if found is Wish.BRING and asks_something(plain) else found  # 「几天能拿到护照」


def _wish_of_all(plain: str) -> Wish | None:
    """The wish that every clause says: 「对,都符合」, 「先到这,回头再来」, 「算了,不办了」."""
    clauses = [clause for clause in CLAUSES.split(plain) if clause and not _SIGHS.fullmatch(clause)]
    wishes = {_wish_of_one(clause) for clause in clauses}
    if wishes == {Wish.YES, Wish.ALL}:
        return Wish.ALL
    if clauses and _wish_of_one(clauses[0]) is Wish.WITHDRAW and wishes <= {Wish.WITHDRAW, None}:
        return Wish.WITHDRAW  # 「不办了,家里不同意」: asked again before anything is deleted
    if wishes in ({Wish.YES, Wish.REVIEW}, {Wish.YES, Wish.SUBMIT}):  # 「可以,查吧」
        return (wishes - {Wish.YES}).pop()
    return wishes.pop() if len(wishes) == 1 else None


def button_wish(text: str, phrases: HandlingPhrases) -> Wish | None:
    """The wish behind one of our own buttons, in whatever language it was shown."""
    p = phrases
    buttons = {
        p.yes: Wish.YES,
        p.agree: Wish.YES,
        p.confirm_yes: Wish.YES,
        p.withdraw_yes: Wish.WITHDRAW,
        p.own: Wish.NO,
        p.all: Wish.ALL,
        p.not_sure: Wish.NOT_KNOWN,
        p.dont_know: Wish.NOT_KNOWN,
        p.as_form: Wish.AS_FORM,
        p.licence: Wish.LICENCE,
        p.bring: Wish.BRING,
        p.submit: Wish.SUBMIT,
        p.stop: Wish.LATER,
        p.go_on: Wish.GO_ON,
    }
    said = normalize(text).strip().lower()
    return next((wish for label, wish in buttons.items() if normalize(label).lower() == said), None)


_NOTHING_ASKED = re.compile(
    r"没(?:有)?(?:啥|什么|甚)|(?:不知道?|不晓得|勿晓得|忘了|忘记|记不得|想不起来?)[^,，。?？]{0,6}(?:哪里?|什么|啥|怎么|谁)(?=.*[,，。])"
)


def asks_something(text: str) -> bool:
    """True where the message is a question: it wants an answer before anything else goes on. 「没啥问题」 is none."""
    return bool(_QUESTION.search(_NOTHING_ASKED.sub("", text)))


def corrects(text: str) -> bool:
    """True where the message takes back something said before."""
    return bool(_CORRECTS.search(text))


_MEETS = re.compile(
    "(?<!不)(?:符合|满足)|条件.{0,4}(?:够|具备|有|齐)|够条件|都够|对得上|达标|具备|都合(?:的|格|适)?$|(?:这|那|都|全|样样|条条).{0,6}(?:有|做得到)|"
    "没(?:有|啥|什么)*不(?:符合|满足|达标|够|对)"
)


def meets_conditions(text: str, wish: Wish | None) -> bool:
    """Whether a yes says that conditions are met, and not just yes to whatever was asked."""
    return wish in {Wish.YES, Wish.ALL, None} and not asks_something(text) and _MEETS.search(text) is not None
