"""Looking at retrospectives: one as whoever is concerned sees it, and the list of those (C11)."""

from dataclasses import dataclass
from datetime import datetime

from tickets.case.ticket import Ticket
from tickets.case.values import Number, PersonId
from tickets.desk.asking import asked
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.retro_call import invited, usual_chair
from tickets.desk.retro_step import require_for, require_owner_for
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import Unit
from tickets.retrospectives import rights
from tickets.retrospectives.pursuit import Pursued
from tickets.retrospectives.retrospective import Retrospective, Standing

MOST = 500  # of the newest; older ones are found by their case
_ABOUT = (
    Action.CALL_RETROSPECTIVE,
    Action.RUN_RETROSPECTIVE,
    Action.APPROVE_MINUTES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetroView:
    """One retrospective with what a screen shows beside it."""

    retro: Retrospective
    pursued: tuple[Pursued, ...] = ()
    ticket: Ticket | None = None
    rights: frozenset[Action] = frozenset()


@dataclass(frozen=True, slots=True)
class Mine:
    """What concerns one person: retrospectives, and improvements they have yet to carry out."""

    retros: tuple[RetroView, ...]
    items: tuple[Pursued, ...]
    may_call: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What stands in the form that calls one, before anybody typed."""

    ticket: Ticket | None
    chair: PersonId
    recap: PersonId | None
    people: tuple[PersonId, ...]
    retro: Retrospective | None = None  # what was offered or proposed


def view_of(unit: Unit, retro: Retrospective, may: frozenset[Action] = frozenset()) -> RetroView:
    """Put beside a retrospective its improvements, its case, and what its reader may do."""
    found = unit.retrospectives.pursuits(retro.id)
    return RetroView(
        retro=retro,
        pursued=tuple(Pursued(unit.improvements.get(one.item), one) for one in found),
        ticket=unit.tickets.get(retro.number) if retro.number else None,
        rights=may,
    )


def show(
    desk: Desk, retro_id: str, *, by: PersonId, action: Action = Action.SEE_RETROSPECTIVE
) -> RetroView:
    """Look at one as somebody who may do this with it. Raises Refused or NotFound."""
    with asked(desk, by, action), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        retro = unit.retrospectives.get(retro_id)
        require_for(unit, who, rights.needed_for(action, desk.handbook()), retro)
        return view_of(unit, retro, _rights_of(desk, who, retro))


def item(desk: Desk, item_id: str, *, by: PersonId, is_owner: bool) -> tuple[RetroView, Pursued]:
    """Look at an improvement as its owner, or as who may run its retrospective. Raises Refused or NotFound."""
    action = Action.RUN_RETROSPECTIVE
    with asked(desk, by, action), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        pursuit = unit.retrospectives.pursuit(item_id)
        one = Pursued(unit.improvements.get(item_id), pursuit)
        retro = unit.retrospectives.get(pursuit.retro)
        if is_owner:
            require_owner_for(unit, who, one.item, retro)
        else:
            require_for(unit, who, action, retro)
        return view_of(unit, retro, _rights_of(desk, who, retro)), one


def _rights_of(desk: Desk, who: Actor, retro: Retrospective) -> frozenset[Action]:
    handbook = desk.handbook()
    return frozenset(
        one for one in _ABOUT if rights.may(who, rights.needed_for(one, handbook), retro)
    )


def mine(desk: Desk, *, by: PersonId) -> Mine:
    """List what concerns somebody, the newest first; offers stand before who may call one. Raises Refused."""
    with asked(desk, by, Action.SEE_RETROSPECTIVE), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        if who.is_stranger:
            roles.require(who, Action.SEE_RETROSPECTIVE)
        may_call = rights.may(who, Action.CALL_RETROSPECTIVE)
        hidden = unit.retrospectives.complained_of(by)
        seen = [
            one
            for one in unit.retrospectives.newest(most=MOST)
            if rights.may(who, Action.SEE_RETROSPECTIVE, one) and _is_shown(one, may_call=may_call)
            if one.number not in hidden
        ]
        return Mine(
            retros=tuple(RetroView(retro=one) for one in seen),
            items=_owned(unit, by, hidden),
            may_call=may_call,
        )


def next_of(desk: Desk, *, by: PersonId) -> Mine:
    """Give what stands on somebody's home: those under way that they take part in, what they have to carry out."""
    with desk.records.read() as unit:
        hidden = unit.retrospectives.complained_of(by)
        found = unit.retrospectives.under_way(most=MOST)
        theirs = [one for one in found if by in one.everybody and one.number not in hidden]
        items = _owned(unit, by, hidden)
    return Mine(tuple(RetroView(retro=one) for one in theirs), items, may_call=False)


def usual(desk: Desk, *, by: PersonId, number: Number | None, offer: str | None) -> Usual:
    """Before the form that calls one opens: may they, and who is usually there. Raises Refused or NotFound."""
    action = Action.CALL_RETROSPECTIVE
    with asked(desk, by, action, number), desk.records.read() as unit:
        who = present_actor(unit, by, desk.handbook())
        roles.require(who, action)
        retro = unit.retrospectives.get(offer) if offer else None
        case = retro.number if retro else number
        ticket = unit.tickets.get(case) if case else None
        if ticket:
            roles.require(who, Action.SEE, ticket)
    handbook = desk.handbook()
    about = ticket.complaint.about if ticket else frozenset()
    people = [*invited(handbook, ticket.department if ticket else None)]
    if ticket:  # what is looked back on was mostly done by those who had it before
        people += [*([ticket.assignee] if ticket.assignee else []), *sorted(ticket.past_assignees)]
    chair = usual_chair(handbook, by)
    recap = ticket.logged_by if ticket else None
    left = tuple(one for one in dict.fromkeys(people) if one not in {*about, chair, recap})
    return Usual(
        ticket=ticket,
        chair=chair,
        recap=None if recap in about else recap,
        people=left,
        retro=retro,
    )


def is_late(one: Pursued, now: datetime) -> bool:
    """Tell whether an improvement is past its date and not carried out."""
    return one.item.done_at is None and one.item.due_at <= now


def _owned(unit: Unit, person: PersonId, hidden: frozenset[Number]) -> tuple[Pursued, ...]:
    """List what somebody has yet to carry out; nothing that came of a complaint about them (R25)."""
    kept = unit.retrospectives
    return tuple(
        Pursued(unit.improvements.get(one.item), one)
        for one in kept.owned(person, most=MOST)
        if not hidden or kept.get(one.retro).number not in hidden
    )


def _is_shown(retro: Retrospective, *, may_call: bool) -> bool:
    return may_call or retro.standing not in {Standing.OFFERED, Standing.DECLINED}
