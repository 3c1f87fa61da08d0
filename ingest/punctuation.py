"""Punctuation and spaces of Chinese text: `.` for 。, half-width commas and brackets, spaces inside words."""

import re

from ingest.characters import HAN
from ingest.traced import Traced

_OPENERS = "“‘《〈「『（〔【"
_CLOSERS = "”’》〉」』）〕】"
_ORDINAL_DOT = re.compile(r"^(\s*[一二三四五六七八九十]{1,3})[.。，,](?=\S)")
_STOP = re.compile(
    rf"(?<=[{HAN}{_CLOSERS}%)])\.(?![.\w%])|(?<=[{HAN}{_CLOSERS}%])\.(?=[{HAN}\d])|(?<=[A-Za-z])\.(?=[{HAN}“《])"
)
_MARKS = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_MARK = re.compile(rf"(?<=[{HAN}{_CLOSERS}%)])[,;:?!]|[,;?!](?=[{HAN}{_OPENERS}])")
_PAIR = re.compile(r"\(([^()（）]{0,80})[)）]|（([^()（）]{0,80})\)")
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_LONE_OPEN = re.compile(rf"\((?=[{HAN}])|(?<=[{HAN}])\((?=[^)]*$)")
_LONE_CLOSE = re.compile(rf"(?<=[{HAN}])\)")
_LETTER_SPACED = re.compile(rf"(?:(?<=\s)|^)(?:[{HAN}] ){{3,}}[{HAN}](?=\s|$)")
_CHAPTER = re.compile(rf"^(第[一二三四五六七八九十百\d]+[编章节])\s*([{HAN}]) ([{HAN}])$")
_SPACES = re.compile(r" {2,}")
_AROUND_BRACKET = re.compile(
    rf"(?<=[{HAN}\d]) +(?=[〔〕》”）。，、；：])"
    rf"|(?<=[〔《“（。，、；：]) +(?=[{HAN}\d“《])|(?<=〕) +(?=\d)|(?<=[{HAN}]) (?=[“《])"
)
_AROUND_NUMBER = re.compile(rf"(?<=[{HAN}]) (?=\d)|(?<=[\d%]) (?=[{HAN}])")
_AFTER_CLAUSE = re.compile(r"(第[一二三四五六七八九十百零〇\d]+[编章节条款]) (?=\d)")
_BOLD = re.compile(r"\*\*([^*]{1,300})\*\*")
_INDENT = re.compile(r"^\s+|\s+$")


def punctuate(text: Traced) -> Traced:
    """Chinese punctuation where the text around is Chinese; numbers, web addresses and Latin text stay as they are."""
    # Two rounds: a bracket that was made Chinese decides about the mark after it.
    out = _spaced(text.sub(_BOLD, lambda found: found.group(1)))
    out = out.sub(_ORDINAL_DOT, lambda found: found.group(1) + "、")
    out = _brackets(out, out.text)
    out = out.sub(_STOP, "。").sub(_MARK, lambda found: _MARKS[found.group()])
    return out.sub(_MARK, lambda found: _MARKS[found.group()]).sub(_AROUND_BRACKET, "")


def _spaced(text: Traced) -> Traced:
    """Letter-spaced titles closed up, runs of spaces made one, spaces between Chinese and numbers out."""
    out = text.sub(_SPACES, " ").sub(_INDENT, "")
    out = out.sub(_LETTER_SPACED, lambda found: found.group().replace(" ", ""))
    out = out.sub(_CHAPTER, lambda found: f"{found.group(1)} {found.group(2)}{found.group(3)}")
    # After 第一条 a space ends the clause's number and keeps 第一条 2020年 apart.
    out = out.sub(_AFTER_CLAUSE, lambda found: found.group(1) + "\u3000")
    return out.sub(_AROUND_NUMBER, "").sub(_AROUND_BRACKET, "")


def _brackets(text: Traced, plain: str) -> Traced:
    """One kind of round brackets: full-width where Chinese is inside or beside."""

    def unified(found: re.Match[str]) -> str:
        inside = found.group(1) if found.group(1) is not None else found.group(2)
        before = plain[found.start() - 1 : found.start()]
        after = plain[found.end() : found.end() + 1]
        mixed = found.group()[0] == "（" or found.group()[-1] == "）"
        chinese = mixed or any(_HAN_CHARACTER.search(part) for part in (inside, before, after))
        return f"（{inside}）" if chinese else found.group()

    if not ({"(", ")"} & set(plain)):
        return text
    return text.sub(_PAIR, unified).sub(_LONE_OPEN, "（").sub(_LONE_CLOSE, "）")
