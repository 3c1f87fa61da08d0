"""What the same person entered in earlier cases, as one more source that is asked with consent. It proves nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from assistant.cases import happenings as h
from assistant.cases.case import Case
from assistant.cases.happenings import ConsentGiven
from assistant.cases.keeping import Cases
from assistant.cases.roles import RegisterAnswer
from assistant.cases.standing import standing
from knowledge.roles import KnowledgeBase
from prefill.sources.consent import Consent
from prefill.sources.earlier_cases import FRESH, NAME, EarlierCase, EarlierCases
from prefill.sources.source import Subject

_MOST = 5
"""Earlier cases that are looked at, the newest first: an older one rarely knows better."""


class Earlier:
    """Earlier cases as a register. Only of somebody who proved who they are, and only their own handed-in cases."""

    def __init__(self, cases: Cases, knowledge: KnowledgeBase, today: Callable[[], date]) -> None:
        self._cases, self._knowledge, self._today = cases, knowledge, today

    def offered(self, case: Case, keys: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
        """Which of these keys stand in an earlier case."""
        wanted = keys & self._source(case).keys()
        if not wanted:
            return {}
        known = {key for found in self._found(case) for key in found.values}
        mine = tuple(sorted(wanted & known))
        return {NAME: mine} if mine else {}

    def ask(self, case: Case, given: ConsentGiven) -> RegisterAnswer:
        """What stands there under the keys of the consent."""
        if case.identity is None:
            return RegisterAnswer(register=NAME)
        consent = Consent(
            id=f"{given.item}/{NAME}/{given.until.isoformat()}",
            register=NAME,
            keys=frozenset(given.fields),
            item=given.item,
            until=given.until,
        )
        facts = self._source(case).facts(Subject(case.identity.subject), consent)
        return RegisterAnswer(register=NAME, facts=facts)

    def _source(self, case: Case) -> EarlierCases:
        return EarlierCases(lambda _: self._found(case), self._today)

    def _found(self, case: Case) -> Sequence[EarlierCase]:
        identity = case.identity
        if identity is None:
            return ()
        handed_in = ((c, _submitted(c)) for c in self._cases.of_same_holders(case.id))
        mine = [
            (c, day)
            for c, day in handed_in
            if day is not None
            and c.identity is not None
            and c.identity.subject == identity.subject
            and self._today() - day <= FRESH
        ]
        return [self._told(c, day) for c, day in mine[:_MOST]]

    def _told(self, case: Case, submitted: date) -> EarlierCase:
        slugs = dict.fromkeys((case.item, *case.parts))
        items = {s: item for s in slugs if (item := self._knowledge.item(s, self._today())) is not None}
        values = {}
        if case.item in items:
            fields = standing(case, items, self._today()).fields
            values = {key: f.value for f in fields if f.value for key in f.field.prefill}
        subject = case.identity.subject if case.identity is not None else ""
        return EarlierCase(subject=subject, submitted=submitted, values=values)


def _submitted(case: Case) -> date | None:
    at = (e.at for e in reversed(case.events) if isinstance(e.happening, h.Submitted))
    found = next(at, None)
    return found.date() if found is not None else None
