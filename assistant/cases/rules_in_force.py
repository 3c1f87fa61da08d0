"""The rulebook that pre-review uses: what ships, and what the console published; followed without a restart."""

import logging
from dataclasses import replace
from threading import Lock

from assistant.storage.rule_versions import RuleVersions
from prefill.review.authoring import RuleFileInvalid, read_rules
from prefill.review.rulebook import Rulebook, shipped_rulebook

_log = logging.getLogger(__name__)


class RulesInForce:
    """Asks the database before each review whether something was published or taken back, by any process."""

    def __init__(self, versions: RuleVersions, *, drafts_decide: bool = True) -> None:
        self._versions = versions
        self._lock = Lock()
        self._base = shipped_rulebook()
        if not drafts_decide:
            self._base = self._base.without_deciding_drafts()
        self._book, self._change = self._base, 0

    def __call__(self) -> Rulebook:
        """The book as it is now; compiled anew only after a change."""
        change = self._versions.change()
        with self._lock:
            if change != self._change:
                self._book, self._change = self._compiled(), change
            return self._book

    def _compiled(self) -> Rulebook:
        book = self._base
        for version in self._versions.published():
            try:
                rules = read_rules(version.rules)
            except (RuleFileInvalid, ValueError, KeyError) as error:
                # written by a version of the product that knew other measures: the rules before it go on
                _log.warning("published rules %s of %s cannot be read: %s", version.id, version.item, error)
                continue
            starts = [day for day in (version.holds_from, rules.effective_from) if day is not None]
            book = book.with_later(replace(rules, effective_from=max(starts, default=None)))
            held = book.rules_for(version.item, max(starts)) if starts else None
            if held is not None:
                book.tables_for(held)  # compiled now, so that nobody's case waits for it
        return book
