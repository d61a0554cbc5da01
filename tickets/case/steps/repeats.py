"""Steps of repeat calls and of parent cases."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Ticket

STEPS = Steps()


@STEPS.on(f.ToldAgain)
def _told_again(ticket: Ticket, fact: f.ToldAgain, _event: Event) -> Ticket:
    return replace(ticket, repeats=(*ticket.repeats, fact.cause))


@STEPS.on(f.ParentNamed)
def _parent_named(ticket: Ticket, fact: f.ParentNamed, _event: Event) -> Ticket:
    return replace(ticket, parent=fact.parent)


@STEPS.on(f.ParentLeft)
def _parent_left(ticket: Ticket, _fact: f.ParentLeft, _event: Event) -> Ticket:
    return replace(ticket, parent=None)


@STEPS.on(f.ChildJoined)
def _child_joined(ticket: Ticket, fact: f.ChildJoined, _event: Event) -> Ticket:
    joined = (*ticket.joined, fact)
    return replace(ticket, children=(*ticket.children, fact.child), joined=joined)


@STEPS.on(f.ChildLeft)
def _child_left(ticket: Ticket, fact: f.ChildLeft, _event: Event) -> Ticket:
    left = tuple(one for one in ticket.joined if one.child != fact.child)
    return replace(ticket, children=tuple(one.child for one in left), joined=left)


@STEPS.on(f.SignalSeen)
def _seen(ticket: Ticket, fact: f.SignalSeen, _event: Event) -> Ticket:
    """Nobody came with it: what older logs say of channel and mood, the desk made up."""
    intake = replace(ticket.intake, contact_channel=None, emotion=None)
    return replace(ticket, signal=fact, intake=intake)
