"""Steps towards the customer, and the next round."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Promise, Ticket
from tickets.case.values import Status

STEPS = Steps()


@STEPS.on(f.CustomerTold)
def _told(ticket: Ticket, fact: f.CustomerTold, _event: Event) -> Ticket:
    return replace(
        ticket,
        customer_told_at=ticket.customer_told_at or fact.happened_at,
        contacted_at=ticket.contacted_at or fact.happened_at,
    )


@STEPS.on(f.Confirmed)
def _confirmed(ticket: Ticket, _fact: f.Confirmed, event: Event) -> Ticket:
    return replace(ticket, confirmed_at=event.at)


@STEPS.on(f.CallbackTried)
def _tried(ticket: Ticket, fact: f.CallbackTried, _event: Event) -> Ticket:
    return replace(ticket, attempts=(*ticket.attempts, fact.outcome))


@STEPS.on(f.Scored)
def _scored(ticket: Ticket, fact: f.Scored, _event: Event) -> Ticket:
    return replace(ticket, satisfaction=fact.score, scores=(*ticket.scores, fact.score))


@STEPS.on(f.RoundBegun)
def _round(ticket: Ticket, fact: f.RoundBegun, _event: Event) -> Ticket:
    past = ticket.past_assignees | ({ticket.assignee} if ticket.assignee else set())
    return replace(
        ticket,
        status=Status.NEW,
        round=fact.round,
        owes_supervisor_call=ticket.owes_supervisor_call or fact.by_low_score,
        past_assignees=past,
        assignee=None,
        assigned_at=None,
        hand_backs=0,
        questions=(),  # as their clocks
        accepted_at=None,
        accepted_by=None,
        contacted_at=None,
        plan=None,
        workaround=None,
        pause=None,
        result=None,
        prevention=None,
        late_cause=None,
        overdue_reason=None,
        resolved_at=None,
        resolved_by=None,
        on_the_spot=False,
        customer_told_at=None,
        confirmed_at=None,
        attempts=(),
        refused_to_score=False,
        satisfaction=None,
        follow_up_until=None,
        complaint=replace(
            ticket.complaint, ticked=(), outcome=None, checklist_waived=False, approval=None
        ),  # explained and accepted anew
        promises=(),  # their clocks end with the round
        closed_at=None,
    )


@STEPS.on(f.SupervisorCalled)
def _called(ticket: Ticket, fact: f.SupervisorCalled, _event: Event) -> Ticket:
    return replace(ticket, owes_supervisor_call=ticket.owes_supervisor_call and not fact.is_made)


@STEPS.on(f.CallTakenOver)
def _call_taken(ticket: Ticket, fact: f.CallTakenOver, _event: Event) -> Ticket:
    return replace(ticket, caller=fact.caller)


@STEPS.on(f.Promised)
def _promised(ticket: Ticket, fact: f.Promised, event: Event) -> Ticket:
    """A promise told anew takes the place of the earlier one; one without a key, of all."""
    kept = [one for one in ticket.promises if fact.key and one.key != fact.instead_of]
    promise = Promise(key=fact.key, due_at=fact.due_at, by=event.by, what=fact.what)
    return replace(ticket, promises=(*kept, promise))


@STEPS.on(f.PromiseKept)
def _kept(ticket: Ticket, fact: f.PromiseKept, _event: Event) -> Ticket:
    left = tuple(one for one in ticket.promises if one.key != fact.key)
    return replace(ticket, promises=left)
