"""The lists of a DOCX: which number Word shows before a paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from ingest.parsers.numbering import LEVELS, Level, Numbering, Numeral

_NUMERALS = {
    "decimal": Numeral.ARABIC,
    "decimalZero": Numeral.ARABIC,
    "decimalFullWidth": Numeral.ARABIC,
    "decimalHalfWidth": Numeral.ARABIC,
    "chineseCounting": Numeral.CHINESE,
    "chineseCountingThousand": Numeral.CHINESE,
    "ideographDigital": Numeral.CHINESE,
    "japaneseCounting": Numeral.CHINESE,
    "japaneseDigitalTenThousand": Numeral.CHINESE,
    "taiwaneseCounting": Numeral.CHINESE,
    "taiwaneseCountingThousand": Numeral.CHINESE,
    "taiwaneseDigital": Numeral.CHINESE,
    "chineseLegalSimplified": Numeral.LEGAL,
    "ideographLegalTraditional": Numeral.LEGAL,
    "ideographTraditional": Numeral.STEM,
    "decimalEnclosedCircle": Numeral.CIRCLED,
    "decimalEnclosedCircleChinese": Numeral.CIRCLED,
    "ideographEnclosedCircle": Numeral.BRACKETED,
    "upperLetter": Numeral.UPPER_LETTER,
    "lowerLetter": Numeral.LOWER_LETTER,
    "upperRoman": Numeral.UPPER_ROMAN,
    "lowerRoman": Numeral.LOWER_ROMAN,
    "bullet": Numeral.BULLET,
    "none": Numeral.BULLET,
}
_PLACE = re.compile(r"%([1-9])")
_NUMBERING = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering"
_DEEPEST_STYLE = 12


@dataclass(frozen=True, slots=True)
class _Instance:
    """A use of a list; `starts` are the levels that begin anew at a number with this use."""

    abstract: int
    starts: dict[int, int]


class WordLists:
    """Numbers for the paragraphs of one document, asked for in reading order."""

    def __init__(self, document: Document) -> None:
        element = _numbering(document)
        self._instances = dict(_instances(element)) if element is not None else {}
        self._numbering = Numbering(dict(_abstract(element)) if element is not None else {})
        self._styles = _styled(document) if self._instances else {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, paragraph: BaseOxmlElement) -> str:
        """The number before this paragraph, empty where it has none."""
        if not self._instances:
            return ""
        use, level = self._use(paragraph)
        instance = self._instances.get(use)
        if instance is None:
            return ""
        start = instance.starts.get(level) if (use, level) not in self._begun else None
        self._begun.add((use, level))
        return self._numbering.label(instance.abstract, level, start=start)

    def _use(self, paragraph: BaseOxmlElement) -> tuple[int, int]:
        """The list and the level, the paragraph's own before those of its style; list 0 is none."""
        properties = paragraph.find(qn("w:pPr"))
        style = properties.find(qn("w:pStyle")) if properties is not None else None
        use, level = self._styles.get(style.get(qn("w:val")) or "" if style is not None else "", (None, None))
        own, own_level = _reference(properties)
        return own if own is not None else use or 0, min(LEVELS - 1, max(0, own_level or level or 0))


def _numbering(document: Document) -> BaseOxmlElement | None:
    for relation in document.part.rels.values():
        if relation.reltype == _NUMBERING and not relation.is_external:
            found: BaseOxmlElement = relation.target_part.element
            return found
    return None


def _reference(properties: BaseOxmlElement | None) -> tuple[int | None, int | None]:
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None, None
    return _value(found.find(qn("w:numId"))), _value(found.find(qn("w:ilvl")))


def _value(element: BaseOxmlElement | None) -> int | None:
    text = element.get(qn("w:val")) if element is not None else None
    return int(text) if text and text.lstrip("-").isdigit() else None


def _instances(numbering: BaseOxmlElement) -> Iterator[tuple[int, _Instance]]:
    for num in numbering.iterchildren(qn("w:num")):
        name, abstract = num.get(qn("w:numId")), _value(num.find(qn("w:abstractNumId")))
        starts: dict[int, int] = {}
        for override in num.iterchildren(qn("w:lvlOverride")):
            level, start = override.get(qn("w:ilvl")), _value(override.find(qn("w:startOverride")))
            if level and level.isdigit() and start is not None:
                starts[int(level)] = start
        if name and name.isdigit() and abstract is not None:
            yield int(name), _Instance(abstract, starts)


def _abstract(numbering: BaseOxmlElement) -> Iterator[tuple[int, dict[int, Level]]]:
    for abstract in numbering.iterchildren(qn("w:abstractNum")):
        levels: dict[int, Level] = {}
        for level in abstract.iterchildren(qn("w:lvl")):
            number = level.get(qn("w:ilvl")) or ""
            if number.isdigit() and int(number) < LEVELS:
                levels[int(number)] = _level(level)
        name = abstract.get(qn("w:abstractNumId")) or ""
        if name.isdigit():
            yield int(name), levels


def _level(level: BaseOxmlElement) -> Level:
    form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
    numeral = _NUMERALS.get(form.get(qn("w:val")) or "" if form is not None else "decimal", Numeral.ARABIC)
    template = (text.get(qn("w:val")) or "") if text is not None else ""
    pieces = _PLACE.split(template)
    parts = tuple(int(piece) - 1 if index % 2 else piece for index, piece in enumerate(pieces) if piece)
    start = _value(level.find(qn("w:start")))
    return Level(start=1 if start is None else start, numeral=numeral, parts=parts)


def _styled(document: Document) -> dict[str, tuple[int | None, int | None]]:
    """List and level that a style gives, its own or that of the style it builds on."""
    styles = {style.get(qn("w:styleId")) or "": style for style in document.styles.element.iterchildren(qn("w:style"))}
    found: dict[str, tuple[int | None, int | None]] = {}
    for name, style in styles.items():
        use: int | None = None
        level: int | None = None
        current: BaseOxmlElement | None = style
        for _ in range(_DEEPEST_STYLE):
            if current is None:
                break
            own, own_level = _reference(current.find(qn("w:pPr")))
            use, level = use if use is not None else own, level if level is not None else own_level
            parent = current.find(qn("w:basedOn"))
            current = styles.get(parent.get(qn("w:val")) or "") if parent is not None else None
        if use is not None:
            found[name] = (use, level)
    return found
