"""Causes of a retrospective: an answer to a why written down, one taken out again, or both at once (R119)."""

from dataclasses import dataclass, replace

from tickets.case.values import CauseDimension, PersonId, Text
from tickets.desk.context import Desk
from tickets.desk.retro_step import Turn, take
from tickets.errors import Incomplete
from tickets.message import say
from tickets.people.roles import Action
from tickets.retrospectives.causes import Cause, with_cause, without
from tickets.retrospectives.retrospective import RECORDED_IN, Retrospective, require


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseWish:
    """What is written down, of its own or beneath an earlier answer, and what is taken out, as typed."""

    text: Text | None = None
    dimension: CauseDimension | None = None
    beneath: int | None = None
    out: int | None = None


def find_causes(
    desk: Desk, retro_id: str, wish: CauseWish, *, by: PersonId, receipt: str
) -> Retrospective:
    """Take a cause out with what explains it, and write another down: both, or neither. Raises Incomplete."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, *RECORDED_IN)
        text = turn.clean(wish.text, retro.number)
        if not text and wish.out is None:
            raise Incomplete({"cause": say("field.missing")})
        last = max([retro.caused, *(one.place for one in retro.record.causes)])
        known = _left(retro.record.causes, wish, is_answer=bool(text))
        if text:
            last += 1
            known = with_cause(
                known, text, dimension=wish.dimension, under=wish.beneath, place=last
            )
        if known == retro.record.causes:
            return retro
        return replace(retro, record=replace(retro.record, causes=known), caused=last)

    return take(desk, retro_id, step, by=by, action=Action.RUN_RETROSPECTIVE, receipt=receipt)


def _left(known: tuple[Cause, ...], wish: CauseWish, *, is_answer: bool) -> tuple[Cause, ...]:
    """Take out what is to go; an answer cannot explain what goes with it."""
    if wish.out is None:
        return known
    left = without(known, wish.out)
    gone = {one.place for one in known} - {one.place for one in left}
    if is_answer and wish.beneath in gone:
        raise Incomplete({"under": say("retro.cause_going")})
    return left
