"""服务响应时效监控表: the row of a day (R105), from one evening's figures to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.insight.causes import MainCause
from tickets.insight.cohort import Case, Standing
from tickets.insight.goals import Goals
from tickets.insight.response import Answered, answered


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """日期, 工单总量, 平均响应时长, 首次响应率, 问题解决率, 超时工单数, 超时主要原因."""

    start: datetime
    end: datetime
    answered: Answered
    invalid: int  # not among the total, like those merged into others
    merged: int
    overdue: int  # a deadline of which passed in the period, whenever they were logged
    cause: MainCause | None
    goals: Goals
    relative_goal: int | None = None  # minutes to a first contact, by the baseline month

    @property
    def response_goal(self) -> int | None:
        """Give the minutes aimed at, also where they are aimed at by the baseline month (R107)."""
        said = self.goals.response_minutes
        return self.relative_goal if said is None else said


def day_figures(  # a row has as many parts
    cases: Sequence[Case],
    *,
    start: datetime,
    end: datetime,
    overdue: int,
    cause: MainCause | None,
    goals: Goals,
) -> DayFigures:
    """Take the figures of the cases logged in a period."""
    return DayFigures(
        start=start,
        end=end,
        answered=answered([case for case in cases if case.counts]),
        invalid=sum(case.standing is Standing.INVALID for case in cases),
        merged=sum(case.standing is Standing.MERGED for case in cases),
        overdue=overdue,
        cause=cause,
        goals=goals,
    )
