"""What a ticket owes by when: the value that `deadlines.owed` computes and the records keep."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from tickets.handbook import EscalationStep

WARNING, BREACH = 0, 1
"""Stages of a deadline; from 2 on come the rungs of its ladder."""


class DeadlineKind(StrEnum):
    """The table of DESK.md 3."""

    ACCEPT = "accept"
    RESPONSE = "response"
    WORKAROUND = "workaround"
    PLAN = "plan"
    RESOLUTION = "resolution"
    CUSTOMER_FEEDBACK = "customer_feedback"
    CALLBACK = "callback"
    SUPERVISOR_CALLBACK = "supervisor_callback"
    WATCH = "watch"
    INTERNAL = "internal"
    PROMISE = "promise"
    AUTHORITY = "authority"  # an answer to one outside; by its date, whatever happens here


class MoveCause(StrEnum):
    """Why a deadline that somebody owes lies elsewhere than before."""

    PRIORITY = "priority"
    DEPARTMENT = "department"
    CATEGORY = "category"
    COMPLEXITY = "complexity"
    CALENDAR = "calendar"  # opening hours, holidays, a year that was decreed
    POLICY = "policy"  # the desk's deadlines
    AUTHORITY = "authority"  # the authority set another date
    MERGE = "merge"  # another ticket was merged into it: the earlier moment of receipt counts


class MoveEffect(StrEnum):
    """What a move did to the breach."""

    NONE = "none"
    BREACHED = "breached"  # the new due has passed already
    CLEARED = "cleared"  # the old due had passed, the new one is to come


@dataclass(frozen=True, slots=True)
class Said:
    """How far a deadline was said: up to a stage, and for which due moment."""

    stage: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Look:
    """When to look at a deadline next, and the first stage that is to be said then."""

    stage: int
    at: datetime


class Deadline(NamedTuple):
    """One clock of one round. Moments are aware UTC, `starts_at`, `due_at` and `warn_at` on whole minutes.

    `due_at` is None while the clock is stopped, `warn_at` also where no moment for a warning is left.
    Void: the clock ended without being met (an old round, a merged ticket, a plan not needed any
    more). A breach stays a breach: `breached_at` is the due moment that passed before the clock was
    met or ended; a clock still running is judged by `is_breached`. Due means `now >= due_at`.
    A tuple, since a changed calendar makes and compares them by the ten thousand; named all the same.
    """

    kind: DeadlineKind
    round: int
    starts_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    met_at: datetime | None = None
    breached_at: datetime | None = None
    void: bool = False
    paused_since: datetime | None = None
    provisional: bool = False  # 暂定: counts through a year whose holidays are not decreed
    policy: int = 0  # the policy row that gave the target
    detail: str = ""  # tells clocks of one kind and round apart: a department, a serial
    ladder: tuple[EscalationStep, ...] = ()  # as the policy has it, while it is owed
    urgent: bool = False  # P1: said at once, whatever the hour
    backfilled: bool = False  # past already when it was logged afterwards: said once, no ladder
    said: Said | None = None
    look: Look | None = None  # None: nothing more to say

    @property
    def is_owed(self) -> bool:
        """Tell whether somebody still has to meet it."""
        return self.met_at is None and not self.void

    def is_breached(self, now: datetime) -> bool:
        """Tell whether it was missed: met or ended too late, or due and still owed."""
        if self.breached_at is not None:
            return True
        return self.is_owed and self.due_at is not None and now >= self.due_at
