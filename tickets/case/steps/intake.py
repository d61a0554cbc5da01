"""Steps of intake and ownership."""

from tickets.case import facts as f
from tickets.case.corrections import corrected
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Proposal, Ticket
from tickets.case.values import AssignCause, Status

STEPS = Steps()


@STEPS.on(f.Corrected)
def _corrected(ticket: Ticket, fact: f.Corrected, _event: Event) -> Ticket:
    return replace(ticket, intake=corrected(ticket.intake, fact.field, fact.now))


@STEPS.on(f.FilledIn)
def _filled_in(ticket: Ticket, fact: f.FilledIn, event: Event) -> Ticket:
    intake = replace(
        ticket.intake,
        kind=fact.kind,
        category=fact.category,
        urgency=fact.urgency,
        description=fact.description,
        when=fact.when or ticket.intake.when,
        where=fact.where or ticket.intake.where,
        expectation=fact.expectation or ticket.intake.expectation,
        read_back_at=event.at if fact.read_back else ticket.intake.read_back_at,
    )
    return replace(ticket, intake=intake, filled_in_at=event.at)


@STEPS.on(f.CustomerTagged)
def _tagged(ticket: Ticket, fact: f.CustomerTagged, _event: Event) -> Ticket:
    tags = ticket.intake.customer_tags | {fact.tag}
    return replace(ticket, intake=replace(ticket.intake, customer_tags=tags))


@STEPS.on(f.MarkedInvalid)
def _invalid(ticket: Ticket, fact: f.MarkedInvalid, event: Event) -> Ticket:
    return replace(ticket, status=Status.INVALID, result=fact.note, closed_at=event.at, pause=None)


@STEPS.on(f.InvalidTakenBack)
def _valid_again(ticket: Ticket, _fact: f.InvalidTakenBack, _event: Event) -> Ticket:
    return replace(
        ticket, status=Status.NEW, result=None, closed_at=None, accepted_at=None, accepted_by=None
    )


@STEPS.on(f.Assigned)
def _assigned(ticket: Ticket, fact: f.Assigned, event: Event) -> Ticket:
    past = ticket.past_assignees | ({ticket.assignee} if ticket.assignee else set())
    return replace(
        ticket,
        department=fact.department,
        assignee=fact.assignee,
        assigned_at=event.at,
        assign_rule=fact.rule,
        past_assignees=past - {fact.assignee},
        status=_status_on_assignment(ticket, fact),
    )


def _status_on_assignment(ticket: Ticket, fact: f.Assigned) -> Status:
    """Somebody else has yet to take it on; whoever steps in mid-work keeps the state (handover, deputy)."""
    moved_on = fact.assignee != ticket.assignee and ticket.status in {Status.ACCEPTED, Status.NEW}
    keeps = fact.cause in {AssignCause.HANDOVER, AssignCause.DEPUTY}
    return Status.NEW if moved_on and not keeps else ticket.status


@STEPS.on(f.Accepted)
def _accepted(ticket: Ticket, _fact: f.Accepted, event: Event) -> Ticket:
    return replace(ticket, status=Status.ACCEPTED, accepted_at=event.at, accepted_by=event.by)


@STEPS.on(f.HandedBack)
def _handed_back(ticket: Ticket, _fact: f.HandedBack, _event: Event) -> Ticket:
    return replace(
        ticket,
        status=Status.NEW,
        hand_backs=ticket.hand_backs + 1,
        accepted_at=None,
        accepted_by=None,
        pause=None,
    )


@STEPS.on(f.CollaboratorsNamed)
def _collaborators(ticket: Ticket, fact: f.CollaboratorsNamed, _event: Event) -> Ticket:
    return replace(ticket, collaborators=fact.people, contact_person=fact.contact, proposal=None)


@STEPS.on(f.CollaboratorsProposed)
def _proposed(ticket: Ticket, fact: f.CollaboratorsProposed, event: Event) -> Ticket:
    proposal = Proposal(
        people=fact.people,
        contact=fact.contact,
        need=fact.need,
        by=event.by,
        asked_seq=event.seq,
    )
    return replace(ticket, proposal=proposal)


@STEPS.on(f.PriorityChanged)
def _priority(ticket: Ticket, fact: f.PriorityChanged, _event: Event) -> Ticket:
    return replace(ticket, priority=fact.now)


@STEPS.on(f.ComplexityJudged)
def _complexity(ticket: Ticket, fact: f.ComplexityJudged, _event: Event) -> Ticket:
    return replace(ticket, complexity=fact.complexity)
