"""The monthly report on 好差评: verified, set aside, called back, mended; classes of problems and trends."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.handoff.counting import Figure, Unit
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.ratings import BAD, Aside, Rating, Ratings, RatingState, RatingStep, StepTaken
from assistant.handoff.reporting import Period, Span, span_of

TREND = 6
"""Months that a class of problems is looked back on."""
_SATISFIED = 3
_ALIKE = 0.18
_UNNAMED = "没有说原因"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCount:
    """What one person was given to deal with, and how far it is."""

    owner: str
    given: int
    open: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemTrend:
    """A class of problems over the last months, the oldest first; `open`: of all of them, not yet closed."""

    problem: str
    months: tuple[int, ...]
    open: int

    @property
    def grows(self) -> bool:
        """More than in the month before."""
        return len(self.months) > 1 and self.months[-1] > self.months[-2]

    @property
    def is_new(self) -> bool:
        """Not seen in the months before (萌芽问题)."""
        return self.months[-1] > 0 and not any(self.months[:-1])

    @property
    def recurs(self) -> bool:
        """In half of the months or more (反复问题)."""
        return sum(count > 0 for count in self.months) * 2 >= len(self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingReport:
    """A month of ratings. `stars[0]` counts one star."""

    span: Span
    stars: tuple[int, int, int, int, int]
    figures: tuple[Figure, ...]
    asides: tuple[tuple[Aside, int], ...]
    owners: tuple[OwnerCount, ...]
    months: tuple[str, ...]
    problems: tuple[ProblemTrend, ...]
    bad: tuple[Rating, ...]
    steps: tuple[StepTaken, ...]


def rating_report(ratings: Ratings, month: date, now: datetime) -> RatingReport:
    """The report of the month that the day lies in. Late is what is late now."""
    span = span_of(Period.MONTH, month)
    months = _months_before(month)
    rated = ratings.all(since=span_of(Period.MONTH, months[0]).begins, until=span.ends)
    here = [one for one in rated if one.rated_at >= span.begins]
    bad = [one for one in here if one.stars <= BAD]
    tickets = {one.ticket for one in bad}
    steps = tuple(step for step in ratings.steps(since=span.begins) if step.ticket in tickets)
    stars = Counter(one.stars for one in here)
    asides = Counter(Aside(s.word) for s in steps if s.step is RatingStep.SET_ASIDE and s.word)
    return RatingReport(
        span=span,
        stars=(stars[1], stars[2], stars[3], stars[4], stars[5]),
        figures=_figures(here, bad, steps, now),
        asides=tuple(asides.most_common()),
        owners=_owners(bad, now),
        months=tuple(f"{day.year}年{day.month}月" for day in months),
        problems=_trends(rated, months),
        bad=tuple(bad),
        steps=steps,
    )


def likely_class(rating: Rating, known: Iterable[Rating]) -> str | None:
    """The class whose earlier ratings read most like this one; None where none is alike. A person decides."""
    best: tuple[float, str] | None = None
    mine = _pairs(rating)
    for other in known:
        if other.ticket == rating.ticket or other.owner is None or not other.problem:
            continue
        theirs = _pairs(other)
        alike = len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = (alike, other.problem)
    return best[1] if best is not None else None


def _figures(
    here: Sequence[Rating], bad: Sequence[Rating], steps: Sequence[StepTaken], now: datetime
) -> tuple[Figure, ...]:
    counted = [one for one in here if one.state is not RatingState.SET_ASIDE]
    true = [one for one in bad if one.state is not RatingState.SET_ASIDE]
    looked_at = [one for one in bad if one.state is not RatingState.NEW]
    closed = [one for one in true if one.state is RatingState.CLOSED]
    in_time = [one for one in closed if one.closed_at and one.due_at and one.closed_at <= one.due_at]
    taken = Counter(step.step for step in steps)
    return (
        _count("rated", "评价", len(here), "这个月收到的评价数；改过的以最后一次为准。"),
        _share(
            "satisfied",
            "满意率",
            sum(one.stars >= _SATISFIED for one in counted),
            len(counted),
            "三星及以上的评价数÷没有剔除的评价数。",
        ),
        _count("bad", "差评", len(bad), "一星和二星的评价数，剔除的也计。"),
        _share("verified", "核实率", len(looked_at), len(bad), "有人核实过（属实，或写明理由剔除）的差评数÷差评数。"),
        _count("set_aside", "剔除", len(bad) - len(true), "核实为不实、恶意或不针对本次服务的差评数，理由逐条列出。"),
        _count("called_back", "回访", taken[RatingStep.CALLED_BACK], "对本月差评回访市民的次数。"),
        _share(
            "closed", "整改率", len(closed), len(true), "整改后由另一位同事复核通过的差评数÷属实或还没核实的差评数。"
        ),
        _share(
            "closed_in_time", "按期办结率", len(in_time), len(closed), "在期限前复核通过的差评数÷复核通过的差评数。"
        ),
        _count("sent_back", "复核退回", taken[RatingStep.SENT_BACK], "复核没有通过、退回重新整改的次数。"),
        _count("late", "超期", sum(_is_late(one, now) for one in true), "过了期限还没有办结的差评数，以现在计。"),
    )


def _owners(bad: Sequence[Rating], now: datetime) -> tuple[OwnerCount, ...]:
    owners = sorted({one.owner for one in bad if one.owner})
    found = []
    for owner in owners:
        theirs = [one for one in bad if one.owner == owner]
        still = [one for one in theirs if one.state is not RatingState.CLOSED]
        late = sum(_is_late(one, now) for one in theirs)
        found.append(OwnerCount(owner=owner, given=len(theirs), open=len(still), late=late))
    return tuple(found)


def _trends(rated: Sequence[Rating], months: Sequence[date]) -> tuple[ProblemTrend, ...]:
    true = [one for one in rated if one.stars <= BAD and one.state is not RatingState.SET_ASIDE]
    counted = Counter((one.problem or _UNNAMED, _first_of_month(one.rated_at)) for one in true)
    still = Counter(one.problem or _UNNAMED for one in true if one.state is not RatingState.CLOSED)
    trends = [
        ProblemTrend(problem=name, months=tuple(counted[(name, month)] for month in months), open=still[name])
        for name in {problem for problem, _ in counted}
    ]
    return tuple(sorted(trends, key=lambda one: (-one.months[-1], -sum(one.months), one.problem)))


def _months_before(month: date) -> tuple[date, ...]:
    places = [month.year * 12 + month.month - 1 - back for back in range(TREND - 1, -1, -1)]
    return tuple(date(place // 12, place % 12 + 1, 1) for place in places)


def _first_of_month(moment: datetime) -> date:
    return moment.astimezone(OFFICE_TIME).date().replace(day=1)


def _is_late(rating: Rating, now: datetime) -> bool:
    done = {RatingState.CLOSED, RatingState.SET_ASIDE, RatingState.COUNTED}
    return rating.due_at is not None and rating.due_at < now and rating.state not in done


def _pairs(rating: Rating) -> frozenset[str]:
    """What it says, in pairs of characters, and the reasons that were tapped, whole."""
    said = rating.text
    return frozenset({*(said[n : n + 2] for n in range(len(said) - 1)), *(f"#{reason}" for reason in rating.reasons)})


def _count(name: str, label: str, value: int, definition: str) -> Figure:
    return Figure(name=name, label=label, value=float(value), unit=Unit.COUNT, definition=definition, of=value)


def _share(name: str, label: str, part: int, whole: int, definition: str) -> Figure:
    value = part / whole if whole else None
    return Figure(name=name, label=label, value=value, unit=Unit.SHARE, definition=definition, of=whole)
