"""The state of one pass over a ticket's log: the round, the case, the hands it lies in, whether it is stopped."""

from datetime import datetime

from tickets.case import facts as f
from tickets.case.conditions import CaseFacts
from tickets.case.log import Event
from tickets.case.values import PersonId, Status
from tickets.time.deadline import DeadlineKind, Said
from tickets.time.durations import to_minute
from tickets.time.history import Errand, Mark, Round, Stop

_STATUS_AFTER: dict[type[f.Fact], Status] = {
    f.Accepted: Status.ACCEPTED,
    f.Started: Status.IN_PROGRESS,
    f.Waiting: Status.WAITING_CUSTOMER,
    f.Held: Status.ON_HOLD,
    f.Resumed: Status.IN_PROGRESS,
    f.Resolved: Status.RESOLVED,
    f.HandedBack: Status.NEW,
    f.RoundBegun: Status.NEW,
    f.MarkedInvalid: Status.INVALID,
    f.InvalidTakenBack: Status.NEW,
    f.Closed: Status.CLOSED,
    f.Merged: Status.MERGED,
    f.FollowedUp: Status.FOLLOW_UP,
    f.FollowUpEnded: Status.RESOLVED,
    f.Archived: Status.ARCHIVED,
}


class Reading:
    """The state of one pass over a log."""

    def __init__(self, first: Event, stopping: frozenset[Status], groups: frozenset[str]) -> None:
        logged = first.fact
        if not isinstance(logged, f.Logged):
            raise ValueError(f"the log of {first.number} does not begin with Logged")  # noqa: TRY004  the log is wrong, not the caller's type
        self.intake = logged
        self.stopping = stopping
        self.case = _case(logged, groups)
        received = to_minute(logged.received_at)
        self.rounds = [
            Round(
                1,
                received,
                Mark(first.at, self.case, received),
                imported_at=logged.imported_at,
                resolve_by=logged.resolve_by,
            )
        ]
        self.assignee: PersonId | None = None
        self.unanswered = 0
        self.untold_workaround = False
        self.stopped_since: datetime | None = None

    @property
    def round(self) -> Round:
        """Give the round under way."""
        return self.rounds[-1]

    def mark(self, at: datetime) -> Mark:
        """Note a moment with the case as it is."""
        return Mark(at, self.case, self.round.begun_at)

    def finish(self, at: datetime) -> list[Round]:
        """End the pass: what is still stopped stays stopped."""
        self.close_stop(None)
        for one in self.rounds:
            one.now = one.ended or self.mark(at)
        return self.rounds

    def meet(
        self, kind: DeadlineKind, at: datetime, department: str | None = None, *, key: str = ""
    ) -> None:
        """Note that the running errand of a kind was done; a key tells which, where there are several."""
        running = self.running(kind, department, key=key)
        if running:
            running.met = self.mark(at)

    def running(
        self, kind: DeadlineKind, department: str | None = None, *, key: str = ""
    ) -> Errand | None:
        """Find the running errand of a kind: of a department, or by its key."""
        return next(
            (
                one
                for one in self.round.errands
                if one.kind is kind
                and one.is_running
                and department in {None, one.department}
                and key in {"", one.detail}
            ),
            None,
        )

    def before_authorities(self, key: str = "") -> list[Errand]:
        """List the running errands before authorities outside, of whichever round; by a key the one of it."""
        return [
            one
            for each in self.rounds
            for one in each.errands
            if one.kind is DeadlineKind.AUTHORITY and one.is_running and key in {"", one.detail}
        ]

    def run(self, errand: Errand) -> None:
        """Begin an errand; its detail tells it from earlier ones of its kind."""
        self.round.errands.append(errand)

    def serial(self, kind: DeadlineKind, department: str = "") -> str:
        """Tell the next errand of a kind apart: a serial, after the department if there is one."""
        place = 1 + sum(
            one.kind is kind and one.department == department for one in self.round.errands
        )
        if department:
            return department if place == 1 else f"{department}#{place}"
        return str(place)

    def say(self, fact: f.StageReached | f.DeadlineMoved | f.Heard, said: Said) -> None:
        """Note how far a deadline was said."""
        for one in self.rounds:
            if one.number == fact.round:
                one.said[fact.kind, fact.detail] = said

    def act(self, event: Event) -> None:
        """Whatever the assignee does on the ticket meets `accept`; having heard of it is not doing it."""
        if event.by != self.assignee or isinstance(event.fact, f.Assigned | f.Heard):
            return
        held = self.round.assignments[-1] if self.round.assignments else None
        if held and not held.acted and not held.superseded and event.at > held.since:
            held.acted = self.mark(event.at)

    def stop_or_go(self, event: Event) -> None:
        """Follow the status into a pause that stops clocks, and out of it."""
        status = (
            event.fact.status
            if isinstance(event.fact, f.StatusSaid)
            else _STATUS_AFTER.get(type(event.fact))
        )
        if status is None:
            return
        if status not in self.stopping:
            self.close_stop(to_minute(event.at))
        elif self.stopped_since is None:
            self.stopped_since = to_minute(event.at)

    def close_stop(self, end: datetime | None) -> None:
        """End the pause, if there is one; None: it lasts."""
        if self.stopped_since is not None and self.stopped_since != end:
            self.round.stops.append(Stop(self.stopped_since, end))
        self.stopped_since = None


def _case(logged: f.Logged, groups: frozenset[str]) -> CaseFacts:
    return CaseFacts(
        kind=logged.kind,
        category=logged.category,
        priority=logged.priority,
        customer=logged.customer_type,
        level=logged.customer_level,
        groups=groups | logged.customer_groups,
        tags=logged.customer_tags,
        risks=logged.risks,
        impact=logged.impact,
    )
