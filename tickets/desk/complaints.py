"""Complaints: their steps, their outcome, what they may do without, whom they are about (R18, R25, R78)."""

from collections.abc import Collection

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.complaint_gates import lacking_evidence, lacking_steps, lacks_outcome
from tickets.case.conditions import facts_of
from tickets.case.lifecycle import Move
from tickets.case.ticket import Ticket
from tickets.case.values import AssignCause, ComplaintOutcome, Number, PersonId, Text
from tickets.complaint_rules import Unfinished
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.desk.staff import assigned_by, first_supervisor, route_case
from tickets.errors import DeskError, IllegalMove
from tickets.message import Who, Word
from tickets.people.roles import Action, Role


def tick(
    desk: Desk, number: Number, done: Collection[str], *, by: PersonId, receipt: str
) -> Outcome:
    """Say which steps of the checklist are done; one ticked by mistake is taken back (R78)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.NOTE, scene.ticket)
        known = [step.key for step in scene.handbook.complaints.checklist]
        if not set(done) <= set(known):
            raise DeskError("error.tampered")
        was = {one.step for one in scene.ticket.complaint.ticked}
        new = (f.StepTicked(step=key) for key in known if key in done and key not in was)
        gone = (f.StepUnticked(step=key) for key in known if key in was and key not in done)
        return (*new, *gone)

    return change(desk, number, by=by, action=Action.TICK_STEP, receipt=receipt, decide=decide)


def passed_on(scene: Scene, reason: Text | None) -> tuple[f.Fact, ...]:
    """Let a case go on to another department or to its end with its evidence, or for a supervisor's reason.

    Raises IllegalMove, in words that say what to attach.
    """
    lacking = lacking_evidence(scene.ticket, scene.handbook)
    if not lacking:
        return ()
    if reason and Role.SUPERVISOR in scene.who.roles:
        return (f.EvidenceWaived(reason=reason),)
    raise IllegalMove("evidence.lacking", number=scene.ticket.number, what=lacking)


def judged(scene: Scene, outcome: ComplaintOutcome | None) -> tuple[f.Fact, ...]:
    """Note the outcome where one is given that was not known."""
    if outcome is None or outcome is scene.ticket.complaint.outcome:
        return ()
    return (f.OutcomeJudged(outcome=outcome),)


def ended(
    scene: Scene,
    outcome: ComplaintOutcome | None,
    *,
    refusal: Text | None,
    reason: Text | None,
) -> tuple[f.Fact, ...]:
    """Let a complaint end as the desk wants it: with its outcome and its required steps, or a supervisor's reason.

    Raises IllegalMove.
    """
    ticket, rules = scene.ticket, scene.handbook.complaints
    if rules.unfinished is Unfinished.NOTE:
        return judged(scene, outcome)
    if lacks_outcome(ticket, outcome):
        gap = (Word("close.no_outcome"),)
        raise IllegalMove("close.incomplete", number=ticket.number, gaps=gap)
    facts = judged(scene, outcome)
    lacking = lacking_steps(ticket, rules, outcome=outcome, refusal=refusal)
    if not lacking:
        return facts
    if rules.unfinished is Unfinished.REFUSE:
        raise IllegalMove("complaint.unfinished_refused", number=ticket.number, steps=lacking)
    if not (reason and Role.SUPERVISOR in scene.who.roles):
        raise IllegalMove("complaint.unfinished", number=ticket.number, steps=lacking)
    return (*facts, f.ChecklistWaived(reason=reason))


def name_complained_about(
    desk: Desk, number: Number, people: Collection[PersonId], *, by: PersonId, receipt: str
) -> Outcome:
    """Say privately whom a complaint is about; from then on they neither have it nor see it (R25).

    What they had of it goes on at once: the case to somebody else, the call to a supervisor.
    """

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.CORRECT, scene.ticket)
        about = frozenset(people)
        if about == scene.ticket.complaint.about:
            return ()
        named = f.ComplainedAbout(people=tuple(sorted(about)))
        return (named, *_taken_from(scene, about))

    return change(
        desk, number, by=by, action=Action.NAME_COMPLAINED_ABOUT, receipt=receipt, decide=decide
    )


def _taken_from(scene: Scene, about: frozenset[PersonId]) -> tuple[f.Fact, ...]:
    ticket, facts = scene.ticket, list[f.Fact]()
    if set(ticket.collaborators) & about:
        left = tuple(one for one in ticket.collaborators if one not in about)
        kept = ticket.contact_person if ticket.contact_person in left else None
        facts.append(f.CollaboratorsNamed(people=left, contact=kept or next(iter(left), None)))
    supervisor = first_supervisor(scene, without=about)
    if ticket.caller in about and supervisor:
        facts.append(f.CallTakenOver(caller=supervisor))
    if ticket.assignee in about and lifecycle.is_possible(Move.REASSIGN, ticket):
        facts.append(_another(scene, about, supervisor))
    return tuple(facts)


def _another(scene: Scene, about: frozenset[PersonId], supervisor: PersonId | None) -> f.Assigned:
    """Route the case as the rules do, past whom it is about; where nobody is left a supervisor has it."""
    found = route_case(scene.desk, scene.unit, facts_of(scene.ticket), without=about)
    if found.assignee:
        return assigned_by(found)
    return f.Assigned(
        department=found.department, assignee=supervisor, cause=AssignCause.RULE, rule=found.rule
    )


def require_not_about(ticket: Ticket, person: PersonId) -> None:
    """Refuse to give a complaint to whom it is about, without saying why. Raises IllegalMove."""
    if person in ticket.complaint.about:
        raise IllegalMove("assign.not_for_this_case", person=Who(person))
