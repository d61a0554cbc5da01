"""Shifts: away and back, handing work to the next shift, reminders (DESK.md 4)."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from tickets.case.listing import Line, Query, Scope
from tickets.case.values import Number, PersonId
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.home import is_call_of, is_work_of
from tickets.desk.owners import hand_to
from tickets.desk.staff import absent, home_of, require_shift
from tickets.errors import IllegalMove, NotFound
from tickets.notices import Notice, NoticeKind, Place, PlaceKind, Urgency, to_person
from tickets.people import roles
from tickets.people.roles import Action
from tickets.ports import AuditEntry, Receipt, Unit

MOST_HANDED_OVER = 100


def go_away(desk: Desk, *, by: PersonId, receipt: str) -> PersonId | None:
    """Leave one's desk (离岗): new cases go to others; gives the deputy, if any."""
    _presence(desk, by=by, receipt=receipt, away=True)
    return desk.handbook().people.deputies.get(by)


def come_back(desk: Desk, *, by: PersonId, receipt: str) -> datetime | None:
    """Be back (在岗), earlier than planned too; gives since when one was away."""
    return _presence(desk, by=by, receipt=receipt, away=False)


def _presence(desk: Desk, *, by: PersonId, receipt: str, away: bool) -> datetime | None:
    now = desk.clock.now()
    with asked(desk, by, Action.BE_AWAY), desk.records.write() as unit:
        if unit.receipts.find(receipt):
            return None
        roles.require(present_actor(unit, by, desk.handbook()), Action.BE_AWAY)
        since = None
        if away:
            unit.absences.leave(by, at=now)
        else:
            since = unit.absences.come_back(by, now)
        unit.receipts.keep(Receipt(key=receipt, kind=Action.BE_AWAY), at=now)
        unit.audit.write(
            AuditEntry(
                at=now,
                by=by,
                action=Action.BE_AWAY,
                number=None,
                outcome="done",
                detail={"away": away},
            )
        )
    return since


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What a person would leave to the next shift: cases, and calls and word still owed to customers."""

    person: PersonId
    lines: tuple[Line, ...]


def open_work(desk: Desk, *, of: PersonId, by: PersonId) -> OpenWork:
    """List a person's open cases, promises and callbacks, masked; one's own, or a colleague's after a handover."""
    with reading(desk, by, Action.LIST) as (unit, who):
        require_shift(who, of, desk.handbook())
        return OpenWork(of, left_by(desk, unit, of))


def left_by(desk: Desk, unit: Unit, person: PersonId) -> tuple[Line, ...]:
    """List what a person would leave behind now, most urgent first.

    A case that was logged here and is being solved elsewhere is nobody's to take.
    """
    sight = roles.sight(roles.actor(person, desk.handbook()))
    page = unit.tickets.page(
        Query(sight=sight, scope=Scope.MINE, now=desk.clock.now(), size=MOST_HANDED_OVER)
    )
    return tuple(
        line for line in page.lines if is_work_of(person, line) or is_call_of(person, line)
    )


def hand_over(desk: Desk, *, by: PersonId, receipt: str) -> OpenWork:
    """Post one's open work to the department for the next shift, each case taken with one tap."""
    work = open_work(desk, of=by, by=by)
    if not work.lines:
        return work
    department = home_of(by, desk.handbook(), otherwise="")
    place = Place(PlaceKind.DEPARTMENT, department) if department else Place(PlaceKind.DESK)
    notice = Notice(
        key=f"{NoticeKind.HANDOVER}:{by}:{receipt}",
        kind=NoticeKind.HANDOVER,
        place=place,
        urgency=Urgency.ASSIGNMENT,
        due_at=desk.clock.now(),
        params={"person": by},
    )
    _plan(desk, notice, Action.BE_AWAY, by=by, receipt=receipt)
    return work


def list_for_others(desk: Desk, *, of: PersonId) -> None:
    """Tell the lead and the supervisors what somebody who left the workspace leaves behind (F51).

    Each case is taken with one tap; nothing is told where nothing is left.
    """
    handbook, now = desk.handbook(), desk.clock.now()
    home = handbook.departments.get(home_of(of, handbook, otherwise=""))
    told = handbook.people.supervisors | ({home.lead} if home else set())
    with desk.records.write() as unit:
        if not left_by(desk, unit, of):
            return
        unit.notices.plan(
            [
                Notice(
                    key=f"{NoticeKind.HANDOVER}:left:{of}:{now:%Y-%m-%dT%H}:{person}",
                    kind=NoticeKind.HANDOVER,
                    place=to_person(person),
                    urgency=Urgency.ASSIGNMENT,
                    due_at=now,
                    params={"person": of},
                )
                for person in sorted(told - {of})
            ]
        )
    desk.wake()


def leave_rest(desk: Desk, *, of: PersonId, by: PersonId, receipt: str) -> tuple[Number, ...]:
    """Give what nobody of the next shift took to a supervisor."""
    supervisor = _supervisor_for(desk, of)
    given = []
    for number in [line.number for line in open_work(desk, of=of, by=by).lines]:
        with suppress(IllegalMove):  # it moved on since it was listed: nobody's to give any more
            hand_to(desk, number, supervisor, of=of, by=by, receipt=f"{receipt}:{number}")
            given.append(number)
    return tuple(given)


def _supervisor_for(desk: Desk, person: PersonId) -> PersonId:
    """Find a supervisor, one who is there and not the one who leaves if possible. Raises NotFound."""
    supervisors = sorted(desk.handbook().people.supervisors)
    with desk.records.read() as unit:
        away = absent(unit, desk.handbook(), at=desk.clock.now())
    there = [one for one in supervisors if one not in away and one != person]
    found = next(iter(there or supervisors), None)
    if found is None:
        raise NotFound("supervisor.none")
    return found


def remind(
    desk: Desk, number: Number, at: datetime | None, *, by: PersonId, receipt: str
) -> datetime:
    """Remind oneself of a ticket at a moment ahead; None: the moment could not be read."""
    if at is None:
        raise IllegalMove("remind.unreadable")
    with reading(desk, by, Action.SEE, number):
        pass
    notice = Notice(
        key=f"{NoticeKind.REMINDER}:{number}:{by}:{int(at.timestamp())}",
        kind=NoticeKind.REMINDER,
        place=to_person(by),
        urgency=Urgency.WARNING,
        due_at=at,
        number=number,
        params={"at": at.isoformat()},
    )
    _plan(desk, notice, Action.REMIND, by=by, receipt=receipt)
    return at


def _plan(desk: Desk, notice: Notice, action: Action, *, by: PersonId, receipt: str) -> None:
    now = desk.clock.now()
    with asked(desk, by, action, notice.number), desk.records.write() as unit:
        if unit.receipts.find(receipt):
            return
        roles.require(present_actor(unit, by, desk.handbook()), action)
        unit.notices.plan([notice])
        unit.receipts.keep(Receipt(key=receipt, kind=action, number=notice.number), at=now)
        unit.audit.write(
            AuditEntry(at=now, by=by, action=action, number=notice.number, outcome="done")
        )
    desk.wake()
