"""The month's figures: shares by category, rates against goals, times by department (R102–R105)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tickets.insight.arithmetic import mean_minutes, percent
from tickets.insight.causes import MainCause
from tickets.insight.cohort import Case, Standing
from tickets.insight.figures import NO_LENGTHS, Length, Lengths
from tickets.insight.findings import Findings
from tickets.insight.goals import Goals
from tickets.insight.orders import Trade
from tickets.insight.overview import Month, response_goal
from tickets.insight.response import Answered, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryShare:
    """A second-level category's share of the month (R102)."""

    category: str
    count: int
    share: int  # percent
    solved_rate: int | None
    satisfaction: int | None = None  # percent of its scores that are 4 or 5 (R104)
    scored: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentTimes:
    """A department's times against what its policies allow (R103)."""

    department: str
    count: int
    response_minutes: int | None
    contacted: int
    response_allowed: int | None = None  # the mean minutes that policies gave those contacted
    handling_minutes: int | None = None  # of rounds solved, from received or begun, by the clock
    solved: int = 0  # rounds
    allowed_minutes: int | None = None  # the mean time those solved had by their deadlines


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFigures:
    """What the monthly report says."""

    start: datetime
    end: datetime
    answered: Answered
    invalid: int
    merged: int
    overdue: int
    cause: MainCause | None
    satisfaction: int | None  # percent of scores that are 4 or 5
    scored: int
    categories: tuple[CategoryShare, ...]
    departments: tuple[DepartmentTimes, ...]
    goals: Goals
    findings: Findings = field(default_factory=Findings)  # what the month brought up besides (R84)
    trade: Trade = field(default_factory=Trade)  # of the orders brought along (R106)
    more: Month | None = None  # as things stood when the report was made

    @property
    def response_goal(self) -> int | None:
        """Give the minutes aimed at, also where they are aimed at by the baseline month."""
        return response_goal(self.goals, self.more.baseline if self.more else None)


def month_figures(
    cases: Sequence[Case],
    *,
    start: datetime,
    end: datetime,
    overdue: int,
    cause: MainCause | None,
    goals: Goals,
) -> MonthFigures:
    """Take the figures of the cases logged in a month."""
    counted = [case for case in cases if case.counts]
    satisfaction, scored = _satisfaction(counted)
    return MonthFigures(
        start=start,
        end=end,
        answered=answered(counted),
        invalid=sum(case.standing is Standing.INVALID for case in cases),
        merged=sum(case.standing is Standing.MERGED for case in cases),
        overdue=overdue,
        cause=cause,
        satisfaction=satisfaction,
        scored=scored,
        categories=_by_size(_shares(counted)),
        departments=tuple(
            sorted(_departments(counted), key=lambda one: (-one.count, one.department))
        ),
        goals=goals,
    )


def _by_size(shares: Iterable[CategoryShare]) -> tuple[CategoryShare, ...]:
    return tuple(sorted(shares, key=lambda one: (-one.count, one.category)))


def _shares(cases: Sequence[Case]) -> Iterable[CategoryShare]:
    for category, some in _grouped(cases, lambda case: case.category).items():
        solved = sum(case.standing is Standing.SOLVED for case in some)
        satisfaction, scored = _satisfaction(some)
        yield CategoryShare(
            category=category,
            count=len(some),
            share=percent(len(some), len(cases)) or 0,
            solved_rate=percent(solved, len(some)),
            satisfaction=satisfaction,
            scored=scored,
        )


def _satisfaction(cases: Iterable[Case]) -> tuple[int | None, int]:
    """Give the share of scores that are 4 or 5, and how many there are."""
    scores = [score for case in cases for score in case.scores]
    return percent(sum(score >= 4 for score in scores), len(scores)), len(scores)


def _departments(cases: Sequence[Case]) -> Iterable[DepartmentTimes]:
    for department, some in _grouped(cases, lambda case: case.department).items():
        speed = answered(some)
        solved = [case for case in some if case.solved_at is not None]
        yield DepartmentTimes(
            department=department,
            count=len(some),
            response_minutes=speed.response_minutes,
            contacted=speed.contacted,
            handling_minutes=mean_minutes(
                case.solved_at - case.received_at for case in solved if case.solved_at
            ),
            solved=len(solved),
            allowed_minutes=mean_minutes(
                case.resolution.due_at - case.resolution.starts_at
                for case in solved
                if case.resolution and case.resolution.due_at
            ),
        )


def by_round(
    departments: Sequence[DepartmentTimes], lengths: Mapping[Length, Mapping[str, Lengths]]
) -> tuple[DepartmentTimes, ...]:
    """Take times by round and by who had the round, as all figures are (DESK.md 2), also where none of its cases are now."""
    listed = {one.department for one in departments}
    names = {name for by_department in lengths.values() for name in by_department}
    others = (
        DepartmentTimes(department=name, count=0, response_minutes=None, contacted=0)
        for name in sorted(names - listed)
    )
    return tuple(_by_round(one, lengths) for one in (*departments, *others))


def _by_round(
    one: DepartmentTimes, lengths: Mapping[Length, Mapping[str, Lengths]]
) -> DepartmentTimes:
    reached, expected, taken, given = (
        lengths[length].get(one.department, NO_LENGTHS).clock
        for length in (Length.RESPONSE, Length.EXPECTED, Length.HANDLING, Length.ALLOWED)
    )
    contacted = reached.n if reached else 0
    return replace(
        one,
        response_minutes=reached.mean if reached else None,
        contacted=contacted,
        response_allowed=expected.mean if expected and expected.n == contacted else None,
        handling_minutes=taken.mean if taken else None,
        solved=taken.n if taken else 0,
        allowed_minutes=given.mean if given else None,
    )


def _grouped(cases: Sequence[Case], by: Callable[[Case], str]) -> Mapping[str, list[Case]]:
    groups: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[by(case)].append(case)
    return groups
