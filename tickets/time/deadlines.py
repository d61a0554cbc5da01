"""What a ticket owes: a pure function of policy, calendar and event log (DESK.md 3)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case.conditions import CaseFacts
from tickets.case.facts import Logged
from tickets.case.log import Event
from tickets.case.values import Priority, Status
from tickets.handbook import PolicyRow
from tickets.time.calendar import Calendar
from tickets.time.clocks import Clock, Place, clocks_of
from tickets.time.deadline import Deadline, DeadlineKind
from tickets.time.durations import IN_WORKING_TIME, to_minute, up_to_minute
from tickets.time.history import Mark, Round, Stop
from tickets.time.notes import read
from tickets.time.policies import NO_TARGETS, Target, Targets, targets_for
from tickets.time.running import run, stops_of, warning
from tickets.time.watching import first_look

STOPPABLE = frozenset({DeadlineKind.WORKAROUND, DeadlineKind.PLAN, DeadlineKind.RESOLUTION})  # C5


def owed(
    log: Sequence[Event],
    policies: Sequence[PolicyRow],
    calendar: Calendar,
    *,
    pauses: frozenset[Status],
    groups: frozenset[str] = frozenset(),
) -> tuple[Deadline, ...]:
    """Compute every clock of every round from a ticket's whole log, in the order of DESK.md 3.

    A clock that is met or has ended counts by what the case was then; one that runs, by what it is.
    """
    return Reckoning(policies, calendar, pauses=pauses).owed(log, groups=groups)


def next_due(deadlines: Iterable[Deadline]) -> Deadline | None:
    """Pick what is owed next: the longest overdue, else the next due, else a stopped clock."""
    still = [one for one in deadlines if one.is_owed]
    return min(
        still, key=lambda one: (one.due_at is None, one.due_at or one.starts_at), default=None
    )


def _place(one: Deadline) -> Place:
    return one.kind, one.round, one.detail


@dataclass(frozen=True, slots=True)
class Logging:
    """When a case was taken down, and whether that was afterwards (补录)."""

    at: datetime
    minute: datetime  # the first whole minute that is not before
    afterwards: bool
    silently: bool = False  # imports post nothing (DESK.md 5)

    @classmethod
    def of(cls, first: Event) -> "Logging":
        """Read it off the first entry of a log; what was imported was taken down when it came in."""
        if not isinstance(first.fact, Logged):
            return cls(first.at, up_to_minute(first.at), afterwards=False)
        imported = first.fact.imported_at
        at = imported or first.at
        return cls(
            at,
            up_to_minute(at),
            first.fact.backfilled or imported is not None,
            imported is not None and not first.fact.backfilled,
        )

    def was_late(self, due_at: datetime | None) -> bool:
        """Tell whether it was too late for a due moment before anybody could know (DESK.md 3)."""
        return self.afterwards and due_at is not None and due_at <= self.at


class Reckoning:
    """Reckons any number of tickets under one policy and calendar, each case's targets looked up once."""

    def __init__(
        self, policies: Sequence[PolicyRow], calendar: Calendar, *, pauses: frozenset[Status]
    ) -> None:
        self.policies = policies
        self.calendar = calendar
        self.pauses = pauses
        self._targets: dict[CaseFacts, Targets] = {}
        self._last: tuple[CaseFacts | None, Targets] = (None, NO_TARGETS)

    def owed(
        self, log: Sequence[Event], *, groups: frozenset[str] = frozenset()
    ) -> tuple[Deadline, ...]:
        """Compute every clock of one ticket."""
        return self.anew(log, (), groups=groups)

    def anew(
        self,
        log: Sequence[Event],
        stored: Iterable[Deadline],
        *,
        groups: frozenset[str] = frozenset(),
    ) -> tuple[Deadline, ...]:
        """Compute a ticket's clocks, but leave what was stored as met or ended as it was.

        What was settled stays on record also where no policy names it any more.
        """
        logged = Logging.of(log[0])
        settled = {_place(one): one for one in stored if not one.is_owed}
        taken = []
        for one in read(log, stopping=self.pauses, groups=groups):
            for clock, target in clocks_of(one, self.targets, settled):
                place = clock.kind, one.number, clock.detail
                was = settled.pop(place, None) if settled else None
                if was is None or not (clock.met or clock.ended):
                    was = self._deadline(clock, target, one, logged)
                taken.append(was)
        return (*taken, *settled.values())

    def targets(self, case: CaseFacts) -> Targets:
        """Give what the policies say about a case."""
        last_case, last_targets = self._last
        if case is last_case:  # most clocks of a ticket ask for one case; hashing it costs more
            return last_targets
        found = self._targets.get(case)
        if found is None:
            found = self._targets[case] = targets_for(self.policies, case)
        self._last = (case, found)
        return found

    def _deadline(self, clock: Clock, target: Target, one: Round, logged: Logging) -> Deadline:
        met, ended = outcome_of(clock) if clock.met or clock.ended else (None, None)
        settled = met or ended
        start, within = clock.starts_at, target.within
        stops = (
            stops_for(clock.kind, one, start, settled.at if settled else None) if one.stops else []
        )
        reckoned = run(start, within, stops, self.calendar)
        targets, urgent = self.targets(clock.case), clock.case.priority is Priority.P1
        warn_at = warning(
            start,
            reckoned,
            within,
            targets.warn_before,
            self.calendar,
            earliest=logged.minute,
            urgent=urgent,
        )
        backfilled = logged.was_late(reckoned.due_at)
        said = one.said.get((clock.kind, clock.detail)) if one.said else None
        look = None
        is_silent = backfilled and logged.silently
        if reckoned.due_at is not None and not settled and not is_silent:
            ladder = () if backfilled else targets.escalate
            look = first_look(reckoned.due_at, warn_at, ladder, said, self.calendar)
        return Deadline(
            kind=clock.kind,
            round=one.number,
            starts_at=start,
            due_at=reckoned.due_at,
            warn_at=warn_at,
            met_at=max(met.at, start) if met else None,
            breached_at=_breach(reckoned.due_at, met, ended) if settled else None,
            void=ended is not None,
            paused_since=reckoned.stopped_since,
            provisional=within.unit in IN_WORKING_TIME
            and self.calendar.is_provisional_between(start, reckoned.due_at or reckoned.planned),
            policy=target.policy,
            detail=clock.detail,
            ladder=targets.escalate,
            urgent=urgent,
            backfilled=backfilled,
            said=said,
            look=look,
        )


def outcome_of(clock: Clock) -> tuple[Mark | None, Mark | None]:
    """Tell whether it was met or ended, whichever came first; neither: it runs."""
    met, ended = clock.met, clock.ended
    if met and met.silent:
        return None, met
    if met and ended and met.at > ended.at:
        met = None
    return met, (None if met else ended)


def _breach(due_at: datetime | None, met: Mark | None, ended: Mark | None) -> datetime | None:
    """Give the due moment that passed before the clock was met or ended; import knows of none."""
    if due_at is None:
        return None
    if met:
        return due_at if met.at > due_at else None
    return due_at if ended and not ended.silent and ended.at >= due_at else None


def stops_for(
    kind: DeadlineKind, one: Round, start: datetime, settled_at: datetime | None
) -> list[Stop]:
    """Give the pauses that stop a clock, cut to its own life."""
    if kind not in STOPPABLE:
        return []
    return stops_of(one.stops, start, to_minute(settled_at) if settled_at else None)
