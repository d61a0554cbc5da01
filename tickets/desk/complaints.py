"""Complaints: the steps of their checklist, their outcome, and what they may do without (R18, R78)."""

from collections.abc import Collection

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.complaint_gates import lacking_evidence, lacking_steps, lacks_outcome
from tickets.case.lifecycle import Move
from tickets.case.values import ComplaintOutcome, Number, PersonId, Text
from tickets.complaint_rules import Unfinished
from tickets.desk.change import Outcome, Scene, change
from tickets.desk.context import Desk
from tickets.errors import DeskError, IllegalMove
from tickets.message import Word
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
    """Let a complaint end: with its outcome and its required steps, or a supervisor's reason. Raises IllegalMove."""
    ticket, rules = scene.ticket, scene.handbook.complaints
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
