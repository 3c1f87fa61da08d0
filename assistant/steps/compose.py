"""The grounded composer: answers from statements alone, without a language model."""

from collections.abc import AsyncIterator, Iterator, Sequence

from assistant.phrases.glossary import load_glossary
from assistant.steps.asking import asked_in
from assistant.steps.compose_english import english_pieces
from assistant.steps.confirming import verdict
from assistant.steps.grounds import Grounds, Piece
from assistant.steps.parent_clauses import led
from assistant.steps.quoting import best_quotes
from assistant.steps.wording import conditions_sentence, ended, grouped, laws_sentence, materials_sentence
from guardrails.approved import Wording
from knowledge.statements import Facet, Statement

_MOST_SENTENCES = 5
_MOST_QUOTES, _MOST_QUOTES_OF_SEVERAL = 3, 2


class GroundedComposer:
    """Implements `Composer`. Every sentence names the statements it is built from."""

    @property
    def name(self) -> str:
        """Shown in metrics and evaluations."""
        return "grounded"

    async def compose(self, grounds: Grounds) -> AsyncIterator[Piece]:
        """The best statement first; at most five sentences."""
        pieces = english_pieces(grounds) if grounds.understood.language == "en" else chinese_pieces(grounds)
        for piece in pieces[:_MOST_SENTENCES]:
            yield piece


def chinese_pieces(grounds: Grounds) -> list[Piece]:
    """All sentences of the answer in Chinese."""
    passages = tuple(s for s in grounds.statements if s.source.startswith("documents/"))
    others = [s for s in grounds.statements if not s.source.startswith("documents/")]
    return [*_from_sheets(grounds, others), *_from_passages(grounds, passages)]


def _from_sheets(grounds: Grounds, statements: Sequence[Statement]) -> Iterator[Piece]:
    several = len({s.source for s in statements}) > 1
    groups = grouped(statements)
    for place, group in enumerate(groups):
        text = _sentence(group)
        lead = f"「{group[0].title}」" if _needs_a_name(group[0], place, several) else ""
        layer = grounds.layer_of(group[0].source)
        if layer and not any(g[0].source == group[0].source for g in groups[:place]):
            lead = f"按{layer}的规定，{lead}"
        if place == 0:
            lead = verdict(grounds.understood.query, [s.text for s in statements]) + lead
        if place > 0:
            text = _with_its_question(group[0], grounds.understood.query) or text
        yield Piece(text=f"{lead}{_joint(lead, group)}{text}", wording=Wording.COMPOSED, statements=tuple(group))


def _with_its_question(statement: Statement, asked: str) -> str | None:
    """The answer to another question says which it was: 「视为撤回」 alone would seem to answer this one."""
    question = (statement.question or "").rstrip("？?")
    return f"“{question}”：{ended(statement.text)}" if question and question not in asked else None


def _needs_a_name(first: Statement, place: int, several: bool) -> bool:
    """True where the sentence would not say what it is about: at the beginning, and where several are told of."""
    named = first.text.startswith((f"「{first.title}", first.title)) or f"「{first.title}」" in first.text
    return not named and (several or (place == 0 and first.question is None))


def _sentence(group: Sequence[Statement]) -> str:
    match group[0].facet:
        case Facet.MATERIALS if group[0].question is None:
            return materials_sentence(group)
        case Facet.CONDITIONS if group[0].question is None:
            return conditions_sentence(group)
        case Facet.LEGAL_BASIS if group[0].question is None:
            return laws_sentence(group)
        case _:
            return ended(group[0].text)


def _joint(lead: str, group: Sequence[Statement]) -> str:
    """A colon between the name and a sentence that does not begin with a label of its own."""
    if not lead.endswith("」"):
        return ""
    labelled = group[0].text.partition("：")[0] in ("法定时限", "承诺时限", "收费", "办理渠道", "办理结果", "办理部门")
    return "" if labelled else "："


def _from_passages(grounds: Grounds, passages: tuple[Statement, ...]) -> Iterator[Piece]:
    if not passages:
        return
    asked = asked_in(grounds.understood)
    most = _MOST_QUOTES if len(asked) == 1 else _MOST_QUOTES_OF_SEVERAL
    around = [s for s in (*passages, *grounds.background) if s.source.startswith("documents/")]
    quotes = [quote for question in asked for quote in best_quotes(question, passages, most)]
    for place, one in enumerate(led(quotes, around)):
        layer = None if place else grounds.layer_of(one.statements[-1].source)
        if layer:
            text = f"按{layer}的规定：{ended(one.text)}"
            yield Piece(text=text, wording=Wording.COMPOSED, statements=one.statements)
            continue
        yield Piece(text=ended(one.text), wording=Wording.QUOTED, statements=one.statements)


def about_pieces(grounds: Grounds) -> Iterator[Piece]:
    """Which item the honest silence is about, in the sheet's own words."""
    for statement in grounds.background:
        if statement.id.endswith("#overview") and statement.may_be_stated:
            english = grounds.understood.language == "en"
            name = load_glossary().name_of(statement.source, statement.title) if english else f"「{statement.title}」"
            text = f"You are asking about: {name}." if english else f"您问的是{name}。"
            yield Piece(text=text, wording=Wording.COMPOSED, statements=(statement,))
            return
