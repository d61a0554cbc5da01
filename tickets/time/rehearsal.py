"""Rehearsal: a ticket's log lived through under another desk, and what would have come out otherwise."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case.conditions import CaseFacts
from tickets.case.log import Event
from tickets.case.routing import Staffing, decide_priority, route
from tickets.case.values import AssignCause, Kind, Number, PersonId, Priority
from tickets.handbook import AssignWay, Handbook
from tickets.time.calendar import Calendar
from tickets.time.clocks import Clock as Running
from tickets.time.clocks import clocks_of
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.deadlines import Reckoning, outcome_of
from tickets.time.notes import read

CERTAIN = frozenset({AssignWay.LEAD, AssignWay.PERSON, AssignWay.ROSTER})
"""Ways that name a person whatever else goes on; turns and loads nobody can replay."""
COMES_BACK = frozenset({AssignCause.LOW_SCORE, AssignCause.REOPENED})
ABOUT_TIME = (f.StageReached, f.DeadlineMoved, f.Heard)  # what time did under the old rules

Place = tuple[DeadlineKind, int, str]
"""Kind, round and detail tell the clocks of a ticket apart."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Where the rules send a case when it is logged."""

    department: str
    way: AssignWay
    person: PersonId | None
    tell: frozenset[PersonId]


@dataclass(frozen=True, slots=True)
class Clock:
    """How one deadline went."""

    due_at: datetime | None
    is_late: bool
    was_warned: bool


@dataclass(frozen=True, slots=True)
class Fate:
    """How a ticket went under one desk; `sent` is None where no rule chose."""

    kind: Kind
    priority: Priority
    department: str
    sent: Sent | None
    clocks: dict[Place, Clock]

    @property
    def is_late(self) -> bool:
        """Tell whether any deadline was missed."""
        return any(clock.is_late for clock in self.clocks.values())

    @property
    def was_warned(self) -> bool:
        """Tell whether any warning came."""
        return any(clock.was_warned for clock in self.clocks.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """A ticket that would have gone otherwise."""

    number: Number
    now: Fate
    then: Fate

    @property
    def is_sent_elsewhere(self) -> bool:
        """Tell whether the rules would have sent it elsewhere, to another person, or told others."""
        return self.now.sent != self.then.sent

    @property
    def clocks(self) -> Iterator[tuple[Place, Clock | None, Clock | None]]:
        """Give the deadlines that would have been late or warned of otherwise; None: not owed."""
        for place in {**self.now.clocks, **self.then.clocks}:
            now, then = self.now.clocks.get(place), self.then.clocks.get(place)
            if _outcome(now) != _outcome(then):
                yield place, now, then

    @property
    def is_any(self) -> bool:
        """Tell whether there is a difference at all."""
        changed = self.is_sent_elsewhere or self.now.priority is not self.then.priority
        return changed or next(self.clocks, None) is not None


class Rehearsal:
    """Lives through logs under one desk; what people did stays as it was, only the rules differ."""

    def __init__(self, handbook: Handbook) -> None:
        self.handbook = handbook
        self.calendar = Calendar(handbook.calendar)
        self.reckoning = Reckoning(handbook.policies, self.calendar, pauses=handbook.pauses)

    def fate(self, log: Sequence[Event], *, now: datetime) -> Fate:
        """Tell how a ticket goes. Raises ValueError on a log that does not begin with Logged."""
        first = log[0]
        logged = first.fact
        if not isinstance(logged, f.Logged):
            raise ValueError(f"the log of {first.number} does not begin with Logged")  # noqa: TRY004  the log is wrong, not the caller's type
        logged = self._graded(logged)
        sent = self._sent(_case(logged), first.at) if _chosen_by_rule(log) else None
        lived = tuple(_as_sent(log, logged, sent))
        return Fate(
            kind=logged.kind,
            priority=logged.priority,
            department=_first_department(lived),
            sent=sent,
            clocks=self._clocks(lived, now),
        )

    def _graded(self, logged: f.Logged) -> f.Logged:
        """Give the priority that this desk's rules make of the urgency as typed."""
        typed = replace(logged, priority=logged.urgency)
        return replace(
            logged, priority=decide_priority(self.handbook, logged.urgency, _case(typed))
        )

    def _sent(self, case: CaseFacts, at: datetime) -> Sent:
        found = route(self.handbook, case, Staffing(local_now=self.calendar.local(at)))
        person = found.assignee if found.way in CERTAIN else None
        return Sent(found.department, found.way, person, found.tell)

    def _clocks(self, log: Sequence[Event], now: datetime) -> dict[Place, Clock]:
        rounds = read(log, stopping=self.handbook.pauses)
        settled = (
            _settled_at(clock)
            for one in rounds
            for clock, _ in clocks_of(one, self.reckoning.targets)
        )
        return {
            (one.kind, one.round, one.detail): Clock(
                due_at=one.due_at,
                is_late=one.is_breached(now),
                was_warned=_was_warned(one, settled_at, now),
            )
            for one, settled_at in zip(self.reckoning.owed(log), settled, strict=True)
        }


def _settled_at(clock: Running) -> datetime | None:
    met, ended = outcome_of(clock)
    settled = met or ended
    return settled.at if settled else None


def _was_warned(one: Deadline, settled_at: datetime | None, now: datetime) -> bool:
    """Tell whether the warning's moment came while the deadline was still owed."""
    if one.warn_at is None or one.warn_at > now:
        return False
    return settled_at is None or one.warn_at < settled_at


def _outcome(clock: Clock | None) -> tuple[bool, bool]:
    return (clock.is_late, clock.was_warned) if clock else (False, False)


def _chosen_by_rule(log: Sequence[Event]) -> bool:
    return any(isinstance(e.fact, f.Assigned) and e.fact.cause is AssignCause.RULE for e in log)


def _as_sent(log: Sequence[Event], logged: f.Logged, sent: Sent | None) -> Iterator[Event]:
    """Give the log as it would have begun: graded and sent by this desk's rules, not yet reckoned."""
    ruled = _ruled_department(log)
    yield replace(log[0], fact=logged)
    for event in log[1:]:
        fact = event.fact
        if isinstance(fact, ABOUT_TIME):
            continue
        if isinstance(fact, f.Assigned) and sent and _is_the_desks(fact, ruled):
            yield replace(event, fact=replace(fact, department=sent.department))
        else:
            yield event


def _is_the_desks(fact: f.Assigned, ruled: str | None) -> bool:
    """Tell whether the rules chose the department, at once or when the case came back."""
    if fact.cause is AssignCause.RULE:
        return True
    return fact.cause in COMES_BACK and fact.department == ruled


def _ruled_department(log: Sequence[Event]) -> str | None:
    assigned = (event.fact for event in log if isinstance(event.fact, f.Assigned))
    return next((one.department for one in assigned if one.cause is AssignCause.RULE), None)


def _first_department(log: Sequence[Event]) -> str:
    assigned = (event.fact for event in log if isinstance(event.fact, f.Assigned))
    return next((one.department for one in assigned), "")


def _case(logged: f.Logged) -> CaseFacts:
    return CaseFacts(
        kind=logged.kind,
        category=logged.category,
        priority=logged.priority,
        customer=logged.customer_type,
        level=logged.customer_level,
        groups=logged.customer_groups,
        tags=logged.customer_tags,
        risks=logged.risks,
        impact=logged.impact,
    )
