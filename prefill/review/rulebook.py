"""All rules of the city in one place: loaded from the rule folder once, compiled with them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from knowledge.items import ServiceItem
from prefill.review.agreement import agreements_of
from prefill.review.authoring import RuleFileInvalid, read_rules, read_vocabulary
from prefill.review.rules import Agreement, ItemRules
from prefill.review.tables import DecisionTables
from prefill.review.vocabulary import Vocabulary

VOCABULARY_FILE = "vocabulary.yaml"


class Rulebook:
    """The vocabulary and the rules of every item that has some."""

    def __init__(self, vocabulary: Vocabulary, rules: Mapping[str, ItemRules]) -> None:
        self.vocabulary = vocabulary
        self._rules = dict(rules)
        self._tables: dict[str, DecisionTables] = {}
        self._agreements: dict[tuple[str, str, int], tuple[Agreement, ...]] = {}

    @property
    def items(self) -> tuple[str, ...]:
        """Slugs of the items that have rules."""
        return tuple(self._rules)

    def rules_for(self, item: str, day: date) -> ItemRules | None:
        """The item's rules in force on the day; none where nobody wrote some."""
        rules = self._rules.get(item)
        if rules is None or not (rules.effective_from or day) <= day <= (rules.effective_to or day):
            return None
        return rules

    def tables_for(self, rules: ItemRules) -> DecisionTables:
        """The compiled tables; compiled once for the rules the book holds."""
        if self._rules.get(rules.item) is not rules:
            return DecisionTables(rules)
        if rules.item not in self._tables:
            self._tables[rules.item] = DecisionTables(rules)
        return self._tables[rules.item]

    def agreements_for(self, item: ServiceItem, rules: ItemRules) -> tuple[Agreement, ...]:
        """What must be the same in an application for the item; worked out once a version of sheet and rules."""
        key = (item.slug, item.version, id(rules) if self._rules.get(rules.item) is rules else 0)
        if key[2] == 0:
            return agreements_of(item, rules, self.vocabulary)
        if key not in self._agreements:
            self._agreements[key] = agreements_of(item, rules, self.vocabulary)
        return self._agreements[key]

    def with_rules(self, rules: ItemRules) -> "Rulebook":
        """Another book in which one item's rules are replaced: to try a change before it is published."""
        book = Rulebook(self.vocabulary, {**self._rules, rules.item: rules})
        book._tables.update({item: tables for item, tables in self._tables.items() if item != rules.item})
        return book


def load_rulebook(folder: Path) -> Rulebook:
    """Read `vocabulary.yaml` and every item's file of a rule folder. A file that cannot be read stops the start."""
    vocabulary = read_vocabulary(_read(folder / VOCABULARY_FILE))
    rules = {}
    for file in sorted(folder.glob("*.yaml")):
        if file.name != VOCABULARY_FILE:
            rules[file.stem] = _rules_of(file)
    book = Rulebook(vocabulary, rules)
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
