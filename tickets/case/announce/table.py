"""A table of what is said of which fact, and the making of one notice."""

from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from tickets.case.facts import Fact
from tickets.case.log import Event
from tickets.case.ticket import Ticket
from tickets.case.values import Priority
from tickets.handbook import Handbook
from tickets.notices import Notice, NoticeKind, Place, Plain, Urgency

F = TypeVar("F", bound=Fact)
Planning = Callable[[Fact, Event, Ticket, Handbook], Iterator[Notice]]


class Notices(dict[type[Fact], Planning]):
    """Filled by its `on` while a chapter of notices is read."""

    def on(
        self, *kinds: type[F]
    ) -> Callable[[Callable[[F, Event, Ticket, Handbook], Iterator[Notice]]], None]:
        """Note that this function plans what is said of facts of these kinds."""

        def keep(planning: Callable[[F, Event, Ticket, Handbook], Iterator[Notice]]) -> None:
            self.update(dict.fromkeys(kinds, cast(Planning, planning)))

        return keep


def notice(
    kind: NoticeKind,
    place: Place,
    ticket: Ticket,
    event: Event,
    urgency: Urgency = Urgency.PRIVATE,
    **params: Plain,
) -> Notice:
    """Make a notice of this event: one for each place, and of an urgent case ahead of the others."""
    return Notice(
        key=f"{kind}:{ticket.number}:{ticket.round}:{event.seq}:{place.key}",
        kind=kind,
        place=place,
        urgency=Urgency.P1
        if ticket.priority is Priority.P1 and urgency is Urgency.ASSIGNMENT
        else urgency,
        due_at=event.at,
        number=ticket.number,
        params=params,
    )
