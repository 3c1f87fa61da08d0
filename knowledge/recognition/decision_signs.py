"""What a decision is taken on: figures of the likeliest items, how they belong together, what kind of request it is.

Everything is read from probabilities and evidence that exist already, so that a decision costs no second look at the
catalogue. Only the likeliest two dozen items are looked at.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.differences import without_circumstances
from knowledge.recognition.evidence import FEATURES, Evidence, Matrix, without_denials
from knowledge.recognition.follow_up import content_of
from knowledge.recognition.kinship import Kin, Kinship
from knowledge.recognition.needs import grammar_of
from knowledge.recognition.open_requests import Leanings

LOOKED_AT = 24
_FLOOR = -12.0
_EVIDENCE = ("phrase_best", "sheet_best", "covered", "phrase_words", "name_words")
_COLUMNS = [FEATURES.index(name) for name in _EVIDENCE]
_LEGS = [FEATURES.index(name) for name in ("phrase_best", "head", "sheet_best", "covered")]
_PHRASE_BEST = FEATURES.index("phrase_best")
_NO_KIN = Kin()
_NAMES_SOMETHING = 2
_VOTERS = 4  # items that a leg of the evidence may vote for

CHOICE_SIGNS = (
    "sure",
    "behind",
    "behind_next",
    "share",
    "first",
    "second",
    "place",
    "behind_terse",
    "behind_spread",
    "department",
    "theme",
    "bundle",
    "related",
    "name",
    "is_bundle",
    "best_is_bundle",
    "kin_above",
    "votes",
    "content",
    "latin",
    "spread",
    "nothing",
    "near_open",
    "near_open_behind",
    "votes_open",
    "nearest_open",
    "open_over_single",
    "votes_open_led",
    *(f"{name}_behind" for name in _EVIDENCE),
    *_EVIDENCE,
)
# Nothing absolute: a phrase in the index is nearer when it is served than when its source was left out in training.
CLEAR_SIGNS = (
    "sure",
    "lead",
    "lead_third",
    "share",
    "spread",
    "nothing",
    "content",
    "content_long",
    "latin",
    "votes",
    "kin_second",
    "kin_lead",
    "bundle_second",
    "is_bundle",
    "others",
    "most_other",
    "open_over_single",
    "votes_other",
    "subject",
    "subject_short",
    "denies",
    "asks_which",
    "offers",
    "which_lead",
    *(f"{name}_lead" for name in _EVIDENCE),
)


Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What recognition found for one request. `probabilities` are of all items; what is missing to one is "none".

    `text` is what the evidence is for; `said` is all that the citizen said about it, with what was said before.
    """

    text: str
    said: str
    probabilities: Matrix
    evidence: Evidence
    leanings: Leanings

    def likeliest(self) -> list[int]:
        """The places of the likeliest items, best first."""
        return [int(place) for place in np.argsort(-self.probabilities, kind="stable")[:LOOKED_AT]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """`choices` has a row of CHOICE_SIGNS for each of `places`; `clear` has CLEAR_SIGNS without what choices add."""

    places: tuple[int, ...]
    choices: Matrix
    clear: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """What holds for the request as a whole."""

    content: float
    latin: float
    spread: float
    nothing: float
    nearest_open: float
    over_single: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Items:
    """Figures of the likeliest items, a row or entry each; `kin` has a row for each of those that come before."""

    places: list[int]
    logs: Doubles
    shares: Doubles
    legs: Doubles
    votes: list[float]
    near_open: Doubles
    votes_open: Doubles
    kin: list[list[Kin]]


def signs_of(outlook: Outlook, kinship: Kinship) -> Signs:
    """The signs of one request. `clear` holds zeros for "others" and "most_other": see `with_choices`."""
    items = _items(outlook, kinship)
    request = _request(outlook, items.shares)
    rows = [_choice_row(rank, items, request, kinship) for rank in range(len(items.places))]
    clear = _clear_row(items, request, kinship, outlook.text)
    return Signs(places=tuple(items.places), choices=np.array(rows), clear=np.array(clear))


def _items(outlook: Outlook, kinship: Kinship) -> _Items:
    places = outlook.likeliest()
    chances = outlook.probabilities[places].astype(np.float64)
    return _Items(
        places=places,
        logs=np.maximum(np.log(np.maximum(chances, 1e-12)), _FLOOR),
        shares=chances / max(float(outlook.probabilities.sum()), 1e-9),
        legs=outlook.evidence.items[places][:, _COLUMNS].astype(np.float64),
        votes=_votes(outlook.evidence.items, places),
        near_open=outlook.leanings.best[places].astype(np.float64),
        votes_open=outlook.leanings.votes[places].astype(np.float64),
        kin=[[kinship.between(one, other) for other in places[:rank]] for rank, one in enumerate(places)],
    )


def _request(outlook: Outlook, shares: Doubles) -> _Request:
    some = float(outlook.probabilities.sum())
    text, nearest = outlook.text, outlook.leanings.nearest
    single = float(outlook.evidence.items[:, _PHRASE_BEST].max(initial=0))
    return _Request(
        content=min(len(content_of(text)), 40) / 10,
        latin=float(sum(letter.isascii() and letter.isalpha() for letter in text) > len(text) / 2),
        spread=float(-(shares * np.log(np.maximum(shares, 1e-9))).sum()),
        nothing=float(np.log(max(1 - some, 1e-4)) - np.log(max(some, 1e-4))),
        nearest_open=nearest,
        over_single=nearest - single if nearest else 0.0,
    )


def _choice_row(rank: int, items: _Items, request: _Request, kinship: Kinship) -> list[float]:
    behind = float(items.logs[rank] - items.logs[0])
    near = items.kin[rank][0] if rank else _NO_KIN
    above = max((max(kin.theme, kin.bundle, kin.related) for kin in items.kin[rank]), default=0.0)
    return [
        items.logs[rank],
        behind,
        items.logs[rank] - items.logs[max(0, rank - 1)],
        items.shares[rank],
        float(rank == 0),
        float(rank == 1),
        1 / (1 + rank),
        behind / (0.5 + request.content),
        behind * request.spread,
        near.department,
        near.theme,
        near.bundle,
        near.related,
        near.name,
        float(kinship.is_bundle(items.places[rank])),
        float(kinship.is_bundle(items.places[0]) and rank > 0),
        above,
        items.votes[rank],
        request.content,
        request.latin,
        request.spread,
        request.nothing,
        items.near_open[rank],
        items.near_open[rank] - request.nearest_open,
        items.votes_open[rank],
        request.nearest_open,
        request.over_single,
        items.votes_open[rank] * request.over_single,
        *(items.legs[rank] - items.legs.max(axis=0)),
        *items.legs[rank],
    ]


def _clear_row(items: _Items, request: _Request, kinship: Kinship, text: str) -> list[float]:
    logs, legs = items.logs, items.legs
    second = items.kin[1][0] if len(items.places) > 1 else _NO_KIN
    lead = float(logs[0] - logs[1]) if len(logs) > 1 else -_FLOOR
    together = max(second.theme, second.related, second.bundle)
    return [
        logs[0],
        lead,
        logs[0] - logs[2] if len(logs) > 2 else -_FLOOR,  # noqa: PLR2004 - the third
        items.shares[0],
        request.spread,
        request.nothing,
        request.content,
        max(0.0, request.content - 1),
        request.latin,
        items.votes[0],
        together,
        together * lead,
        second.bundle,
        float(kinship.is_bundle(items.places[0])),
        0.0,
        0.0,
        request.over_single,
        float(items.votes_open[1:].max(initial=0)),
        *_subject(text),
        *_openness(text, lead),
        *(legs[0] - legs[1:].max(axis=0, initial=0)),
    ]


def with_choices(clear: Matrix, chances: Matrix) -> Matrix:
    """The signs of clearness, with what the choices' own chances add: how many others may be meant, and the best."""
    found = clear.copy()
    others = chances[1:]
    found[CLEAR_SIGNS.index("others")] = float(others.sum())
    found[CLEAR_SIGNS.index("most_other")] = float(others.max(initial=0.0))
    return found


def _subject(text: str) -> tuple[float, float, float]:
    """How much is said of what it is about, besides what happened to it: 「丢了」 and 「没丢，过期了」 name nothing."""
    said, denied = without_denials(text)
    named = min(len(content_of(without_circumstances(said))), 10)
    return named / 10, float(named < _NAMES_SOMETHING), float(bool(denied))


def _openness(text: str, lead: float) -> tuple[float, float, float]:
    """Whether the request asks which of several it is, or names an alternative, and how far that stands in doubt."""
    grammar = grammar_of(text)
    which = float(grammar.asks_which > 0)
    return which, float(grammar.offers > 0), which * lead


def _votes(items: Matrix, places: list[int]) -> list[float]:
    """For each place the share of the legs of evidence that have it among their best."""
    found = np.zeros(len(items))
    for column in _LEGS:
        scores = items[:, column]
        best = float(scores.max())
        if best > float(scores.min()):
            found += scores >= best - 1e-6
    return [float(found[place]) / _VOTERS for place in places]
