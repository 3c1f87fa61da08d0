"""Small rules that turn a sheet's notation into Chinese prose: full-width signs, dates, comparisons, alternatives."""

import re
from datetime import date

_CJK = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’"
_SIGNS = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
_BESIDE_CJK = re.compile(rf"(?<=[{_CJK}0-9%%])[,;:?!]|[,;:?!](?=[{_CJK}])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CLOCK = re.compile(r"(?<=\d):(?=\d\d(?!\d))")
_COMPARED = (
    (re.compile(r"\s*>=\s*"), "不少于"),
    (re.compile(r"\s*≥\s*"), "不少于"),
    (re.compile(r"\s*<=\s*"), "不超过"),
    (re.compile(r"\s*≤\s*"), "不超过"),
    (re.compile(r"\s*<\s*(?=\d)"), "少于"),
    (re.compile(r"\s*>\s*(?=\d)"), "多于"),
    (re.compile(r"(?<=\d)\s*\*\s*(?=\d)|(?<=[\u4e00-\u9fff])\s*\*\s*"), "×"),
)
_ISO = re.compile(r"(?<![\d-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\d-])")
# What editors note in brackets for each other, (仓库整理,待核). A citizen reads whether it holds.
_EDITORS_NOTE = re.compile(r"[(（]([^()（）]*?(?:仓库整理|第三方)[^()（）]*)[)）]")
_NOTED = (
    (re.compile(r"(?:仓库整理|第三方整理|第三方),(?=待核|低置信)"), ""),
    (re.compile(r"仓库整理|第三方整理|第三方"), "非官方，未核实"),
)
_UNCHECKED = re.compile(r"待核原文|待核(?![准实验定查对发销减])|低置信")
_YEAR, _MONTH = len("2026"), len("2026-01")


def prose(text: str) -> str:
    """The text with signs as Chinese writes them and comparisons in words. Numbers and names stay as they are."""
    for sign, words in _COMPARED:
        text = sign.sub(words, text)
    text = _ISO.sub(lambda match: moment(match.group()), text)
    text = _UNCHECKED.sub("未核实", _EDITORS_NOTE.sub(_noted, text))
    kept = _CLOCK.sub("\x00", _THOUSANDS.sub("\x01", text))
    kept = _BESIDE_CJK.sub(lambda match: _SIGNS[match.group()], kept)
    return _brackets(kept).replace("\x00", ":").replace("\x01", ",").strip()


def _noted(note: re.Match[str]) -> str:
    words = note.group(1)
    for jargon, plain in _NOTED:
        words = jargon.sub(plain, words)
    return f"({words})"


def _brackets(text: str) -> str:
    """Round brackets become full-width where they hold or follow Chinese, in pairs."""
    return re.sub(
        r"\(([^()]*)\)",
        lambda match: f"（{match.group(1)}）" if _needs_wide(text, match) else match.group(),
        text,
    )


def _needs_wide(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 1) : match.start()]
    return re.search(f"[{_CJK}]", match.group(1) + before) is not None


def sentence(text: str) -> str:
    """The text as a sentence that ends with a full stop."""
    worded = prose(text).rstrip("。；，; ,")
    return worded if worded.endswith(("？", "！", "…")) else worded + "。"


def listed(parts: tuple[str, ...]) -> str:
    """甲、乙、丙."""
    return "、".join(parts)


def either(text: str) -> str:
    """原件/电子 as 原件或电子."""
    return "或".join(part.strip() for part in text.split("/") if part.strip())


def steps(parts: tuple[str, ...]) -> str:
    """第一步，…；第二步，…; a single step stays as it is."""
    if len(parts) == 1:
        return prose(parts[0])
    return "；".join(f"第{_ordinal(n)}步，{prose(part)}" for n, part in enumerate(parts, 1))


def _ordinal(n: int) -> str:
    digits = "零一二三四五六七八九"
    if n < len(digits):
        return digits[n]
    tens, ones = divmod(n, 10)
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def day(value: date) -> str:
    """2026年3月1日."""
    return f"{value.year}年{value.month}月{value.day}日"


def moment(written: str) -> str:
    """A date as a sheet has it, full or in part: 2025, 2025-04, 2025-04-14; anything else stays."""
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", written) is None:
        return prose(written)
    if len(written) == _YEAR:
        return f"{written}年"
    if len(written) == _MONTH:
        return f"{written[:4]}年{int(written[5:7])}月"
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return written


def title_of_law(law: str) -> str:
    """《社会保险法》（2018修正） from the sheets' 社会保险法(2018修正); what is no law's title gets no title marks."""
    name, _, rest = law.partition("(")
    if (
        "《" in law
        or ")" in rest.removesuffix(")")
        or re.search(r"(法|条例|规定|办法|规则|细则|法典)$", name) is None
        or "号" in name
    ):
        return prose(law)
    return f"《{name}》（{prose(rest.rstrip(')'))}）" if rest else f"《{name}》"
