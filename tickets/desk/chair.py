"""Chairing the weekly meeting: start it, say that a blocker is solved, close it with its minutes (R83, R85)."""

from collections.abc import Callable
from dataclasses import replace

from tickets.case import facts as f
from tickets.case.values import Number, PersonId
from tickets.desk.change import Scene, note_refusal, present_actor, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.meeting import drawn_anew, noted
from tickets.errors import IllegalMove, NotFound, Refused
from tickets.meetings.meeting import Meeting
from tickets.meetings.minutes import entries_of, pages_of
from tickets.meetings.posts import minutes_of, replies_of
from tickets.notices import Notice, NoticeKind, Urgency, in_thread
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit


def start(desk: Desk, key: str, *, by: PersonId, receipt: str) -> Meeting:
    """Note that the meeting began, who began it and when; once begun, nothing changes."""

    def begun(_unit: Unit, meeting: Meeting) -> Meeting:
        if meeting.closed_at:
            raise IllegalMove("meeting.over", at=meeting.closed_at)
        if meeting.started_at:
            return meeting
        return replace(meeting, started_at=desk.clock.now(), started_by=by)

    return _chaired(desk, key, begun, by=by, receipt=receipt)


def close(desk: Desk, key: str, *, by: PersonId, receipt: str) -> Meeting:
    """Close the meeting and plan its minutes, in its channel and each responsible department's; once."""

    def ended(unit: Unit, meeting: Meeting) -> Meeting:
        if meeting.closed_at:
            return meeting
        if meeting.started_at is None:
            raise IllegalMove("meeting.not_started")
        after = replace(meeting, closed_at=desk.clock.now(), closed_by=by)
        _plan_minutes(desk, unit, after)
        return after

    return _chaired(desk, key, ended, by=by, receipt=receipt)


def solve_blocker(
    desk: Desk, key: str, number: Number, blocker: str, *, by: PersonId, receipt: str
) -> bool:
    """Note that a blocker is solved and tell the threads of all it held up; False: it was solved already.

    Also after the meeting: what is solved is solved. Raises Refused or NotFound.
    """
    try:
        with desk.records.write() as unit:
            solved = _solve(desk, unit, key, number, blocker, by=by, receipt=receipt)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.MEET, number=number, why=refusal.message.id)
        raise
    if solved:
        desk.wake()
    return solved


def _chaired(
    desk: Desk,
    key: str,
    step: Callable[[Unit, Meeting], Meeting],
    *,
    by: PersonId,
    receipt: str,
) -> Meeting:
    try:
        with desk.records.write() as unit:
            roles.require(present_actor(unit, by, desk.handbook()), Action.CHAIR)
            meeting = unit.meetings.hold(key)
            if unit.receipts.find(receipt):
                return meeting
            after = step(unit, meeting)
            _keep(desk, unit, after, by=by, receipt=receipt, was=meeting)
    except Refused as refusal:
        note_refusal(desk, by=by, action=Action.CHAIR, number=None, why=refusal.message.id)
        raise
    desk.wake()
    return after


def _keep(
    desk: Desk, unit: Unit, after: Meeting, *, by: PersonId, receipt: str, was: Meeting
) -> None:
    now = desk.clock.now()
    if after != was:
        # Nothing can be decided in a closed meeting: its rows offer it no longer.
        drawn_anew(unit, after, replies_of(after) if after.closed_at else (), at=now)
    unit.receipts.keep(Receipt(key=receipt, kind=Action.CHAIR), at=now)
    unit.audit.write(
        AuditEntry(
            at=now,
            by=by,
            action=Action.CHAIR,
            number=None,
            outcome="noop" if after == was else "done",
            detail={"meeting": after.key},
        )
    )


def _plan_minutes(desk: Desk, unit: Unit, meeting: Meeting) -> None:
    handbook, meetings = desk.handbook(), unit.meetings
    entries = entries_of(
        meetings.rows(meeting.key), meetings.decisions(meeting.key), meetings.blockers()
    )
    own = [
        handbook.departments[key].channel
        for key in meeting.figures.departments
        if key in handbook.departments
    ]
    channels = tuple(dict.fromkeys([meeting.channel, *own]))
    unit.notices.plan(minutes_of(meeting, channels, pages_of(entries), at=desk.clock.now()))


def _solve(
    desk: Desk,
    unit: Unit,
    key: str,
    number: Number,
    blocker: str,
    *,
    by: PersonId,
    receipt: str,
) -> bool:
    found = unit.meetings.blocker(blocker)
    if found is None:
        raise NotFound("meeting.blocker_gone")
    meeting = unit.meetings.hold(key)
    roles.require(present_actor(unit, by, desk.handbook()), Action.MEET, unit.tickets.get(number))
    now = desk.clock.now()
    if unit.receipts.find(receipt) or not unit.meetings.solve(blocker, at=now, by=by):
        return False
    numbers = unit.meetings.blocked_by(blocker)
    for one in numbers:
        scene = scene_of(desk, unit, one, by)
        if scene.ticket.status.is_open:
            record(scene, [f.Unblocked(blocker=blocker, name=found.name)], by=by)
            unit.notices.plan([_told(scene, blocker)])
    noted(unit, meeting, numbers, at=now)
    unit.receipts.keep(Receipt(key=receipt, kind=Action.MEET, number=number), at=now)
    entry = AuditEntry(at=now, by=by, action=Action.MEET, number=number, outcome="done")
    unit.audit.write(entry)
    return True


def _told(scene: Scene, blocker: str) -> Notice:
    number = scene.ticket.number
    return Notice(
        key=f"{NoticeKind.UNBLOCKED}:{number}:{blocker}",
        kind=NoticeKind.UNBLOCKED,
        place=in_thread(number),
        urgency=Urgency.ASSIGNMENT,
        due_at=scene.now,
        number=number,
        params={"blocker": blocker, "by": scene.who.id, "assignee": scene.ticket.assignee},
    )
