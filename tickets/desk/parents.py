"""Many cases of one problem under a parent case: gathered by the desk or by hand, let go again (R29)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.log import DESK
from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId, Text
from tickets.desk.authorities import require_answered
from tickets.desk.change import Outcome, Scene, change, record, scene_of
from tickets.desk.context import Desk
from tickets.errors import IllegalMove
from tickets.people.roles import Action
from tickets.ports import Unit


def put_under(desk: Desk, child: Number, parent: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Put a case under a parent case; under the one it is in already changes nothing."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        there = scene_of(desk, scene.unit, parent, by)
        if scene.ticket.parent == parent:
            return ()
        _require_fit(scene.ticket, there.ticket)
        record(there, (joined_by(scene.ticket),), by=by)
        return (f.ParentNamed(parent=parent),)

    return change(
        desk,
        child,
        by=by,
        action=Action.GATHER,
        receipt=receipt,
        decide=decide,
        detail=lambda _after: {"parent": parent},
        beside=parent,
    )


def joined_by(child: Ticket) -> f.ChildJoined:
    """Note on a parent case which case joined it, and what there is of it to agree on."""
    return f.ChildJoined(
        child=child.number, contact_channel=child.contact_channel, emotion=child.emotion
    )


def _require_fit(child: Ticket, parent: Ticket) -> None:
    """One level alone: a parent case is nobody's child, and a child nobody's parent."""
    lifecycle.require(Move.NOTE, child)
    lifecycle.require(Move.MERGE, parent)
    if child.number == parent.number or child.children or child.parent or parent.parent:
        raise IllegalMove("parent.one_level", number=child.number, parent=parent.number)


def take_out(desk: Desk, child: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Take a case out of its parent case: it is not the same problem. Once out, changes nothing."""
    with desk.records.read() as unit:
        parent = unit.tickets.get(child).parent

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        if parent is None or scene.ticket.parent != parent:
            return ()
        there = scene_of(desk, scene.unit, parent, by)
        if lifecycle.is_possible(Move.NOTE, there.ticket):
            record(there, (f.ChildLeft(child=child),), by=by)
        return (f.ParentLeft(parent=parent),)

    return change(
        desk, child, by=by, action=Action.GATHER, receipt=receipt, decide=decide, beside=parent
    )


def dismiss(desk: Desk, parent: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Say that it is no common problem: its cases go their own ways, the parent case was none."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.MARK_INVALID, scene.ticket)
        require_answered(scene.ticket)
        left = scene.ticket.children
        for child in left:
            there = scene_of(desk, scene.unit, child, by)
            if there.ticket.parent == parent and lifecycle.is_possible(Move.NOTE, there.ticket):
                record(there, (f.ParentLeft(parent=parent),), by=by)
        gone = tuple(f.ChildLeft(child=child) for child in left)
        return (*gone, f.MarkedInvalid(note=Text("≠")))

    return change(desk, parent, by=by, action=Action.GATHER, receipt=receipt, decide=decide)


def gather(desk: Desk, unit: Unit, child: Number, parent: Number, signal: str) -> bool:
    """Have the desk put a case under a parent case, unless somebody took it out or put it elsewhere."""
    here = scene_of(desk, unit, child, DESK)
    there = scene_of(desk, unit, parent, DESK)
    was_taken_out = any(isinstance(event.fact, f.ParentLeft) for event in here.events)
    fits = lifecycle.is_possible(Move.NOTE, here.ticket) and child != parent
    if was_taken_out or not fits or here.ticket.parent or here.ticket.children:
        return False
    record(here, (f.ParentNamed(parent=parent, signal=signal),), by=DESK)
    record(there, (joined_by(here.ticket),), by=DESK)
    return True
