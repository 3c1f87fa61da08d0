"""One uploaded file: opened, laid flat, read, named, its fields found and checked. Pure: no clock, no disk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from guardrails.inbound import scan_untrusted
from knowledge.reading.ocr import PageSeen, Picture, Seen, see
from prefill.documents.classifying import Classified, classify
from prefill.documents.condition import problems_of
from prefill.documents.document import NumberCheck, Problem, ProblemCode, ReadDocument, ReadField
from prefill.documents.files import OpenedPage, open_file
from prefill.documents.finding import Found, Page
from prefill.documents.kin import told_apart
from prefill.documents.kinds import DocumentKind
from prefill.documents.pieces import Piece, in_rows, pieces_of_picture, pieces_of_text, text_of
from prefill.documents.seals import Seal, is_signed, is_without_seal, seals
from prefill.documents.straightening import Flat, evened, flatten, without_pale, without_red

_SECONDS_A_PAGE: Final = 20.0
SURE: Final = 0.80
_READABLE_SCORE = 0.72
_UNKNOWN = "没有认出这是什么证件或材料。请确认上传的是清单里要的那一份，并拍完整、拍清楚；也可以交给窗口人员核对。"
_SUSPICIOUS = "材料里有不属于证件内容、像是写给系统看的文字，已按普通文字保存，由工作人员核对。"
_PAGES = "文件有{count}页，只读了前{read}页。请把需要的那几页单独上传。"
_NUMBER = "“{name}”的校验位不对，可能是没拍清楚或填错了。请核对原件；如果原件就是这样，请到窗口核实。"
_MISSING = "没有看清“{names}”。请把这一部分拍清楚、拍完整后重新上传。"


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageRead:
    """What one page gave."""

    classified: Classified | None
    found: tuple[Found, ...] = ()
    text: str = ""
    score: float = 1.0
    problems: tuple[Problem, ...] = ()
    sealed: bool | None = None
    signed: bool | None = None


def read_document(content: bytes, *, year: int) -> ReadDocument:
    """Raises DocumentRefused where the file cannot be opened. `year` is this year: it dates two-digit years."""
    opened = open_file(content)
    pages = [_read_page(page, number, year) for number, page in enumerate(opened.pages, 1)]
    document = _joined(pages)
    if opened.count > len(opened.pages):
        sentence = _PAGES.format(count=opened.count, read=len(opened.pages))
        left_out = Problem(code=ProblemCode.PAGES_LEFT_OUT, sentence=sentence)
        document = replace(document, problems=(*document.problems, left_out))
    return replace(document, pages=opened.count)


def read_text(text: str, *, year: int) -> ReadDocument:
    """The same from text alone, such as another reader's; nothing is said of seals and signatures."""
    return _joined([_page_of_pieces(pieces_of_text(text), None, year)])


def _read_page(page: OpenedPage, number: int, year: int) -> _PageRead:
    if page.picture is None:
        return _page_of_pieces(pieces_of_text(page.text), None, year)
    flat = flatten(page.picture)
    upright = evened(flat.picture)
    prints = seals(upright)
    clean = upright
    for seal in prints:
        clean = without_red(clean, seal.pixels)
    clean = without_pale(clean)
    seen = see(clean, seconds=_SECONDS_A_PAGE)
    pieces = pieces_of_picture(seen, aspect=clean.shape[1] / clean.shape[0])
    read = _page_of_pieces(pieces, flat, year)
    kind = read.classified.kind if read.classified is not None else None
    score = _score(seen.texts)
    poor = score < _READABLE_SCORE or kind is None or _missing(kind, read.found)
    return replace(
        read,
        score=score,
        problems=tuple(problems_of(flat.picture, seen.texts, number, cut_off=flat.cut_off)) if poor else (),
        sealed=True if prints else is_without_seal(upright),
        signed=_signed(clean, kind, pieces, seen, prints),
    )


def _score(texts: Sequence[Seen]) -> float:
    """How sure the reader was, by length."""
    total = sum(len(text.text) for text in texts)
    return sum(text.score * len(text.text) for text in texts) / total if total else 0.0


def _page_of_pieces(pieces: Sequence[Piece], flat: Flat | None, year: int) -> _PageRead:
    rows = in_rows(pieces)
    text = text_of(rows) if rows else ""
    classified = classify(rows) if rows else None
    if classified is None:
        return _PageRead(classified=None, text=text)
    kind = classified.kind
    found = told_apart(kind.kind, Page(kind, pieces).fields(), text, this_year=year)
    if flat is not None:
        found = [replace(one, box=flat.placed(one.box)) if one.box is not None else one for one in found]
    return _PageRead(classified=classified, found=tuple(found), text=text)


def _signed(
    picture: Picture, kind: DocumentKind | None, pieces: Sequence[Piece], seen: PageSeen, prints: Sequence[Seal]
) -> bool | None:
    """Whether there is ink beside the labels for signatures; None where none of them is seen."""
    if kind is None or not kind.sign:
        return None
    turned = np.ascontiguousarray(np.rot90(picture, seen.turns))
    high, wide = turned.shape[:2]
    spaces: list[tuple[int, int, int, int]] = []
    asked = [p for p in pieces if _asks_for_signature(p.text, kind.sign)]
    for piece in asked:
        rest = piece.text.rstrip(" :：_")
        if not rest.endswith((")", "签字", "签名", "签章", "盖章")):
            # The name was read together with the label: handwriting beside it is there.
            continue
        ends = [p.left for p in pieces if p.left > piece.right and abs(p.middle - piece.middle) < piece.height * 2]
        end = min([piece.right + piece.height * 8, *(e for e in ends if any(a.left == e for a in asked))])
        space = (piece.right, piece.top - piece.height, end, piece.bottom + piece.height)
        spaces.append(
            (int(space[0] * high), int(space[1] * high), min(wide, int(space[2] * high)), int(space[3] * high))
        )
    if not asked:
        return None
    return is_signed(turned, spaces) if spaces else True


def _asks_for_signature(text: str, parties: Sequence[str]) -> bool:
    names = any(party in text for party in parties)
    return names and any(word in text for word in ("签字", "签名", "签章", "(盖章", "盖章)"))


def _missing(kind: DocumentKind, found: Sequence[Found]) -> tuple[str, ...]:
    """Fields without which the document is of no use, that were not read with some certainty."""
    names = {one.name for one in found if one.confidence >= SURE or one.check is NumberCheck.INVALID}
    if kind.sides:
        lacking = [tuple(name for name in side if name not in names) for side in kind.sides]
        return min(lacking, key=len)
    return tuple(name for name in kind.required if name not in names)


def _joined(pages: Sequence[_PageRead]) -> ReadDocument:
    """Pages of the same kind are one document: the two sides of a card, the pages of a book."""
    known = [page for page in pages if page.classified is not None]
    text = "\f".join(page.text for page in pages)
    suspicious = bool(scan_untrusted(text))
    notes = [Problem(code=ProblemCode.SUSPICIOUS_TEXT, sentence=_SUSPICIOUS)] if suspicious else []
    if not known:
        problems = [p for page in pages for p in page.problems]
        unreadable = min((page.score for page in pages), default=0.0) < _READABLE_SCORE
        unknown = Problem(code=ProblemCode.UNKNOWN_KIND, sentence=_UNKNOWN)
        told = [*problems, *notes] if unreadable and problems else [unknown, *notes]
        return ReadDocument(
            kind=None, confidence=0.0, readable=not unreadable, problems=tuple(told), suspicious=suspicious, text=text
        )
    kind, confidence = _kind_of(known)
    same = [(n, page) for n, page in enumerate(pages, 1) if page.classified and page.classified.kind is kind]
    fields = _best_of(same)
    missing = _missing(kind, [one for _, page in same for one in page.found])
    problems = [p for _, page in same for p in page.problems] if missing else []
    if missing:
        sentence = _MISSING.format(names="、".join(missing))
        problems.append(Problem(code=ProblemCode.FIELDS_MISSING, sentence=sentence))
    problems += [_wrong_number(field) for field in fields if field.check is NumberCheck.INVALID]
    return ReadDocument(
        kind=kind.kind,
        confidence=confidence,
        fields=fields,
        readable=not missing,
        problems=(*problems, *notes),
        sealed=_any([page.sealed for _, page in same]),
        signed=_any([page.signed for _, page in same]),
        suspicious=suspicious,
        text=text,
    )


def _kind_of(pages: Sequence[_PageRead]) -> tuple[DocumentKind, float]:
    scores: dict[str, float] = {}
    for page in pages:
        if page.classified is not None:
            scores[page.classified.kind.kind] = scores.get(page.classified.kind.kind, 0.0) + page.classified.score
    best = max(scores, key=lambda name: scores[name])
    chosen = [page.classified for page in pages if page.classified and page.classified.kind.kind == best]
    return chosen[0].kind, max(classified.confidence for classified in chosen)


def _best_of(pages: Sequence[tuple[int, _PageRead]]) -> tuple[ReadField, ...]:
    best: dict[str, ReadField] = {}
    for number, page in pages:
        for one in page.found:
            if scan_untrusted(one.value):
                # No name, number or address speaks to a machine.
                continue
            known = best.get(one.name)
            if known is None or one.confidence > known.confidence:
                best[one.name] = ReadField(
                    name=one.name,
                    value=one.value,
                    confidence=one.confidence,
                    page=number,
                    box=one.box,
                    check=one.check,
                )
    return tuple(best.values())


def _wrong_number(field: ReadField) -> Problem:
    sentence = _NUMBER.format(name=field.name)
    return Problem(code=ProblemCode.INVALID_NUMBER, sentence=sentence, page=field.page)


def _any(values: Sequence[bool | None]) -> bool | None:
    known = [value for value in values if value is not None]
    return any(known) if known else None
