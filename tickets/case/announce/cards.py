"""What follows from the ticket alone: a card in its department, and whom a further round passes by."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from tickets.case.announce.table import notice
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Number, Priority
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency, in_thread, to_person


def cards(before: Ticket | None, after: Ticket) -> list[Notice]:
    """Give a case its card; where it had one elsewhere, say first that it moved."""
    card = card_for(
        after.number,
        version=after.version,
        department=after.department,
        priority=after.priority,
        at=after.changed_at,
    )
    if before is None:
        return [card]
    moved = Notice(
        key=f"{NoticeKind.MOVED}:{after.number}:{after.version}",
        kind=NoticeKind.MOVED,
        place=in_thread(after.number),
        urgency=Urgency.CARD,
        due_at=after.changed_at,
        number=after.number,
        params={"from": before.department, "to": after.department},
    )
    return [moved, card]


def card_for(
    number: Number, *, version: int, department: str, priority: Priority, at: datetime
) -> Notice:
    """Give a case its card in a department."""
    return Notice(
        key=f"{NoticeKind.CARD}:{number}:{version}:{department}",
        kind=NoticeKind.CARD,
        place=Place(PlaceKind.CARD, number),
        urgency=Urgency.P1 if priority is Priority.P1 else Urgency.ASSIGNMENT,
        due_at=at,
        number=number,
        params={"department": department},
    )


def passed_on(before: Ticket, after: Ticket, new: Sequence[Event]) -> Iterator[Notice]:
    """Who had the case before hears that a colleague looks at it afresh; it is nobody's fault."""
    former = before.assignee
    if former and former not in {after.assignee, new[0].by}:
        yield notice(NoticeKind.PASSED_ON, to_person(former), after, new[0])
