"""Who is there to take a case at this moment, and routing with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from tickets.case import facts as f
from tickets.case.conditions import CaseFacts, facts_of
from tickets.case.routing import Route, Staffing, pick, rivals_for, rivals_in, route
from tickets.case.values import AssignCause, PersonId
from tickets.desk.change import Scene
from tickets.desk.context import Desk
from tickets.errors import Refused
from tickets.handbook import AssignWay, Department, Handbook
from tickets.people.roles import Actor, Role
from tickets.ports import Unit

NONE_BESIDES: Mapping[PersonId, int] = MappingProxyType({})
"""Nobody got a case in this transaction that the records do not count yet."""


def staffing(
    desk: Desk,
    unit: Unit,
    *,
    rivals: Sequence[PersonId],
    besides: Mapping[PersonId, int] = NONE_BESIDES,
) -> Staffing:
    """Look who is there, whose turn it was, and how much the rivals for a case have, with what they get besides."""
    load = unit.tickets.load(rivals) if rivals else {}
    return Staffing(
        local_now=desk.calendar().local(desk.clock.now()),
        away=absent(unit, desk.handbook(), at=desk.clock.now()),
        load={person: count + besides.get(person, 0) for person, count in load.items()},
        last_turn=unit.absences.turns(),
    )


def absent(unit: Unit, handbook: Handbook, *, at: datetime) -> frozenset[PersonId]:
    """Tell who is away from their desk at a moment, and who of those that may get a case has left for good."""
    everybody = {p for d in handbook.departments.values() for p in (*d.members, d.lead)}
    everybody |= handbook.people.supervisors | set(handbook.people.deputies.values())
    return unit.absences.away(at) | unit.directory.gone(sorted(everybody))


def route_case(
    desk: Desk,
    unit: Unit,
    case: CaseFacts,
    *,
    without: frozenset[PersonId] = frozenset(),
    besides: Mapping[PersonId, int] = NONE_BESIDES,
) -> Route:
    """Route a case and note whose turn it was."""
    handbook = desk.handbook()
    there = staffing(desk, unit, rivals=rivals_for(handbook, case), besides=besides)
    found = route(handbook, case, there, without=without)
    if found.way is AssignWay.ROUND_ROBIN and found.assignee and found.department:
        unit.absences.turned(found.department, found.assignee)
    return found


def pick_in(
    desk: Desk,
    unit: Unit,
    target: Department,
    *,
    without: frozenset[PersonId] = frozenset(),
    besides: Mapping[PersonId, int] = NONE_BESIDES,
) -> tuple[PersonId | None, PersonId | None]:
    """Let a department pick the assignee its own way and note whose turn it was; say for whom they stand in."""
    there = staffing(desk, unit, rivals=rivals_in(target, target.assign), besides=besides)
    person, absent = pick(target, target.assign, desk.handbook(), there, without=without)
    if person:
        unit.absences.turned(target.key, person)
    return person, absent


def assigned_by(found: Route, cause: AssignCause = AssignCause.RULE) -> f.Assigned:
    """Make the fact of a route."""
    return f.Assigned(
        department=found.department,
        assignee=found.assignee,
        cause=cause,
        rule=found.rule,
        stands_in_for=found.stands_in_for,
    )


def reroute(scene: Scene, cause: AssignCause) -> f.Assigned:
    """Assign a further round to somebody who has not had it; nobody left: the lead, then the supervisors decide."""
    had = scene.ticket.past_assignees | (
        {scene.ticket.assignee} if scene.ticket.assignee else set()
    )
    had |= scene.ticket.complaint.about
    found = route_case(scene.desk, scene.unit, facts_of(scene.ticket), without=frozenset(had))
    if found.assignee:
        return assigned_by(found, cause)
    lead = lead_of(found.department, scene.handbook)
    away = absent(scene.unit, scene.handbook, at=scene.now)
    fallback = lead if lead and lead not in had | away else None
    return f.Assigned(department=found.department, assignee=fallback, cause=cause, rule=found.rule)


def lead_of(department: str, handbook: Handbook) -> PersonId | None:
    """Give a department's lead."""
    found = handbook.departments.get(department)
    return found.lead if found else None


def home_of(person: PersonId, handbook: Handbook, *, otherwise: str) -> str:
    """Give the first department a person belongs to or leads."""
    homes = (
        key for key, d in handbook.departments.items() if person in d.members or person == d.lead
    )
    return next(homes, otherwise)


def require_shift(who: Actor, of: PersonId, handbook: Handbook) -> None:
    """Refuse to meddle with the work of somebody of another department; supervisors may. Raises Refused."""
    mine = who.id == of or Role.SUPERVISOR in who.roles
    if not mine and home_of(who.id, handbook, otherwise="-") != home_of(of, handbook, otherwise=""):
        raise Refused("refused.not_your_shift")


def first_supervisor(
    scene: Scene, *, without: frozenset[PersonId] = frozenset()
) -> PersonId | None:
    """Give a supervisor who is there."""
    away = absent(scene.unit, scene.handbook, at=scene.now)
    return next(
        (p for p in sorted(scene.handbook.people.supervisors) if p not in away | without), None
    )
