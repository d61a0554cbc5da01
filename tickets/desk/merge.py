"""Two tickets become one: duplicates and repeat calls are merged, and the survivor is followed from then on (DESK.md 2)."""

from collections.abc import Iterator

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.fold import fold
from tickets.case.log import Event
from tickets.case.repeat import came_again
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk import authorities
from tickets.desk.change import Outcome, Scene, change, record, scene_of
from tickets.desk.context import Desk
from tickets.errors import NotFound
from tickets.notices import NoticeKind
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import AuditEntry, Unit

MERGED = "it was merged into another ticket"
STAY = frozenset(
    {
        NoticeKind.CARD,  # shows where it went
        NoticeKind.MOVED,
        NoticeKind.CONFIRMATION,
        NoticeKind.POINTED_OUT,
        NoticeKind.EXPOSED,
        NoticeKind.REVEAL_ALARM,
        NoticeKind.DOSSIER,
        NoticeKind.EVIDENCE,
        NoticeKind.OUTSIDE,  # other systems were promised every event
        NoticeKind.OPERATOR,
    }
)
"""Kinds of notices that are still worth saying of a merged ticket; of all others nobody hears any more."""


def merge(desk: Desk, number: Number, into: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Merge a ticket into another, which takes the earlier moment of receipt; a duplicate is no different.

    Both change in one transaction and are held in the order of their numbers, so that two people who merge
    crosswise come one after the other. Raises IllegalMove, Refused or NotFound.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        there = scene_of(desk, scene.unit, into, by)
        _require_reach(scene, there.ticket)
        facts = lifecycle.merge(scene.ticket, there.ticket)
        if facts:
            authorities.require_answered(scene.ticket)
            _absorb(scene, there)
        return facts

    return change(
        desk,
        number,
        by=by,
        action=Action.MERGE,
        receipt=receipt,
        decide=decide,
        detail=lambda _after: {"survivor": into},
        beside=into,
    )


def _absorb(scene: Scene, there: Scene) -> None:
    """Have the survivor take the other in, and void what was still to be said of that."""
    gone, by = scene.ticket, scene.who.id
    taken = f.Absorbed(
        other=gone.number,
        received_at=gone.received_at,
        is_repeat=came_again(gone, there.ticket, within=scene.desk.handbook().intake.repeat_within),
    )
    record(there, (taken,), by=by)
    pointless = sorted(set(NoticeKind) - STAY)
    scene.unit.notices.supersede(gone.number, pointless, reason=MERGED)
    scene.unit.audit.write(
        AuditEntry(
            at=scene.now,
            by=by,
            action=Action.MERGE,
            number=there.ticket.number,
            outcome="done",
            detail={"absorbed": gone.number},
        )
    )


def _require_reach(scene: Scene, survivor: Ticket) -> None:
    """Of the same customer any case but a high-risk one may take it in; of another only one that may be seen."""
    if survivor.customer_id != scene.ticket.customer_id or survivor.is_restricted:
        roles.require(scene.who, Action.SEE, survivor)


def survivor_of(unit: Unit, number: Number) -> Number:
    """Follow a merged ticket, from one to the next, to the one that its story goes on in."""
    ticket = unit.tickets.get(number)
    while ticket.merged_into:
        ticket = unit.tickets.get(ticket.merged_into)
    return ticket.number


def absorbed_by(unit: Unit, ticket: Ticket, who: Actor | None) -> Iterator[tuple[Event, ...]]:
    """Give the logs of what a ticket took in, and of what those had taken in before.

    A high-risk one only to whom its own record is open; `who` None reads for the desk itself, which shows none.
    """
    for number in ticket.absorbed:
        try:
            events = unit.tickets.events(number)
        except NotFound:  # disposed of since
            continue
        other = fold(events)
        if other.is_restricted and not (who and roles.may(who, Action.SEE, other)):
            continue
        yield events
        yield from absorbed_by(unit, other, who)
