"""Grading: is the problem known, whom else does it need, what is its first cause; priority and complexity with it (R27, R34)."""

from collections.abc import Sequence
from dataclasses import dataclass

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.listing import Alike, Line
from tickets.case.ticket import Ticket
from tickets.case.values import Complexity, Number, PersonId, Priority, Text
from tickets.desk.asking import reading
from tickets.desk.change import Outcome, Scene, change, record, scene_of
from tickets.desk.context import Desk
from tickets.desk.look import CaseView, view_of
from tickets.desk.owners import require_present
from tickets.desk.parents import joined_by
from tickets.errors import DeskError, NotFound
from tickets.people import roles
from tickets.people.roles import Action, Actor
from tickets.ports import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a grading is made on: the case, what is like it as far as the reader may see, what they may judge."""

    case: CaseView
    alike: tuple[Line, ...]
    may_judge: bool  # priority and complexity


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A grading as typed; priority and complexity as they are to be, None to leave them."""

    known: bool
    like: Number | None
    departments: tuple[str, ...]
    cause: str
    report: Text
    priority: Priority | None = None
    complexity: Complexity | None = None


def before_grading(desk: Desk, number: Number, *, by: PersonId) -> Basis:
    """Give what a grading is made on. Raises Refused, IllegalMove or NotFound, as sending it would."""
    with reading(desk, by, Action.GRADE, number) as (unit, who):
        case = view_of(desk, unit, number, who)
        lifecycle.require(Move.GRADE, case.ticket)
        return Basis(
            case=case,
            alike=_alike(desk, unit, case, who),
            may_judge=roles.may(who, Action.SET_PRIORITY, case.ticket),
        )


def _alike(desk: Desk, unit: Unit, case: CaseView, who: Actor) -> tuple[Line, ...]:
    intake = case.ticket.intake
    return unit.tickets.alike(
        Alike(
            number=case.ticket.number,
            category=intake.category,
            words=case.redact(intake.description),
            product=case.redact(intake.product or ""),
            sight=roles.sight(who),
            now=desk.clock.now(),
        )
    )


def grade(desk: Desk, number: Number, judged: Judgement, *, by: PersonId, receipt: str) -> Outcome:
    """Record a grading and what follows from it: the link, the departments' heads as collaborators, the new grades.

    Raises Refused, IllegalMove or NotFound.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.GRADE, scene.ticket)
        _require_listed(scene, judged)
        graded = f.Graded(
            known=judged.known,
            like=judged.like,
            departments=judged.departments,
            cause=judged.cause,
            report=judged.report,
        )
        return (
            graded,
            *_linked(scene, judged.like),
            *_helped(scene, judged),
            *_regraded(scene, judged),
        )

    return change(
        desk,
        number,
        by=by,
        action=Action.GRADE,
        receipt=receipt,
        decide=decide,
        beside=judged.like,
    )


def _require_listed(scene: Scene, judged: Judgement) -> None:
    """Refuse what no form of ours offers. Raises DeskError."""
    causes = {one.key for one in scene.handbook.complaints.causes}
    if judged.cause not in causes or not set(judged.departments) <= set(scene.handbook.departments):
        raise DeskError("error.tampered")


def _linked(scene: Scene, like: Number | None) -> Sequence[f.Fact]:
    """Link to the earlier case; a parent case takes this one in, where the grader may gather."""
    ticket = scene.ticket
    if like is None or like in {ticket.parent, *ticket.links}:
        return ()
    if like == ticket.number or not scene.unit.tickets.visible(like, roles.sight(scene.who)):
        raise NotFound("grading.like_unknown", number=like)
    other = scene.unit.tickets.get(like)
    if _takes_in(scene, other):
        record(
            scene_of(scene.desk, scene.unit, like, scene.who.id),
            (joined_by(ticket),),
            by=scene.who.id,
        )
        return (f.ParentNamed(parent=like),)
    return (f.Linked(other=like),)


def _takes_in(scene: Scene, other: Ticket) -> bool:
    ticket = scene.ticket
    is_free = ticket.parent is None and not ticket.children
    is_parent = bool(other.children) and lifecycle.is_possible(Move.MERGE, other)
    return is_free and is_parent and roles.may(scene.who, Action.GATHER, ticket)


def _helped(scene: Scene, judged: Judgement) -> Sequence[f.Fact]:
    """Have the heads of the departments that are needed help, beside who helps already (R41)."""
    ticket = scene.ticket
    heads = [
        scene.handbook.departments[key].lead
        for key in judged.departments
        if key != ticket.department
    ]
    new = [
        one for one in dict.fromkeys(heads) if one not in {*ticket.collaborators, ticket.assignee}
    ]
    new = [one for one in new if one not in ticket.complaint.about]
    if not new:
        return ()
    for person in new:
        require_present(scene, person)
    people = (*ticket.collaborators, *new)
    contact = ticket.contact_person or people[0]
    return (f.CollaboratorsNamed(people=people, contact=contact, need=judged.report),)


def _regraded(scene: Scene, judged: Judgement) -> Sequence[f.Fact]:
    """Change priority and complexity with it, for who may (R35, R51)."""
    ticket, facts = scene.ticket, list[f.Fact]()
    if judged.priority and judged.priority is not ticket.priority:
        roles.require(scene.who, Action.SET_PRIORITY, ticket)
        facts += lifecycle.priority(ticket, judged.priority, judged.report)
    if judged.complexity and judged.complexity is not ticket.complexity:
        roles.require(scene.who, Action.JUDGE_COMPLEXITY, ticket)
        facts.append(f.ComplexityJudged(complexity=judged.complexity, reason=judged.report))
    return facts
