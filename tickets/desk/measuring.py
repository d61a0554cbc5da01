"""A figure over a period and a part of the desk, by the definitions of tickets/insight (C16)."""

from collections.abc import Sequence
from datetime import datetime

from tickets.case.values import Number
from tickets.insight.arithmetic import mean_minutes, percent
from tickets.insight.cohort import Case
from tickets.insight.response import answered
from tickets.ports import Unit
from tickets.retrospectives.pursuit import Figure, Measured, Target

LIKED = 4  # of 5, from which a customer counts as satisfied
OF_A_DEPARTMENT = "@"


def measure(unit: Unit, target: Target, start: datetime, end: datetime) -> Measured:
    """Take the target's figure of what was logged from `start` to before `end`, as it stood then."""
    if target.figure is Figure.REPEATS:
        return _repeats(unit, target.scope, start, end)
    taken = unit.insight.taken_down(start, end, as_of=end)
    cases = [one for one in taken if one.counts and is_within(one, target.scope)]
    match target.figure:
        case Figure.OVERDUE:
            missed = set(unit.insight.missed(start, end))
            return Measured(sum(one.number in missed for one in cases), len(cases))
        case Figure.CASES:
            return Measured(len(cases), len(cases))
        case Figure.SATISFACTION:
            scores = [score for one in cases for score in one.scores]
            return Measured(percent(sum(one >= LIKED for one in scores), len(scores)), len(scores))
        case _:
            return _answered(cases, target.figure)


def is_within(case: Case, scope: str) -> bool:
    """Tell whether a case is of a category, its first level, or of a department; "" is the whole desk."""
    if scope.startswith(OF_A_DEPARTMENT):
        return case.department == scope.removeprefix(OF_A_DEPARTMENT)
    return _is_of(case.category, scope)


def _is_of(category: str, scope: str) -> bool:
    return not scope or category == scope or category.startswith(f"{scope}/")


def _answered(cases: Sequence[Case], figure: Figure | None) -> Measured:
    speed = answered(cases)
    match figure:
        case Figure.RESPONSE_RATE:
            return Measured(speed.response_rate, speed.promised)
        case Figure.SOLVED_RATE:
            return Measured(speed.solved_rate, speed.total)
        case Figure.RESPONSE_MINUTES:
            return Measured(speed.response_minutes, speed.contacted)
        case Figure.HANDLING_MINUTES:
            lengths = [one.solved_at - one.received_at for one in cases if one.solved_at]
            return Measured(mean_minutes(lengths), len(lengths))
        case _:
            return Measured(None, 0)


def _repeats(unit: Unit, scope: str, start: datetime, end: datetime) -> Measured:
    found = unit.insight.repeats(start, end)
    count = sum(_was_within(unit, one.number, one.category, scope) for one in found)
    return Measured(count, count)


def _was_within(unit: Unit, number: Number, category: str, scope: str) -> bool:
    if scope.startswith(OF_A_DEPARTMENT):
        return unit.tickets.get(number).department == scope.removeprefix(OF_A_DEPARTMENT)
    return _is_of(category, scope)
