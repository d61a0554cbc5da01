"""The figures of the desk: what each is taken of and what of it counts (C16, R102–R109).

All but three are about the cases logged in a period, whatever happened to them until now; overdue is
about deadlines that passed in it, answers about what was asked in it, promises about what was due in
it. A figure of nothing is no figure: None, never 0 %.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from operator import attrgetter

from tickets.case.listing import Sight
from tickets.insight.arithmetic import percent


class Figure(StrEnum):
    """What can be asked, and of what."""

    TOTAL = "total"  # 工单总量: cases but those that are none or went on under another number
    RESPONSE = "response"  # 响应时长, of first rounds with a first contact, promised or not
    FIRST_RESPONSE = "first_response"  # 首次响应率: contacted in time, of first rounds promised one
    HANDLING = "handling"  # 处理时长, of rounds that were solved
    SOLVED = "solved"  # 问题解决率, of cases
    SATISFACTION = "satisfaction"  # 满意度: 4 and 5, of rounds with a score
    OVERDUE = "overdue"  # 超时工单数: a deadline of theirs passed unmet
    REPEATS = (
        "repeats"  # 重复问题占比: told again, linked as a repeat or having taken one in, of cases
    )
    RECOVERY = "recovery"  # 二次处理: a last score of 4 or 5, of cases with a later round and a score for it
    PROMISES = "promises"  # 承诺兑现: done or told anew in time, of those due
    ANSWERS = "answers"  # 跨部门: answered in time, of questions answered or due
    ANSWERING = "answering"  # how long that took, of questions answered

    @property
    def is_length(self) -> bool:
        """Tell a length of time from a share."""
        return self in {Figure.RESPONSE, Figure.HANDLING, Figure.ANSWERING}

    @property
    def is_count(self) -> bool:
        """Tell a bare number from a share of something."""
        return self in {Figure.TOTAL, Figure.OVERDUE}


class Length(StrEnum):
    """What can be measured in time."""

    RESPONSE = "response"
    EXPECTED = "expected"  # what policies give those contacted, by the clock alone
    HANDLING = "handling"
    ALLOWED = "allowed"  # what policies give those solved
    ANSWERING = "answering"


class By(StrEnum):
    """What figures can be told apart by."""

    DEPARTMENT = "department"
    CATEGORY = "category"
    KIND = "kind"
    PERSON = "person"  # 责任人
    BAND = "band"  # 忙时, 闲时 (R4)
    PRIORITY = "priority"
    CHANNEL = "channel"
    CUSTOMER = "customer"  # 客户类型


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which cases a figure is taken of: those of a half-open period that somebody may count."""

    start: datetime
    end: datetime
    now: datetime
    sight: Sight
    by: By | None = None
    group: str | None = None  # one of `by` alone; "" is those without

    def only(self, group: str) -> "Selection":
        """Narrow it to one group."""
        return replace(self, group=group)


@dataclass(frozen=True, slots=True)
class Counted:
    """So many of so many."""

    part: int
    n: int

    @property
    def percent(self) -> int | None:
        """Give the share in whole percent, half up."""
        return percent(self.part, self.n)


NONE = Counted(0, 0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Lengths that are the same number of whole minutes, half up: how many, and their seconds together."""

    minutes: int
    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something takes, in whole minutes: the mean half up; of the sorted minutes the middle
    (of two the mean, half up) and the first that nine tenths do not exceed.
    """

    n: int
    mean: int
    median: int
    p90: int


@dataclass(frozen=True, slots=True)
class Lengths:
    """The same lengths by the clock and in opening hours."""

    clock: Spread | None
    working: Spread | None


NO_LENGTHS = Lengths(None, None)


def spread(bins: Iterable[Bin]) -> Spread | None:
    """Take the spread of some lengths; None of none."""
    ordered = sorted(bins, key=attrgetter("minutes"))
    n = sum(one.count for one in ordered)
    if n == 0:
        return None
    seconds = sum(one.seconds for one in ordered)
    middle = _at(ordered, (n + 1) // 2) + _at(ordered, n // 2 + 1)
    return Spread(
        n=n,
        mean=(2 * seconds + 60 * n) // (120 * n),
        median=(middle + 1) // 2,
        p90=_at(ordered, -(-9 * n // 10)),
    )


def _at(ordered: Sequence[Bin], rank: int) -> int:
    """Give the minutes at a rank, counted from 1."""
    for one in ordered:
        rank -= one.count
        if rank <= 0:
            return one.minutes
    raise IndexError(rank)
