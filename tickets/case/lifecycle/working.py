"""Steps while a case is worked on: taken on, begun, paused, resolved, its priority changed."""

from datetime import datetime

from tickets.case import facts as f
from tickets.case.lifecycle.table import Move, require
from tickets.case.ticket import Ticket
from tickets.case.values import PersonId, Priority, Status, Text

_S = Status


def accept(ticket: Ticket, by: PersonId, *, reason: Text | None = None) -> tuple[f.Fact, ...]:
    """Take a ticket on (R69); accepting one's own again changes nothing."""
    if ticket.accepted_by == by and ticket.status in {_S.ACCEPTED, _S.IN_PROGRESS}:
        return ()
    require(Move.ACCEPT, ticket)
    return (f.Accepted(reason=reason),)


def start(ticket: Ticket, *, reason: Text | None = None) -> tuple[f.Fact, ...]:
    """Begin work; a second start changes nothing."""
    if ticket.status is _S.IN_PROGRESS:
        return ()
    require(Move.START, ticket)
    return (f.Started(reason=reason),)


def work(ticket: Ticket, done: f.Fact, move: Move, *, by_assignee: bool) -> tuple[f.Fact, ...]:
    """Record contact, plan or workaround; by the assignee it also accepts and starts the work."""
    require(move, ticket)
    return (*_taken_up(ticket, by_assignee=by_assignee), done)


def _taken_up(ticket: Ticket, *, by_assignee: bool) -> tuple[f.Fact, ...]:
    if not by_assignee:
        return ()
    if ticket.status is _S.NEW:
        return (f.Accepted(), f.Started())
    return (f.Started(),) if ticket.status is _S.ACCEPTED else ()


def wait(ticket: Ticket, reason: Text, until: datetime | None) -> tuple[f.Fact, ...]:
    """Wait for the customer (待客户配合); a new reason while waiting is noted."""
    if ticket.status is not _S.WAITING_CUSTOMER:
        require(Move.WAIT, ticket)
    return (f.Waiting(reason=reason, until=until),)


def hold(ticket: Ticket, reason: Text, until: datetime | None) -> tuple[f.Fact, ...]:
    """Wait for outsiders (暂缓处理)."""
    if ticket.status is not _S.ON_HOLD:
        require(Move.HOLD, ticket)
    return (f.Held(reason=reason, until=until),)


def resume(ticket: Ticket) -> tuple[f.Fact, ...]:
    """Go on after a pause; when work already goes on, nothing changes."""
    if ticket.status is _S.IN_PROGRESS:
        return ()
    require(Move.RESUME, ticket)
    return (f.Resumed(),)


def resolve(ticket: Ticket, done: f.Resolved) -> tuple[f.Fact, ...]:
    """Finish the work with a result (R72); on the spot from `new` and nowhere else."""
    require(Move.ANSWER if done.on_the_spot else Move.RESOLVE, ticket)
    return (done,)


def priority(ticket: Ticket, wanted: Priority, reason: Text) -> tuple[f.Fact, ...]:
    """Change the priority; to the same one changes nothing."""
    require(Move.NOTE, ticket)
    if wanted is ticket.priority:
        return ()
    return (f.PriorityChanged(was=ticket.priority, now=wanted, reason=reason),)
