"""What a ticket owes after a change, settled deadlines as they were, and entries for what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tickets.case import facts as f
from tickets.case.fold import apply
from tickets.case.log import DESK, Event
from tickets.case.ticket import Ticket
from tickets.notices import deadline_keys
from tickets.ports import Unit
from tickets.time.deadline import Deadline, MoveCause
from tickets.time.deadlines import Reckoning
from tickets.time.moves import moves

MOVED = "its deadline moved"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A ticket with what it owes, and the entries that say what moved."""

    ticket: Ticket
    deadlines: tuple[Deadline, ...]
    moved: tuple[Event, ...] = ()


def reckon(
    ticket: Ticket,
    log: Sequence[Event],
    stored: Sequence[Deadline],
    reckoning: Reckoning,
    *,
    now: datetime,
    why: MoveCause | None,
) -> Reckoned:
    """Reckon a ticket anew; without a reason nothing is said to have moved."""
    fresh = reckoning.anew(log, stored)
    facts = moves(stored, fresh, now=now, why=why) if why and stored else ()
    if not facts:
        return Reckoned(ticket, fresh)
    moved = tuple(
        Event(ticket.id, ticket.number, ticket.version + place, now, DESK, fact)
        for place, fact in enumerate(facts, start=1)
    )
    again = reckoning.anew((*log, *moved), stored)
    return Reckoned(apply(ticket, moved), again, moved)


def void_unsent(unit: Unit, moved: Sequence[Event]) -> None:
    """Void what was planned for due moments that moved and is not sent yet."""
    if not moved:
        return
    number = moved[0].number
    begins = tuple(
        begin
        for event in moved
        if isinstance(event.fact, f.DeadlineMoved)
        for begin in deadline_keys(number, event.fact.round, event.fact.kind, event.fact.detail)
    )
    unsent = unit.watch.unsent([number]).get(number, ())
    unit.watch.supersede([key for key in unsent if key.startswith(begins)], reason=MOVED)
