"""Whose case it is: reassign, take over, name collaborators, change priority and complexity (DESK.md 4, R41)."""

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import AssignCause, Complexity, Number, PersonId, Priority, Text
from tickets.desk import complaints
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.staff import home_of, pick_in, require_shift
from tickets.errors import IllegalMove, NotFound, Refused
from tickets.message import Who, Word
from tickets.people import roles
from tickets.people.roles import Action, Role


def assign(
    desk: Desk,
    number: Number,
    assignee: PersonId,
    reason: Text | None,
    *,
    by: PersonId,
    receipt: str,
) -> Outcome:
    """Give a ticket to a person, who brings the ticket to a department of theirs."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        return given_to(scene, assignee, reason)

    return change(desk, number, by=by, action=Action.ASSIGN, receipt=receipt, decide=decide)


def given_to(scene: Scene, assignee: PersonId, reason: Text | None) -> tuple[f.Fact, ...]:
    """Decide that a ticket goes to a person, as far as the giver's reach goes."""
    require_present(scene, assignee)
    department = _department_of(assignee, scene)
    _require_reach(scene, department)
    given = _given_to(scene, assignee, department, reason, AssignCause.PERSON)
    return (*_with_evidence(scene, department, reason), *given) if given else ()


def _with_evidence(scene: Scene, department: str, reason: Text | None) -> tuple[f.Fact, ...]:
    """Another department gets a case with the evidence its category asks for (R18). Raises IllegalMove.

    What was let through when it was taken down goes on; the evidence is owed by the time it is resolved.
    """
    stays = department == scene.ticket.department or scene.ticket.complaint.evidence_deferred
    return () if stays else complaints.passed_on(scene, reason)


def transfer(
    desk: Desk, number: Number, department: str, reason: Text | None, *, by: PersonId, receipt: str
) -> Outcome:
    """Send a ticket to a department, which picks the assignee its own way."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        target = scene.handbook.departments.get(department)
        if target is None:
            raise NotFound("department.unknown", department=department)
        _require_reach(scene, department)
        about = scene.ticket.complaint.about
        person, absent = pick_in(scene.desk, scene.unit, target, without=about)
        lifecycle.require(Move.REASSIGN, scene.ticket)
        return (
            *_with_evidence(scene, department, reason),
            f.Assigned(
                department=department,
                assignee=person,
                cause=AssignCause.PERSON,
                stands_in_for=absent,
                reason=reason,
            ),
        )

    return change(desk, number, by=by, action=Action.ASSIGN, receipt=receipt, decide=decide)


def take_over(desk: Desk, number: Number, *, of: PersonId, by: PersonId, receipt: str) -> Outcome:
    """Take a colleague's ticket, or the call they still owe, at a shift's end; work goes on where it stands."""
    return hand_to(desk, number, by, of=of, by=by, receipt=receipt)


def hand_to(
    desk: Desk, number: Number, taker: PersonId, *, of: PersonId, by: PersonId, receipt: str
) -> Outcome:
    """Hand a ticket of somebody whose shift ends to one of the next, or to a supervisor.

    Raises Refused outside the shift, and IllegalMove when it is no longer theirs to hand over: somebody
    else was faster.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        require_shift(scene.who, of, scene.handbook)
        ticket = scene.ticket
        complaints.require_not_about(ticket, taker)
        is_call = lifecycle.is_possible(Move.TELL, ticket)
        holder = ticket.caller if is_call else ticket.assignee
        if holder == taker:
            return ()
        if holder != of:
            by_whom, at = Who(ticket.changed_by), ticket.changed_at
            raise IllegalMove("handover.gone", number=number, person=Who(of), who=by_whom, at=at)
        if is_call:
            return (f.CallTakenOver(caller=taker),)
        return _given_to(scene, taker, _department_of(taker, scene), None, AssignCause.HANDOVER)

    return change(desk, number, by=by, action=Action.TAKE_OVER, receipt=receipt, decide=decide)


def _given_to(
    scene: Scene, assignee: PersonId, department: str, reason: Text | None, cause: AssignCause
) -> tuple[f.Fact, ...]:
    if scene.ticket.assignee == assignee and scene.ticket.department == department:
        return ()
    lifecycle.require(Move.REASSIGN, scene.ticket)
    return (f.Assigned(department=department, assignee=assignee, cause=cause, reason=reason),)


def require_present(scene: Scene, person: PersonId) -> None:
    """Refuse somebody who is gone, or is nobody of the desk. Raises IllegalMove."""
    complaints.require_not_about(scene.ticket, person)
    who = roles.actor(person, scene.handbook)
    member = scene.unit.directory.person(person)
    gone = member is not None and not member.is_active
    if gone or not who.roles & {Role.AGENT, Role.MEMBER, Role.LEAD, Role.SUPERVISOR}:
        raise IllegalMove("assign.not_of_the_desk", person=Who(person))


def _department_of(person: PersonId, scene: Scene) -> str:
    if person in _team(scene.ticket.department, scene):
        return scene.ticket.department
    return home_of(person, scene.handbook, otherwise="")


def _team(department: str, scene: Scene) -> frozenset[PersonId]:
    found = scene.handbook.departments.get(department)
    return frozenset({*found.members, found.lead}) if found else frozenset()


def _require_reach(scene: Scene, department: str) -> None:
    """A lead who is nothing else moves tickets inside the department only (matrix: "in dept")."""
    who, ticket = scene.who, scene.ticket
    beyond = Role.SUPERVISOR in who.roles or ticket.logged_by == who.id or _is_unassigned_for(scene)
    if not beyond and department != ticket.department:
        raise Refused("refused.other_department", action=Word(f"action.{Action.ASSIGN}"))


def _is_unassigned_for(scene: Scene) -> bool:
    return scene.ticket.assignee is None and Role.AGENT in scene.who.roles


def name_collaborators(
    desk: Desk, number: Number, named: f.CollaboratorsNamed, *, by: PersonId, receipt: str
) -> Outcome:
    """Name who helps and exactly one contact among them (接口人, R41)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.REASSIGN, scene.ticket)
        if named.people and named.contact not in named.people:
            raise IllegalMove("collaborators.one_contact", number=number)
        for person in named.people:
            require_present(scene, person)
        return (named,)

    return change(desk, number, by=by, action=Action.NAME_CONTACT, receipt=receipt, decide=decide)


def set_priority(
    desk: Desk, number: Number, wanted: Priority, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Change the priority, with a reason (R35)."""
    return change(
        desk,
        number,
        by=by,
        action=Action.SET_PRIORITY,
        receipt=receipt,
        decide=lambda scene: lifecycle.priority(scene.ticket, wanted, reason),
    )


def judge_complexity(
    desk: Desk, number: Number, complexity: Complexity, reason: Text, *, by: PersonId, receipt: str
) -> Outcome:
    """Judge a case ordinary or complex (R51)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.REASSIGN, scene.ticket)
        same = scene.ticket.complexity is complexity
        return () if same else (f.ComplexityJudged(complexity=complexity, reason=reason),)

    return change(
        desk, number, by=by, action=Action.JUDGE_COMPLEXITY, receipt=receipt, decide=decide
    )
