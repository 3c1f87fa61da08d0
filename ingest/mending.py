"""The last step of cleaning: garbled sentences found and masked, then punctuation made Chinese."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.characters import without_private
from ingest.punctuation import punctuate
from ingest.quality import Judged, judge, without_numbers
from ingest.rejoining import Paragraph
from ingest.traced import Traced, joined

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’》）)」』]*|\n|$)")


def mend(paragraph: Paragraph, *, font_garbled: bool, doubtful: Sequence[tuple[int, int]] = ()) -> Paragraph:
    """The paragraph ready to be searched; `faults` are the spans of its garbled sentences.

    `doubtful` are spans of the original that a reader of scans was not sure of, in order. Faults are judged before
    punctuation is unified, since that would hide the evidence.
    """
    whole = _judged(paragraph.text, font_garbled, doubtful)
    if not whole.garbled:
        return replace(paragraph, text=punctuate(without_private(whole.text)))
    done: list[Traced] = []
    faults: list[tuple[int, int]] = []
    length = 0
    for sentence in sentences(paragraph.text):
        judged = _judged(sentence, font_garbled, doubtful)
        text = punctuate(without_private(judged.text))
        if judged.garbled:
            faults.append((length, length + len(text.text)))
        done.append(text)
        length += len(text.text)
    return replace(paragraph, text=joined(done), faults=tuple(faults))


def _judged(text: Traced, font_garbled: bool, doubtful: Sequence[tuple[int, int]]) -> Judged:
    judged = judge(text, font_garbled=font_garbled)
    if judged.garbled or not any(start < text.end and text.start < end for start, end in doubtful):
        return judged
    return without_numbers(text)


def sentences(text: Traced) -> Iterator[Traced]:
    """Sentences with their stops; together the whole text. Half-width marks end none: they may be garbled digits."""
    for found in _SENTENCE.finditer(text.text):
        if found.group():
            yield text.part(found.start(), found.end())
