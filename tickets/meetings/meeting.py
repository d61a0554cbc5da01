"""What a weekly meeting is made of: its figures, its rows, decisions and blockers (DESK.md 5)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tickets.case.values import Number, PersonId, Priority, Text
from tickets.insight.figures import Counted
from tickets.time.deadline import DeadlineKind


class Change(StrEnum):
    """What became of a ticket since the last meeting held."""

    NEW = "new"  # 新增
    STILL = "still"  # 仍在
    SOLVED = "solved"  # 已解决: no longer overdue and open


class Verdict(StrEnum):
    """What became of a decision of the last meeting."""

    KEPT = "kept"
    NOT_KEPT = "not_kept"
    RUNNING = "running"  # its date has not come yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """An open ticket with something owed past its due, as it was at the meeting's moment."""

    number: Number
    department: str
    priority: Priority
    category: str
    assignee: PersonId | None
    restricted: bool
    deadline: DeadlineKind  # the one that is due longest
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the agenda, frozen when the meeting was planned."""

    place: int  # within its department, from 1, the oldest first
    case: Overdue
    late: timedelta  # of working time
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What was closed in the meeting's week, and how it was liked."""

    closed: int = 0
    scored: int = 0
    mean: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The counts of a meeting, frozen."""

    overdue: int
    new: int
    still: int
    solved: int
    before: int | None  # overdue at the last meeting held; None: this is the first
    oldest: timedelta  # of working time
    departments: Mapping[str, int]  # overdue of each, the most first
    week: Week = field(default_factory=Week)
    promises: Mapping[str, Counted] = field(
        default_factory=dict
    )  # kept in time of those due, by department


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One weekly meeting; unique by its period's key."""

    key: str  # 2026-W48
    starts_at: datetime  # of the week it looks back on, half-open
    ends_at: datetime
    due_at: datetime  # its moment: what is overdue is overdue then
    is_late: bool  # 补发
    channel: str
    previous: str | None  # the meeting held before
    figures: Figures
    changes: int = 0  # what was done in it, counted
    started_at: datetime | None = None
    started_by: PersonId | None = None
    closed_at: datetime | None = None
    closed_by: PersonId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a meeting did about one ticket; its words are redacted.

    With a text, owner and date go with it (决议). Without one, an owner alone is who has the ticket
    now, a date alone what is promised anew; help and a blocker may stand by themselves.
    """

    id: str
    meeting: str
    number: Number
    place: int  # the meeting's first, second …
    text: Text | None = None
    owner: PersonId | None = None
    due_at: datetime | None = None
    help: Text | None = None
    blocker: str | None = None
    decided_at: datetime
    decided_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """卡点: something that stands in the way of tickets, shared by all it holds up; its name is redacted."""

    id: str
    name: Text
    named_at: datetime
    named_by: PersonId
    tickets: int = 0  # open ones that it holds up
    is_hidden: bool = False  # it was named at a restricted ticket alone
    solved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise as its deadline tells it."""

    starts_at: datetime
    due_at: datetime | None
    met_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A decision of the last meeting and what became of it."""

    decision: Decision
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row with all that is said of it: what holds it up, what was decided then and now."""

    row: Row
    summary: str = ""  # redacted, as it is today
    blockers: tuple[Blocker, ...] = ()
    last_week: tuple[Judged, ...] = ()
    decided: tuple[Decision, ...] = ()
    cause: str = ""  # the first cause, where it was graded
