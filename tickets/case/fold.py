"""The state of a ticket is the fold of its event log; nothing else makes or changes a Ticket."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar, cast

from tickets.case import facts as f
from tickets.case.corrections import corrected
from tickets.case.log import Event
from tickets.case.ticket import Evidence, Pause, Plan, Ticket
from tickets.case.values import AssignCause, ContactOutcome, Status

F = TypeVar("F", bound=f.Fact)
_Step = Callable[[Ticket, f.Fact, Event], Ticket]
_STEPS: dict[type[f.Fact], _Step] = {}


def fold(events: Iterable[Event]) -> Ticket:
    """Make the ticket that this whole log describes. Raises ValueError on a log that does not begin with Logged."""
    first, *rest = events
    return apply(_begin(first), rest)


def apply(ticket: Ticket, events: Sequence[Event]) -> Ticket:
    """Make the ticket as it is after these further events."""
    for event in events:
        step = _STEPS.get(type(event.fact), _unchanged)
        ticket = replace(
            step(ticket, event.fact, event),
            version=event.seq,
            changed_at=event.at,
            changed_by=event.by,
        )
    return ticket


def _begin(event: Event) -> Ticket:
    logged = event.fact
    if not isinstance(logged, f.Logged):
        msg = f"the log of {event.number} does not begin with Logged"
        raise ValueError(msg)  # noqa: TRY004  the log is wrong, not the caller's type
    return Ticket(
        id=event.ticket_id,
        number=event.number,
        version=event.seq,
        intake=logged,
        logged_at=event.at,
        logged_by=event.by,
        caller=event.by,
        received_at=logged.received_at,
        priority=logged.priority,
        changed_at=event.at,
        changed_by=event.by,
    )


def _unchanged(ticket: Ticket, _fact: f.Fact, _event: Event) -> Ticket:
    return ticket


def _on(kind: type[F]) -> Callable[[Callable[[Ticket, F, Event], Ticket]], None]:
    def keep(step: Callable[[Ticket, F, Event], Ticket]) -> None:
        _STEPS[kind] = cast(_Step, step)

    return keep


# --- intake and ownership -----------------------------------------------------------------------


@_on(f.Corrected)
def _corrected(ticket: Ticket, fact: f.Corrected, _event: Event) -> Ticket:
    return replace(ticket, intake=corrected(ticket.intake, fact.field, fact.now))


@_on(f.MarkedInvalid)
def _invalid(ticket: Ticket, fact: f.MarkedInvalid, event: Event) -> Ticket:
    return replace(ticket, status=Status.INVALID, result=fact.note, closed_at=event.at, pause=None)


@_on(f.InvalidTakenBack)
def _valid_again(ticket: Ticket, _fact: f.InvalidTakenBack, _event: Event) -> Ticket:
    return replace(
        ticket, status=Status.NEW, result=None, closed_at=None, accepted_at=None, accepted_by=None
    )


@_on(f.Assigned)
def _assigned(ticket: Ticket, fact: f.Assigned, event: Event) -> Ticket:
    past = ticket.past_assignees | ({ticket.assignee} if ticket.assignee else set())
    return replace(
        ticket,
        department=fact.department,
        assignee=fact.assignee,
        assigned_at=event.at,
        assign_rule=fact.rule if fact.cause is AssignCause.RULE else ticket.assign_rule,
        past_assignees=past - {fact.assignee},
        status=_status_on_assignment(ticket, fact),
    )


def _status_on_assignment(ticket: Ticket, fact: f.Assigned) -> Status:
    """Somebody else has yet to take it on; whoever steps in mid-work keeps the state (handover, deputy)."""
    moved_on = fact.assignee != ticket.assignee and ticket.status in {Status.ACCEPTED, Status.NEW}
    keeps = fact.cause in {AssignCause.HANDOVER, AssignCause.DEPUTY}
    return Status.NEW if moved_on and not keeps else ticket.status


@_on(f.Accepted)
def _accepted(ticket: Ticket, _fact: f.Accepted, event: Event) -> Ticket:
    return replace(ticket, status=Status.ACCEPTED, accepted_at=event.at, accepted_by=event.by)


@_on(f.HandedBack)
def _handed_back(ticket: Ticket, _fact: f.HandedBack, _event: Event) -> Ticket:
    return replace(
        ticket,
        status=Status.NEW,
        hand_backs=ticket.hand_backs + 1,
        accepted_at=None,
        accepted_by=None,
        pause=None,
    )


@_on(f.CollaboratorsNamed)
def _collaborators(ticket: Ticket, fact: f.CollaboratorsNamed, _event: Event) -> Ticket:
    return replace(ticket, collaborators=fact.people, contact_person=fact.contact)


@_on(f.PriorityChanged)
def _priority(ticket: Ticket, fact: f.PriorityChanged, _event: Event) -> Ticket:
    return replace(ticket, priority=fact.now)


@_on(f.ComplexityJudged)
def _complexity(ticket: Ticket, fact: f.ComplexityJudged, _event: Event) -> Ticket:
    return replace(ticket, complexity=fact.complexity)


# --- work ---------------------------------------------------------------------------------------


@_on(f.Started)
def _started(ticket: Ticket, _fact: f.Started, _event: Event) -> Ticket:
    return replace(ticket, status=Status.IN_PROGRESS)


@_on(f.Contacted)
def _contacted(ticket: Ticket, fact: f.Contacted, _event: Event) -> Ticket:
    if fact.outcome is not ContactOutcome.REACHED:
        return ticket
    return replace(ticket, contacted_at=ticket.contacted_at or fact.happened_at)


@_on(f.Planned)
def _planned(ticket: Ticket, fact: f.Planned, event: Event) -> Ticket:
    plan = Plan(
        measures=fact.measures,
        resources=fact.resources,
        finish_by=fact.finish_by,
        planned_at=event.at,
    )
    return replace(ticket, plan=plan)


@_on(f.WorkaroundGiven)
def _workaround(ticket: Ticket, fact: f.WorkaroundGiven, event: Event) -> Ticket:
    contacted = ticket.contacted_at or (event.at if fact.told else None)
    return replace(ticket, workaround=fact.workaround, contacted_at=contacted)


@_on(f.Waiting)
def _waiting(ticket: Ticket, fact: f.Waiting, event: Event) -> Ticket:
    return replace(ticket, status=Status.WAITING_CUSTOMER, pause=_pause(ticket, fact, event))


@_on(f.Held)
def _held(ticket: Ticket, fact: f.Held, event: Event) -> Ticket:
    return replace(ticket, status=Status.ON_HOLD, pause=_pause(ticket, fact, event))


def _pause(ticket: Ticket, fact: f.Waiting | f.Held, event: Event) -> Pause:
    since = ticket.pause.since if ticket.pause else event.at
    return Pause(since=since, reason=fact.reason, until=fact.until)


@_on(f.Resumed)
def _resumed(ticket: Ticket, _fact: f.Resumed, _event: Event) -> Ticket:
    return replace(ticket, status=Status.IN_PROGRESS, pause=None)


@_on(f.Resolved)
def _resolved(ticket: Ticket, fact: f.Resolved, event: Event) -> Ticket:
    told = event.at if fact.on_the_spot else ticket.customer_told_at
    contacted = ticket.contacted_at or (event.at if fact.on_the_spot else None)
    return replace(
        ticket,
        status=Status.RESOLVED,
        pause=None,
        result=fact.result,
        first_cause=fact.first_cause or ticket.first_cause,
        resolved_at=event.at,
        resolved_by=event.by,
        on_the_spot=fact.on_the_spot,
        customer_told_at=told,
        contacted_at=contacted,
    )


# --- the customer -------------------------------------------------------------------------------


@_on(f.CustomerTold)
def _told(ticket: Ticket, fact: f.CustomerTold, _event: Event) -> Ticket:
    return replace(
        ticket,
        customer_told_at=ticket.customer_told_at or fact.happened_at,
        contacted_at=ticket.contacted_at or fact.happened_at,
    )


@_on(f.Confirmed)
def _confirmed(ticket: Ticket, _fact: f.Confirmed, event: Event) -> Ticket:
    return replace(ticket, confirmed_at=event.at)


@_on(f.CallbackTried)
def _tried(ticket: Ticket, fact: f.CallbackTried, _event: Event) -> Ticket:
    return replace(ticket, attempts=(*ticket.attempts, fact.outcome))


@_on(f.Scored)
def _scored(ticket: Ticket, fact: f.Scored, _event: Event) -> Ticket:
    return replace(ticket, satisfaction=fact.score, scores=(*ticket.scores, fact.score))


@_on(f.RoundBegun)
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
        accepted_at=None,
        accepted_by=None,
        contacted_at=None,
        plan=None,
        workaround=None,
        pause=None,
        result=None,
        resolved_at=None,
        resolved_by=None,
        on_the_spot=False,
        customer_told_at=None,
        confirmed_at=None,
        attempts=(),
        satisfaction=None,
        follow_up_until=None,
        closed_at=None,
    )


@_on(f.SupervisorCalled)
def _called(ticket: Ticket, fact: f.SupervisorCalled, _event: Event) -> Ticket:
    reached = fact.outcome is ContactOutcome.REACHED
    return replace(ticket, owes_supervisor_call=ticket.owes_supervisor_call and not reached)


@_on(f.CallTakenOver)
def _call_taken(ticket: Ticket, fact: f.CallTakenOver, _event: Event) -> Ticket:
    return replace(ticket, caller=fact.caller)


@_on(f.Promised)
def _promised(ticket: Ticket, fact: f.Promised, _event: Event) -> Ticket:
    return replace(ticket, promise_due_at=fact.due_at)


@_on(f.PromiseKept)
def _kept(ticket: Ticket, _fact: f.PromiseKept, _event: Event) -> Ticket:
    return replace(ticket, promise_due_at=None)


# --- the end, and talk --------------------------------------------------------------------------


@_on(f.FollowedUp)
def _followed_up(ticket: Ticket, fact: f.FollowedUp, _event: Event) -> Ticket:
    return replace(ticket, status=Status.FOLLOW_UP, follow_up_until=fact.until)


@_on(f.FollowUpEnded)
def _watch_ended(ticket: Ticket, _fact: f.FollowUpEnded, _event: Event) -> Ticket:
    return replace(ticket, status=Status.RESOLVED, follow_up_until=None)


@_on(f.Closed)
def _closed(ticket: Ticket, _fact: f.Closed, event: Event) -> Ticket:
    return replace(
        ticket, status=Status.CLOSED, closed_at=event.at, follow_up_until=None, promise_due_at=None
    )


@_on(f.Merged)
def _merged(ticket: Ticket, fact: f.Merged, event: Event) -> Ticket:
    return replace(
        ticket, status=Status.MERGED, merged_into=fact.survivor, closed_at=event.at, pause=None
    )


@_on(f.Absorbed)
def _absorbed(ticket: Ticket, fact: f.Absorbed, _event: Event) -> Ticket:
    return replace(
        ticket,
        received_at=min(ticket.received_at, fact.received_at),
        links=(*ticket.links, fact.other),
    )


@_on(f.Linked)
def _linked(ticket: Ticket, fact: f.Linked, _event: Event) -> Ticket:
    return replace(ticket, links=(*ticket.links, fact.other))


@_on(f.Archived)
def _archived(ticket: Ticket, fact: f.Archived, _event: Event) -> Ticket:
    return replace(ticket, status=Status.ARCHIVED, archive_key=fact.key)


@_on(f.EvidenceAdded)
def _evidence(ticket: Ticket, fact: f.EvidenceAdded, event: Event) -> Ticket:
    one = Evidence(file_id=fact.file_id, name=fact.name, mimetype=fact.mimetype, added_by=event.by)
    return replace(ticket, evidence=(*ticket.evidence, one))


@_on(f.StatusSaid)
def _status_said(ticket: Ticket, fact: f.StatusSaid, event: Event) -> Ticket:
    return replace(ticket, status=fact.status, closed_at=None if fact.status.is_open else event.at)


@_on(f.Said)
def _said(ticket: Ticket, fact: f.Said, _event: Event) -> Ticket:
    return replace(ticket, words={**ticket.words, fact.message_ts: (fact.message_ts, fact.text)})


@_on(f.SaidAnew)
def _said_anew(ticket: Ticket, fact: f.SaidAnew, _event: Event) -> Ticket:
    return replace(ticket, words={**ticket.words, fact.message_ts: (fact.edited_ts, fact.text)})


@_on(f.Unsaid)
def _unsaid(ticket: Ticket, fact: f.Unsaid, _event: Event) -> Ticket:
    gone = {ts: said for ts, said in ticket.words.items() if ts != fact.message_ts}
    return replace(ticket, words=gone)


def moment_of(event: Event) -> datetime:
    """Tell when the thing itself happened: typed by hand for contacts, else when it was recorded."""
    happened = getattr(event.fact, "happened_at", None)
    return happened if isinstance(happened, datetime) else event.at
