"""How an improvement of a retrospective is pursued: its target as a figure, and the looks at whether it helped (R123, R124).

The improvement itself, with action, owner and date, is one line of the desk's list (tickets/meetings/improvement.py).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.case.values import PersonId, Text
from tickets.meetings.improvement import Improvement
from tickets.retrospectives.causes import UNSAID

CHECK_AFTER = (30, 90)  # days, DESK.md 5
MEASURED_OVER = timedelta(days=30)
ALL = 100  # percent


class Direction(StrEnum):
    """What is changed (R121)."""

    PROCESS = "process"  # 流程
    SYSTEM = "system"  # 制度
    TRAINING = "training"  # 培训


class Figure(StrEnum):
    """A figure a target may name, by the definitions of tickets/insight (C16)."""

    SATISFACTION = "satisfaction"  # percent of scores that are 4 or 5
    RESPONSE_RATE = "response_rate"  # percent
    SOLVED_RATE = "solved_rate"  # percent
    RESPONSE_MINUTES = "response_minutes"
    HANDLING_MINUTES = "handling_minutes"
    CASES = "cases"  # logged
    OVERDUE = "overdue"  # cases that passed a deadline
    REPEATS = "repeats"  # answers that had to be told again

    @property
    def is_rate(self) -> bool:
        """Tell a percentage, of which one wants more, from a count or a time, of which one wants less."""
        return self in {Figure.SATISFACTION, Figure.RESPONSE_RATE, Figure.SOLVED_RATE}

    @property
    def is_count(self) -> bool:
        """Tell a number of cases, which is taken of nothing but itself."""
        return self in {Figure.CASES, Figure.OVERDUE, Figure.REPEATS}


class Verdict(StrEnum):
    """What measuring again has shown."""

    PROVED = "proved"
    NOT_PROVED = "not_proved"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure over a period; None where there was nothing to take it of."""

    value: int | None
    of: int  # how many it was taken of


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Which figure goes from where to where; without one a person judges by the improvement's words."""

    figure: Figure | None = None
    scope: str = ""  # a category, "@" and a department, or the whole desk
    was: int | None = None
    goal: int | None = None

    @property
    def is_backwards(self) -> bool:
        """Tell whether it asks for less of what is good; how many cases there are is neither good nor bad."""
        if self.figure in {None, Figure.CASES} or self.was is None or self.goal is None:
            return False
        is_rate = self.figure is not None and self.figure.is_rate
        return self.goal < self.was if is_rate else self.goal > self.was

    @property
    def is_past_all(self) -> bool:
        """Tell whether it is a rate of more than all."""
        return bool(self.figure and self.figure.is_rate and (self.goal or 0) > ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One look at whether it helped; without a verdict it waits for a person's word."""

    after: int  # days
    at: datetime
    value: int | None = None
    of: int = 0
    verdict: Verdict | None = None
    by: PersonId | None = None  # None: measured by the desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Pursuit:
    """How one improvement is pursued from its decision to its proof."""

    item: str  # the improvement's id
    retro: str
    place: int  # its first, second …
    direction: Direction
    target: Target
    resources: Text = UNSAID  # redacted
    follows: str | None = None  # the one that did not help
    checks: tuple[Check, ...] = ()
    chased: int = 0  # how often it was asked for
    look_at: datetime | None = None

    @property
    def next_check(self) -> int | None:
        """Give the number of days of the next look; None: there is none left."""
        seen = {one.after for one in self.checks}
        return next((after for after in CHECK_AFTER if after not in seen), None)

    @property
    def waiting(self) -> tuple[Check, ...]:
        """List the looks that a person has yet to judge."""
        return tuple(one for one in self.checks if one.verdict is None)

    @property
    def verdict(self) -> Verdict | None:
        """Give what the latest look has shown."""
        given = [one.verdict for one in self.checks if one.verdict]
        return given[-1] if given else None


@dataclass(frozen=True, slots=True)
class Pursued:
    """An improvement and how it is pursued."""

    item: Improvement
    pursuit: Pursuit

    @property
    def counts_from(self) -> datetime:
        """Give the moment from which 30 and 90 days are counted: its due, or when it was really done."""
        return max(self.item.due_at, self.item.done_at or self.item.due_at)

    def check_at(self, after: int) -> datetime:
        """Tell when it is looked at again."""
        return self.counts_from + timedelta(days=after)


def judged(target: Target, value: int | None) -> Verdict | None:
    """Judge a figure measured again against its target; None: nobody can tell, somebody has to.

    Which way is better follows from where it is to go; where it is to stay, from what the figure is.
    """
    if value is None or target.figure is None or target.was is None or target.goal is None:
        return None
    up = target.figure.is_rate if target.goal == target.was else target.goal > target.was
    if value >= target.goal if up else value <= target.goal:
        return Verdict.PROVED
    is_worse = value < target.was if up else value > target.was
    return Verdict.WORSE if is_worse else Verdict.NOT_PROVED


def checked(pursuit: Pursuit, check: Check) -> Pursuit:
    """Keep a look; the same look given anew takes the place of the earlier one."""
    others = (one for one in pursuit.checks if one.after != check.after)
    checks = tuple(sorted((*others, check), key=lambda one: one.after))
    return replace(pursuit, checks=checks)
