"""Reads a model's running answer sentence by sentence: `句子 ||F1,F4`, in all the ways small models write it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

# The mark at the end of a line: ||F1,F4 or ||1, 4 or (F1、F4) or [F2].
_FACT = r"\d{1,2}(?!\.?\d)"
_MORE = rf"(?:\s*[,，、;；和及 ]\s*[FＦ]?{_FACT})*"
_MARK = re.compile(
    rf"\s*(?:[|｜]{{1,2}}\s*[(（\[【]?\s*(?:依据|资料)?[:：]?\s*[FＦ]?(?P<a>{_FACT}{_MORE})|"
    rf"[(（\[【]\s*(?:依据|资料|来源|见)?[:：]?\s*[FＦ](?P<b>{_FACT}{_MORE}))\s*[)）\]】]?[。.]?"
)
_LEAD = re.compile(
    r"^\s*(?:[-*•·●>#]+|\(?\d{1,2}[.、)）:：]|[①-⑳]|(?:答案?|回答|句子|Answer|A)\d?\s*[:：])\s*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"(?<=[。！？!?；;])(?=[^」』”\"'）)》])|(?<=[a-z\])]\.)\s+(?=[A-Z])")
_EMPHASIS = re.compile(r"\*\*|__|`|^\s*[\"“「]|[\"”」]\s*$")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """One sentence as written, with the numbers of the facts it names."""

    text: str
    facts: tuple[int, ...]


async def marked_sentences(pieces: AsyncIterator[str]) -> AsyncIterator[MarkedSentence]:
    """Each sentence as soon as its mark is complete. A line without a mark waits for one on the next line."""
    waiting = ""
    async for piece in pieces:
        *lines, waiting = _lines(waiting + piece)
        for line in lines:
            for sentence in _sentences(line):
                yield sentence
    for sentence in _sentences(waiting):
        yield sentence


def _lines(text: str) -> list[str]:
    """The finished lines, each with its mark, and at the end the one that is still being written."""
    *lines, still_open = text.split("\n")
    finished: list[str] = []
    for line in lines:
        if finished and line.strip().startswith(("|", "｜")) and not _MARK.search(finished[-1]):
            finished[-1] += line
        elif line.strip():
            finished.append(line)
    mark_may_follow = not still_open.strip() or still_open.strip().startswith(("|", "｜"))
    if finished and mark_may_follow and not _MARK.search(finished[-1]):
        still_open = finished.pop() + "\n" + still_open
    return [*finished, still_open]


def _sentences(line: str) -> list[MarkedSentence]:
    """The sentences of a line. A mark holds for the sentences since the mark before it."""
    found: list[MarkedSentence] = []
    position = 0
    for mark in _MARK.finditer(line):
        facts = tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", mark["a"] or mark["b"])))
        found += _split(line[position : mark.start()], facts)
        position = mark.end()
    return found + _split(line[position:], ())


def _split(text: str, facts: tuple[int, ...]) -> list[MarkedSentence]:
    sentences = (_tidy(part) for part in _SENTENCE_END.split(text))
    return [MarkedSentence(sentence, facts) for sentence in sentences if sentence]


def _tidy(text: str) -> str:
    """Without list signs, emphasis and quotation marks around the whole."""
    return _EMPHASIS.sub("", _LEAD.sub("", text.strip())).strip()
