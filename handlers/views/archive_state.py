"""归档状态: whether a case is in the archive, waits for it, or is still being worked on (R97, R100)."""

from tickets.case.ticket import Ticket
from tickets.case.values import Status
from tickets.tongue import Tongue

_WAITING = frozenset({Status.CLOSED, Status.INVALID})


def archive_state(ticket: Ticket, tongue: Tongue) -> str:
    """Say how a case stands to the archive."""
    if ticket.status is Status.ARCHIVED:
        return tongue("archive_state.archived")
    return tongue("archive_state.waiting" if ticket.status in _WAITING else "archive_state.open")
