"""What a message wishes to be done: the items meant, one for each of its parts, and the case begun for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.cases.reply import Reply
from assistant.cases.talking import Talking
from assistant.dialogue import Question
from assistant.steps.leading import leading_item
from assistant.steps.wished import item_of_the_wish, wished_items
from knowledge.items import ServiceItem
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import KnowledgeBase

Recognizes = Callable[[Question], Recognition]


@dataclass(frozen=True, slots=True)
class Beginning:
    """Begins cases. `recognizes` tells what a question alone would be about."""

    cases: Talking
    knowledge: KnowledgeBase
    recognizes: Recognizes

    def begin(
        self, question: Question, text: str, recognition: Recognition, items: Sequence[ServiceItem]
    ) -> Reply | None:
        """A case for what the message wants done; None where it only wants to know something."""
        slugs = recognition.choices
        if question.current is not None and self.cases.begins_this(question, text):
            items, slugs = (), (question.current,)
        likely = [item for slug in slugs if (item := self.knowledge.item(slug, question.as_of)) is not None]
        known = likely if len(likely) == 1 and not items else items
        if self.cases.wants_done(question, text):
            known = self._wished(question, text, recognition, known)
        return self.cases.begin(question, text, known, likely)

    def _wished(
        self, question: Question, text: str, found: Recognition, known: Sequence[ServiceItem]
    ) -> Sequence[ServiceItem]:
        """The items that a wish means: one for each of its parts, else what leads, else that of the wishing clause."""
        items = self.knowledge.items(question.as_of)

        def item_of(part: str) -> ServiceItem | None:
            of_part = self.recognizes(replace(question, text=part, history=(), current=None))
            accepted = [item for item in items if of_part.decision is Decision.ACCEPT and item.slug in of_part.accepted]
            return accepted[0] if len(accepted) == 1 else leading_item(part, of_part, items)

        several = wished_items(text, item_of, self.cases.begins)
        if several and (not known or len(known) == 1 or len(several) < len(known)):
            return several
        if len(known) == 1:
            return known
        one = leading_item(text, found, items) if not known else None
        one = one or item_of_the_wish(text, item_of, self.cases.begins, found)
        return (one,) if one is not None and (not known or one in known) else known
