"""What follows from the ticket alone: a card in its department, and whom a further round passes by."""

from collections.abc import Iterator, Sequence

from tickets.case.announce.table import notice
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Priority
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency, in_thread, to_person


def cards(before: Ticket | None, after: Ticket) -> list[Notice]:
    """Give a case its card; where it had one elsewhere, say first that it moved."""
    card = Notice(
        key=f"{NoticeKind.CARD}:{after.number}:{after.version}:{after.department}",
        kind=NoticeKind.CARD,
        place=Place(PlaceKind.CARD, after.number),
        urgency=Urgency.P1 if after.priority is Priority.P1 else Urgency.ASSIGNMENT,
        due_at=after.changed_at,
        number=after.number,
        params={"department": after.department},
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


def passed_on(before: Ticket, after: Ticket, new: Sequence[Event]) -> Iterator[Notice]:
    """Who had the case before hears that a colleague looks at it afresh; it is nobody's fault."""
    former = before.assignee
    if former and former not in {after.assignee, new[0].by}:
        yield notice(NoticeKind.PASSED_ON, to_person(former), after, new[0])
