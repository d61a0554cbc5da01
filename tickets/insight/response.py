"""How fast and how well a period's cases were answered, by the definitions of C16."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.insight.arithmetic import mean_minutes, percent
from tickets.insight.cohort import Case, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The rates of some cases; each rate beside what it is taken of, None where that is nothing."""

    total: int  # 工单总量
    response_minutes: int | None  # 平均响应时长, of those contacted
    contacted: int
    response_rate: int | None  # 首次响应率, of those a policy promised a first contact
    in_time: int
    promised: int
    solved_rate: int | None  # 问题解决率
    solved: int


def answered(cases: Sequence[Case]) -> Answered:
    """Take the figures of cases that count (Case.counts)."""
    responses = [case.response for case in cases if case.response]
    waits = [
        case.contacted_at - case.received_at
        for case in cases
        if case.contacted_at and case.contacted_at >= case.received_at
    ]
    in_time = sum(one.is_in_time for one in responses)
    solved = sum(case.standing is Standing.SOLVED for case in cases)
    return Answered(
        total=len(cases),
        response_minutes=mean_minutes(waits),
        contacted=len(waits),
        response_rate=percent(in_time, len(responses)),
        in_time=in_time,
        promised=len(responses),
        solved_rate=percent(solved, len(cases)),
        solved=solved,
    )
