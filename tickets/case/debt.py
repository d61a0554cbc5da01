"""What the fast lane still owes: the fields that make a record complete (R21)."""

from tickets.case.intake import SHORTEST_DESCRIPTION
from tickets.case.ticket import Ticket
from tickets.case.values import Kind, Status
from tickets.case.wording import graphemes

_WISHES = frozenset({Kind.COMPLAINT, Kind.AFTER_SALES})


def debt(ticket: Ticket) -> tuple[str, ...]:
    """List the fields a case of the fast lane still lacks, in the order of the form; others owe nothing."""
    intake = ticket.intake
    if not intake.fast_lane or ticket.status in {Status.INVALID, Status.MERGED}:
        return ()
    lacking = {
        "category": not intake.category,
        "description": graphemes(intake.description) < SHORTEST_DESCRIPTION,
        "expectation": intake.kind in _WISHES and not intake.expectation,
        "urgency": ticket.filled_in_at is None,
    }
    return tuple(field for field, lacks in lacking.items() if lacks)


def is_backfilled(ticket: Ticket) -> bool:
    """Tell whether a record was written down later than the call, whole or in part (补录)."""
    return ticket.intake.backfilled or ticket.intake.fast_lane
