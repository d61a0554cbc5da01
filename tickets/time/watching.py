"""The stages of a deadline: when its warning, its breach and the rungs of its ladder are to be said.

Everything here is pure; moments are aware UTC. A stage is reached when `now >= at`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tickets.handbook import EscalationStep, Span
from tickets.time.calendar import Calendar, NeverOpen
from tickets.time.deadline import BREACH, WARNING, Deadline, Look, Said
from tickets.time.durations import MINUTE, add

FAR = timedelta(hours=1)  # a stage is said again only where the due moved so far (DESIGN.md)
AT_BREACH = ("assignee", "lead", "supervisors")  # R81, R82
AT_WARNING = ("assignee", "supervisors")


def next_look(deadline: Deadline, said: Said | None, calendar: Calendar) -> Look | None:
    """Tell when a deadline has something to say next; None: nothing more, or it stands still."""
    if not deadline.is_owed or deadline.due_at is None:
        return None
    ladder = () if deadline.backfilled else deadline.ladder
    return first_look(deadline.due_at, deadline.warn_at, ladder, said, calendar)


def first_look(
    due_at: datetime,
    warn_at: datetime | None,
    ladder: Sequence[EscalationStep],
    said: Said | None,
    calendar: Calendar,
) -> Look | None:
    """Tell when a clock that runs has something to say next; None: nothing more."""
    if said is None:  # nearly all
        return Look(BREACH, due_at) if warn_at is None else Look(WARNING, warn_at)
    first = _unsaid(due_at, said)
    stages = _stages(due_at, warn_at, ladder, calendar)
    return next((look for look in stages if look.stage >= first), None)


def reached(deadline: Deadline, now: datetime, calendar: Calendar) -> tuple[int, ...]:
    """List the unsaid stages whose moment has come; the last of them is the one to be said."""
    if not deadline.is_owed or deadline.due_at is None:
        return ()
    first = _unsaid(deadline.due_at, deadline.said)
    ladder = () if deadline.backfilled else deadline.ladder
    stages = _stages(deadline.due_at, deadline.warn_at, ladder, calendar)
    return tuple(look.stage for look in stages if look.stage >= first and look.at <= now)


def tell_at(deadline: Deadline, stages: Sequence[int]) -> tuple[str, ...]:
    """Say who hears of these stages, in order: of a breach and what lies above it all, once each."""
    if not stages or stages[-1] == WARNING:
        return AT_WARNING
    steps = _at_breach(deadline.ladder), *(step.tell for step in rungs_of(deadline.ladder))
    told = (person for stage in stages if stage >= BREACH for person in steps[stage - BREACH])
    return tuple(dict.fromkeys(told))


def rungs_of(ladder: Sequence[EscalationStep]) -> tuple[EscalationStep, ...]:
    """Give the steps after the breach, stage 2 being the first of them."""
    return tuple(step for step in ladder if step.after is not None)


def _at_breach(ladder: Sequence[EscalationStep]) -> tuple[str, ...]:
    told = [person for step in ladder if step.after is None for person in step.tell]
    return tuple(told) or AT_BREACH


def _unsaid(due_at: datetime, said: Said | None) -> int:
    """Give the first stage that counts as not said for this due moment."""
    return WARNING if said is None or abs(said.due_at - due_at) >= FAR else said.stage + 1


def _stages(
    due_at: datetime,
    warn_at: datetime | None,
    ladder: Sequence[EscalationStep],
    calendar: Calendar,
) -> Iterator[Look]:
    """Give the stages of a clock that runs, in order of stage and time."""
    if warn_at is not None:
        yield Look(WARNING, warn_at)
    yield Look(BREACH, due_at)
    at = due_at
    for stage, step in enumerate(rungs_of(ladder), start=BREACH + 1):
        at = max(at, _climbed(due_at, step, calendar))
        yield Look(stage, at)


def _climbed(due_at: datetime, step: EscalationStep, calendar: Calendar) -> datetime:
    """Give when a rung comes, counted from the breach; a desk that is never open counts it as come."""
    try:
        return add(due_at, step.after, calendar) if step.after else due_at
    except NeverOpen:
        return due_at


# --- when people may be disturbed ---------------------------------------------------------------


def may_be_said_at(stage: int, now: datetime, calendar: Calendar, *, urgent: bool) -> datetime:
    """Give when a stage that was reached may be posted: a breach or a rung waits for the next opening.

    A warning was planned inside opening hours; where it comes late it is of use only at once.
    """
    if urgent or stage == WARNING:
        return now
    try:
        return calendar.next_opening(now)
    except NeverOpen:
        return now


def after_quiet(
    at: datetime, quiet: Sequence[Span], calendar: Calendar, *, urgent: bool
) -> datetime:
    """Give when a person may be written to privately: at the end of a quiet span, P1 at once."""
    if urgent:
        return at
    for _ in quiet:  # one span may end where the next begins: 22:00-24:00, 00:00-07:00
        local = calendar.local(at)
        minute = local.hour * 60 + local.minute
        span = next((one for one in quiet if one.start <= minute < one.end), None)
        if span is None:
            break
        at = _at_minute(local, span.end, calendar)
    return at


def _at_minute(local: datetime, minute: int, calendar: Calendar) -> datetime:
    """Give the moment the wall shows a minute of that day; where the clock skips it, what comes then."""
    end = calendar.end_of(local.date())
    if minute >= 24 * 60:
        return end
    wall = local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0)
    moment = wall.astimezone(end.tzinfo)
    return moment if moment > local else local.astimezone(end.tzinfo) + MINUTE
