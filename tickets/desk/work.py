"""Work on a case: accept, contact, plan, workaround, wait, hold, resume, resolve, hand back (R69–R75)."""

from datetime import datetime

from tickets.case import facts as f
from tickets.case import lifecycle
from tickets.case.lifecycle import Move
from tickets.case.values import AssignCause, ComplaintOutcome, Number, PersonId, Text
from tickets.desk import complaints
from tickets.desk.change import Outcome, Scene, change, require_reason
from tickets.desk.compensation import approval_for
from tickets.desk.context import Desk
from tickets.desk.promises import given
from tickets.desk.staff import first_supervisor, home_of
from tickets.errors import IllegalMove
from tickets.people.roles import Action


def accept(
    desk: Desk, number: Number, *, by: PersonId, receipt: str, reason: Text | None = None
) -> Outcome:
    """Take a ticket on; a lead or supervisor says why they do it for another."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        facts = lifecycle.accept(scene.ticket, by, reason=reason)
        if facts:
            require_reason(scene, Action.ACCEPT, reason)
        return facts

    return change(desk, number, by=by, action=Action.ACCEPT, receipt=receipt, decide=decide)


def start(
    desk: Desk, number: Number, *, by: PersonId, receipt: str, reason: Text | None = None
) -> Outcome:
    """Begin work on an accepted ticket; a lead or supervisor says why they do it for another."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        facts = lifecycle.start(scene.ticket, reason=reason)
        if facts:
            require_reason(scene, Action.WORK, reason)
        return facts

    return change(desk, number, by=by, action=Action.WORK, receipt=receipt, decide=decide)


def contact(
    desk: Desk,
    number: Number,
    done: f.Contacted,
    *,
    by: PersonId,
    receipt: str,
    promised: f.Promised | None = None,
) -> Outcome:
    """Record a contact with the customer or an attempt (R50, R75), and what was promised in it."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        return (*contacted(scene, done), *given(scene, promised))

    return change(desk, number, by=by, action=Action.CONTACT, receipt=receipt, decide=decide)


def contacted(scene: Scene, done: f.Contacted) -> tuple[f.Fact, ...]:
    """Decide on a contact. Raises Refused or IllegalMove."""
    require_reason(scene, Action.CONTACT, done.note)
    _not_in_future(done.happened_at, scene)
    return _work(scene, done, Move.CONTACT)


def plan(desk: Desk, number: Number, planned: f.Planned, *, by: PersonId, receipt: str) -> Outcome:
    """Set measures, resources and a finish date, which must lie ahead (R73)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        if planned.finish_by <= scene.now:
            raise IllegalMove("plan.date_in_past", number=number)
        facts = _work(scene, planned, Move.PLAN)
        require_reason(scene, Action.WORK, planned.reason)
        return (*facts, *approval_for(scene, planned.amount, planned.cost))

    return change(desk, number, by=by, action=Action.WORK, receipt=receipt, decide=decide)


def give_workaround(
    desk: Desk, number: Number, given: f.WorkaroundGiven, *, by: PersonId, receipt: str
) -> Outcome:
    """Record an interim solution (R74)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        facts = _work(scene, given, Move.WORKAROUND)
        require_reason(scene, Action.WORK, given.reason)
        asked = approval_for(scene, given.amount)
        if asked and given.told:
            raise IllegalMove("approval.before_told", number=number)
        return (*facts, *asked)

    return change(desk, number, by=by, action=Action.WORK, receipt=receipt, decide=decide)


def _work(scene: Scene, done: f.Fact, move: Move) -> tuple[f.Fact, ...]:
    return lifecycle.work(
        scene.ticket, done, move, by_assignee=scene.ticket.assignee == scene.who.id
    )


def _not_in_future(moment: datetime, scene: Scene) -> None:
    if moment > scene.now:
        raise IllegalMove("contact.in_future", number=scene.ticket.number)


def _ahead(until: datetime | None, scene: Scene) -> datetime | None:
    if until and until <= scene.now:
        raise IllegalMove("pause.in_past", number=scene.ticket.number)
    return until


def wait(
    desk: Desk, number: Number, reason: Text, until: datetime | None, *, by: PersonId, receipt: str
) -> Outcome:
    """Wait for the customer; the solution clocks stop (C5)."""
    return change(
        desk,
        number,
        by=by,
        action=Action.PAUSE,
        receipt=receipt,
        decide=lambda scene: lifecycle.wait(scene.ticket, reason, _ahead(until, scene)),
    )


def hold(
    desk: Desk, number: Number, reason: Text, until: datetime | None, *, by: PersonId, receipt: str
) -> Outcome:
    """Wait for outsiders (R69)."""
    return change(
        desk,
        number,
        by=by,
        action=Action.PAUSE,
        receipt=receipt,
        decide=lambda scene: lifecycle.hold(scene.ticket, reason, _ahead(until, scene)),
    )


def resume(desk: Desk, number: Number, *, by: PersonId, receipt: str) -> Outcome:
    """Go on after a pause."""
    return change(
        desk,
        number,
        by=by,
        action=Action.PAUSE,
        receipt=receipt,
        decide=lambda s: lifecycle.resume(s.ticket),
    )


def resolve(
    desk: Desk,
    number: Number,
    done: f.Resolved,
    *,
    by: PersonId,
    receipt: str,
    outcome: ComplaintOutcome | None = None,
    without: Text | None = None,
) -> Outcome:
    """Finish with a result (R72). On a new ticket this is an answer on the spot by its logger.

    `outcome` is a complaint's; `without` is a supervisor's reason to go on without the evidence (R18).
    """
    action = Action.ANSWER_ON_THE_SPOT if done.on_the_spot else Action.RESOLVE

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        facts = lifecycle.resolve(scene.ticket, done)
        waived = () if done.on_the_spot else complaints.passed_on(scene, without)
        return (*waived, *facts, *complaints.judged(scene, outcome))

    return change(desk, number, by=by, action=action, receipt=receipt, decide=decide)


def hand_back(desk: Desk, number: Number, reason: Text, *, by: PersonId, receipt: str) -> Outcome:
    """Hand back (退回): the first time to the logger, the second to the supervisor who decides (R45)."""

    def decide(scene: Scene) -> tuple[f.Fact, ...]:
        lifecycle.require(Move.HAND_BACK, scene.ticket)
        return (f.HandedBack(reason=reason), _taker(scene))

    return change(desk, number, by=by, action=Action.HAND_BACK, receipt=receipt, decide=decide)


def _taker(scene: Scene) -> f.Assigned:
    about = scene.ticket.complaint.about
    first = scene.ticket.hand_backs == 0 and scene.ticket.logged_by not in {scene.who.id, *about}
    taker = scene.ticket.logged_by if first else first_supervisor(scene, without=about)
    home = home_of(taker, scene.handbook, otherwise="") if taker else ""
    return f.Assigned(department=home, assignee=taker, cause=AssignCause.HAND_BACK)
