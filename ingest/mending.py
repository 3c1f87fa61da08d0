"""The last step of cleaning: garbled sentences found and masked, then punctuation made Chinese."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.characters import without_private
from ingest.punctuation import punctuate
from ingest.quality import judge
from ingest.rejoining import Paragraph
from ingest.traced import Traced, joined

_SENTENCE = re.compile(r"[^。！？；\n]*(?:[。！？；]+[”’》）)」』]*|\n|$)")


def mend(paragraph: Paragraph, *, font_garbled: bool) -> Paragraph:
    """The paragraph ready to be searched; `faults` are the spans of its garbled sentences.

    Faults are judged before punctuation is unified, since that would hide the evidence.
    """
    whole = judge(paragraph.text, font_garbled=font_garbled)
    if not whole.garbled:
        return replace(paragraph, text=punctuate(without_private(whole.text)))
    done: list[Traced] = []
    faults: list[tuple[int, int]] = []
    length = 0
    for sentence in sentences(paragraph.text):
        judged = judge(sentence, font_garbled=font_garbled)
        text = punctuate(without_private(judged.text))
        if judged.garbled:
            faults.append((length, length + len(text.text)))
        done.append(text)
        length += len(text.text)
    return replace(paragraph, text=joined(done), faults=tuple(faults))


def sentences(text: Traced) -> Iterator[Traced]:
    """Sentences with their stops; together the whole text. Half-width marks end none: they may be garbled digits."""
    for found in _SENTENCE.finditer(text.text):
        if found.group():
            yield text.part(found.start(), found.end())
