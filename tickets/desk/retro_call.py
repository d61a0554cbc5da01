"""Calling a retrospective, proposing one, saying that none is needed, moving it, calling it off (R118, R120)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import product

from tickets.case.values import Number, PersonId, Text
from tickets.desk.context import Desk
from tickets.desk.decided import How
from tickets.desk.retro_call_checks import date_problems, require_none_under_way, require_whole
from tickets.desk.retro_step import (
    Turn,
    channel_of,
    finish,
    kept,
    others,
    require_for,
    take,
    turn_of,
)
from tickets.errors import Incomplete
from tickets.handbook import Handbook
from tickets.message import say
from tickets.notices import Notice, Plain, to_person
from tickets.people import roles
from tickets.people.roles import Action
from tickets.retrospectives import rights
from tickets.retrospectives.causes import UNSAID
from tickets.retrospectives.posts import Page, drawn_anew, head, post_key, to_each
from tickets.retrospectives.retrospective import (
    Occasion,
    Record,
    Retrospective,
    Standing,
    moved,
    require,
)
from tickets.retrospectives.rules import ROLES

S = Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is called, as typed: a case, or a theme with its period."""

    number: Number | None = None
    theme: Text | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    held_at: datetime | None = None
    goal: Text | None = None
    why_sooner: Text | None = None
    chair: PersonId | None = None
    recap: PersonId | None = None
    people: tuple[PersonId, ...] = ()


def call(
    desk: Desk, wish: Call, *, by: PersonId, receipt: str, offer: str | None = None
) -> Retrospective | None:
    """Call one, where it was offered or proposed in its place; everybody is invited privately.

    None: this delivery was handled before. Raises Incomplete (each field with its sentence), Refused, IllegalMove.
    """
    action = Action.CALL_RETROSPECTIVE
    with turn_of(desk, by, action) as turn:
        rights.require(turn.who, action)
        if turn.unit.receipts.find(receipt):
            return None
        after = _called(turn, _begun(turn, wish, offer), wish)
        finish(turn, after, action, receipt, is_done=True)
    desk.wake()
    return after


def propose(desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str) -> None:
    """Propose one for a case that one may see, with a reason; the supervisors decide."""
    action = Action.PROPOSE_RETROSPECTIVE
    with turn_of(desk, by, action) as turn:
        rights.require(turn.who, action)
        roles.require(turn.who, Action.SEE, turn.unit.tickets.get(number))
        if turn.unit.receipts.find(receipt):
            return
        goal = turn.clean(reason, number)
        if not goal:
            raise Incomplete({"reason": say("field.missing")})
        require_none_under_way(turn, number)
        new_id = desk.new_id()
        retro = Retrospective(
            id=new_id,
            occasion=Occasion.CALLED,
            key=f"proposed:{new_id}",
            standing=S.PROPOSED,
            made_at=turn.now,
            made_by=by,
            number=number,
            record=Record(goal=goal),
        )
        turn.unit.retrospectives.add(retro)
        supervisors = sorted(turn.handbook.people.supervisors)
        turn.plan(*to_each(retro, Page.PROPOSAL, supervisors, at=turn.now))
        finish(turn, retro, action, receipt, is_done=True)
    desk.wake()


def decline(
    desk: Desk, retro_id: str, reason: Text, *, by: PersonId, receipt: str
) -> Retrospective:
    """Say that an occasion needs none, or call off one that was called, with a reason."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, S.OFFERED, S.PROPOSED, S.CALLED)
        why = turn.clean(reason, retro.number)
        if not why:
            raise Incomplete({"reason": say("field.missing")})
        was_called = retro.standing is S.CALLED
        after = moved(retro, S.DECLINED, record=replace(retro.record, why_not=why))
        told = retro.everybody if was_called else (retro.made_by,)
        page = Page.CALLED_OFF if was_called else Page.DECLINED
        turn.plan(*to_each(after, page, others(told, by), at=turn.now))
        turn.plan(*_offered_no_more(turn, retro, after, How.DECLINED))
        return after

    return take(desk, retro_id, step, by=by, action=Action.CALL_RETROSPECTIVE, receipt=receipt)


def move(
    desk: Desk,
    retro_id: str,
    held_at: datetime | None,
    why_sooner: Text | None,
    *,
    by: PersonId,
    receipt: str,
) -> Retrospective:
    """Move one that has not begun to another date; everybody hears of it."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, S.CALLED)
        why = turn.clean(why_sooner, retro.number)
        problems = dict(date_problems(turn, held_at, why))
        if problems or held_at is None:
            raise Incomplete(problems)
        if held_at == retro.held_at:
            return retro
        record = replace(retro.record, why_sooner=why)
        after = replace(retro, held_at=held_at, record=record)
        once = str(retro.changes)
        turn.plan(*to_each(after, Page.MOVED, others(retro.everybody, by), at=turn.now, once=once))
        return after

    return take(desk, retro_id, step, by=by, action=Action.CALL_RETROSPECTIVE, receipt=receipt)


def invited(handbook: Handbook, number_department: str | None) -> tuple[PersonId, ...]:
    """Give who is usually there: who leads service, technology, product, quality, and the case's department."""
    named = handbook.retrospectives.departments
    keys = [named.get(role, role) for role in ROLES] + [number_department or ""]
    leads = (handbook.departments[key].lead for key in keys if key in handbook.departments)
    return tuple(dict.fromkeys(leads))


def usual_chair(handbook: Handbook, by: PersonId) -> PersonId:
    """Give who usually chairs: as configured, else a director, else who calls it."""
    return handbook.retrospectives.chair or min(handbook.people.directors, default=by)


def _begun(turn: Turn, wish: Call, offer: str | None) -> Retrospective:
    """Take up what was offered or proposed; without that begin one."""
    kept_ones = turn.unit.retrospectives
    if wish.number:
        roles.require(turn.who, Action.SEE, turn.unit.tickets.get(wish.number))
        require_none_under_way(turn, wish.number)
    waiting = kept_ones.of_case(wish.number) if wish.number else ()
    found = offer or next(
        (one.id for one in waiting if one.standing in {S.OFFERED, S.PROPOSED}), None
    )
    if found:
        retro = kept_ones.hold(found)
        require_for(turn.unit, turn.who, Action.CALL_RETROSPECTIVE, retro)
        require(retro, S.OFFERED, S.PROPOSED, S.DECLINED)
        return retro
    new_id = turn.desk.new_id()
    begun = Retrospective(
        id=new_id,
        occasion=Occasion.CALLED,
        key=f"called:{new_id}",
        standing=S.OFFERED,
        made_at=turn.now,
        made_by=turn.who.id,
        number=wish.number,
    )
    kept_ones.add(begun)
    return begun


def _called(turn: Turn, retro: Retrospective, wish: Call) -> Retrospective:
    number = retro.number or wish.number
    record = replace(
        retro.record,
        theme=turn.clean(wish.theme, number),
        goal=turn.clean(wish.goal, number),
        why_sooner=turn.clean(wish.why_sooner, number),
        why_not=UNSAID,
    )
    called = moved(
        retro,
        S.CALLED,
        number=number,
        record=record,
        starts_at=wish.starts_at or retro.starts_at,
        ends_at=wish.ends_at or retro.ends_at,
        held_at=wish.held_at,
        chair=wish.chair,
        recap=wish.recap,
        people=wish.people,
        calls=retro.calls + 1,
        packed_at=None,
    )
    require_whole(turn, called)
    after = kept(turn, called)
    turn.plan(
        head(after, channel_of(turn.handbook), at=turn.now),
        *to_each(after, Page.INVITATION, after.everybody, at=turn.now),
        *_offered_no_more(turn, retro, after, How.CALLED),
    )
    return after


def _offered_no_more(
    turn: Turn, was: Retrospective, after: Retrospective, how: How
) -> Iterator[Notice]:
    """Whoever was asked whether to hold one sees in that message that it is decided."""
    if was.standing is S.CALLED:
        return
    said: dict[str, Plain] = {"how": how, "decided_by": turn.who.id}
    for page, one in product((Page.OFFER, Page.PROPOSAL), sorted(turn.handbook.people.supervisors)):
        key = post_key(was, page, to_person(one))
        if turn.unit.notices.state(key):
            anew = drawn_anew(after, page, key, str(after.changes), at=turn.now, person=one)
            yield replace(anew, params={**anew.params, **said})
