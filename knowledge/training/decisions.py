"""Fits the decisions: is it clear which item is meant, which others may be, and does a message want several.

Every request is looked at by an index, a head and a ranker that did not learn from its source, and open requests
(ambiguous, several, life events) by leanings from which its fold was taken out. Seeded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.corpus.requests import OpenRequest, RequestKind
from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking
from knowledge.recognition.deciding import Decider, Thresholds
from knowledge.recognition.decision_signs import Outlook, Signs, signs_of, with_choices
from knowledge.recognition.decision_weights import Chance, DecisionModel, DecisionWeights
from knowledge.recognition.distinct_needs import with_needs
from knowledge.recognition.evidence import CatalogueIndex, Matrix
from knowledge.recognition.item_names import NamesOfItems, clauses_by_names
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.need_signs import Clause, NeedSigns, need_signs
from knowledge.recognition.needs import clauses_of
from knowledge.recognition.open_requests import OpenRequests, OpenView
from knowledge.recognition.ranker import Ranker
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder, Vectors

_FOLDS = 5
_SEED = 20260103
_DECAY = 1.0
_OPEN_COUNTS = 4.0  # ambiguous requests are one in twelve here and what the question back is for
_SEVERAL_COUNTS = 3.0
_LOOKED_AT = (
    Thresholds(),
    *(Thresholds(clear=clear) for clear in (0.45, 0.6, 0.7, 0.9)),
    *(Thresholds(several=several) for several in (0.5, 0.7)),
    Thresholds(several_said=Thresholds().several),
)
"""The thresholds that ship, and others: what a change would cost is read here, not on the development set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """What hears the requests of a source without having learnt from it."""

    index: CatalogueIndex
    ranker: Ranker
    spelling: SpellingRepair


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A request with all items that fit. `kind` is None where nobody doubted that at most one does."""

    query: str
    source: str
    right: frozenset[int]
    kind: RequestKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What was seen of a labelled request."""

    request: Labelled
    signs: Signs
    needs: NeedSigns


def labelled(
    items: Sequence[ServiceItem], asking: Sequence[Asking], open_requests: Sequence[OpenRequest]
) -> tuple[Labelled, ...]:
    """All requests with the places of their items."""
    place = {item.slug: number for number, item in enumerate(items)}
    single = [
        Labelled(
            query=one.query,
            source=one.source,
            right=frozenset() if one.item is None else frozenset([place[one.item]]),
            kind=None,
        )
        for one in asking
    ]
    several = [
        Labelled(query=one.query, source=one.source, right=frozenset(place[s] for s in one.items), kind=one.kind)
        for one in open_requests
    ]
    return (*single, *several)


def learn_decisions(
    requests: Sequence[Labelled],
    items: Sequence[ServiceItem],
    embedder: Embedder,
    *,
    asked: Mapping[str, Listener],
    sheets: Sequence[tuple[frozenset[str], Listener]],
) -> tuple[DecisionWeights, list[str]]:
    """The decisions for both kinds of catalogues, and lines that say how they did on folds left out."""
    views = [
        OpenView(plain_wording(one.query), one.right, one.kind is RequestKind.MULTI) for one in requests if is_open(one)
    ]
    known = OpenRequests(views, embedder.embed_queries([view.text for view in views]), len(items))
    seen = see(requests, asked, known, items, embedder)
    nothing_known = OpenRequests((), embedder.embed_queries(()), len(items))
    unseen = []
    for number, (hidden, listener) in enumerate(sheets):
        places = {place for place, item in enumerate(items) if item.slug in hidden}
        heard = [one for n, one in enumerate(requests) if _is_of(one, places) or (not one.right and n % 10 == number)]
        everyone = dict.fromkeys((one.source for one in heard), listener)
        unseen += see(heard, everyone, nothing_known, items, embedder)
    report = [*judged_decisions("asked", seen, items), *judged_decisions("sheets", unseen, items)]
    weights = DecisionWeights(
        asked=fit_decisions(seen, items),
        sheets=fit_decisions(unseen, items),
        about=f"trained on {len(seen)} requests of {len(items)} items, {len(views)} of them open",
    )
    return weights, report


def _is_of(request: Labelled, places: set[int]) -> bool:
    """Whether most of what the request is about is among these items."""
    return bool(request.right) and 2 * len(request.right & places) >= len(request.right)


def see(
    requests: Sequence[Labelled],
    listeners: Mapping[str, Listener],
    known: OpenRequests,
    items: Sequence[ServiceItem],
    embedder: Embedder,
) -> list[Sighting]:
    """Looks at every request. The views of `known` are the open requests among `requests`, in their order."""
    kinship, names = Kinship(items), NamesOfItems(items)
    folds = folds_of(requests)
    opened = np.array([fold for request, fold in zip(requests, folds, strict=True) if is_open(request)], dtype=np.int64)
    found = []
    for request, fold in zip(requests, folds, strict=True):
        listener = listeners[request.source]
        text = listener.spelling.repair(plain_wording(request.query))
        clauses = clauses_of(text) or clauses_by_names(text, names.found_in(text))
        vectors = embedder.embed_queries([text, *clauses])
        whole, *parts = (_heard(listener, said, vector) for said, vector in zip([text, *clauses], vectors, strict=True))
        leanings = known.leanings(vectors[0], opened == fold if is_open(request) and not known.is_empty else None)
        outlook = Outlook(
            text=text, said=text, probabilities=np.exp(whole.items), evidence=whole.evidence, leanings=leanings
        )
        found.append(
            Sighting(
                request=request,
                signs=signs_of(outlook, kinship),
                needs=need_signs(text, whole, parts, leanings=leanings, kinship=kinship, names=names),
            )
        )
    return found


def folds_of(requests: Sequence[Labelled]) -> list[int]:
    """The fold of each request, by chance; open requests with the same items stay together.

    Else a request would be judged beside others of its topic, which a citizen's are not.
    """
    random = np.random.default_rng(_SEED)
    of_topics: dict[frozenset[int], int] = {}
    drawn = [int(fold) for fold in random.integers(0, _FOLDS, len(requests))]
    return [
        of_topics.setdefault(one.right, fold) if is_open(one) else fold
        for one, fold in zip(requests, drawn, strict=True)
    ]


def _heard(listener: Listener, text: str, vector: Vectors) -> Clause:
    evidence = listener.index.evidence(text, vector)
    found = listener.ranker.probabilities(evidence)
    return Clause(text=text, items=found.items, none=found.none, evidence=evidence)


def fit_decisions(sightings: Sequence[Sighting], items: Sequence[ServiceItem]) -> DecisionModel:
    """The four models; "clear" sees what "choice" says, "several" what "need" says."""
    kinship = Kinship(items)
    choice = _fit(
        np.concatenate([one.signs.choices for one in sightings]),
        np.concatenate([[place in one.request.right for place in one.signs.places] for one in sightings]),
        np.concatenate([[_OPEN_COUNTS if is_open(one.request) else 1.0] * len(one.signs.places) for one in sightings]),
    )
    clear = _fit(
        np.stack([with_choices(one.signs.clear, choice.of(one.signs.choices)) for one in sightings]),
        np.array([is_clear(one) for one in sightings]),
        np.array([_OPEN_COUNTS if one.request.kind is RequestKind.AMBIGUOUS else 1.0 for one in sightings]),
    )
    # which items, given that there are several; whether there are is the next question
    several_wanted = [one for one in sightings if wants_several(one)]
    need = _fit(
        np.concatenate([one.needs.needs for one in several_wanted]),
        np.concatenate([[place in one.request.right for place in one.needs.places] for one in several_wanted]),
        np.ones(sum(len(one.needs.places) for one in several_wanted), dtype=np.float32),
    )
    several = _fit(
        np.stack([with_needs(one.needs, need.of(one.needs.needs), kinship) for one in sightings]),
        np.array([wants_several(one) for one in sightings]),
        np.array([_counts(one) for one in sightings]),
    )
    return DecisionModel(choice=choice, clear=clear, several=several, need=need)


def judged_decisions(name: str, sightings: Sequence[Sighting], items: Sequence[ServiceItem]) -> list[str]:
    """Lines a kind: what decisions learnt on the other folds do, by the thresholds that ship and by others beside."""
    kinship = Kinship(items)
    place = {item.slug: number for number, item in enumerate(items)}
    folds = folds_of([one.request for one in sightings])
    counted: dict[Thresholds, Counter[str]] = {thresholds: Counter() for thresholds in _LOOKED_AT}
    for fold in range(_FOLDS):
        model = fit_decisions([one for one, own in zip(sightings, folds, strict=True) if own != fold], items)
        left_out = [one for one, own in zip(sightings, folds, strict=True) if own == fold]
        for thresholds, counts in counted.items():
            decider = Decider(items, kinship, model, thresholds)
            for one in left_out:
                counts.update(_outcome(one, decider, place))
    return [
        f"{name}, clear {thresholds.clear}, several {thresholds.several}/{thresholds.several_said}: {line}"
        for thresholds, counts in counted.items()
        for line in _shares(counts)
    ]


def _shares(counted: Counter[str]) -> list[str]:
    kinds = sorted({key.split(": ")[0] for key in counted})
    return [
        f"{kind}: "
        + ", ".join(
            f"{key.split(': ')[1]} {n / counted[f'{kind}: all']:.3f}"
            for key, n in sorted(counted.items())
            if key.startswith(f"{kind}: ")
        )
        for kind in kinds
    ]


def _outcome(one: Sighting, decider: Decider, place: Mapping[str, int]) -> Iterator[str]:
    kind = one.request.kind or ("single" if one.request.right else "none")
    right = one.request.right
    yield f"{kind}: all"
    accepted, choices = (frozenset(place[slug] for slug in slugs) for slugs in decider.on_signs(one.signs, one.needs))
    if accepted:
        yield f"{kind}: accepted"
        yield from ([] if accepted <= right else [f"{kind}: wrong"])
        yield from ([f"{kind}: all found"] if right and right <= accepted else [])
    elif choices:
        yield f"{kind}: asked"
        yield from ([f"{kind}: asked well"] if right and right <= choices else [])


def is_open(request: Labelled) -> bool:
    """Whether more than one item fits."""
    return request.kind is not None and request.kind is not RequestKind.SINGLE


def is_clear(one: Sighting) -> bool:
    """Whether accepting the best item alone is right."""
    return one.request.right == {one.signs.places[0]}


def wants_several(one: Sighting) -> bool:
    """Whether the message wants several items at once."""
    return one.request.kind is RequestKind.MULTI


def _counts(one: Sighting) -> float:
    return _SEVERAL_COUNTS if one.request.kind in {RequestKind.MULTI, RequestKind.SINGLE} else 1.0


def _fit(signs: Matrix, holds: NDArray[np.bool_], counts: Matrix) -> Chance:
    scaler = StandardScaler().fit(signs)
    model = LogisticRegression(C=_DECAY, max_iter=1000).fit(scaler.transform(signs), holds, sample_weight=counts)
    weights = model.coef_[0] / scaler.scale_
    return Chance(float(model.intercept_[0] - weights @ scaler.mean_), np.asarray(weights))
