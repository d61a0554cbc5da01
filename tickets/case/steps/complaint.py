"""Steps of a complaint."""

from tickets.case import facts as f
from tickets.case.complaint import Approval, Grading, Ticked
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Ticket

STEPS = Steps()


def _with(ticket: Ticket, **changed: object) -> Ticket:
    return replace(ticket, complaint=replace(ticket.complaint, **changed))  # type: ignore[arg-type]  # names of Complaint


@STEPS.on(f.StepTicked)
def _ticked(ticket: Ticket, fact: f.StepTicked, event: Event) -> Ticket:
    done = Ticked(fact.step, event.by, event.at)
    return _with(ticket, ticked=(*ticket.complaint.ticked, done))


@STEPS.on(f.StepUnticked)
def _unticked(ticket: Ticket, fact: f.StepUnticked, _event: Event) -> Ticket:
    left = tuple(one for one in ticket.complaint.ticked if one.step != fact.step)
    return _with(ticket, ticked=left)


@STEPS.on(f.OutcomeJudged)
def _judged(ticket: Ticket, fact: f.OutcomeJudged, _event: Event) -> Ticket:
    return _with(ticket, outcome=fact.outcome)


@STEPS.on(f.EvidenceWaived)
def _no_evidence(ticket: Ticket, _fact: f.EvidenceWaived, _event: Event) -> Ticket:
    return _with(ticket, evidence_waived=True)


@STEPS.on(f.EvidenceDeferred)
def _evidence_later(ticket: Ticket, _fact: f.EvidenceDeferred, _event: Event) -> Ticket:
    return _with(ticket, evidence_deferred=True)


@STEPS.on(f.ChecklistWaived)
def _no_checklist(ticket: Ticket, _fact: f.ChecklistWaived, _event: Event) -> Ticket:
    return _with(ticket, checklist_waived=True)


@STEPS.on(f.ComplainedAbout)
def _about(ticket: Ticket, fact: f.ComplainedAbout, _event: Event) -> Ticket:
    return _with(ticket, about=frozenset(fact.people))


@STEPS.on(f.ApprovalAsked)
def _asked(ticket: Ticket, fact: f.ApprovalAsked, event: Event) -> Ticket:
    return _with(ticket, approval=Approval(fact.amount, event.by, event.seq))


@STEPS.on(f.ApprovalGiven)
def _given(ticket: Ticket, _fact: f.ApprovalGiven, _event: Event) -> Ticket:
    return _with(ticket, approval=None)


@STEPS.on(f.ApprovalRefused)
def _refused(ticket: Ticket, _fact: f.ApprovalRefused, _event: Event) -> Ticket:
    return _with(ticket, approval=None)


@STEPS.on(f.Graded)
def _graded(ticket: Ticket, fact: f.Graded, event: Event) -> Ticket:
    grading = Grading(
        known=fact.known,
        like=fact.like,
        departments=fact.departments,
        cause=fact.cause,
        report=fact.report,
        by=event.by,
        at=event.at,
    )
    return _with(ticket, grading=grading)
