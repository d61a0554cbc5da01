"""Retrospectives in time: occasions offered, packs sent, minutes and improvements asked for, figures measured again."""

from dataclasses import replace
from datetime import datetime

from tickets.case import facts as f
from tickets.case.log import DESK
from tickets.case.values import Number, Status
from tickets.desk.change import present_actor, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.measuring import measure
from tickets.desk.retro_items import said
from tickets.desk.retro_step import Turn, place_of_papers
from tickets.notices import under
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Unit
from tickets.retrospectives.chasing import OVERDUE, UP, next_look, next_look_at
from tickets.retrospectives.dates import minutes_by
from tickets.retrospectives.posts import (
    Page,
    PaperKind,
    drawn_anew,
    head_key,
    paper,
    post,
    to_each,
)
from tickets.retrospectives.pursuit import MEASURED_OVER, Check, Pursued, checked, judged
from tickets.retrospectives.retrospective import OWING_MINUTES, Retrospective, Standing
from tickets.watch import retro_offers

AT_A_TIME = 100


def work(desk: Desk, *, now: datetime) -> int:
    """Do what is due; tell how much there was. Done by several processes at once, each is done once."""
    count = retro_offers.work(desk, now=now)
    with desk.records.read() as unit:
        retros = unit.retrospectives.due(now, most=AT_A_TIME)
        items = unit.retrospectives.due_pursuits(now, most=AT_A_TIME)
    for one in retros:
        with desk.records.write() as unit:
            count += _remind(_turn(desk, unit, now), one)
    for one in items:
        with desk.records.write() as unit:
            count += _pursue(_turn(desk, unit, now), one)
    if count:
        desk.wake()
    return count


def _turn(desk: Desk, unit: Unit, now: datetime) -> Turn:
    return Turn(
        desk=desk,
        unit=unit,
        who=roles.actor(DESK, desk.handbook()),
        handbook=desk.handbook(),
        calendar=desk.calendar(),
        now=now,
    )


def _remind(turn: Turn, retro_id: str) -> int:
    retro = turn.unit.retrospectives.hold(retro_id)
    if retro.look_at is None or retro.look_at > turn.now:
        return 0  # another process was faster
    after = retro
    if retro.standing is Standing.CALLED and retro.packed_at is None:
        after = _packed(turn, retro)
    elif retro.standing in OWING_MINUTES and retro.closed_at:
        after = _asked(turn, retro, minutes_by(turn.calendar, retro.closed_at))
    kept = replace(after, look_at=next_look_at(after, turn.calendar))
    turn.unit.retrospectives.save(kept)
    return 1


def _packed(turn: Turn, retro: Retrospective) -> Retrospective:
    """Send the reading pack: in short in the thread, whole as a file (R64, R85, R120)."""
    papers = place_of_papers(turn, retro)
    turn.plan(
        post(retro, Page.PACK, under(head_key(retro)), at=turn.now),
        *to_each(retro, Page.PACK, retro.everybody, at=turn.now),
        paper(retro, PaperKind.PACK, papers, at=turn.now),
    )
    if retro.number:
        _on_record(turn, retro, retro.number)
    if retro.record.causes:
        turn.plan(paper(retro, PaperKind.FISHBONE, papers, at=turn.now))
    return replace(retro, packed_at=turn.now)


def _on_record(turn: Turn, retro: Retrospective, number: Number) -> None:
    """The pack holds the case's whole record: that stands on its timeline and on the audit log (X28)."""
    scene = scene_of(turn.desk, turn.unit, number, DESK)
    chair = present_actor(turn.unit, retro.chair or DESK, turn.handbook)
    if not roles.may(chair, Action.MAKE_DOSSIER, scene.ticket):
        return  # then the pack goes without it (bot/voice/retro_delivery.py)
    if scene.ticket.status is not Status.MERGED:
        record(scene, [f.DossierMade(reason=retro.record.goal)], by=DESK)
    turn.unit.audit.write(
        AuditEntry(
            at=turn.now,
            by=DESK,
            action=Action.MAKE_DOSSIER,
            number=number,
            outcome="done",
            detail={"retrospective": retro.id},
        )
    )


def _asked(turn: Turn, retro: Retrospective, due: datetime) -> Retrospective:
    """Ask who writes the minutes; past their due the chair and the supervisors hear of it too."""
    is_late = turn.now >= due
    writers = [retro.recap or retro.chair]
    page = Page.MINUTES_LATE if is_late else Page.MINUTES_OWED
    readers = [*writers, retro.chair, *sorted(turn.handbook.people.supervisors)]
    asked = max(retro.asked + 1, 2 if is_late else 1)
    once = f"{retro.changes}:{asked}"
    turn.plan(*to_each(retro, page, readers if is_late else writers, at=turn.now, once=once))
    return replace(retro, asked=asked)


def _pursue(turn: Turn, item_id: str) -> int:
    pursuit = turn.unit.retrospectives.hold_pursuit(item_id)
    if pursuit.look_at is None or pursuit.look_at > turn.now:
        return 0
    one = Pursued(turn.unit.improvements.get(item_id), pursuit)
    retro = turn.unit.retrospectives.get(pursuit.retro)
    after = _measured(turn, retro, one) if one.item.done_at else _chased(turn, retro, one)
    look_at = next_look(after, turn.calendar)
    turn.unit.retrospectives.save_pursuit(replace(after.pursuit, look_at=look_at))
    return 1


def _chased(turn: Turn, retro: Retrospective, one: Pursued) -> Pursued:
    """Ask the owner; past the due date, then the supervisors as well. After downtime once, not for each time."""
    chased = one.pursuit.chased + 1
    while (look_at := next_look(_chased_so(one, chased), turn.calendar)) and look_at <= turn.now:
        chased += 1
    is_late = chased >= OVERDUE
    page = Page.ITEM_LATE if is_late else Page.ITEM_DUE
    readers = [one.item.owner]
    if chased >= UP:
        readers += sorted(turn.handbook.people.supervisors)
    once = f"{one.item.id}:{chased}"
    turn.plan(*to_each(retro, page, readers, at=turn.now, once=once, item=one.item.id))
    return _chased_so(one, chased)


def _chased_so(one: Pursued, chased: int) -> Pursued:
    return Pursued(one.item, replace(one.pursuit, chased=chased))


def _measured(turn: Turn, retro: Retrospective, one: Pursued) -> Pursued:
    """Measure the figure again over the 30 days up to the look; where none tells, ask for a word."""
    after = one.pursuit.next_check
    if after is None or one.check_at(after) > turn.now:
        return one  # it was done elsewhere meanwhile: its look is still to come
    at = one.check_at(after)
    target, value, of = one.pursuit.target, None, 0
    if target.figure is not None:
        found = measure(turn.unit, target, at - MEASURED_OVER, at)
        value, of = found.value, found.of
    check = Check(after=after, at=at, value=value, of=of, verdict=judged(target, value))
    looked = Pursued(one.item, checked(one.pursuit, check))
    turn.plan(*said(turn, retro, looked, check))
    once = f"{one.item.id}:{after}"
    turn.plan(drawn_anew(retro, Page.HEAD, head_key(retro), once, at=turn.now))
    return looked
