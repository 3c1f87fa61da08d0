"""All rules of the city in one place: loaded from the rule folder once, compiled with them."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from knowledge.items import ServiceItem
from prefill.review.agreement import agreements_of
from prefill.review.authoring import RuleFileInvalid, read_rules, read_vocabulary
from prefill.review.rules import Agreement, ItemRules, RuleStatus
from prefill.review.tables import DecisionTables
from prefill.review.vocabulary import Vocabulary

VOCABULARY_FILE = "vocabulary.yaml"


class Rulebook:
    """The vocabulary and the rules of every item that has some.

    `versions` hold the rules of an item, the newest first: each begins on its `effective_from`, and takes over from the
    one before it. Where `drafts_decide` is off, what nobody approved is for a person instead.
    """

    def __init__(
        self, vocabulary: Vocabulary, versions: Mapping[str, Sequence[ItemRules]], *, drafts_decide: bool = True
    ) -> None:
        self.vocabulary = vocabulary
        self.drafts_decide = drafts_decide
        self._versions = {item: tuple(rules) for item, rules in versions.items()}
        self._held = frozenset(id(rules) for versions in self._versions.values() for rules in versions)
        self._tables: dict[int, DecisionTables] = {}
        self._agreements: dict[tuple[str, str, int], tuple[Agreement, ...]] = {}

    @property
    def items(self) -> tuple[str, ...]:
        """Slugs of the items that have rules."""
        return tuple(self._versions)

    def rules_for(self, item: str, day: date) -> ItemRules | None:
        """The item's rules in force on the day; none where nobody wrote some."""
        for rules in self._versions.get(item, ()):
            if (rules.effective_from or day) <= day:
                return rules if day <= (rules.effective_to or day) else None
        return None

    def rests_with_a_person(self, rules: ItemRules) -> bool:
        """True where the rules are a draft, and the city does not let drafts decide."""
        return not self.drafts_decide and rules.status is not RuleStatus.APPROVED

    def tables_for(self, rules: ItemRules) -> DecisionTables:
        """The compiled tables; compiled once for the rules the book holds."""
        if id(rules) not in self._held:
            return DecisionTables(rules)
        if id(rules) not in self._tables:
            self._tables[id(rules)] = DecisionTables(rules)
        return self._tables[id(rules)]

    def agreements_for(self, item: ServiceItem, rules: ItemRules) -> tuple[Agreement, ...]:
        """What must be the same in an application for the item; worked out once a version of sheet and rules."""
        if id(rules) not in self._held:
            return agreements_of(item, rules, self.vocabulary)
        key = (item.slug, item.version, id(rules))
        if key not in self._agreements:
            self._agreements[key] = agreements_of(item, rules, self.vocabulary)
        return self._agreements[key]

    def with_rules(self, rules: ItemRules) -> "Rulebook":
        """Another book in which one item's rules are replaced, whatever they were: to try a change."""
        return self._with({**self._versions, rules.item: (rules,)})

    def with_later(self, rules: ItemRules) -> "Rulebook":
        """Another book in which these rules take over from the day on which they begin."""
        return self._with({**self._versions, rules.item: (rules, *self._versions.get(rules.item, ()))})

    def without_deciding_drafts(self) -> "Rulebook":
        """Another book in which what nobody approved is for a person."""
        book = Rulebook(self.vocabulary, self._versions, drafts_decide=False)
        book._tables.update(self._tables)
        return book

    def _with(self, versions: Mapping[str, Sequence[ItemRules]]) -> "Rulebook":
        book = Rulebook(self.vocabulary, versions, drafts_decide=self.drafts_decide)
        book._tables.update({key: tables for key, tables in self._tables.items() if key in book._held})
        return book


def load_rulebook(folder: Path) -> Rulebook:
    """Read `vocabulary.yaml` and every item's file of a rule folder. A file that cannot be read stops the start."""
    vocabulary = read_vocabulary(_read(folder / VOCABULARY_FILE))
    rules = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name != VOCABULARY_FILE:
            rules[file.stem] = _rules_of(file)
    book = Rulebook(vocabulary, {item: (each,) for item, each in rules.items()})
    for each in rules.values():
        book.tables_for(each)  # compiled now, so that nobody's case waits for it
    return book


def _rules_of(file: Path) -> ItemRules:
    try:
        return read_rules(_read(file))
    except (RuleFileInvalid, ValueError, KeyError) as error:
        message = f"{file}: {error}; run `xiaoshen knowledge check`"
        raise RuleFileInvalid(message) from error


def _read(file: Path) -> dict[str, object]:
    found = read_yaml(file.read_bytes())
    if isinstance(found, Unreadable):
        message = f"{file}:{found.line}: {found.message}"
        raise RuleFileInvalid(message)
    return found


@lru_cache(maxsize=1)
def shipped_rulebook() -> Rulebook:
    """The rules that ship with the product."""
    return load_rulebook(SHIPPED / "rules")


def shipped_rules(item: str) -> dict[str, object] | None:
    """The rule file of one item that ships, as data; None where there is none."""
    file = SHIPPED / "rules" / f"{item}.yaml"
    known = item in shipped_rulebook().items  # also keeps odd names away from the folder
    return _read(file) if known else None
