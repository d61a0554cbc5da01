"""Times away that are planned, what happened meanwhile, and who is on duty now (DESK.md 4)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tickets.case.listing import Line, Query, Scope
from tickets.case.routing import on_duty
from tickets.case.values import PersonId
from tickets.desk.asking import asked, reading
from tickets.desk.change import present_actor
from tickets.desk.context import Desk
from tickets.desk.staff import home_of, lead_of, staffing
from tickets.errors import IllegalMove, Refused
from tickets.message import Who
from tickets.notices import Notice, NoticeKind, Urgency, to_person
from tickets.people import roles
from tickets.people.absence import Absence
from tickets.people.roles import Action, Actor, Role
from tickets.ports import AuditEntry, Receipt

LONG = timedelta(days=1)  # from a whole day on, open cases are offered to others


def plan_absence(desk: Desk, absence: Absence, *, receipt: str) -> PersonId | None:
    """Note when somebody will be away, oneself or one of one's people; gives the deputy, if any.

    When a long absence begins, its lead and the supervisors get the open cases to give to others.
    """
    now, by = desk.clock.now(), absence.planned_by
    if absence.until <= max(now, absence.since):
        raise IllegalMove("away.over")
    with asked(desk, by, Action.BE_AWAY), desk.records.write() as unit:
        if unit.receipts.find(receipt):
            return desk.handbook().people.deputies.get(absence.person)
        who = present_actor(unit, by, desk.handbook())
        roles.require(who, Action.BE_AWAY)
        _require_ones_people(who, absence.person, desk)
        unit.absences.plan(absence)
        unit.notices.plan(tuple(_offers(desk, absence)))
        unit.receipts.keep(Receipt(key=receipt, kind=Action.BE_AWAY), at=now)
        detail = {"person": absence.person, "since": absence.since.isoformat()}
        detail |= {"until": absence.until.isoformat(), "reason": absence.reason}
        unit.audit.write(
            AuditEntry(
                at=now, by=by, action=Action.BE_AWAY, number=None, outcome="done", detail=detail
            )
        )
    desk.wake()
    return desk.handbook().people.deputies.get(absence.person)


def _require_ones_people(who: Actor, person: PersonId, desk: Desk) -> None:
    """Refuse to plan for somebody else's people; a supervisor may for all of the desk. Raises Refused."""
    planned = roles.actor(person, desk.handbook())
    if planned.is_stranger:
        raise IllegalMove("assign.not_of_the_desk", person=Who(person))
    leads_them = bool(who.leads & (planned.departments | planned.leads))
    if person != who.id and Role.SUPERVISOR not in who.roles and not leads_them:
        raise Refused("refused.not_your_people")


def _offers(desk: Desk, absence: Absence) -> Iterator[Notice]:
    if absence.until - absence.since < LONG:
        return
    handbook = desk.handbook()
    lead = lead_of(home_of(absence.person, handbook, otherwise=""), handbook)
    told = handbook.people.supervisors | ({lead} if lead else frozenset())
    for person in sorted(told - {absence.person}):
        yield Notice(
            key=f"{NoticeKind.HANDOVER}:away:{absence.person}:{absence.since.isoformat()}:{person}",
            kind=NoticeKind.HANDOVER,
            place=to_person(person),
            urgency=Urgency.ASSIGNMENT,
            due_at=max(absence.since, desk.clock.now()),
            params={"person": absence.person},
        )


def changed_since(desk: Desk, since: datetime, *, by: PersonId) -> tuple[Line, ...]:
    """List one's own cases that moved since then, the newest change first."""
    with reading(desk, by, Action.LIST) as (unit, who):
        mine = Query(sight=roles.sight(who), scope=Scope.MINE, now=desk.clock.now(), size=500)
        lines = [one for one in unit.tickets.page(mine).lines if one.changed_at >= since]
    return tuple(sorted(lines, key=lambda one: one.changed_at, reverse=True))


@dataclass(frozen=True, slots=True)
class Duty:
    """Who is on duty for a department now; nobody where all are away and have no deputy."""

    department: str
    people: tuple[PersonId, ...]


def duty_now(desk: Desk, *, by: PersonId) -> tuple[Duty, ...]:
    """Tell who is on duty (值班) by the rosters at this moment, deputies in the place of who is away."""
    handbook = desk.handbook()
    with reading(desk, by, Action.SEE_FIGURES) as (unit, _who):
        there = staffing(desk, unit, rivals=())
    return tuple(
        Duty(key, on_duty(department, handbook, there))
        for key, department in handbook.departments.items()
        if department.roster
    )
