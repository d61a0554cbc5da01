"""What each fact means for a ticket's clocks: what it starts, meets or ends."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar, cast

from tickets.case import facts as f
from tickets.case.corrections import corrected
from tickets.case.log import Event
from tickets.case.values import AssignCause, ContactOutcome, Status
from tickets.time.deadline import WARNING, DeadlineKind, MoveEffect, Said
from tickets.time.durations import to_minute
from tickets.time.history import Assignment, Errand, Round
from tickets.time.reading import Reading

F = TypeVar("F", bound=f.Fact)
_Note = Callable[[Reading, f.Fact, Event], None]
_NOTES: dict[type[f.Fact], _Note] = {}

GOES_ON = frozenset({AssignCause.HANDOVER, AssignCause.DEPUTY})  # another pair of hands, same task
TAKES_ON = frozenset(
    {AssignCause.PERSON, AssignCause.ON_THE_SPOT}
)  # of one's own: nothing to accept
LOW_SCORE = 3  # C10
ATTEMPTS = 3  # without an answer, then the score may be missing (R88)


def read(
    log: Iterable[Event], *, stopping: frozenset[Status], groups: frozenset[str] = frozenset()
) -> list[Round]:
    """Read a whole log. Raises ValueError on one that does not begin with Logged."""
    first, *rest = log
    reading = Reading(first, stopping, groups)
    for event in rest:
        reading.act(event)
        note = _NOTES.get(type(event.fact))
        if note:
            note(reading, event.fact, event)
        reading.stop_or_go(event)
    return reading.finish((rest[-1] if rest else first).at)


def _on(kind: type[F]) -> Callable[[Callable[[Reading, F, Event], None]], None]:
    def keep(note: Callable[[Reading, F, Event], None]) -> None:
        _NOTES[kind] = cast(_Note, note)

    return keep


# --- what the case is ---------------------------------------------------------------------------


@_on(f.Corrected)
def _corrected(reading: Reading, fact: f.Corrected, _event: Event) -> None:
    reading.intake = corrected(reading.intake, fact.field, fact.now)
    intake = reading.intake
    reading.case = reading.case._replace(
        kind=intake.kind, category=intake.category, impact=intake.impact
    )


@_on(f.FilledIn)
def _filled_in(reading: Reading, fact: f.FilledIn, _event: Event) -> None:
    reading.intake = replace(reading.intake, kind=fact.kind, category=fact.category)
    reading.case = reading.case._replace(kind=fact.kind, category=fact.category)


@_on(f.PriorityChanged)
def _priority(reading: Reading, fact: f.PriorityChanged, _event: Event) -> None:
    reading.case = reading.case._replace(priority=fact.now)


@_on(f.ComplexityJudged)
def _complexity(reading: Reading, fact: f.ComplexityJudged, _event: Event) -> None:
    reading.case = reading.case._replace(complexity=fact.complexity)


@_on(f.Assigned)
def _assigned(reading: Reading, fact: f.Assigned, event: Event) -> None:
    hands = reading.round.assignments
    same = (fact.department, fact.assignee) == (reading.case.department, reading.assignee)
    if not hands or not (same or fact.cause in GOES_ON):
        if hands:
            hands[-1].superseded = reading.mark(event.at)
        hands.append(Assignment(event.at))
    reading.case = reading.case._replace(department=fact.department)
    reading.assignee = fact.assignee
    if fact.cause in TAKES_ON and event.by == fact.assignee:
        hands[-1].acted = hands[-1].acted or reading.mark(event.at)


@_on(f.Absorbed)
def _absorbed(reading: Reading, fact: f.Absorbed, _event: Event) -> None:
    if reading.round.number == 1:
        reading.round.begun_at = min(reading.round.begun_at, to_minute(fact.received_at))


# --- work ---------------------------------------------------------------------------------------


@_on(f.Accepted)
def _accepted(reading: Reading, _fact: f.Accepted, event: Event) -> None:
    if reading.round.assignments:
        held = reading.round.assignments[-1]
        held.acted = held.acted or reading.mark(event.at)


@_on(f.Contacted)
def _contacted(reading: Reading, fact: f.Contacted, event: Event) -> None:
    if fact.outcome is not ContactOutcome.REACHED:
        return
    one = reading.round
    one.contacted = one.contacted or reading.mark(fact.happened_at)
    if reading.untold_workaround:
        one.workaround = one.workaround or reading.mark(event.at)


@_on(f.WorkaroundGiven)
def _workaround(reading: Reading, fact: f.WorkaroundGiven, event: Event) -> None:
    one = reading.round
    if not fact.told:
        reading.untold_workaround = True
        return
    one.workaround = one.workaround or reading.mark(event.at)
    one.contacted = one.contacted or reading.mark(event.at)


@_on(f.Planned)
def _planned(reading: Reading, _fact: f.Planned, event: Event) -> None:
    reading.round.planned = reading.round.planned or reading.mark(event.at)


@_on(f.Resolved)
def _resolved(reading: Reading, fact: f.Resolved, event: Event) -> None:
    one, mark = reading.round, reading.mark(event.at)
    one.resolved = one.resolved or mark
    if fact.on_the_spot:
        one.contacted = one.contacted or mark
        one.told = one.told or mark


@_on(f.StatusSaid)
def _status_said(reading: Reading, fact: f.StatusSaid, event: Event) -> None:
    if fact.status.is_working:
        return
    mark = reading.mark(event.at)._replace(silent=True)
    reading.round.resolved = reading.round.resolved or mark
    if not fact.status.is_open:
        reading.round.ended = reading.round.ended or mark


@_on(f.Asked)
def _asked(reading: Reading, fact: f.Asked, event: Event) -> None:
    kind = DeadlineKind.INTERNAL
    reading.run(
        Errand(
            kind,
            to_minute(event.at),
            fact.key or reading.serial(kind, fact.department),
            department=fact.department,
        )
    )


@_on(f.Answered)
def _answered(reading: Reading, fact: f.Answered, event: Event) -> None:
    reading.meet(DeadlineKind.INTERNAL, event.at, fact.department, key=fact.key)


@_on(f.NotOurs)
def _not_ours(reading: Reading, fact: f.NotOurs, event: Event) -> None:
    running = reading.running(DeadlineKind.INTERNAL, fact.department, key=fact.key)
    if running:
        running.ended = reading.mark(event.at)


# --- the customer -------------------------------------------------------------------------------


@_on(f.CustomerTold)
def _told(reading: Reading, fact: f.CustomerTold, _event: Event) -> None:
    mark = reading.mark(fact.happened_at)
    reading.round.told = reading.round.told or mark
    reading.round.contacted = reading.round.contacted or mark


@_on(f.Confirmed)
def _confirmed(reading: Reading, _fact: f.Confirmed, event: Event) -> None:
    reading.round.confirmed = reading.round.confirmed or reading.mark(event.at)


@_on(f.CallbackTried)
def _tried(reading: Reading, fact: f.CallbackTried, event: Event) -> None:
    reading.unanswered += fact.outcome is ContactOutcome.NO_ANSWER
    refused = fact.outcome in {ContactOutcome.REFUSED, ContactOutcome.UNREACHABLE}
    if refused or reading.unanswered >= ATTEMPTS:
        reading.round.answered = reading.round.answered or reading.mark(event.at)


@_on(f.Scored)
def _scored(reading: Reading, fact: f.Scored, event: Event) -> None:
    reading.round.answered = reading.round.answered or reading.mark(event.at)
    if fact.score <= LOW_SCORE:
        reading.run(Errand(DeadlineKind.SUPERVISOR_CALLBACK, to_minute(event.at), ""))


@_on(f.SupervisorCalled)
def _called(reading: Reading, fact: f.SupervisorCalled, event: Event) -> None:
    if fact.is_made:
        reading.meet(DeadlineKind.SUPERVISOR_CALLBACK, event.at)


@_on(f.Promised)
def _promised(reading: Reading, fact: f.Promised, event: Event) -> None:
    kind = DeadlineKind.PROMISE
    if fact.instead_of or not fact.key:
        reading.meet(kind, event.at, key=fact.instead_of)  # told anew
    due, detail = to_minute(fact.due_at), fact.key or reading.serial(kind)
    reading.run(Errand(kind, to_minute(event.at), detail, due_at=due))


@_on(f.PromiseKept)
def _kept(reading: Reading, fact: f.PromiseKept, event: Event) -> None:
    reading.meet(DeadlineKind.PROMISE, event.at, key=fact.key)


@_on(f.FollowedUp)
def _followed_up(reading: Reading, fact: f.FollowedUp, event: Event) -> None:
    kind = DeadlineKind.WATCH
    running = reading.round.running(kind)
    if running:
        running.ended = reading.mark(event.at)
    due = to_minute(fact.until)
    reading.run(Errand(kind, to_minute(event.at), reading.serial(kind), due_at=due))


@_on(f.FollowUpEnded)
def _watch_ended(reading: Reading, _fact: f.FollowUpEnded, event: Event) -> None:
    reading.meet(DeadlineKind.WATCH, event.at)


# --- authorities outside: their clocks outlive the round they began in ---------------------------


@_on(f.AuthorityNamed)
def _named(reading: Reading, fact: f.AuthorityNamed, event: Event) -> None:
    due = to_minute(fact.due_at)
    reading.run(Errand(DeadlineKind.AUTHORITY, to_minute(event.at), fact.key, due_at=due))


@_on(f.AuthorityMoved)
def _date_moved(reading: Reading, fact: f.AuthorityMoved, _event: Event) -> None:
    for one in reading.before_authorities(fact.key):
        one.due_at = to_minute(fact.now)


@_on(f.AuthorityAnswered)
def _authority_answered(reading: Reading, fact: f.AuthorityAnswered, _event: Event) -> None:
    for one in reading.before_authorities(fact.key):
        one.met = reading.mark(fact.happened_at)


# --- what was said ------------------------------------------------------------------------------


@_on(f.StageReached)
def _reached(reading: Reading, fact: f.StageReached, _event: Event) -> None:
    reading.say(fact, Said(fact.stage, fact.due_at))


@_on(f.Heard)
def _heard(reading: Reading, fact: f.Heard, _event: Event) -> None:
    """A rung that a lead or supervisor cancelled counts as said."""
    if fact.cancels is not None:
        reading.say(fact, Said(fact.cancels, fact.due_at))


@_on(f.DeadlineMoved)
def _moved(reading: Reading, fact: f.DeadlineMoved, _event: Event) -> None:
    """A due moved into the past breaches at once: nobody missed a warning of it."""
    if fact.effect is MoveEffect.BREACHED and fact.after is not None:
        reading.say(fact, Said(WARNING, fact.after))


# --- ends ---------------------------------------------------------------------------------------


@_on(f.RoundBegun)
def _round(reading: Reading, fact: f.RoundBegun, event: Event) -> None:
    """The clocks of the old round end; a supervisor's call that is owed goes over to the new one."""
    reading.meet(DeadlineKind.WATCH, event.at)
    old = reading.round
    old.ended = old.ended or reading.mark(event.at)
    reading.close_stop(to_minute(event.at))
    call = old.newest(DeadlineKind.SUPERVISOR_CALLBACK)
    begun = to_minute(event.at)
    reading.rounds.append(Round(fact.round, begun, old.ended._replace(begun_at=begun)))
    reading.unanswered = 0
    reading.untold_workaround = False
    reading.assignee = None
    if call:
        old.errands.remove(call)
        reading.run(call)
        said = old.said.pop((call.kind, call.detail), None)
        reading.round.said |= {(call.kind, call.detail): said} if said else {}
        for earlier in old.errands:  # one call is made for both
            if earlier.kind is call.kind and earlier.is_running:
                earlier.ended = old.ended


@_on(f.Closed)
def _closed(reading: Reading, fact: f.Closed, event: Event) -> None:
    reading.meet(DeadlineKind.WATCH, event.at)
    mark = reading.mark(event.at)
    _nobody_waits(reading, event)
    if fact.refusal:
        reading.round.answered = reading.round.answered or mark
    reading.round.ended = reading.round.closed = reading.round.ended or mark


@_on(f.Archived)
def _archived(reading: Reading, _fact: f.Archived, event: Event) -> None:
    call = reading.running(DeadlineKind.SUPERVISOR_CALLBACK)
    if call:
        call.ended = reading.mark(event.at)


@_on(f.Merged)
def _merged(reading: Reading, _fact: f.Merged, event: Event) -> None:
    _nobody_waits(reading, event)
    reading.round.ended = reading.round.ended or reading.mark(event.at)


@_on(f.MarkedInvalid)
def _invalid(reading: Reading, _fact: f.MarkedInvalid, event: Event) -> None:
    _nobody_waits(reading, event)
    reading.round.ended = reading.round.ended or reading.mark(event.at)


@_on(f.InvalidTakenBack)
def _valid_again(reading: Reading, _fact: f.InvalidTakenBack, _event: Event) -> None:
    reading.round.ended = None


def _nobody_waits(reading: Reading, event: Event) -> None:
    """End with the case what an authority waited for; people are asked to answer before (`before_ends`)."""
    for one in reading.before_authorities():
        one.ended = reading.mark(event.at)
