"""When a case is a repeat call: the same customer about the same, within the desk's time for it (R79, DESK.md 6)."""

from datetime import datetime, timedelta

from tickets.case.ticket import Ticket
from tickets.case.values import CustomerId


def is_repeat(
    of: Ticket, *, customer: CustomerId, category: str, received_at: datetime, within: timedelta
) -> bool:
    """Tell whether whoever came at a moment, before or after, came about the same as this case."""
    apart = abs(received_at - of.received_at)
    return of.customer_id == customer and of.category == category and apart <= within


def came_again(gone: Ticket, survivor: Ticket, *, within: timedelta) -> bool:
    """Tell a repeat call that is merged from one call that was written down twice: that came in at one moment."""
    return gone.received_at != survivor.received_at and is_repeat(
        survivor,
        customer=gone.customer_id,
        category=gone.category,
        received_at=gone.received_at,
        within=within,
    )
