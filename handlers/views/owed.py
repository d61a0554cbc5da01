"""What a ticket still owes, in words: each clock with its moment, a stopped one with since when and why."""

from collections.abc import Sequence
from datetime import datetime

from handlers.views import labels
from handlers.views.rich import Run, joined, weave, words
from tickets.case.ticket import Ticket
from tickets.handbook import Handbook
from tickets.time.deadline import Deadline
from tickets.tongue import Tongue


def owed_now(ticket: Ticket, deadlines: Sequence[Deadline]) -> tuple[Deadline, ...]:
    """Pick what is still owed, the next due first, stopped clocks last."""
    owed = [one for one in deadlines if one.is_owed and ticket.status.is_open]
    return tuple(sorted(owed, key=lambda one: (one.due_at is None, one.due_at or one.starts_at)))


def owed_line(
    ticket: Ticket,
    deadlines: Sequence[Deadline],
    *,
    handbook: Handbook,
    tongue: Tongue,
    now: datetime,
) -> Run:
    """Say on one line what is owed by when; nothing owed is an empty line."""
    owed = owed_now(ticket, deadlines)
    if not owed:
        return []
    return [*words("⏱ "), *joined([_clock(one, ticket, handbook, tongue, now) for one in owed])]


def _clock(one: Deadline, ticket: Ticket, handbook: Handbook, tongue: Tongue, now: datetime) -> Run:
    what = labels.clock(one, handbook, tongue)
    if one.due_at is None:
        why = labels.standing(ticket, handbook, tongue)
        return weave(tongue, "card.stopped", what=what, since=one.paused_since or now, why=why)
    if one.is_breached(now):
        return weave(tongue, "card.overdue", what=what, due=one.due_at)
    message = "card.owed_provisional" if one.provisional else "card.owed"
    return weave(tongue, message, what=what, due=one.due_at)
