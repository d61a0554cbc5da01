"""The receipt of a deadline: every stretch counted, paused or skipped, with its reason (DESK.md 3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tickets.case.values import Status, Text
from tickets.handbook import Duration, Span
from tickets.time.deadline import Deadline
from tickets.time.policies import Start

NOTHING = timedelta()
_BY_UNIT = {
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "wh": timedelta(hours=1),
}


class Reason(StrEnum):
    """Why a stretch counts, or does not."""

    COUNTED = "counted"
    STOPPED = "stopped"
    START_DAY = "start_day"  # wd: the local date of the start never counts
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DESK_CLOSED = "desk_closed"  # the desk's own day off
    NO_HOURS = "no_hours"  # a weekday without opening hours
    OUTSIDE_HOURS = "outside_hours"
    MADE_UP = "made_up"  # wd: what was stopped is walked forward after the last day
    CLOCK_CHANGE = "clock_change"  # d: the wall clock was put forward or back meanwhile
    STILL_STOPPED = "still_stopped"
    LEFT = "left"  # of a stopped clock: what is still to come


class DayKind(StrEnum):
    """What is special about a day's hours."""

    ORDINARY = "ordinary"
    MAKE_UP_DAY = "make_up_day"  # 调休上班日
    OWN_DAY = "own_day"  # an extra working day of the desk
    HOLIDAY_HOURS = "holiday_hours"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class Cause:
    """One step into a pause: the status, and the reason somebody gave."""

    status: Status
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Halt:
    """A pause, or the part of it that falls on a line, half-open; no end while it lasts."""

    start: datetime
    end: datetime | None
    causes: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One stretch of a receipt, half-open; `first` and `last` are the desk's local dates.

    `time` is what counts of it by the clock or in opening hours, `days` in legal working days;
    `stopped` is what pauses took of it in the clock's own time, `made_up` what is given back for
    that after the last counted day.
    """

    reason: Reason
    start: datetime
    end: datetime
    first: date
    last: date
    time: timedelta = NOTHING
    days: int = 0
    ordinal: int = 0  # which counted day the last one is
    stopped: timedelta = NOTHING
    made_up: timedelta = NOTHING
    kind: DayKind = DayKind.ORDINARY
    hours: tuple[Span, ...] = ()
    halts: tuple[Halt, ...] = ()
    provisional: bool = False  # 暂定: in a year whose holidays are not decreed

    @property
    def length_in_days(self) -> int:
        """Count the local dates this line speaks of."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """How a deadline came about; what its lines count sums to its target exactly."""

    deadline: Deadline
    target: Duration
    since: Start | None  # what the clock starts from; None: the event that began it
    lines: tuple[Line, ...]

    @property
    def time(self) -> timedelta:
        """Sum what counts by the clock or in opening hours."""
        return sum((line.time for line in self.lines), NOTHING)

    @property
    def days(self) -> int:
        """Sum the legal working days."""
        return sum(line.days for line in self.lines)

    @property
    def stopped(self) -> timedelta:
        """Sum what pauses took, in the clock's own time."""
        return sum((line.stopped for line in self.lines), NOTHING)

    @property
    def made_up(self) -> timedelta:
        """Sum what was given back after the last counted day."""
        return sum((line.made_up for line in self.lines), NOTHING)

    @property
    def adds_up(self) -> bool:
        """Tell whether the lines sum to the target; they always do (tested)."""
        if self.target.unit == "wd":
            counted = (line for line in self.lines if line.reason is Reason.COUNTED)
            lost = sum((line.stopped for line in counted), NOTHING)
            return self.days == self.target.amount and self.made_up == lost
        return self.time == whole(self.target)


def whole(target: Duration) -> timedelta:
    """Give the length of a target; a day is 24 hours of the wall clock. Not for wd."""
    return target.amount * _BY_UNIT[target.unit]
