"""Running a retrospective: begin it, write down the four points and improvements, close it (R121, R123)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tickets.case.values import PersonId, Priority, Text
from tickets.desk.context import Desk
from tickets.desk.measuring import measure
from tickets.desk.retro_step import Turn, place_of_papers, take, unfit
from tickets.errors import IllegalMove, Incomplete
from tickets.meetings.improvement import Improvement, Source, is_measurable
from tickets.message import Message, say
from tickets.notices import Notice
from tickets.people.roles import Action
from tickets.retrospectives.causes import UNSAID
from tickets.retrospectives.chasing import next_look
from tickets.retrospectives.posts import Page, PaperKind, paper, to_each
from tickets.retrospectives.pursuit import MEASURED_OVER, Direction, Pursued, Pursuit, Target
from tickets.retrospectives.retrospective import (
    RECORDED_IN,
    Retrospective,
    Standing,
    moved,
    require,
)

POINTS = ("review", "highlights", "shortfalls", "process", "system", "training")
MOST_ITEMS = 40
FINAL = "held"  # the fishbone of its end, beside one that was sent beforehand
_RUN = Action.RUN_RETROSPECTIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWish:
    """An improvement as typed; the target is a figure with where it is to go, or words."""

    action: Text | None
    direction: Direction | None
    target: Target
    goal: Text | None  # in words; of a figure as the form says it
    resources: Text | None
    pain: Text | None
    priority: Priority
    owner: PersonId | None
    department: str | None
    due_at: datetime | None
    follows: str | None = None


def start(desk: Desk, retro_id: str, *, by: PersonId, receipt: str) -> Retrospective:
    """Note that it began; once begun, nothing changes."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        if retro.standing is Standing.RUNNING:
            return retro
        require(retro, Standing.CALLED)
        return moved(retro, Standing.RUNNING, started_at=turn.now)

    return take(desk, retro_id, step, by=by, action=_RUN, receipt=receipt)


def close(desk: Desk, retro_id: str, *, by: PersonId, receipt: str) -> Retrospective:
    """Note that it is over: from now on the minutes are owed."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        if retro.standing is Standing.HELD:
            return retro
        require(retro, Standing.RUNNING)
        after = moved(retro, Standing.HELD, closed_at=turn.now)
        if after.record.causes:
            place = place_of_papers(turn, after)
            turn.plan(paper(after, PaperKind.FISHBONE, place, at=turn.now, once=FINAL))
        return after

    return take(desk, retro_id, step, by=by, action=_RUN, receipt=receipt)


def write_down(
    desk: Desk, retro_id: str, said: Mapping[str, Text], *, by: PersonId, receipt: str
) -> Retrospective:
    """Write points down, by their names in POINTS; what is not named stays."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, *RECORDED_IN)
        clean = {name: turn.clean(said[name], retro.number) for name in POINTS if name in said}
        record = replace(retro.record, **clean)  # type: ignore[arg-type]  # texts by POINTS alone
        return retro if record == retro.record else replace(retro, record=record)

    return take(desk, retro_id, step, by=by, action=_RUN, receipt=receipt)


def add_item(
    desk: Desk, retro_id: str, wish: ItemWish, *, by: PersonId, receipt: str
) -> Retrospective:
    """Decide on an improvement; one that follows another may come after the minutes too (R123).

    Where the target's figure stands now is measured unless it was typed. Raises Incomplete.
    """

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        is_late = wish.follows is not None
        require(retro, *RECORDED_IN, *([Standing.APPROVED] if is_late else []))
        before = turn.unit.retrospectives.pursuits(retro.id)
        if len(before) >= MOST_ITEMS:
            raise IllegalMove("retro.items_full", most=MOST_ITEMS)
        one = _pursued(turn, retro, wish, place=len(before) + 1)
        if retro.standing is Standing.APPROVED:
            one = Pursued(one.item, replace(one.pursuit, look_at=next_look(one, turn.calendar)))
            turn.plan(*told(retro, one.item, turn))
        turn.unit.improvements.add(one.item)
        turn.unit.retrospectives.pursue(one.pursuit)
        return replace(retro)

    return take(desk, retro_id, step, by=by, action=_RUN, receipt=receipt)


def told(retro: Retrospective, item: Improvement, turn: Turn) -> Sequence[Notice]:
    """Tell an owner what is theirs."""
    return to_each(retro, Page.ITEM, [item.owner], at=turn.now, once=item.id, item=item.id)


def _pursued(turn: Turn, retro: Retrospective, wish: ItemWish, *, place: int) -> Pursued:
    target = _measured(turn, wish.target)
    problems = _lacks(turn, retro, wish, target)
    if problems or not (wish.owner and wish.department and wish.due_at and wish.direction):
        raise Incomplete(problems)

    def clean(text: Text | None) -> Text:
        return turn.clean(text, retro.number)

    item = Improvement(
        id=turn.desk.new_id(),
        source=Source.RETROSPECTIVE,
        origin=retro.id,
        pain=clean(wish.pain) or _usual_pain(turn, retro),
        action=clean(wish.action),
        goal=clean(wish.goal),
        priority=wish.priority,
        department=wish.department,
        owner=wish.owner,
        due_at=wish.due_at,
        decided_at=turn.now,
        decided_by=turn.who.id,
    )
    pursuit = Pursuit(
        item=item.id,
        retro=retro.id,
        place=place,
        direction=wish.direction,
        target=target,
        resources=clean(wish.resources),
        follows=wish.follows,
    )
    return Pursued(item, pursuit)


def _usual_pain(turn: Turn, retro: Retrospective) -> Text:
    """What fell short; of a restricted case nothing goes onto the desk's list by itself (R30)."""
    if retro.number and turn.unit.tickets.get(retro.number).is_restricted:
        return UNSAID
    return retro.record.shortfalls or retro.record.goal


def _measured(turn: Turn, target: Target) -> Target:
    if target.figure is None or target.was is not None:
        return target
    found = measure(turn.unit, target, turn.now - MEASURED_OVER, turn.now)
    return replace(target, was=found.value)


def _lacks(turn: Turn, retro: Retrospective, wish: ItemWish, target: Target) -> dict[str, Message]:
    lacking: dict[str, Message] = {}
    missing = {
        "action": not wish.action,
        "direction": wish.direction is None,
        "owner": wish.owner is None,
        "department": wish.department not in turn.handbook.departments,
    }
    lacking |= {name: say("field.missing") for name, lacks in missing.items() if lacks}
    if wish.due_at is None or wish.due_at <= turn.now:
        lacking["day"] = say("meeting.date_past" if wish.due_at else "field.day_missing")
    lacking |= _lacks_of(target, wish.goal)
    problem = unfit(turn, retro, [wish.owner])
    return lacking | ({"owner": problem} if problem else {})


def _lacks_of(target: Target, words: Text | None) -> dict[str, Message]:
    """Say what keeps a target from being measured again (R123)."""
    if target.figure is None:
        name, lacks = "goal_words", _lacks_of_words(words)
    elif target.goal is None:
        name, lacks = "goal_to", say("retro.goal_figure_missing")
    elif target.was is None:
        name, lacks = "goal_from", say("retro.no_figure_yet")
    else:
        name, lacks = "goal_to", _out_of_line(target, target.was)
    return {name: lacks} if lacks else {}


def _lacks_of_words(words: Text | None) -> Message | None:
    if not words:
        return say("retro.target_missing")
    return None if is_measurable(words) else say("retro.target_vague")


def _out_of_line(target: Target, was: int) -> Message | None:
    if target.is_past_all:
        return say("retro.goal_past_all")
    return say("retro.goal_backwards", was=was) if target.is_backwards else None
