"""Understands one message: language, place, audience, what is asked, and what the dialogue adds to it."""

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

from assistant.dialogue import Question, Speaker
from assistant.phrases.glossary import load_glossary
from assistant.steps.grounds import Understood
from assistant.steps.needs import need_of
from assistant.steps.places import other_region
from knowledge.items import Audience
from knowledge.recognition.wording import plain_wording

_DISTRICTS = (
    "黄浦区",
    "徐汇区",
    "长宁区",
    "静安区",
    "普陀区",
    "虹口区",
    "杨浦区",
    "闵行区",
    "宝山区",
    "嘉定区",
    "浦东新区",
    "金山区",
    "松江区",
    "青浦区",
    "奉贤区",
    "崇明区",
)
_COMPANY = re.compile(
    r"公司|企业|单位|厂里|我厂|我们厂|法人|股东|员工|雇|招(?:了|用|聘)|\b(?:company|employer|enterprise)\b", re.I
)
_PERSON = re.compile(
    (
        r"我(?:自己|本人|妈|爸|老婆|老公|儿子|女儿|孩子|爷爷|奶奶)|宝宝|小孩|老人|\bmy (?:wife|husband|son|"
        r"daughter|child)\b"
    ),
    re.I,
)
_ENGLISH_GREETING = re.compile(r"(?:hi|hello|hey|thanks|bye|goodbye|human|agent|help)[!.,? ]*", re.I)
# How a message begins, ends or points when it leans on what was said before.
_LEANS = re.compile(
    (
        r"^(?:那|那么|这|它|他|她|还|另外|然后|再|如果|要是|万一|可是|但是|不是|不对|而且|对了|所以|除了|之后|"
        r"递|交|材料)|呢[??。!]*$|这个|那个|这样|那样|上面|刚才|刚刚|前面|这种|同样|^(?:and|what about|how "
        r"about|then)\b"
    ),
    re.I,
)
_CORRECTS = re.compile(
    r"^(?:不是|不对|我不是|并不是|我说的不是|我(?:要|想)的不是)[,]?(?P<wrong>[^,。;]{0,14})[,。;]\s*(?:是|"
    r"我(?:要|想|说)(?:的是)?|应该是)?(?P<right>.+)$"
)
_CHINESE = re.compile("[\u3400-\u9fff]")
_ENGLISH_WORD = re.compile(r"(?<![\w@.])[A-Za-z]{2,}(?![\w@]|\.\w)")
_SENTENCE = 4
_SHORT = 14


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def simplify(text: str) -> str:
    """The text in simplified characters; everything else stays."""
    return str(_simplifier().convert(text)) if any("\u3400" <= c <= "\u9fff" for c in text) else text


def language_of(text: str) -> str:
    """`en` where the message is written in Latin letters with at most a few Chinese terms in it, else `zh`."""
    chinese = sum("\u3400" <= c <= "\u9fff" for c in text)
    words = len(re.findall(r"[A-Za-z]{2,}", text))
    if chinese == 0 and words and _ENGLISH_GREETING.fullmatch(text.strip()):
        return "en"
    return "en" if words >= 2 and words > chinese else "zh"  # noqa: PLR2004 - one Latin word may be a brand


def spoken_in(question: Question, text: str) -> str:
    """The language to answer in: the one that is fixed, or that of the message, or that of the last one that told.

    「13800000000」 tells none; a mail address or a name in a Chinese dialogue does not turn it into an English one.
    """
    if question.language is not None:
        return question.language
    said = [one.text for one in question.history if one.speaker is Speaker.CITIZEN]
    before = next((language_of(one) for one in reversed(said) if _CHINESE.search(one) or _is_english(one)), None)
    if _CHINESE.search(text) or before is None:
        return language_of(text)
    return "en" if _is_english(text, _SENTENCE if before == "zh" else 1) else before


def _is_english(text: str, words: int = 1) -> bool:
    return language_of(text) == "en" and len(_ENGLISH_WORD.findall(text)) >= words


def understand(question: Question, text: str, served: str = "上海市") -> Understood:
    """Read the message `text`, which the inbound guard has normalized, in the light of the dialogue."""
    asked = _tidy(plain_wording(text))
    language = question.language or language_of(asked)
    query = _with_chinese(asked) if language == "en" else asked
    topic = last_topic(question)
    follows = topic is not None and leans_on_dialogue(query)
    standalone = _joined(topic, query) if follows and topic else query
    own = need_of(query)
    facets = own.facets or (need_of(topic).facets if follows and topic and _only_swaps(query) else ())
    return Understood(
        query=query,
        standalone=standalone,
        language=language,
        facets=facets,
        audience=question.audience or _audience(query),
        region=_district(query) or question.region,
        other_region=other_region(standalone, question.region, served),
        as_of=question.as_of,
        history=question.history,
        is_follow_up=follows,
    )


def _with_chinese(english: str) -> str:
    """The message followed by the Chinese words for what it is about: names, sheets and phrases are Chinese."""
    chinese = load_glossary().chinese_for(english)
    return f"{chinese} {english}" if chinese else english


def last_topic(question: Question) -> str | None:
    """The citizen's latest message in the dialogue that stands on its own, simplified; None without history."""
    said = [_tidy(simplify(u.text)) for u in question.history if u.speaker is Speaker.CITIZEN]
    for text in reversed(said):
        if not leans_on_dialogue(text) and len(text) > 3:  # noqa: PLR2004 - 你好, 好的
            return text
    return said[0] if said else None


def leans_on_dialogue(query: str) -> bool:
    """True where the message cannot be understood alone: it points back, or is too short to name its subject."""
    return bool(_LEANS.search(query)) or len(query) <= _SHORT


def corrects(query: str) -> bool:
    """True for 「不是补办,是换证」: what was understood before is taken back."""
    return bool(_CORRECTS.match(query))


def _tidy(text: str) -> str:
    # the dialogue's older messages did not pass the inbound guard again
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip()


def _joined(topic: str, query: str) -> str:
    corrected = _CORRECTS.match(query)
    if corrected is None:
        return f"{topic} {query}"
    wrong, right = corrected["wrong"].strip(), corrected["right"].strip()
    kept = topic.replace(wrong, "") if wrong else topic
    return f"{kept} {right}".strip()


def _only_swaps(query: str) -> bool:
    """True for 「我老婆呢」「不是补办,是换证」: another person or item, the same question as before."""
    return bool(re.search(r"呢[??。!]*$", query)) or bool(_CORRECTS.match(query))


def _audience(text: str) -> str | None:
    company, person = bool(_COMPANY.search(text)), bool(_PERSON.search(text))
    if company == person:
        return None
    return Audience.COMPANY.value if company else Audience.PERSON.value


def _district(text: str) -> str | None:
    for district in _DISTRICTS:
        short = district.removesuffix("新区").removesuffix("区")
        if district in text or (short not in ("普陀", "金山", "宝山", "长宁") and short in text):
            return f"上海市/{district}"
    return None
