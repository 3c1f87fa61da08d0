"""Whether a message wants something done: what begins a case, by fixed words."""

import re

from assistant.cases.leave import gives_leave
from assistant.cases.wishes import CLAUSES, END, START, asks_something

_HANDLE_VERB = (
    r"办|申请|申领|提取|提(?=公积金|出|取|一?笔|钱)|领|登记|补|换|注销|申报|报销|报(?=户口|销|到|名|备)|迁|转|"
    r"开(?=店|公司|办|个|一家|"
    r"证明|户)|设立|注册|签|续|缴|备案|落户|上(?=户口|.?牌|海户口)|结婚|离婚|过户|变更|改|认定|参保|入学|申购|"
    r"登|取(?=出|公积金)|挂失|拿"
)
_NOT_ASKING = "(?!.{0,3}(?:问|了解|知道|咨询|看看|查|投诉|举报|听|明白|搞清|确认))"
_BEGIN = re.compile(
    rf"(?:帮|给|替|代)(?:我|我们|俺|一下|家里|孩子|公司).{{0,10}}(?:{_HANDLE_VERB}|填|弄|搞)|"
    rf"^{START}(?:我|我们|俺|咱|本人|公司|我司|我家|家里|孩子|宝宝)?[^,，。]{{0,6}}?(?:想|要|打算|准备|需要|得|"
    rf"来)(?:要|去|把|给|在|先|现在|网上|线上)?{_NOT_ASKING}"
    rf".{{0,16}}(?:{_HANDLE_VERB})|"
    rf"^{START}(?:现在|马上|直接|这就|今天|开始|去|来)?(?:就|要|想)?(?:{_HANDLE_VERB}).{{1,30}}$|"
    r"\b(?:help me (?:apply|register|get|renew|file)|i (?:want|would like|need) to (?:apply|register|"
    r"get|renew|withdraw|handle|file))\b",
    re.I,
)
_WANTS = re.compile(
    rf"^{START}(?:我|我们|俺|咱|我家|我司|本人|公司|我老婆|我老公|我爸|我妈|我儿子|我女儿|孩子|宝宝)"
    rf"(?:们)?(?:现在|今天|马上|正好|也)?(?:就)?(?:想要|想|要|打算|准备|需要|得){_NOT_ASKING}"
)
# What is wanted after what happened: 「…掉了,要补一张」. A mere verb there tells, it wishes nothing.
_WANTED_LAST = re.compile(
    rf"^(?:所以|就|那就|现在|马上|急着|这就)*(?:我|我们|俺|咱|本人|我司)?(?:现在|马上|就|也|还)*"
    rf"(?:(?:想|要|打算|准备|需要|得|麻烦|请)(?:要|去|把|给|在|先|重新|你|您|帮我)*|(?:帮|给|替)(?:我|我们|家里|孩子))"
    rf"{_NOT_ASKING}(?!.{{0,3}}[等找带交])"
    rf".{{0,12}}?(?:{_HANDLE_VERB})",
    re.I,
)
_CONDITIONAL = re.compile("如果|要是|假如|万一|据说|听.{0,4}说|[友居事家们位人]说")
_ONLY_ASKS = re.compile(
    "(?:想|要|来|先)(?:问|了解|知道|咨询|看看|查|打听|搞清|弄清|确认)|投诉|举报|反映|^(?:请问|问一?下|咨询)|不(?:想|要|用|需要)办"
)
_BEGIN_THIS = re.compile(
    rf"^{START}(?:请|麻烦)?(?:帮我|给我|替我|我要|我想|现在|马上|直接|开始|就)*(?:就)?(?:办|办理|申请|开始办?|"
    rf"办这个|办一下|办吧|在?(?:这|这里|这儿)(?:办|弄)(?:了|吧)?|办一?[个张份本]|(?:就)?办(?:掉|了)(?:它)?|来办|走起|搞起来|弄起来|"
    rf"填表|开始填|办起来|办这件|帮我办|帮我弄){END}$|"
    r"^(?:(?:yes|yeah|ok(?:ay)?|sure|great|good|fine)[,.! ]*)?(?:please )?"
    r"(?:apply now|start|let'?s (?:start|begin|go|do (?:it|this))|begin|do (?:it|this)|apply|go ahead with (?:it|this))"
    r"(?: (?:it|this|now|the application|my application|the process))?(?: for (?:me|"
    r"us))?(?: now)?(?:,? please)?[.! ]*$",
    re.I,
)


# Somebody is told to do it: that is wished for whatever is asked beside it.
_DELEGATES = re.compile(
    r"(?:帮|给|替|代)(?:我|我们|俺|咱|阿拉)(?:们)?(?:直接|现在|马上|把.{1,10}|一起|先|就|去)?(?:办|弄|填|申请|搞|做好|报上)(?!.{0,4}(?:过|的人|什么))|"
    r"直接(?:给我|帮我)?(?:办|弄)(?:了|掉|好|吧|起来)|你(?:来|去)?帮我(?:直接)?(?:办|弄|申请)"
)


# 「can you start it?」 asks for nothing but that it be done
_ENGLISH_WISH = re.compile(
    r"\b(?:can|could|would|will) you (?:please )?(?:start|begin|set (?:it|this|that) up|"
    r"(?:apply|register|file|submit|do) (?:it|this|that)?"
    r"(?: ?for (?:me|us))?\b|"
    r"help (?:me|us) (?:to )?(?:apply|register|get|renew|file|start|replace|submit))|"
    r"\b(?:start|begin|open) (?:the|an|my|our) (?:application|case|process|registration)\b|"
    r"\b(?:i|we)(?:'d| would) like to (?:apply|register|renew|file|replace|get|withdraw|transfer|cancel|report)\b|"
    r"\b(?:i|we) (?:want|need|have) to (?:apply|register|renew|file|replace|transfer|report)\b|"
    r"\bhelp (?:me|us) (?:with|to)\b(?!.*\?)",
    re.I,
)
_ENGLISH_QUESTION = re.compile(
    r"^(?:hi|hello|excuse me)?[,. ]*"
    r"(?:how|what|where|when|which|who|why|do i|is it|are there|can i|should i)\b",
    re.I,
)
_POLITE = re.compile(r"[,，]?(?:好|行|可以|中|成|得)(?:伐|吗|不|么|嘛|吧|不好|不行)[?？。!！]*$")
_NEEDS = re.compile(
    rf"(?:^|[,，。 ])[^,，。]{{0,14}}(?:也|早|是时候)?该(?:去)?(?!不该)[^,，。没不]{{1,8}}了{END}$|"
    rf"还没(?:来得及|顾上|去)?(?:办|弄|做|申请|登记|开|上牌|报|备案|换|补|领|缴|交){END}$|"
    rf"都(?:要|得|想)(?:去)?(?:{_HANDLE_VERB}|弄|做|开)[^,，。]{{0,4}}$|"
    rf"^[^,，。没不]{{2,12}}(?:要|得)(?:去)?(?:{_HANDLE_VERB}|清运|预约|报备|年检|验车){END}$|"
    rf"^[^,，。没不好过有是]{{2,8}}(?:申请|登记|备案|申报|办理|注销|报销|补办|换发|挂失|开户|认定)[吧。!]*$",
    re.I,
)
# After what happened only the deed: 「…掉了,补一张」. What already happened (补好了) and what is denied is none.
_MERE_DEED = re.compile(
    rf"^(?:那|就|所以|现在|先|赶紧|快|重新|去|来|都)*(?:要|得|去|来)?(?:{_HANDLE_VERB}|弄|搞|做|打|递交)[^,，。没不好过]{{0,8}}$|"
    rf"^[^,，。没不好过有是]{{2,8}}(?:申请|登记|备案|申报|办理|递交|注销|变更|报销|补办|换发|挂失|开户|认定)[吧。!]*$",
    re.I,
)


def needs_done(text: str) -> bool:
    """True for 「车子该年检了」「钱包丢了,身份证补一张」: what happened, and what that calls for."""
    if refuses_to_begin(text):
        return False
    if _NEEDS.search(text):
        return True
    clauses = [clause for clause in CLAUSES.split(text) if clause]
    return len(clauses) > 1 and _MERE_DEED.match(clauses[-1]) is not None


def delegates(text: str) -> bool:
    """True where a clause that asks nothing, 「帮我弄弄好伐」 too, has us do it, whatever another clause asks."""
    text = _POLITE.sub("", text)
    return any(_DELEGATES.search(clause) and not asks_something(clause) for clause in CLAUSES.split(text) if clause)


def refuses_to_begin(text: str) -> bool:
    """True where the message asks, only supposes, or tells what others say: nothing is begun on that."""
    return asks_something(text) or _CONDITIONAL.search(text) is not None or _ONLY_ASKS.search(text) is not None


def wants_to_begin(text: str) -> bool:
    """True where the message wants something done, not something explained."""
    if _ENGLISH_WISH.search(text) and not _ENGLISH_QUESTION.match(text):
        return True
    return (
        not asks_something(text)
        and not gives_leave(text)
        and bool(_BEGIN.search(text) or _WANTS.search(text) or _wants_last(text))
    )


def _wants_last(text: str) -> bool:
    clauses = [clause for clause in CLAUSES.split(text) if clause]
    return len(clauses) > 1 and not _CONDITIONAL.search(text) and _WANTED_LAST.match(clauses[-1]) is not None


def wants_this_begun(text: str) -> bool:
    """True for 「帮我办」「开始吧」: what was talked about is to be done."""
    return bool(_BEGIN_THIS.match(text.strip()))
