"""Steps of the work on a case."""

from tickets.case import facts as f
from tickets.case.log import Event
from tickets.case.steps.table import Steps, replace
from tickets.case.ticket import Pause, Plan, Ticket
from tickets.case.values import ContactOutcome, Status

STEPS = Steps()


@STEPS.on(f.Started)
def _started(ticket: Ticket, _fact: f.Started, _event: Event) -> Ticket:
    return replace(ticket, status=Status.IN_PROGRESS)


@STEPS.on(f.Contacted)
def _contacted(ticket: Ticket, fact: f.Contacted, _event: Event) -> Ticket:
    if fact.outcome is not ContactOutcome.REACHED:
        return ticket
    return replace(ticket, contacted_at=ticket.contacted_at or fact.happened_at)


@STEPS.on(f.Planned)
def _planned(ticket: Ticket, fact: f.Planned, event: Event) -> Ticket:
    plan = Plan(
        measures=fact.measures,
        resources=fact.resources,
        finish_by=fact.finish_by,
        planned_at=event.at,
    )
    return replace(ticket, plan=plan)


@STEPS.on(f.WorkaroundGiven)
def _workaround(ticket: Ticket, fact: f.WorkaroundGiven, event: Event) -> Ticket:
    contacted = ticket.contacted_at or (event.at if fact.told else None)
    return replace(ticket, workaround=fact.workaround, contacted_at=contacted)


@STEPS.on(f.Waiting)
def _waiting(ticket: Ticket, fact: f.Waiting, event: Event) -> Ticket:
    return replace(ticket, status=Status.WAITING_CUSTOMER, pause=_pause(ticket, fact, event))


@STEPS.on(f.Held)
def _held(ticket: Ticket, fact: f.Held, event: Event) -> Ticket:
    return replace(ticket, status=Status.ON_HOLD, pause=_pause(ticket, fact, event))


def _pause(ticket: Ticket, fact: f.Waiting | f.Held, event: Event) -> Pause:
    since = ticket.pause.since if ticket.pause else event.at
    return Pause(since=since, reason=fact.reason, until=fact.until)


@STEPS.on(f.Resumed)
def _resumed(ticket: Ticket, _fact: f.Resumed, _event: Event) -> Ticket:
    return replace(ticket, status=Status.IN_PROGRESS, pause=None)


@STEPS.on(f.Resolved)
def _resolved(ticket: Ticket, fact: f.Resolved, event: Event) -> Ticket:
    told = event.at if fact.on_the_spot else ticket.customer_told_at
    contacted = ticket.contacted_at or (event.at if fact.on_the_spot else None)
    return replace(
        ticket,
        status=Status.RESOLVED,
        pause=None,
        result=fact.result,
        prevention=fact.prevention,
        first_cause=fact.first_cause or ticket.first_cause,
        overdue_reason=fact.overdue_reason or ticket.overdue_reason,
        resolved_at=event.at,
        resolved_by=event.by,
        on_the_spot=fact.on_the_spot,
        customer_told_at=told,
        contacted_at=contacted,
    )


@STEPS.on(f.LatenessExplained)
def _late(ticket: Ticket, fact: f.LatenessExplained, _event: Event) -> Ticket:
    return replace(
        ticket, late_cause=fact.cause, overdue_reason=fact.overdue_reason or ticket.overdue_reason
    )
