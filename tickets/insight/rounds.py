"""A ticket's rounds as figures count them: plain rows that follow from log, deadlines and calendar alone (DESIGN.md).

Each row is remade with every change of its ticket, in the same transaction, so that a figure over
many tickets opens no log; nothing in it names a customer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.case import facts as f
from tickets.case.fold import fold
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import (
    CauseDimension,
    ContactChannel,
    CustomerType,
    Kind,
    LateCause,
    Number,
    PersonId,
    Priority,
    Status,
)
from tickets.insight.cohort import Standing
from tickets.time.calendar import Calendar
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.durations import to_minute

SECOND = timedelta(seconds=1)
_KINDS: Mapping[type[f.Fact], DeadlineKind] = {
    f.Asked: DeadlineKind.INTERNAL,
    f.Promised: DeadlineKind.PROMISE,
}


@dataclass(frozen=True, slots=True)
class Lasted:
    """A length in whole seconds: by the clock, and of it while the desk was open."""

    clock: int
    working: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round of one ticket; the second and later ones beside the first (DESK.md 2: figures are per round)."""

    number: Number
    round: int
    is_last: bool
    counts: bool  # the ticket is neither invalid nor merged into another
    standing: Standing  # of the ticket in the last round; before, whether the round had solved it
    logged_at: datetime  # of the ticket
    department: str  # at the end of the round, as the assignee
    assignee: PersonId | None
    kind: Kind  # of the ticket as it is now, as the following
    category: str
    priority: Priority
    channel: ContactChannel | None
    customer_type: CustomerType
    peak: bool  # 忙时, by the moment it was received (R4)
    promised: bool  # a policy asks for a first contact
    in_time: bool  # and it was made by its due moment
    response: Lasted | None = None  # received, in later rounds begun, to the first contact
    expected_s: int | None = None  # what the policy gives for the first contact, in whole seconds
    handling: Lasted | None = None  # the same to solved
    allowed: Lasted | None = None  # what the policy gives for that
    score: int | None = None
    cause: CauseDimension | None = None
    late_cause: LateCause | None = None
    repeats: int = (
        0  # times its customer came about the same again, by the end of the round (R79, R109)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandRow:
    """A question to another department, or a promise, with a clock of its own (R44, 承诺)."""

    number: Number
    round: int
    kind: DeadlineKind
    detail: str
    department: str  # that was asked; of a promise, the round's
    person: PersonId | None  # who asked or promised
    starts_at: datetime
    due_at: datetime | None
    met_at: datetime | None
    dropped: bool  # ended before anybody was late with it
    took: Lasted | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one ticket."""

    rounds: tuple[RoundRow, ...]
    errands: tuple[ErrandRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stretch:
    """What a row is made of: the ticket as it was at the end of a round, and that round's part of the log."""

    then: Ticket
    since: datetime
    events: Sequence[Event]
    standing: Standing
    is_last: bool
    clocks: Mapping[DeadlineKind, Deadline]


def rows_of(
    ticket: Ticket, log: Sequence[Event], deadlines: Iterable[Deadline], calendar: Calendar
) -> Rows:
    """Make the rows of a ticket; `ticket` is the fold of its whole log."""
    owed, standing = tuple(deadlines), _standing(log)
    counts = standing in {Standing.OPEN, Standing.SOLVED}
    rounds = tuple(
        _round_row(ticket, one, counts, calendar) for one in _stretches(ticket, log, owed, standing)
    )
    return Rows(rounds, tuple(_errand_rows(ticket, log, owed, rounds, calendar)))


def lasted(start: datetime, end: datetime | None, calendar: Calendar) -> Lasted | None:
    """Measure from one moment to another; None where the second is not known or lies before."""
    if end is None or end < start:
        return None
    working = calendar.working_between(start, end)
    return Lasted((end - start) // SECOND, working // SECOND)


def _stretches(
    ticket: Ticket, log: Sequence[Event], owed: Sequence[Deadline], standing: Standing
) -> Iterator[_Stretch]:
    begun = [place for place, event in enumerate(log) if isinstance(event.fact, f.RoundBegun)]
    for first, end in zip((0, *begun), (*begun, len(log)), strict=True):
        is_last = end == len(log)
        then = ticket if is_last else fold(log[:end])
        yield _Stretch(
            then=then,
            since=to_minute(log[first].at) if first else ticket.received_at,
            events=log[first:end],
            standing=standing if is_last else _solved_or_not(then),
            is_last=is_last,
            clocks=_clocks(owed, then.round),
        )


def _round_row(ticket: Ticket, one: _Stretch, counts: bool, calendar: Calendar) -> RoundRow:
    then, clocks = one.then, one.clocks
    response, resolution = (
        clocks.get(DeadlineKind.RESPONSE),
        clocks.get(DeadlineKind.RESOLUTION),
    )
    solved_at = then.resolved_at if one.standing is Standing.SOLVED else None
    return RoundRow(
        number=ticket.number,
        round=then.round,
        is_last=one.is_last,
        counts=counts,
        standing=one.standing,
        logged_at=ticket.logged_at,
        department=then.department,
        assignee=then.assignee,
        kind=ticket.intake.kind,
        category=ticket.category,
        priority=ticket.priority,
        channel=ticket.contact_channel,
        customer_type=ticket.intake.customer_type,
        peak=calendar.is_peak(ticket.received_at),
        promised=response is not None,
        in_time=_is_in_time(response),
        response=lasted(one.since, _contacted_at(then, response), calendar),
        expected_s=_given_s(response),
        handling=lasted(one.since, solved_at, calendar),
        allowed=lasted(resolution.starts_at, resolution.due_at, calendar) if resolution else None,
        score=then.satisfaction,
        cause=_cause(one.events),
        late_cause=then.late_cause or (LateCause.OTHER if then.overdue_reason else None),
        repeats=len(then.repeats) + then.came_again,
    )


def _contacted_at(then: Ticket, clock: Deadline | None) -> datetime | None:
    """Tell when the customer was first reached, whether or not a policy asked for it; a sheet knows it of no case."""
    if clock is not None:
        return clock.met_at
    return then.contacted_at if then.intake.imported_at is None else None


def _is_in_time(clock: Deadline | None) -> bool:
    if clock is None or clock.met_at is None:
        return False
    return clock.due_at is None or clock.met_at <= clock.due_at


def _given_s(clock: Deadline | None) -> int | None:
    if clock is None or clock.due_at is None or clock.due_at < clock.starts_at:
        return None
    return (clock.due_at - clock.starts_at) // SECOND


def _clocks(owed: Iterable[Deadline], number: int) -> Mapping[DeadlineKind, Deadline]:
    """Give the first clock of each kind of a round; there is one but for errands."""
    return {one.kind: one for one in reversed(tuple(owed)) if one.round == number}


_TURNS: Mapping[type[f.Fact], Standing] = {
    f.Resolved: Standing.SOLVED,
    f.RoundBegun: Standing.OPEN,
    f.MarkedInvalid: Standing.INVALID,
    f.InvalidTakenBack: Standing.OPEN,
    f.Merged: Standing.MERGED,
}


def _standing(log: Sequence[Event]) -> Standing:
    """Tell how the case stands by what happened last: archiving does not tell a solved case from none."""
    standing = Standing.OPEN
    for event in log:
        if isinstance(event.fact, f.StatusSaid):
            standing = said_standing(event.fact.status)
        else:
            standing = _TURNS.get(type(event.fact), standing)
    return standing


def said_standing(status: Status) -> Standing:
    """Tell how a case stands whose status was set by an import."""
    if status in {Status.INVALID, Status.MERGED}:
        return Standing(status.value)
    return Standing.OPEN if status.is_working else Standing.SOLVED


def _solved_or_not(then: Ticket) -> Standing:
    return Standing.OPEN if then.resolved_at is None else Standing.SOLVED


def _cause(part: Iterable[Event]) -> CauseDimension | None:
    solved = [event.fact for event in part if isinstance(event.fact, f.Resolved)]
    return next((one.dimension for one in reversed(solved) if one.dimension), None)


# --- errands -------------------------------------------------------------------------------------


def _errand_rows(
    ticket: Ticket,
    log: Sequence[Event],
    owed: Iterable[Deadline],
    rounds: Sequence[RoundRow],
    calendar: Calendar,
) -> Iterator[ErrandRow]:
    said = {
        (_KINDS[type(event.fact)], event.fact.key): event
        for event in log
        if isinstance(event.fact, f.Asked | f.Promised)
    }
    home = {one.round: one for one in rounds}
    for one in owed:
        if one.kind in _KINDS.values() and one.round in home:
            asked = said.get((one.kind, one.detail))
            yield _errand_row(ticket.number, one, asked, home[one.round], calendar)


def _errand_row(
    number: Number, one: Deadline, said: Event | None, home: RoundRow, calendar: Calendar
) -> ErrandRow:
    department = home.department
    if one.kind is DeadlineKind.INTERNAL:
        asked = said.fact.department if said and isinstance(said.fact, f.Asked) else ""
        department = asked or one.detail.partition("#")[0]
    return ErrandRow(
        number=number,
        round=one.round,
        kind=one.kind,
        detail=one.detail,
        department=department,
        person=said.by if said else home.assignee,
        starts_at=one.starts_at,
        due_at=one.due_at,
        met_at=one.met_at,
        dropped=one.void and one.breached_at is None,
        took=lasted(one.starts_at, one.met_at, calendar),
    )
