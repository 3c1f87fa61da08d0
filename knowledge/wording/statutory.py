"""How statutes say what people say: a hand-written list of spoken wordings and the words of laws for them."""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_FILE = "statutory.txt"


@dataclass(frozen=True, slots=True)
class Relation:
    """Any of `said` calls for `words`. Each way of saying it is one or more parts that must all be there."""

    said: tuple[tuple[str, ...], ...]
    words: str

    def fit(self, request: str) -> int:
        """How many characters of the request it stands on, at the best of its wordings; 0 where none is said."""
        return max((sum(map(len, parts)) for parts in self.said if all(p in request for p in parts)), default=0)


@lru_cache(maxsize=1)
def relations() -> tuple[Relation, ...]:
    """The shipped list. The spoken side is in lower case and simplified, as `knowledge.search.tokens.searchable`."""
    listing = resources.files("knowledge.wording").joinpath(_FILE).read_text(encoding="utf-8")
    lines = (line.strip() for line in listing.splitlines())
    return tuple(_relation(line) for line in lines if line and not line.startswith("#"))


def words_of_statutes(request: str, most: int = 3) -> tuple[str, ...]:
    """The wordings of laws for what is said, those that stand on more of the request first."""
    fits = [(relation.fit(request), relation.words) for relation in relations()]
    return tuple(words for fit, words in sorted(fits, key=lambda f: -f[0])[:most] if fit)


def _relation(line: str) -> Relation:
    said, _, words = line.partition(" = ")
    return Relation(tuple(tuple(way.split("+")) for way in said.split("|")), words)
