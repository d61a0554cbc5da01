"""Where a case goes and who gets it (DESK.md 4, R36–R46)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tickets.case.conditions import CaseFacts, fits
from tickets.case.values import PersonId, Priority
from tickets.handbook import Assign, AssignWay, Department, Handbook, RoutingRule, Shift

SUPERVISORS = ""
"""The department key of a ticket that no rule sends anywhere: it lies with the supervisors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """Who is there at the moment of routing."""

    local_now: datetime  # aware, in the desk's zone
    away: frozenset[PersonId] = frozenset()  # 离岗, or no longer in the workspace
    load: Mapping[PersonId, int] = field(default_factory=dict)  # open tickets of the rivals
    last_turn: Mapping[str, PersonId] = field(
        default_factory=dict
    )  # department → whose turn it was


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where a case goes; an assignee of None means visibly unassigned, the lead's to decide."""

    department: str
    assignee: PersonId | None
    rule: int | None  # the rule's place; None: nothing matched
    way: AssignWay
    stands_in_for: PersonId | None = None
    tell: frozenset[PersonId] = frozenset()


def decide_priority(handbook: Handbook, urgency: Priority, case: CaseFacts) -> Priority:
    """Give the priority: the urgency as typed, raised or set by the desk's rules (DESK.md 4)."""
    fitting = [rule for rule in handbook.priority_rules if fits(rule.when, case)]
    raised = urgency
    for rule in fitting:
        raised = raised.raised(rule.raise_by)
    return min([raised, *(rule.set_to for rule in fitting if rule.set_to)])


def route(
    handbook: Handbook,
    case: CaseFacts,
    staffing: Staffing,
    *,
    without: frozenset[PersonId] = frozenset(),
) -> Route:
    """Follow the first rule that fits; nothing fits: the supervisor, never nowhere.

    `without` are earlier assignees that a second round leaves out.
    """
    rule = _rule_for(handbook, case)
    if rule is None:
        return _to_supervisors(handbook, staffing, without)
    department = handbook.departments[rule.department]
    assign = rule.assign or department.assign
    assignee, absent = pick(department, assign, handbook, staffing, without=without)
    return Route(
        department=department.key,
        assignee=assignee,
        rule=rule.place,
        way=assign.way,
        stands_in_for=absent,
        tell=_told(rule, handbook),
    )


def _rule_for(handbook: Handbook, case: CaseFacts) -> RoutingRule | None:
    return next((rule for rule in handbook.routing if fits(rule.when, case)), None)


def rivals_for(handbook: Handbook, case: CaseFacts) -> Sequence[PersonId]:
    """Name whose open tickets decide where a case goes; nobody's, unless who has the fewest gets it."""
    rule = _rule_for(handbook, case)
    if rule is None:
        return ()
    department = handbook.departments[rule.department]
    return rivals_in(department, rule.assign or department.assign)


def rivals_in(department: Department, assign: Assign) -> Sequence[PersonId]:
    """Name whose open tickets decide who of a department gets a case."""
    return department.members if assign.way is AssignWay.LEAST_OPEN else ()


def _to_supervisors(handbook: Handbook, staffing: Staffing, without: frozenset[PersonId]) -> Route:
    there = sorted(p for p in handbook.people.supervisors if p not in staffing.away | without)
    return Route(
        department=SUPERVISORS,
        assignee=there[0] if there else None,
        rule=None,
        way=AssignWay.PERSON,
    )


def _told(rule: RoutingRule, handbook: Handbook) -> frozenset[PersonId]:
    groups = {"supervisors": handbook.people.supervisors, "directors": handbook.people.directors}
    people: set[PersonId] = set()
    for name in rule.tell:
        people |= groups.get(name, frozenset({PersonId(name)}))
    return frozenset(people)


def pick(
    department: Department,
    assign: Assign,
    handbook: Handbook,
    staffing: Staffing,
    *,
    without: frozenset[PersonId] = frozenset(),
) -> tuple[PersonId | None, PersonId | None]:
    """Pick an assignee and say for whom they stand in, if for anybody."""
    if assign.way is AssignWay.LEAD:
        return _or_deputy(department.lead, handbook, staffing, without)
    if assign.way is AssignWay.PERSON and assign.person:
        return _or_deputy(assign.person, handbook, staffing, without)
    if assign.way is AssignWay.ROSTER:
        return _first_on_duty(department, handbook, staffing, without)
    there = [person for person in department.members if person not in staffing.away | without]
    if not there:
        return _stand_in(department.members, handbook, staffing, without)
    if assign.way is AssignWay.LEAST_OPEN:
        return min(
            there, key=lambda person: (staffing.load.get(person, 0), there.index(person))
        ), None
    return _next_in_turn(department, there, staffing), None


def on_duty(department: Department, handbook: Handbook, staffing: Staffing) -> tuple[PersonId, ...]:
    """Name all who are on duty by the roster now, each away one's deputy in their place."""
    rostered = [
        p for shift in department.roster if _is_on(shift, staffing.local_now) for p in shift.people
    ]
    found = (_or_deputy(person, handbook, staffing, frozenset())[0] for person in rostered)
    return tuple(dict.fromkeys(person for person in found if person))


def answering(department: Department, handbook: Handbook, staffing: Staffing) -> PersonId | None:
    """Name who answers for a department now: who is on duty by its roster, else its lead or their deputy."""
    on_duty, _ = _first_on_duty(department, handbook, staffing, frozenset())
    if on_duty:
        return on_duty
    lead, _ = _or_deputy(department.lead, handbook, staffing, frozenset())
    return lead or department.lead


def _or_deputy(
    person: PersonId, handbook: Handbook, staffing: Staffing, without: frozenset[PersonId]
) -> tuple[PersonId | None, PersonId | None]:
    """The person, else their deputy, else the deputy's, each looked at once."""
    seen: set[PersonId] = set()
    present: PersonId | None = person
    while present and present not in seen:
        if present not in staffing.away | without:
            return present, (person if present != person else None)
        seen.add(present)
        present = handbook.people.deputies.get(present)
    return None, None


def _stand_in(
    people: Iterable[PersonId], handbook: Handbook, staffing: Staffing, without: frozenset[PersonId]
) -> tuple[PersonId | None, PersonId | None]:
    for person in people:
        found, absent = _or_deputy(person, handbook, staffing, without)
        if found:
            return found, absent
    return None, None


def _next_in_turn(
    department: Department, there: Sequence[PersonId], staffing: Staffing
) -> PersonId:
    last = staffing.last_turn.get(department.key)
    order = list(department.members)
    start = order.index(last) + 1 if last in order else 0
    return next(person for person in order[start:] + order[:start] if person in there)


def _first_on_duty(
    department: Department, handbook: Handbook, staffing: Staffing, without: frozenset[PersonId]
) -> tuple[PersonId | None, PersonId | None]:
    on_duty = [
        p for shift in department.roster if _is_on(shift, staffing.local_now) for p in shift.people
    ]
    return _stand_in(on_duty, handbook, staffing, without)


def _is_on(shift: Shift, local_now: datetime) -> bool:
    """Half-open; a shift that ends before it starts runs over midnight and belongs to the day it starts."""
    moment = local_now.time()
    if shift.start < shift.end:
        return _has_day(shift, local_now) and shift.start <= moment < shift.end
    yesterday = local_now - timedelta(days=1)
    late = _has_day(shift, local_now) and moment >= shift.start
    return late or (_has_day(shift, yesterday) and moment < shift.end)


def _has_day(shift: Shift, day: datetime) -> bool:
    return day.date() in shift.dates or day.weekday() in shift.days
