"""Two cases become one."""

from tickets.case import facts as f
from tickets.case.lifecycle.table import Move, is_possible, require
from tickets.case.ticket import Ticket
from tickets.errors import IllegalMove
from tickets.message import Who, Word


def merge(ticket: Ticket, survivor: Ticket) -> tuple[f.Fact, ...]:
    """End a ticket in another one, for good; into the same one again changes nothing.

    Both must be open, and a high risk stays visible: it is the survivor or both are one.
    """
    if ticket.merged_into == survivor.number:
        return ()
    if ticket.number == survivor.number:
        raise IllegalMove("merge.into_itself", number=ticket.number)
    if ticket.merged_into:
        raise IllegalMove(
            "merge.already",
            number=ticket.number,
            survivor=ticket.merged_into,
            who=Who(ticket.changed_by),
            at=ticket.changed_at,
        )
    require(Move.MERGE, ticket)
    _require_survivor(ticket, survivor)
    return (f.Merged(survivor=survivor.number),)


def _require_survivor(ticket: Ticket, survivor: Ticket) -> None:
    if survivor.merged_into:
        raise IllegalMove(
            "merge.survivor_merged",
            number=survivor.number,
            survivor=survivor.merged_into,
            who=Who(survivor.changed_by),
            at=survivor.changed_at,
        )
    if not is_possible(Move.MERGE, survivor):
        status = Word(f"status.{survivor.shown or survivor.status}")
        raise IllegalMove("merge.survivor_over", number=survivor.number, status=status)
    if ticket.is_restricted and not survivor.is_restricted:
        raise IllegalMove("merge.risk_stays", number=ticket.number, survivor=survivor.number)
