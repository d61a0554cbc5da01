"""The state of a ticket is the fold of its event log; nothing else makes or changes a Ticket."""

from collections.abc import Iterable, Sequence

from tickets.case import facts as f
from tickets.case.log import DESK, Event
from tickets.case.steps import (
    authority,
    between,
    complaint,
    customer,
    ending,
    intake,
    knowledge,
    repeats,
    work,
)
from tickets.case.steps.table import replace
from tickets.case.ticket import Ticket

_STEPS = {
    **intake.STEPS,
    **work.STEPS,
    **customer.STEPS,
    **between.STEPS,
    **complaint.STEPS,
    **authority.STEPS,
    **ending.STEPS,
    **repeats.STEPS,
    **knowledge.STEPS,
}
_BY_TIME = (f.StageReached, f.DeadlineMoved)  # nobody changed anything


def fold(events: Iterable[Event]) -> Ticket:
    """Make the ticket that this whole log describes. Raises ValueError on a log that does not begin with Logged."""
    first, *rest = events
    return apply(_begin(first), rest)


def apply(ticket: Ticket, events: Sequence[Event]) -> Ticket:
    """Make the ticket as it is after these further events.

    No step looks at the version or at who changed it last: these are put in once, at the end.
    """
    version, at, by = ticket.version, ticket.changed_at, ticket.changed_by
    for event in events:
        version = event.seq
        if isinstance(event.fact, _BY_TIME):
            continue
        step = _STEPS.get(type(event.fact))
        if step:
            ticket = step(ticket, event.fact, event)
        if event.by != DESK or event.at != at:  # what the desk adds follows from what they did
            at, by = event.at, event.by
    return replace(ticket, version=version, changed_at=at, changed_by=by)


def _begin(event: Event) -> Ticket:
    logged = event.fact
    if not isinstance(logged, f.Logged):
        msg = f"the log of {event.number} does not begin with Logged"
        raise ValueError(msg)  # noqa: TRY004  the log is wrong, not the caller's type
    return Ticket(
        id=event.ticket_id,
        number=event.number,
        version=event.seq,
        intake=logged,
        logged_at=event.at,
        logged_by=event.by,
        caller=event.by,
        received_at=logged.received_at,
        priority=logged.priority,
        changed_at=event.at,
        changed_by=event.by,
    )
