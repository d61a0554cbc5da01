"""A ticket's log as its clocks see it: what started, met or ended them, round by round."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tickets.case.conditions import CaseFacts
from tickets.time.deadline import DeadlineKind, Said


class Mark(NamedTuple):
    """A moment of a ticket's way, and what rules knew of the case then."""

    at: datetime
    case: CaseFacts
    begun_at: datetime  # the start of the round, as known then
    silent: bool = False  # set by import: nobody knows when it really was


@dataclass(frozen=True, slots=True)
class Stop:
    """A pause on whole minutes, half-open; no end while it lasts."""

    start: datetime
    end: datetime | None


@dataclass(slots=True)
class Assignment:
    """The ticket in one pair of hands, until it is given into others anew."""

    since: datetime
    acted: Mark | None = None
    superseded: Mark | None = None


@dataclass(slots=True)
class Errand:
    """A clock that an event starts by itself: a call, a watch, a question, a promise."""

    kind: DeadlineKind
    starts_at: datetime
    detail: str
    due_at: datetime | None = None  # None: the policy says
    department: str = ""
    met: Mark | None = None
    ended: Mark | None = None

    @property
    def is_running(self) -> bool:
        """Tell whether it is neither met nor ended."""
        return self.met is None and self.ended is None


@dataclass(slots=True)
class Round:
    """What happened in one round, each the first time."""

    number: int
    begun_at: datetime
    now: Mark  # the last that is known: its end, or the end of the log
    assignments: list[Assignment] = field(default_factory=list)
    contacted: Mark | None = None
    workaround: Mark | None = None  # recorded and the customer told
    planned: Mark | None = None
    resolved: Mark | None = None
    told: Mark | None = None
    confirmed: Mark | None = None
    answered: Mark | None = None  # a score, three attempts or a refusal
    ended: Mark | None = None  # a new round, merged, closed, invalid
    closed: Mark | None = None  # what ended it, where it was closed
    stops: list[Stop] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    said: dict[tuple[DeadlineKind, str], Said] = field(default_factory=dict)
    imported_at: datetime | None = None  # what was over by then was no clock of this desk
    resolve_by: datetime | None = None  # the limit that came with it

    def running(self, kind: DeadlineKind) -> Errand | None:
        """Give the errand of a kind that still runs."""
        return next((one for one in self.errands if one.kind is kind and one.is_running), None)

    def newest(self, kind: DeadlineKind) -> Errand | None:
        """Give the errand of a kind that began last and still runs."""
        running = [one for one in self.errands if one.kind is kind and one.is_running]
        return running[-1] if running else None
