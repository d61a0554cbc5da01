"""The minutes of a retrospective 复盘会议纪要: sent in, approved or sent back by a director, distributed (R122)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tickets.case import facts as f
from tickets.case.values import Number, PersonId, Status, Text
from tickets.desk.change import record, scene_of
from tickets.desk.context import Desk
from tickets.desk.retro_run import told
from tickets.desk.retro_step import Turn, channel_of, place_of_papers, take
from tickets.errors import IllegalMove, Incomplete, Refused
from tickets.message import say
from tickets.notices import Notice, in_channel, to_person
from tickets.people.roles import Action
from tickets.retrospectives import rights
from tickets.retrospectives.causes import UNSAID
from tickets.retrospectives.chasing import next_look
from tickets.retrospectives.posts import (
    Page,
    PaperKind,
    drawn_anew,
    paper,
    post,
    post_key,
    to_each,
)
from tickets.retrospectives.pursuit import Pursued
from tickets.retrospectives.retrospective import (
    OWING_MINUTES,
    Retrospective,
    Standing,
    moved,
    require,
)


def pursued_of(turn: Turn, retro: Retrospective) -> Sequence[Pursued]:
    """List a retrospective's improvements, in order."""
    unit = turn.unit
    found = unit.retrospectives.pursuits(retro.id)
    return [Pursued(unit.improvements.get(one.item), one) for one in found]


def submit(
    desk: Desk, retro_id: str, conclusion: Text, *, by: PersonId, receipt: str
) -> Retrospective:
    """Send the minutes in: a conclusion, and at least one measure with its department and date."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, *OWING_MINUTES)
        clean = turn.clean(conclusion, retro.number)
        if not clean:
            raise Incomplete({"conclusion": say("field.missing")})
        if not turn.unit.retrospectives.pursuits(retro.id):
            raise Incomplete({"conclusion": say("retro.no_measure")})
        record = replace(retro.record, conclusion=clean, why_back=UNSAID)
        after = moved(retro, Standing.SUBMITTED, record=record, submitted_by=by)
        turn.plan(*_asking(turn, after))
        return after

    return take(desk, retro_id, step, by=by, action=Action.RUN_RETROSPECTIVE, receipt=receipt)


def send_back(
    desk: Desk,
    retro_id: str,
    reason: Text,
    *,
    by: PersonId,
    receipt: str,
    read: int | None = None,
) -> Retrospective:
    """Send the minutes back, as they were read, with a reason; they are owed once more. Raises IllegalMove."""

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        require(retro, Standing.SUBMITTED)
        _require_read(retro, read)
        why = turn.clean(reason, retro.number)
        if not why:
            raise Incomplete({"reason": say("field.missing")})
        record = replace(retro.record, why_back=why)
        after = moved(
            retro, Standing.RETURNED, record=record, closed_at=turn.now, asked=0, decided_by=by
        )
        writers = [retro.submitted_by, retro.recap]
        turn.plan(*to_each(after, Page.RETURNED, writers, at=turn.now, once=str(after.changes)))
        turn.plan(*_asked_no_more(turn, retro, after))
        return after

    return take(desk, retro_id, step, by=by, action=Action.APPROVE_MINUTES, receipt=receipt)


def approve(
    desk: Desk, retro_id: str, read: int | None = None, *, by: PersonId, receipt: str
) -> Retrospective:
    """Approve the minutes, as they were read: they go to every responsible department and onto the case.

    Raises Refused, or IllegalMove where other minutes wait than those of the change `read`.
    """

    def step(turn: Turn, retro: Retrospective) -> Retrospective:
        if retro.standing is Standing.APPROVED:
            return retro
        require(retro, Standing.SUBMITTED)
        _require_read(retro, read)
        _require_another(turn, retro)
        after = moved(retro, Standing.APPROVED, decided_by=by, decided_at=turn.now)
        _distribute(turn, after)
        turn.plan(*_asked_no_more(turn, retro, after))
        return after

    return take(desk, retro_id, step, by=by, action=Action.APPROVE_MINUTES, receipt=receipt)


def _asked_no_more(turn: Turn, was: Retrospective, after: Retrospective) -> Iterator[Notice]:
    """Whoever was asked to decide sees in that message that it is decided."""
    asked = str(was.changes - 1)  # they were asked within the change that sent the minutes in
    for one in sorted(rights.approvers_of(turn.handbook)):
        key = post_key(was, Page.APPROVAL, to_person(one), asked)
        if turn.unit.notices.state(key):
            once = str(after.changes)
            yield drawn_anew(after, Page.APPROVAL, key, once, at=turn.now, person=one)


def _asking(turn: Turn, retro: Retrospective) -> Sequence[Notice]:
    approvers = sorted(rights.approvers_of(turn.handbook))
    others = [one for one in approvers if one != retro.submitted_by] or approvers
    return to_each(retro, Page.APPROVAL, others, at=turn.now, once=str(retro.changes))


def _require_read(retro: Retrospective, read: int | None) -> None:
    """Nobody decides on minutes they have not seen; while they wait nothing else of it changes."""
    if read not in {None, retro.changes}:
        raise IllegalMove("retro.other_minutes")


def _require_another(turn: Turn, retro: Retrospective) -> None:
    """Two pairs of eyes, where two may approve."""
    others = rights.approvers_of(turn.handbook) - {turn.who.id}
    if turn.who.id == retro.submitted_by and others:
        raise Refused("retro.own_minutes")


def _distribute(turn: Turn, retro: Retrospective) -> None:
    found = pursued_of(turn, retro)
    own = channel_of(turn.handbook)
    departments = turn.handbook.departments
    named = [
        departments[one.item.department].channel
        for one in found
        if one.item.department in departments
    ]
    for channel in dict.fromkeys([own, *named]):
        turn.plan(post(retro, Page.MINUTES, in_channel(channel), at=turn.now))
    turn.plan(paper(retro, PaperKind.REPORT, place_of_papers(turn, retro), at=turn.now))
    for one in found:
        look_at = next_look(one, turn.calendar)
        turn.unit.retrospectives.save_pursuit(replace(one.pursuit, look_at=look_at))
        turn.plan(*told(retro, one.item, turn))
    if retro.number:
        _on_the_case(turn, retro, retro.number)


def _on_the_case(turn: Turn, retro: Retrospective, number: Number) -> None:
    """Put the conclusion on the case's timeline; beside an archived one as an addendum."""
    scene = scene_of(turn.desk, turn.unit, number, turn.who.id)
    conclusion = retro.record.conclusion
    if scene.ticket.status is Status.ARCHIVED:
        record(scene, [f.Addendum(text=conclusion)], by=turn.who.id)
    elif scene.ticket.status is not Status.MERGED:
        record(scene, [f.LookedBack(retro=retro.id, conclusion=conclusion)], by=turn.who.id)
