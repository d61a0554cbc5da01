"""Improvements of a retrospective carried out, and judged where no figure can tell (R124)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

from tickets.case.values import PersonId, Text
from tickets.desk.context import Desk
from tickets.desk.retro_step import Turn, finish, require_for, require_owner_for, turn_of
from tickets.errors import IllegalMove, Incomplete
from tickets.message import say
from tickets.notices import Notice
from tickets.people.roles import Action
from tickets.retrospectives.chasing import next_look
from tickets.retrospectives.posts import Page, drawn_anew, head_key, to_each
from tickets.retrospectives.pursuit import Check, Pursued, Verdict, checked
from tickets.retrospectives.retrospective import Retrospective

_RUN = Action.RUN_RETROSPECTIVE


def done(desk: Desk, item_id: str, words: Text, *, by: PersonId, receipt: str) -> Pursued:
    """Note that an improvement is carried out, in its owner's words; 30 and 90 days later it is measured."""

    def step(turn: Turn, retro: Retrospective, one: Pursued) -> Pursued:
        require_owner_for(turn.unit, turn.who, one.item, retro)
        outcome = turn.clean(words, retro.number)
        if not outcome:
            raise Incomplete({"done": say("field.missing")})
        if one.item.done_at:
            return one
        item = replace(one.item, done_at=turn.now, done_by=by, outcome=outcome)
        turn.unit.improvements.save(item)
        return Pursued(item, one.pursuit)

    return _take(desk, item_id, step, by=by, receipt=receipt)


def judge(desk: Desk, item_id: str, verdict: Verdict, *, by: PersonId, receipt: str) -> Pursued:
    """Say whether it helped, where no figure tells; the supervisors' and directors' word.

    A word holds for every look that waits for one: the next is made whether or not somebody answered the last.
    """

    def step(turn: Turn, retro: Retrospective, one: Pursued) -> Pursued:
        require_for(turn.unit, turn.who, _RUN, retro)
        given = [replace(look, verdict=verdict, by=by, at=turn.now) for look in one.pursuit.waiting]
        if not given:
            raise IllegalMove("retro.judged_already")
        turn.plan(*said(turn, retro, one, given[-1]))
        return Pursued(one.item, reduce(checked, given, one.pursuit))

    return _take(desk, item_id, step, by=by, receipt=receipt)


def said(turn: Turn, retro: Retrospective, one: Pursued, check: Check) -> Sequence[Notice]:
    """Show what a look has found to directors, supervisors and the owner; of no verdict it asks for one."""
    people = turn.handbook.people
    judges = sorted(people.directors | people.supervisors)
    page = Page.CHECKED if check.verdict else Page.ASK_WORD
    readers = [*judges, one.item.owner] if check.verdict else judges
    once = f"{one.item.id}:{check.after}"
    return to_each(
        retro, page, readers, at=turn.now, once=once, item=one.item.id, after=check.after
    )


Step = Callable[[Turn, Retrospective, Pursued], Pursued]


def _take(desk: Desk, item_id: str, step: Step, *, by: PersonId, receipt: str) -> Pursued:
    with turn_of(desk, by, _RUN) as turn:
        unit = turn.unit
        pursuit = unit.retrospectives.hold_pursuit(item_id)
        one = Pursued(unit.improvements.get(item_id), pursuit)
        retro = unit.retrospectives.get(pursuit.retro)
        if unit.receipts.find(receipt):
            return one
        after = step(turn, retro, one)
        look_at = next_look(after, turn.calendar)
        kept = Pursued(after.item, replace(after.pursuit, look_at=look_at))
        unit.retrospectives.save_pursuit(kept.pursuit)
        if after is not one:  # its head says how far each improvement is
            turn.plan(drawn_anew(retro, Page.HEAD, head_key(retro), receipt, at=turn.now))
        finish(turn, retro, _RUN, receipt, is_done=after is not one)
    desk.wake()
    return kept
